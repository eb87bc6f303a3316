"""What is due by which clock: a drill's hours are not the hours of who sits at the desk."""

import asyncio

import pytest

from pasokh.answer.commands import CloseThread, OfferCall, ReceiveMessage, TellPlace
from pasokh.answer.threads import SILENCE
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY
from pasokh.core.machine import Command, Submission, Words
from pasokh.core.people import Role
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.core.told_places import PlaceSource
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import PacedClock
from pasokh.drivers.live_timetable import (
    command_id_of,
    due_commands,
    due_ends,
    keep_timetable,
)
from pasokh.drivers.room import Room
from pasokh.staff.commands import (
    Broadcast,
    EndSession,
    ExpireBroadcast,
    OpenSession,
    PlacePerson,
)
from pasokh.staff.events import SignInMeans
from tests.drivers.test_live import NOW, SlowLog
from tests.stories.story import MACHINE, Story


class SetClock:
    """A wall's clock that the test sets."""

    def __init__(self, now: int) -> None:
        self.time = now

    def now(self) -> int:
        return self.time


def signed_in() -> Story:
    story = Story().given(PlacePerson("p-1", (Role.CALL_TAKER,)), at=NOW / 1000)
    opening = OpenSession("s-a", "p-1", SignInMeans.DEMO, NOW + 12 * HOUR)
    return story.given(opening, at=NOW / 1000)


def test_a_session_ends_by_the_wall_and_a_broadcast_by_the_centre() -> None:
    story = signed_in()
    story.when(Broadcast("b1", NOW + HOUR), at=NOW / 1000, words=Words(text="x"))
    centre = story.centre
    assert list(due_commands(centre, NOW + HOUR - 1)) == []
    assert list(due_commands(centre, NOW + DAY)) == [(NOW + HOUR, ExpireBroadcast("b1"))]
    assert list(due_ends(centre, NOW + 12 * HOUR - 1)) == []
    end = EndSession("s-a", "expired")
    assert list(due_ends(centre, NOW + 12 * HOUR)) == [(NOW + 12 * HOUR, end)]


@pytest.mark.slow
@pytest.mark.parametrize("drilled", [False, True])
def test_a_person_at_a_fast_drill_stays_until_the_walls_hour(drilled: bool) -> None:  # noqa: FBT001
    async def scene() -> None:
        wall = SetClock(NOW)
        ahead = PacedClock(NOW + 3 * DAY, 60)
        live = Live(Room(Centre(), EMPTY, SlowLog()), ahead)
        asked: list[Command] = [
            PlacePerson("p-1", (Role.CALL_TAKER,)),
            OpenSession("s-a", "p-1", SignInMeans.DEMO, NOW + 12 * HOUR),
        ]
        for number, command in enumerate(asked):
            receipt = await live.submit(Submission(f"k{number}", "machine:office", command))
            assert receipt.refusal is None
        turns = Turns(wall)
        keeping = asyncio.create_task(keep_timetable(live, turns, drilled=drilled))
        await turns.next()
        assert list(live.centre.staff.sessions) == ["s-a"]
        wall.time = NOW + 12 * HOUR + MINUTE
        await turns.next()
        await live.durable(live.head.seq)
        assert not live.centre.staff.sessions
        keeping.cancel()
        await live.drain()

    asyncio.run(scene())


class Turns:
    """A wall's clock that tells when the timetable has looked at it, and acted."""

    def __init__(self, wall: SetClock) -> None:
        self._wall = wall
        self._looked = asyncio.Event()

    def now(self) -> int:
        asyncio.get_running_loop().call_soon(self._looked.set)
        return self._wall.now()

    async def next(self) -> None:
        self._looked.clear()
        await self._looked.wait()


def test_a_silent_thread_is_closed_once_by_the_timetable() -> None:
    story = Story().when(
        ReceiveMessage("c1", "m1", "sms"), actor=MACHINE, words=Words(text="x"), caller="n1"
    )
    centre = story.centre
    assert list(due_commands(centre, SILENCE - 1)) == []
    (due,) = due_commands(centre, SILENCE)
    assert due == (SILENCE, CloseThread("c1"))
    assert command_id_of(*due) == command_id_of(*due)


@pytest.mark.slow
def test_a_place_that_is_over_loses_its_key_before_it_is_said() -> None:
    destroyed: list[str] = []

    class Keys:
        def destroy(self, subject: str) -> bool:
            destroyed.append(subject)
            return True

    async def scene() -> None:
        wall = SetClock(NOW)
        live = Live(Room(Centre(), EMPTY, SlowLog()), wall)
        asked: list[Command] = [
            OfferCall("c1"),
            TellPlace("p1", PlaceSource.PIDF_LO, "c1", NOW + MINUTE),
        ]
        for number, command in enumerate(asked):
            await live.submit(Submission(f"k{number}", "machine:line", command))
        turns = Turns(wall)
        keeping = asyncio.create_task(keep_timetable(live, turns, vault=Keys()))  # type: ignore[arg-type]
        await turns.next()
        assert (destroyed, list(live.centre.answer.expiring)) == ([], ["p1"])
        wall.time = NOW + MINUTE
        while live.centre.answer.expiring:
            await turns.next()
        assert destroyed == ["place/p1"]
        keeping.cancel()
        await live.drain()

    asyncio.run(scene())
