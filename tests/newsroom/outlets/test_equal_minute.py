"""The equal minute: what one accredited outlet can read at an instant, all can, and nobody else."""

from datetime import UTC, datetime
from html import unescape
from random import Random

import pytest

from pasokh.core.time import HOUR, SECOND, Instant, instant_from_iso
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.outlets.accrediting import decide
from pasokh.newsroom.outlets.alerts import receivers_of
from pasokh.newsroom.outlets.hours import hour_told
from pasokh.newsroom.outlets.leaving import erase_gone, leave
from pasokh.newsroom.outlets.models import KINDS, SPOKEN, Outlet, OutletDecision
from pasokh.newsroom.outlets.rules import ERASED_AFTER, AccreditationRule
from pasokh.newsroom.site.models import EmbargoRead, NewsRelease
from pasokh.newsroom.site.writing import note_heard, turn_over
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import PLACE, Reader, accredited, signed_in
from tests.newsroom.outlets.releases import lay

pytestmark = pytest.mark.usefixtures("visitor")
HIDDEN = "سخنی که هنوز زود است"


def many(count: int) -> list[tuple[Reader, Outlet]]:
    """Accredited outlets that differ in everything they can declare, by a seed."""
    dice = Random(110)  # noqa: S311 - drawn by a seed, nothing secret
    return [
        accredited(
            name=f"رسانهٔ {dice.random()}",
            kind=dice.choice(KINDS),
            county=dice.choice(["0915", "0916", "0904", "0917"]),
            languages=dice.sample(SPOKEN, 2),
            audience="م" * dice.randint(1, 200),
            feed=dice.choice(["", "https://a.example/feed"]),
        )
        for _ in range(count)
    ]


def readable(outlet_id: str) -> set[str]:
    before = NewsRelease.under_embargo.for_outlet(outlet_id)
    return {one.news_id for one in [*NewsRelease.objects.all(), *before]}


def text_of(client: Reader, path: str) -> str:
    return unescape(client.get(path).content.decode())


def page_of(client: Reader, news_id: str) -> tuple[int, bool]:
    answer = client.get(f"/newsroom/fa/news/{news_id}/")
    return answer.status_code, HIDDEN in answer.content.decode()


def told_at(moment: Instant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set every clock of the newsroom, which hears the control room then."""
    at = datetime.fromtimestamp(moment / SECOND, UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    turn_over()
    note_heard(moment)


def strangers() -> list[tuple[Reader, Outlet]]:
    """Outlets that are not accredited: one waits, one was refused, one has expired."""
    waiting, refused, expired = signed_in(), signed_in(), accredited()
    no = AccreditationRule.TRUE
    assert decide(refused[1].outlet_id, no, "no", "p-1", instant_now()) == ""
    OutletDecision.objects.filter(outlet=expired[1]).update(until=instant_now() - 1)
    return [waiting, refused, expired]


def equal_for(outlets: list[tuple[Reader, Outlet]]) -> set[str]:
    """What each of them can read, by the queries as by the pages: the same, or the test fails."""
    by_query = {frozenset(readable(outlet.outlet_id)) for _, outlet in outlets}
    by_page = {frozenset(pages_of(client)) for client, _ in outlets}
    assert by_query == by_page
    (same,) = by_query
    return set(same)


def pages_of(client: Reader) -> set[str]:
    """The releases whose page shows its text; every other is not there at all."""
    seen = {news_id: page_of(client, news_id) for news_id in ("n-before", "n-closed", "n-next")}
    assert set(seen.values()) <= {(200, True), (404, False)}
    return {news_id for news_id, page in seen.items() if page == (200, True)}


@pytest.mark.slow
def test_what_one_accredited_outlet_can_read_all_can_at_each_instant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outlets, others = many(6), strangers()
    now = instant_now() // SECOND * SECOND + SECOND
    lay("n-before", now + HOUR, embargoed=True, body=HIDDEN)
    lay("n-closed", now + HOUR, body=HIDDEN)
    lay("n-next", now + 2 * HOUR, embargoed=True, body=HIDDEN)
    counted = []
    for at in (now, now + HOUR - SECOND, now + HOUR, now + 2 * HOUR - SECOND, now + 2 * HOUR):
        told_at(at, monkeypatch)
        for_all, public = equal_for(outlets), equal_for(others)
        counted.append((len(for_all), len(public)))
        assert public == {one.news_id for one in NewsRelease.objects.all()} == readable("nobody")
        assert pages_of(Reader()) == public
    assert counted == [(2, 0), (2, 0), (3, 2), (3, 2), (3, 3)]


@pytest.mark.slow
def test_every_reading_before_the_hour_is_logged_and_told_to_who_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (client, outlet), (_, other) = accredited(), accredited()
    now = instant_now()
    lay("n-before", now + HOUR, embargoed=True, body=HIDDEN)
    own = text_of(client, f"{PLACE}own/")
    assert "n-before" in own
    assert HIDDEN not in own, "the list tells ids and hours, and is no reading"
    assert hour_told("fa", now + HOUR, offset_minutes()) in own
    first, second = (text_of(client, "/newsroom/fa/news/n-before/") for _ in range(2))
    for page in (first, second):
        assert HIDDEN in page
        assert hour_told("fa", now + HOUR, offset_minutes()) in page
        assert say("fa", "newsroom_site.embargo.logged") in page
    assert say("fa", "outlets.read_before") not in first
    assert say("fa", "outlets.read_before") in second
    rows = EmbargoRead.objects.values_list("outlet_id", "news_id", "number")
    assert list(rows) == [(outlet.outlet_id, "n-before", 1)] * 2
    own = text_of(client, f"{PLACE}own/")
    assert say("fa", "outlets.waiting.read") in own
    assert say("fa", "outlets.table.embargoread") in own
    assert [one.name for one in receivers_of("n-before")] == [outlet.name]
    told_at(now + 2 * HOUR, monkeypatch)
    assert page_of(client, "n-before") == (200, True)
    assert EmbargoRead.objects.count() == 2, "what is for everybody is logged for nobody"
    leave(outlet, now)
    assert erase_gone(now + ERASED_AFTER + 1) == 1
    assert not EmbargoRead.objects.exists()
    assert Outlet.objects.get() == other


def test_an_hour_is_told_in_both_calendars_with_its_distance_from_universal_time() -> None:
    at = instant_from_iso("2026-11-30T14:05:59+03:30")
    assert hour_told("en", at, 210) == (
        "\u2068Monday 30 November 2026\u2069 (\u2068دوشنبه ۹ آذر ۱۴۰۵\u2069)"
        " at \u206814:05\u2069, \u2068UTC+03:30\u2069"
    )
    assert "UTC−00:45" in hour_told("fa", at, -45)
