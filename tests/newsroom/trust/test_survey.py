"""Answers are of no call, taken once, and told only with the asked, the answered and the rate."""

from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import connections, models
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.control_room.survey_tokens import SURVEY_KEY, day_of_token, survey_token
from pasokh.core.people import Role
from pasokh.core.time import DAY, Instant
from pasokh.newsroom.rows import ROWS
from pasokh.newsroom.trust.beside import read_asked
from pasokh.newsroom.trust.models import AskedDay, SurveyAnswer, SurveyTokenUsed
from pasokh.newsroom.trust.order import forget_order
from pasokh.newsroom.trust.satisfaction import (
    QUESTIONS,
    TOLD_FROM,
    Satisfaction,
    UntoldSatisfaction,
)
from pasokh.newsroom.trust.survey import erase_used, is_open, months, note_asked, take_answer
from pasokh.sites.clock import instant_now
from tests.office.conftest import FOLDER

KEY = b"s" * 32
ASKED = 20_000  # 2024-10-04
NOW = Instant(ASKED * DAY)
GOOD = dict.fromkeys(QUESTIONS, 5)
LINKS = iter(range(1, 1 << 20))


@pytest.fixture(autouse=True)
def key(rows: None) -> Path:
    path: Path = settings.PASOKH_NEWSROOM.data / SURVEY_KEY
    path.write_bytes(KEY)
    return path


def link(day: int = ASKED) -> str:
    return survey_token(KEY, day, next(LINKS).to_bytes(6))


def answered(count: int, score: int = 5) -> None:
    for _ in range(count):
        assert take_answer(link(), dict.fromkeys(QUESTIONS, score), "", NOW)


def test_a_link_is_answered_once_within_its_time() -> None:
    token = link()
    assert is_open(token, NOW)
    assert not take_answer(token, GOOD, "", NOW - DAY)
    assert not take_answer(token, GOOD, "", NOW + 15 * DAY)
    assert take_answer(token, GOOD, "سپاس", NOW + 14 * DAY)
    assert not take_answer(token, GOOD, "again", NOW)
    assert not is_open(token, NOW)
    assert SurveyAnswer.objects.count() == 1


def test_used_links_go_when_they_would_be_good_no_more() -> None:
    answered(1)
    assert erase_used(NOW + 14 * DAY) == 0
    assert erase_used(NOW + 15 * DAY) == 1
    assert SurveyTokenUsed.objects.count() == 0


@given(st.binary(max_size=20), st.integers(0, 65_535), st.binary(min_size=6, max_size=6))
def test_only_links_of_ours_are_known(guess: bytes, day: int, nonce: bytes) -> None:
    token = survey_token(KEY, day, nonce)
    assert day_of_token(KEY, token) == day
    assert day_of_token(b"t" * 32, token) is None
    assert day_of_token(KEY, token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    for wrong in (token[:-1], f"{token}A", f"{token}=", guess.hex(), "ی" * 20, ""):
        assert day_of_token(KEY, wrong) is None


def test_an_answer_names_no_call_no_number_and_no_day() -> None:
    names = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert names == {"answer_id", "month", "year", *QUESTIONS, "text"}
    assert not [
        one for one in SurveyAnswer._meta.get_fields() if isinstance(one, models.ForeignKey)
    ]
    answered(1)
    (row,) = SurveyAnswer.objects.all()
    assert (row.month, row.year) == ("1403-07", 2024)


def test_no_order_joins_answers_to_links() -> None:
    """Who texted whom when is known to a gateway: its list must not be one of answers too."""
    answered(12)
    lain = forget_order()
    place = "ctid, xmin" if lain else "rowid, 0"
    with connections[ROWS].cursor() as cursor:
        for table, key in (("surveyanswer", "answer_id"), ("surveytokenused", "id")):
            cursor.execute(f"SELECT {key}, {place} FROM trust_{table} ORDER BY 2")  # noqa: S608
            keys, _, writers = zip(*cursor.fetchall(), strict=True)
            assert list(keys) == sorted(keys)
            assert min(keys) > 1 << 20
            assert len(set(writers)) == 1
    assert SurveyAnswer.objects.count() == SurveyTokenUsed.objects.count() == 12
    assert forget_order() == 0, "nothing new, nothing to do"


def test_no_satisfaction_without_who_was_asked_and_who_answered() -> None:
    with pytest.raises(TypeError):
        Satisfaction("listened", scores=(0, 0, 0, 0, 20))  # type: ignore[call-arg]
    for asked, count in ((19, 20), (0, 0), (100, 9)):
        with pytest.raises(UntoldSatisfaction):
            Satisfaction("listened", asked, count, (0, 0, 0, 0, 20))
    with pytest.raises(UntoldSatisfaction):
        Satisfaction("listened", 100, 50, (0, 0, 0, 0, TOLD_FROM - 1))


@given(
    st.lists(st.integers(0, 40), min_size=5, max_size=5),
    st.integers(0, 300),
    st.integers(0, 300),
    st.sampled_from(["fa", "en"]),
)
def test_whatever_is_told_has_its_base_and_its_rate(
    scores: list[int], asked: int, count: int, language: str
) -> None:
    try:
        told = Satisfaction("again", asked, count, tuple(scores))  # type: ignore[arg-type]
    except UntoldSatisfaction:
        assert not TOLD_FROM <= sum(scores) <= count <= asked
        return
    said = told.told(language).translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    for must in (asked, count, sum(scores), told.content):
        assert f"{must}" in said


def test_a_month_is_told_from_ten_answers_on() -> None:
    note_asked({ASKED: 40, ASKED + 1: 10})
    answered(TOLD_FROM - 1)
    (month,) = months()
    assert (month.asked, month.answered, month.told) == (50, 9, ())
    answered(1, score=1)
    (month,) = months()
    assert [one.content for one in month.told] == [9, 9, 9, 9]
    assert "agreed: 9 of the 10 who answered" in month.told[0].told("en")


@pytest.mark.slow
def test_how_many_were_asked_comes_from_the_log(control_room: str) -> None:
    now = instant_now()
    scopes = (Scope.ANSWER, Scope.INTAKE)
    token = add_token(FOLDER, name="asker", role=Role.MACHINE, scopes=scopes, now=now)
    call = {"call_id": "asked-1"}
    with httpx.Client(base_url=control_room, headers={"Authorization": f"Bearer {token}"}) as line:
        for name in ("offer-call", "answer-call", "end-call", "ask-caller"):
            words = {"number": "+442079460999"} if name == "offer-call" else None
            order = {"id": f"asked-{name}", "command": call, "words": words}
            answer = line.post(f"/commands/{name}", json=order)
            assert answer.status_code == 200, answer.text
    read_asked()
    assert dict(AskedDay.objects.values_list("day", "count")) == {now // DAY: 1}


def test_more_answers_than_asked_are_not_told() -> None:
    """The control room may be away for a while: what it counted stands still."""
    answered(12)
    note_asked({ASKED: 11})
    assert months()[0].told == ()


def test_a_caller_answers_on_the_page_and_reads_the_results(visitor: Client) -> None:
    day = instant_now() // DAY
    path = f"/newsroom/fa/survey/{link(day)}/"
    shown = visitor.get(path)
    assert shown.content.decode().count('type="radio"') == 20
    assert visitor.post(path, {"listened": "9", "text": " "}).status_code == 400
    said = {"listened": "5", "again": "1", "text": "خوب بود\x00"}
    assert visitor.post(path, said, follow=True).status_code == 200
    (row,) = SurveyAnswer.objects.all()
    assert (row.listened, row.respected, row.again, row.text) == (5, None, 1, "خوب بود")
    visitor.cookies.clear()
    assert visitor.get(path).status_code == 410
    assert visitor.get("/newsroom/fa/survey/nonsense/").status_code == 410
    note_asked({day: 7})
    page = visitor.get("/newsroom/en/survey/").content.decode()
    assert "1 of the 7 whom we asked" in page
    assert "% agreed" not in page
