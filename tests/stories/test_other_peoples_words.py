"""Other programs' bugs with words, clocks and repeats: what was typed, on which day, and once.

The source stands in the docstring of each: the program and the number of its issue.
"""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from pasokh.account.commands import OpenCentre
from pasokh.answer.commands import LocateCall, NoteCall, OfferCall
from pasokh.core.machine import Command, Submission, Words
from pasokh.core.time import DAY, Instant, day_of, instant_from_iso, iso_day, start_of
from pasokh.dispatch.commands import MoveIncident, OpenIncident
from tests.simulated.centre import SimulatedCentre
from tests.simulated.disk import Disk

TEHRAN = 210
NOON = instant_from_iso("2026-11-22T12:00:00+03:30")
TAKER = "call_taker:p-1"
# Arabic and Persian letters side by side, a half-space, two spaces, digits of both hands.
ADDRESS = "خيابان  كاشانی، کوچه‌ی ۷ - پ 12/1"


@pytest.fixture
def centre() -> Iterator[SimulatedCentre]:
    disk = Disk()
    centre = SimulatedCentre(disk)
    yield centre
    centre.close()
    disk.release()


def ask(
    centre: SimulatedCentre,
    command: Command,
    words: Words | None = None,
    at: Instant = NOON,
    actor: str = TAKER,
) -> None:
    number = centre.room.head.seq
    submission = Submission(f"k{number}", actor, command, at, words)
    receipt = centre.room.take(submission, max(at, NOON))
    assert receipt.refusal is None, receipt
    centre.room.commit()


def opened(centre: SimulatedCentre, incident_id: str) -> list[Words | None]:
    kept = centre.room.centre.dispatch.incidents[incident_id].words
    return [centre.vault.open(one.sealed) for one in kept]


def test_the_address_that_is_read_out_is_the_one_that_was_entered(centre: SimulatedCentre) -> None:
    """Resgrid #260: the address in the alert is not the address entered."""
    entered = Words(place=ADDRESS, latitude=36.297, longitude=59.606)
    ask(centre, OpenIncident("i1"), entered)
    ask(centre, OpenIncident("i2"), Words(place="بلوار نارون"))
    assert opened(centre, "i1") == [entered]
    moved = Words(place="آن سوی میدان")
    ask(centre, MoveIncident("i1", "mashhad"), moved)
    assert opened(centre, "i1") == [entered, moved], "the first one is not overwritten"
    assert opened(centre, "i2") == [Words(place="بلوار نارون")]


@pytest.mark.parametrize("typed", [ADDRESS, "پلاك ۰۰۷", "9134-5678 ", "\u200fشماره‌ی ٤٥"])
def test_what_a_person_typed_is_never_rewritten(centre: SimulatedCentre, typed: str) -> None:
    """SnailyCAD #1546, #829 and #28: a wrong postal was written over the right one."""
    ask(centre, OfferCall("c1"), Words(number=typed))
    ask(centre, LocateCall("c1", "mashhad"), Words(place=typed))
    ask(centre, NoteCall("c1"), Words(text=typed, name=typed))
    kept = centre.room.centre.answer.calls["c1"].words
    found = [centre.vault.open(one.sealed) for one in kept]
    assert found == [Words(number=typed), Words(place=typed), Words(text=typed, name=typed)]


def test_a_command_that_comes_twice_has_one_effect(centre: SimulatedCentre) -> None:
    """Ushahidi #3257 and #3242: what was sent while the line was bad is lost or comes twice."""
    sent = Submission("one-and-the-same", TAKER, OpenIncident("i1"), None, Words(place=ADDRESS))
    first = centre.room.take(sent, NOON)
    centre.room.commit()
    head = centre.room.head
    for later in range(1, 4):
        assert centre.room.take(sent, NOON + later) == first
    other = Submission("one-and-the-same", TAKER, OpenIncident("i2"))
    assert centre.room.take(other, NOON) == first, "the id is the deed, whatever is in it"
    centre.room.commit()
    assert centre.room.head == head
    assert list(centre.room.centre.dispatch.incidents) == ["i1"]
    assert len(opened(centre, "i1")) == 1


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-22T23:59:59.999+03:30", "2026-11-22"),
        ("2026-11-23T00:00:00+03:30", "2026-11-23"),
        # The same two moments as a partner's machine in another place writes them.
        ("2026-11-22T20:29:59.999Z", "2026-11-22"),
        ("2026-11-22T20:30:00Z", "2026-11-23"),
        ("2026-11-22T22:30:00+02:00", "2026-11-23"),
        ("2026-11-23T05:29:59-08:00", "2026-11-23"),
    ],
)
def test_a_call_falls_on_the_centres_own_day_whatever_offset_it_was_written_in(
    centre: SimulatedCentre, at: str, day: str
) -> None:
    """TicketsCAD's clock bugs (changelog of 4.2): days begin at another clock's midnight."""
    begin = instant_from_iso("2026-11-22T00:00:00+03:30")
    ask(centre, OpenCentre("invented", TEHRAN), at=begin, actor="administrator:a-1")
    ask(centre, OfferCall("c1"), at=instant_from_iso(at))
    account = centre.room.centre.account
    assert [iso_day(one) for one, calls in account.calls_of_day.items() if "c1" in calls] == [day]
    assert iso_day(day_of(account.calls["c1"].offered_at, TEHRAN)) == day


def test_no_day_of_ours_is_longer_or_shorter_than_another() -> None:
    """TicketsCAD's clock bugs again: a saved hour is counted twice, or not at all.

    Iran has had no summer time since 1401; a table of it, kept, would bring it back.
    """
    first = day_of(instant_from_iso("2026-03-20T12:00:00+03:30"), TEHRAN)
    starts = [start_of(day, TEHRAN) for day in range(first, first + 370)]
    assert {later - sooner for sooner, later in pairwise(starts)} == {DAY}
    assert starts[0] == instant_from_iso("2026-03-20T00:00:00+03:30")
    assert starts[185] == instant_from_iso("2026-09-21T00:00:00+03:30")
    assert [day_of(at, TEHRAN) for at in starts] == list(range(first, first + 370))


@pytest.mark.parametrize("naked", ["2026-11-22T12:00:00", "2026-11-22"])
def test_a_time_without_its_offset_is_not_guessed_at(naked: str) -> None:
    """TicketsCAD's clock bugs, their root: a time is read in whatever place the server stands."""
    with pytest.raises(ValueError, match="offset"):
        instant_from_iso(naked)
