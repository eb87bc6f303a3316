"""The staff's page of coverage, and the letter that a person writes."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.newsroom.coverage.deeds import keep_to_consent
from pasokh.newsroom.coverage.models import CorrectionRequest, Coverage
from pasokh.newsroom.mail.models import OutgoingLetter
from tests.newsroom.coverage.test_reading import BODY, TITLE, make_outlet, release

Desk = Callable[..., Client]
AT = "/office/fa/press/coverage/"


@pytest.fixture
def found(rows: None) -> Coverage:
    make_outlet("outlet-1", "https://outlet.example/rss")
    release("calls", TITLE, BODY)
    keep_to_consent()
    return Coverage.objects.create(
        feed_id="outlet-1",
        title="<b>عنوان</b> رسانه",
        link="https://outlet.example/1",
        told_at=1_795_000_000_000,
        news_id="calls",
        number=1,
        matched_by="title",
        verdict="wrong",
    )


@pytest.fixture
def mailed(monkeypatch: pytest.MonkeyPatch) -> None:
    own = settings.PASOKH_NEWSROOM
    file = replace(own.file, smtp="127.0.0.1:25", mail_from="press@press.example")
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(own, file=file))


@pytest.mark.slow
def test_the_list_shows_what_was_found_and_the_feeds(found: Coverage, desk: Desk) -> None:
    page = desk(Role.PRESS_OFFICER).get(AT).content.decode()
    assert "&lt;b&gt;عنوان&lt;/b&gt; رسانه" in page
    assert "عدد نادرست" in page
    assert "https://outlet.example/rss" in page
    assert found.link not in desk(Role.PRESS_OFFICER).get(f"{AT}?verdict=right").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.CALL_TAKER, Role.DISPATCHER])
def test_the_list_is_the_press_offices(role: Role, found: Coverage, desk: Desk) -> None:
    assert found.pk
    assert desk(role).get(AT).status_code in (403, 404)


@pytest.mark.slow
def test_a_person_writes_and_sends_a_request(found: Coverage, desk: Desk, mailed: None) -> None:
    client = desk(Role.PRESS_OFFICER)
    page = client.get(f"{AT}{found.pk}/").content.decode()
    assert BODY[:20] in page
    assert OutgoingLetter.objects.count() == 0
    sent = client.post(
        f"{AT}{found.pk}/ask/", {"subject": "عدد تماس‌ها", "words": "عدد درست ۱۵٬۲۱۰ است."}
    )
    assert sent.status_code == 302
    letter = OutgoingLetter.objects.get()
    assert (letter.to, letter.subject) == ("outlet-1@outlet.example", "عدد تماس‌ها")
    assert letter.body == CorrectionRequest.objects.get().words == "عدد درست ۱۵٬۲۱۰ است."
    assert "عدد درست ۱۵٬۲۱۰ است." in client.get(f"{AT}{found.pk}/").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("words", ["", "   "])
def test_nothing_empty_is_sent(words: str, found: Coverage, desk: Desk, mailed: None) -> None:
    answer = desk(Role.PRESS_OFFICER).post(f"{AT}{found.pk}/ask/", {"subject": "س", "words": words})
    assert answer.status_code == 400
    assert OutgoingLetter.objects.count() == 0


@pytest.mark.slow
def test_without_a_mail_server_nothing_is_promised(found: Coverage, desk: Desk) -> None:
    told = {"subject": "س", "words": "عدد درست"}
    answer = desk(Role.PRESS_OFFICER).post(f"{AT}{found.pk}/ask/", told)
    assert answer.status_code == 400
    assert "سرور نامه" in answer.content.decode()
    assert CorrectionRequest.objects.count() == 0


@pytest.mark.slow
def test_an_auditor_reads_and_sends_nothing(found: Coverage, desk: Desk, mailed: None) -> None:
    client = desk(Role.AUDITOR)
    assert client.get(f"{AT}{found.pk}/").status_code == 200
    assert client.post(f"{AT}{found.pk}/ask/", {"subject": "س", "words": "م"}).status_code == 403
    assert OutgoingLetter.objects.count() == 0


@pytest.mark.slow
def test_what_is_none_of_ours_is_set_aside_by_a_person(found: Coverage, desk: Desk) -> None:
    client = desk(Role.PRESS_OFFICER)
    client.post(f"{AT}{found.pk}/aside/")
    assert Coverage.objects.get().set_aside_by
    assert "&lt;b&gt;" not in client.get(AT).content.decode()


def test_the_releases_page_lists_where_it_was_carried(found: Coverage) -> None:
    written = "{% load coverage %}{% carried_of news_id %}"
    page = engines["django"].from_string(written)
    shown = page.render({"news_id": found.news_id})
    assert "&lt;b&gt;عنوان" in shown
    assert "https://outlet.example/1" in shown
    assert "نادرست" not in shown
    assert page.render({"news_id": "another"}).strip() == ""
