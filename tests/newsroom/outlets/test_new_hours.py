"""An hour that is moved under embargo: every accredited outlet is told, once, and of no word."""

from collections.abc import Callable

import pytest
from msgspec import json

from pasokh.control_room.views_news import NewsSheet
from pasokh.core.time import HOUR, Instant
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.drafts import telling, telling_hours
from pasokh.newsroom.drafts.telling_hours import tell_new_hours
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.outlets.accrediting import decide
from pasokh.newsroom.outlets.hours import hour_told
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import AccreditationRule
from pasokh.newsroom.site.models import EmbargoMove, EmbargoRead
from pasokh.newsroom.site.sources import CopiedRelease, CopiedVersion
from pasokh.newsroom.site.writing import forget_release, write_release
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.press.state import News, NewsVersion
from pasokh.press.texts import NewsText, NewsWords
from pasokh.sites.clock import instant_now
from tests.newsroom.outlets.people import Reader, accredited, signed_in

pytestmark = pytest.mark.usefixtures("visitor")
HIDDEN = "سخنی که هنوز زود است"


def copied(*hours: Instant, embargoed: bool = True, first: int = 1) -> None:
    """Let the copy have a release whose versions are out at these hours, the first not replaced."""
    raw = json.encode(NewsText({"fa": NewsWords(HIDDEN, HIDDEN)}))
    versions = tuple(
        CopiedVersion(number, at, embargoed, "", raw, "0" * 64, ())
        for number, at in enumerate(hours, first)
    )
    write_release(CopiedRelease("n-1", "statement", hours[0], versions))


def moves() -> list[tuple[Instant, Instant]]:
    return [(one.was, one.out_at) for one in EmbargoMove.objects.order_by("pk")]


def told(subject: str = "n-1") -> list[tuple[str, str]]:
    rows = OutgoingLetter.objects.filter(subject__contains=subject).order_by("pk")
    return [(row.to, row.body) for row in rows]


@pytest.mark.slow
def test_every_accredited_outlet_is_told_of_each_move_once_read_or_not() -> None:
    readers = [accredited() for _ in range(3)]
    _, english = readers[2]
    Outlet.objects.filter(pk=english.pk).update(letters_in="en")
    signed_in()  # waits for a decision
    now = instant_now()
    copied(now + HOUR)
    assert tell_new_hours() == 0, "what is new was moved from nowhere"
    for hour in (now + 2 * HOUR, now + HOUR // 2, now + 2 * HOUR):
        OutgoingLetter.objects.all().delete()
        copied(hour)
        assert (tell_new_hours(), tell_new_hours()) == (3, 0)
        letters = dict(told())
        assert set(letters) == {outlet.email for _, outlet in readers}
        for language, letter in (
            ("fa", letters[readers[0][1].email]),
            ("en", letters[english.email]),
        ):
            assert hour_told(language, hour, offset_minutes()) in letter
            assert f"/newsroom/{language}/news/n-1/" in letter
            assert HIDDEN not in letter, "letters are read on the way"
    assert moves() == []


@pytest.mark.slow
def test_who_read_it_is_told_though_no_longer_accredited_and_who_left_is_not() -> None:
    (_, reader), (_, idle), (gone_client, gone) = accredited(), accredited(), accredited()
    now = instant_now()
    copied(now + HOUR)
    for outlet in (reader, gone):
        EmbargoRead.objects.create(outlet_id=outlet.outlet_id, news_id="n-1", number=1, at=now)
    for outlet in (reader, idle):
        no = AccreditationRule.TRUE
        assert decide(outlet.outlet_id, no, "no", "p-1", now) == ""
    gone_client.post("/newsroom/fa/outlets/own/leave/")
    copied(now + 2 * HOUR)
    assert tell_new_hours() == 1
    assert [to for to, _ in told()] == [reader.email]


@pytest.mark.slow
def test_an_hour_that_was_moved_forward_and_has_come_says_that_it_may_be_published() -> None:
    accredited()
    now = instant_now()
    copied(now + HOUR)
    copied(now - 1)
    assert tell_new_hours() == 1
    ((_, letter),) = told()
    assert telling_hours.say("fa", "editor.mail.moved.come") in letter


def test_a_version_in_the_place_of_another_may_bring_another_hour() -> None:
    accredited()
    now = instant_now()
    copied(now + HOUR)
    copied(now + HOUR, first=2)
    assert moves() == [], "the same hour"
    copied(now + 2 * HOUR, first=3)
    assert moves() == [(now + HOUR, now + 2 * HOUR)]


def test_a_correction_that_waits_is_moved_and_what_is_out_is_not() -> None:
    now = instant_now()
    copied(now - HOUR)
    copied(now - HOUR, now + HOUR)
    assert moves() == []
    copied(now - HOUR, now + 2 * HOUR)
    assert moves() == [(now + HOUR, now + 2 * HOUR)]


def test_what_nobody_could_read_before_its_hour_is_moved_in_silence() -> None:
    accredited()
    now = instant_now()
    copied(now + HOUR, embargoed=False)
    copied(now + 2 * HOUR, embargoed=False)
    assert (moves(), tell_new_hours()) == ([], 0)


@pytest.mark.slow
def test_an_hour_that_is_over_before_it_was_told_is_not_told() -> None:
    accredited()
    now = instant_now()
    for hour in (HOUR, 2 * HOUR, 3 * HOUR):
        copied(now + hour)
    assert tell_new_hours() == 1
    ((_, letter),) = told()
    assert hour_told("fa", now + 3 * HOUR, offset_minutes()) in letter
    assert hour_told("fa", now + HOUR, offset_minutes()) in letter
    assert hour_told("fa", now + 2 * HOUR, offset_minutes()) not in letter
    copied(now + HOUR)
    copied(now + 3 * HOUR)
    assert (tell_new_hours(), moves()) == (0, []), "it has the hour that they know"
    copied(now + HOUR)
    forget_release("n-1")
    assert moves() == [], "withdrawn before its hour: that is told, and no hour any more"


@pytest.mark.slow
def test_a_crash_loses_no_move_and_doubles_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        accredited()
    now = instant_now()
    copied(now + HOUR)
    note: Callable[..., object] = EmbargoMove.objects.create

    def fails(**_fields: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(EmbargoMove.objects, "create", fails)
    with pytest.raises(OSError, match="disk"):
        copied(now + 2 * HOUR)
    monkeypatch.setattr(EmbargoMove.objects, "create", note)
    copied(now + 2 * HOUR)  # the copy did not change without the note
    assert moves() == [(now + HOUR, now + 2 * HOUR)]
    send, left = telling_hours.send, [2]

    def ends(*letter: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("the disk is gone")
        send(*letter)

    monkeypatch.setattr(telling_hours, "send", ends)
    with pytest.raises(OSError, match="disk"):
        tell_new_hours()
    assert told() == [], "all at the same minute, or nobody yet"
    monkeypatch.setattr(telling_hours, "send", send)
    assert (tell_new_hours(), tell_new_hours()) == (3, 0)
    assert len(told()) == 3


def log_of(versions: list[NewsVersion], withdrawn_at: Instant) -> NewsSheet:
    why = "نامی در آن بود"
    return NewsSheet(1, (News("n-1", NewsKind.STATEMENT, versions, withdrawn_at, why),))


@pytest.mark.slow
@pytest.mark.parametrize("out_before", [False, True])
def test_all_are_told_what_was_withdrawn_before_its_hour(
    monkeypatch: pytest.MonkeyPatch, *, out_before: bool
) -> None:
    readers: list[tuple[Reader, Outlet]] = [accredited() for _ in range(2)]
    now = instant_now()
    waits = NewsVersion("b" * 64, now + HOUR, embargoed=True, mistake=NewsMistake.FACT)
    before = NewsVersion("a" * 64, now - HOUR, replaced=not out_before)
    sheet = log_of([before, waits], now)
    monkeypatch.setattr(telling, "news_sheet", lambda: sheet)
    assert (telling.tell_changes(), telling.tell_changes()) == (2, 0)
    letters = told()
    assert {to for to, _ in letters} == {outlet.email for _, outlet in readers}
    for _, letter in letters:
        assert telling.say("fa", "editor.mail.withdrawn_early.body") in letter
        assert "نامی در آن بود" in letter
        assert ("/figures/fa/news/n-1.html" in letter) is out_before, "of the other is no page"


def test_what_waited_without_embargo_and_what_was_out_is_told_to_nobody_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accredited()
    now = instant_now()
    for version in (
        NewsVersion("a" * 64, now + HOUR),
        NewsVersion("a" * 64, now - HOUR, embargoed=True),
    ):
        monkeypatch.setattr(telling, "news_sheet", lambda one=version: log_of([one], now))
        telling.ToldVersion.objects.all().delete()
        assert telling.tell_changes() == 0
    assert told() == []
