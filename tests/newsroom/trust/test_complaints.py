"""A complaint is followed by a code that only its writer has; its times are public."""

import re

import pytest
from django.test import Client

from pasokh.core.time import DAY, HOUR, Instant
from pasokh.newsroom.trust import complaints
from pasokh.newsroom.trust.models import Complaint
from pasokh.words.digits import digits

NOW = Instant(20_000 * DAY)


def test_it_goes_to_197_and_its_answer_comes_back(rows: None) -> None:
    code = complaints.complain("مینا", "", "کسی نیامد", NOW)
    found = complaints.complaint_of(code.lower().replace("-", " "))
    assert found is not None
    assert not complaints.answer(found.pk, "no", "p-1", NOW)
    assert complaints.pass_on(found.pk, "197/4", "p-1", NOW + DAY)
    assert not complaints.pass_on(found.pk, "197/5", "p-2", NOW + DAY)
    assert complaints.answer(found.pk, "بررسی شد", "p-1", NOW + 5 * DAY)
    assert not complaints.answer(found.pk, "other", "p-1", NOW + 5 * DAY)
    found.refresh_from_db()
    assert (found.passed_as, found.answer) == ("197/4", "بررسی شد")
    told = complaints.figures(NOW + 5 * DAY)
    assert (told.received, told.passed, told.answered, told.late) == (1, 1, 1, 0)
    assert (told.median_days_passed, told.median_days_answered) == (1.0, 5.0)


@pytest.mark.parametrize("typed", ["{}", "{fa}", " {bare} ", "{fa_blank}", "\u200e{arabic}"])
def test_its_number_is_read_however_it_is_typed(rows: None, typed: str) -> None:
    code = complaints.complain("", "", "x", NOW)
    assert re.fullmatch("[0-9]{4}(-[0-9]{4}){3}", code)
    fa = digits("fa", code)
    ways = {"fa": fa, "bare": code.replace("-", ""), "fa_blank": fa.replace("-", " ")}
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert complaints.complaint_of(typed.format(code, arabic=arabic, **ways)) is not None


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_telephone_stands_before_the_form(visitor: Client, language: str) -> None:
    page = visitor.get(f"/newsroom/{language}/complaint/").content.decode()
    assert 0 < page.index('href="tel:197"') < page.index("<textarea")


def test_the_code_is_kept_nowhere(rows: None) -> None:
    code = complaints.complain("", "", "x", NOW)
    (row,) = Complaint.objects.values()
    assert not [value for value in row.values() if code in str(value)]
    assert complaints.complaint_of(code[:-1]) is None
    assert complaints.complaint_of("") is None


def test_what_is_late_is_counted(rows: None) -> None:
    complaints.complain("", "", "x", NOW)
    assert complaints.figures(NOW + 3 * DAY).late == 0
    assert complaints.figures(NOW + 3 * DAY + HOUR).late == 1


def test_words_go_a_year_after_the_answer_and_times_stay(rows: None) -> None:
    code = complaints.complain("مینا", "0912", "کسی نیامد", NOW)
    found = complaints.complaint_of(code)
    assert found is not None
    complaints.pass_on(found.pk, "197/4", "p-1", NOW)
    complaints.answer(found.pk, "بررسی شد", "p-1", NOW)
    assert complaints.erase_answered(NOW + 365 * DAY - 1) == 0
    assert complaints.erase_answered(NOW + 365 * DAY) == 1
    (row,) = Complaint.objects.values_list("name", "contact", "text", "answer")
    assert row == ("", "", "", "")
    assert complaints.figures(NOW).answered == 1


@pytest.mark.slow
def test_a_citizen_complains_and_follows_it(visitor: Client) -> None:
    assert visitor.post("/newsroom/fa/complaint/", {"text": " "}).status_code == 400
    page = visitor.post("/newsroom/fa/complaint/", {"text": "<b>کسی نیامد</b>"}, follow=True)
    # In the reader's own digits, and so it is typed again.
    code = re.search("[۰-۹]{4}(-[۰-۹]{4}){3}", page.content.decode())
    assert code is not None
    state = "/newsroom/en/complaint/state/"
    assert "not been passed on" in visitor.post(state, {"code": code[0]}).content.decode()
    assert "no complaint of this number" in visitor.post(state, {"code": "x"}).content.decode()
    # What somebody complained of stands on no public page, not even that of its code.
    seen = visitor.post(state, {"code": code[0]}).content.decode()
    assert "کسی نیامد" not in seen + visitor.get("/newsroom/fa/complaint/").content.decode()
