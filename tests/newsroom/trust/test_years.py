"""What a year counted is what its rows say while they stand, and it stays when they are gone."""

import re
from collections import Counter

import pytest
from django.conf import settings
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.core.time import DAY, HOUR, MINUTE, Instant
from pasokh.newsroom.comments.deeds import CommentSaid, confirm, object_to, send_in
from pasokh.newsroom.comments.judging import erase_old, judge, judge_appeal
from pasokh.newsroom.comments.models import Comment, CommentAppeal, CommentDecision
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.trust import complaints
from pasokh.newsroom.trust.models import Complaint, YearCount
from pasokh.newsroom.trust.years import counted_in, years_of
from pasokh.words.say import say

pytestmark = pytest.mark.usefixtures("rows")
# 20 March 2026, noon by the centre's clock: the last day of 1404.
EVE = Instant(20_532 * DAY + 9 * HOUR)
SENT = ("1", "2", "3", "4")


def link(kind: str) -> str:
    body = OutgoingLetter.objects.filter(body__contains=f"/{kind}/").latest("pk").body
    found = re.search(rf"/{kind}/([^/\s]+)/", body)
    assert found is not None
    return found[1]


def sent(name: str, now: Instant) -> None:
    said = CommentSaid("n-1", name, f"{name}@example.org", "سلام", "fa")
    send_in(said, f"network {name}", now)


def a_comment(name: str, now: Instant) -> Comment:
    sent(name, now)
    made = confirm(link("confirm"), now)
    assert made is not None
    return made


def live_through(now: Instant) -> None:
    """One of each: unconfirmed, published, refused for good, refused and published after all."""
    sent("1", now)
    assert judge(a_comment("2", now).comment_id, "p-1", 0, now)
    for name, upheld in (("3", False), ("4", True)):
        made = a_comment(name, now)
        assert judge(made.comment_id, "p-1", 5, now)
        assert object_to(link("appeal"), "why", now)
        assert judge_appeal(made.comment_id, "p-2", upheld=upheld, now=now)
    found = complaints.complaint_of(complaints.complain("", "", "x", now))
    assert found is not None
    complaints.complain("", "", "y", now)
    assert complaints.pass_on(found.pk, "197/4", "p-1", now)
    assert complaints.answer(found.pk, "y", "p-1", now)


def recounted(year: int) -> Counter[str]:
    """Count again from the rows that stand; what was sent and not confirmed has none."""
    found: Counter[str] = Counter()

    def add(what: str, at: Instant | None) -> None:
        found[what] += at is not None and year in years_of(at)

    for at in Comment.objects.values_list("confirmed_at", flat=True):
        add("comments.confirmed", at)
    for one in CommentDecision.objects.all():
        kind = f"refused.{one.rule}" if one.rule else "published"
        if one.rule == 0 or not one.on_appeal:
            add(f"comments.{kind}", one.at)
        if one.rule == 0 and one.on_appeal:
            add("comments.upheld", one.at)
    for at in CommentAppeal.objects.values_list("at", flat=True):
        add("comments.appeals", at)
    for row in Complaint.objects.all():
        add("complaints.received", row.received_at)
        add("complaints.passed", row.passed_at)
        add("complaints.answered", row.answered_at)
    return +found


def kept(year: int) -> Counter[str]:
    rows = YearCount.objects.filter(year=year).exclude(what="comments.received")
    return Counter(dict(rows.values_list("what", "count")))


def test_years_begin_by_the_centres_clock() -> None:
    for ahead in (0, 210):
        told = replace(settings.PASOKH_NEWSROOM, utc_offset_minutes=ahead)
        midnight = Instant(20_533 * DAY - ahead * MINUTE)
        with override_settings(PASOKH_NEWSROOM=told):
            assert years_of(Instant(midnight - 1)) == (1404, 2026)
            assert years_of(midnight) == (1405, 2026)


@pytest.mark.slow
def test_what_was_counted_is_what_the_rows_say_and_outlives_them() -> None:
    live_through(EVE)
    live_through(Instant(EVE + 2 * DAY))
    for year, times in ((1404, 1), (1405, 1), (2026, 2)):
        assert kept(year) == recounted(year)
        assert counted_in(year, "comments")["received"] == len(SENT) * times
        assert kept(year)["comments.refused.5"] == 2 * times
    before = {year: kept(year) for year in (1404, 1405, 2026)}
    erase_old(Instant(EVE + 400 * DAY))
    assert recounted(1404) != before[1404], "something was forgotten"
    assert {year: kept(year) for year in before} == before


@pytest.mark.slow
def test_the_book_tells_each_year_its_own(visitor: Client) -> None:
    live_through(EVE)
    for language, year, count in (("fa", 1404, "۴"), ("fa", 1405, "۰"), ("en", 2026, "4")):
        page = visitor.get(f"/newsroom/{language}/book/{year}/").content.decode()
        line = say(language, "newsroom.book.comments.received")
        assert re.search(rf"{line}</th><td>{count}</td>", page), (language, year)
