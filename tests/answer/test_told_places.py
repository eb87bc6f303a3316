"""Places that sources tell: joined to their call by its number, all kept, each ended in time."""

from collections.abc import Iterator

import pytest

from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.answer.commands import AnswerCall, EndCall, ExpirePlace, OfferCall, TellPlace
from pasokh.answer.decide_places import EARLY_MAX, TOGETHER
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, KeptWhat, Receipt, Submission, Words
from pasokh.core.refusal import Reason
from pasokh.core.time import HOUR, MINUTE, SECOND
from pasokh.core.told_places import PlaceSource, ToldPlace, subject_of_place
from pasokh.drivers.live_timetable import due_commands
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.disk import Disk

NUMBER, OTHER = "+989120000001", "+989120000002"
PLACE = ToldPlace(source=PlaceSource.AML_HTTPS, latitude=36.3, longitude=59.6, radius_m=12)


class Evening:
    """A centre with a real vault, and a clock that is set by hand."""

    def __init__(self) -> None:
        disk = Disk()
        self.log = SqliteLog("centre", vfs=disk.vfs_name)
        self.vault = SqliteVault(KeyStore("keys", bytes(32), vfs=disk.vfs_name), self.log)
        centre, head, _ = recover(self.log)
        self.room = Room(centre, head, self.log, self.vault)
        self.now = HOUR
        self.asked = 0

    @property
    def centre(self) -> Centre:
        return self.room.centre

    def ask(self, command: Command, words: Words | None = None) -> Receipt:
        self.asked += 1
        submission = Submission(f"id-{self.asked}", "machine:line", command, None, words)
        receipt = self.room.take(submission, self.now)
        self.room.commit()
        return receipt

    def call(self, call_id: str, number: str = NUMBER) -> None:
        self.ask(OfferCall(call_id), Words(number=number))

    def told(self, place_id: str, number: str = NUMBER, expires_at: int | None = None) -> Receipt:
        words = Words(number=number, places=(PLACE,))
        return self.ask(TellPlace(place_id, PlaceSource.AML_HTTPS, "", expires_at), words)

    def places_of(self, call_id: str) -> list[str]:
        kept = self.centre.answer.calls[call_id].words
        return [one.sealed.subject for one in kept if one.what is KeptWhat.TOLD]


@pytest.fixture
def evening() -> Iterator[Evening]:
    found = Evening()
    yield found
    found.log.close()


def test_a_place_joins_the_call_that_rings(evening: Evening) -> None:
    evening.call("c1")
    evening.call("c2", OTHER)
    evening.told("p1")
    assert evening.places_of("c1") == ["place/p1"]
    assert evening.places_of("c2") == []


def test_a_place_that_comes_first_waits_for_its_call(evening: Evening) -> None:
    evening.told("p1")
    evening.told("p2")
    evening.now += 5 * SECOND
    evening.call("c2", OTHER)
    evening.call("c1")
    assert evening.places_of("c1") == ["place/p1", "place/p2"]
    assert not evening.centre.answer.early
    assert not evening.centre.answer.expiring


def test_a_number_is_the_same_however_it_is_written(evening: Evening) -> None:
    evening.told("p1", "0912 000 0001")
    evening.call("c1", NUMBER)
    assert evening.places_of("c1") == ["place/p1"]


def test_a_place_joins_a_call_that_ended_just_now_and_not_an_old_one(evening: Evening) -> None:
    evening.call("c1")
    evening.ask(EndCall("c1"))
    evening.now += TOGETHER
    evening.told("p1")
    evening.now += 1
    evening.told("p2")
    assert evening.places_of("c1") == ["place/p1"]
    assert [early.place_id for early in evening.centre.answer.early.popitem()[1]] == ["p2"]


def test_a_place_opens_no_call_and_is_destroyed_when_none_comes(evening: Evening) -> None:
    evening.told("p1")
    assert not evening.centre.answer.calls
    sealed = next(iter(evening.centre.answer.early.values()))[0].kept.sealed
    assert evening.vault.open(sealed) is not None
    assert evening.ask(ExpirePlace("p1")).refusal is not None
    evening.now += TOGETHER
    due = [command for _, command in due_commands(evening.centre, evening.now)]
    assert ExpirePlace("p1") in due
    evening.vault.destroy(subject_of_place("p1"))
    assert evening.ask(ExpirePlace("p1")).refusal is None
    assert evening.vault.open(sealed) is None
    assert (evening.centre.answer.early, evening.centre.answer.expiring) == ({}, {})


def test_what_a_sender_lets_us_keep_for_a_time_ends_then_and_the_rest_stays(
    evening: Evening,
) -> None:
    evening.call("c1")
    evening.ask(AnswerCall("c1"))
    until = evening.now + 30 * MINUTE
    evening.told("short", expires_at=until)
    evening.told("long")
    evening.now = until
    assert [c for _, c in due_commands(evening.centre, until)] == [ExpirePlace("short")]
    evening.ask(ExpirePlace("short"))
    assert evening.places_of("c1") == ["place/long"]
    refusal = evening.ask(ExpirePlace("short")).refusal
    assert refusal is not None
    assert refusal.reason is Reason.PLACE_NOT_OVER


def test_an_early_place_with_an_end_keeps_it_after_its_call_came(evening: Evening) -> None:
    evening.told("p1", expires_at=evening.now + HOUR)
    evening.call("c1")
    assert evening.centre.answer.expiring == {"p1": ("c1", evening.now + HOUR)}


def test_strangers_cannot_fill_the_memory(evening: Evening) -> None:
    state = evening.centre.answer
    evening.told("p0")
    early = next(iter(state.early.values()))[0]
    state.early["flood"] = [early] * (EARLY_MAX - 1)
    refusal = evening.told("p1", OTHER).refusal
    assert refusal is not None
    assert refusal.reason is Reason.CALL_UNKNOWN


def test_a_place_without_a_number_is_nobodys(evening: Evening) -> None:
    assert evening.told("p1", "").refusal is not None
    assert evening.told("p2", "unknown").refusal is not None


def test_the_log_folds_to_the_same_state_again(evening: Evening) -> None:
    evening.told("p1")
    evening.call("c1")
    evening.told("p2", expires_at=evening.now + SECOND)
    evening.now += SECOND
    evening.ask(ExpirePlace("p2"))
    evening.told("p3", OTHER)
    assert recover(evening.log).centre == evening.centre
