"""Commands twice, late and in another order, and clocks that jump: N2 and N3 hold."""

from collections import defaultdict
from random import Random

import pytest

from pasokh.adapters.storage.verify import verify
from pasokh.answer.commands import MarkSilent, NoteCall, OfferCall
from pasokh.control_room.fold import state_hash
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Receipt, Submission
from pasokh.core.time import HOUR, MINUTE
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.centre import SimulatedCentre
from tests.simulated.day import BEGIN, MACHINE, a_day
from tests.simulated.disk import Disk


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_duplicates_delays_and_jumping_clocks_have_one_effect_each(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a drill, no secret
    disk = Disk()
    centre = SimulatedCentre(disk, seed)
    arrivals = a_day(seed, 12)
    for _ in range(len(arrivals)):  # each asked twice on average, anywhere after the first time
        at = rng.randrange(len(arrivals))
        arrivals.insert(rng.randrange(at, len(arrivals) + 1), arrivals[at])
    for _ in range(30):  # and some overtake others
        at = rng.randrange(len(arrivals) - 5)
        arrivals.insert(at + rng.randrange(5), arrivals.pop(at))
    got: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    jump = 0
    for submission, now in arrivals:
        if rng.random() < 0.05:
            jump = rng.choice((-HOUR, 0, HOUR))
        if rng.random() < 0.03:
            centre.close()
            disk.release()
            disk = Disk(disk.files())
            centre = SimulatedCentre(disk, rng.getrandbits(32))
        receipt = centre.room.take(submission, now + jump)
        centre.room.commit()
        got[submission.command_id].add((receipt.first_seq, receipt.last_seq))
    assert {len(places) for places in got.values()} == {1}
    entries = list(centre.log.read())
    assert verify(entries).fault is None
    assert len({s.command_id for s, _ in arrivals}) == len({e.command_id for e in entries})
    assert state_hash(recover(centre.log).centre) == state_hash(centre.room.centre)
    centre.close()
    disk.release()


def offer(command_id: str, call_id: str) -> Submission:
    return Submission(command_id, MACHINE, OfferCall(call_id))


@pytest.mark.parametrize("ahead", [-2 * HOUR, -11 * MINUTE, 11 * MINUTE, HOUR, 40 * HOUR])
def test_a_sender_with_a_wrong_clock_is_known_again_after_a_restart(ahead: int) -> None:
    """An id from an hour ahead, asked again after our clock got there, must not act twice."""
    disk = Disk()
    centre = SimulatedCentre(disk)
    command_id = time_ordered_id(BEGIN + ahead, 7)
    first = centre.room.take(offer(command_id, "c1"), BEGIN)
    centre.room.commit()
    again = Room(*recover(centre.log)[:2], centre.log)
    for now in (BEGIN, BEGIN + ahead, BEGIN + ahead + MINUTE, BEGIN + 2 * abs(ahead)):
        assert again.take(offer(command_id, "c1"), now) == first
    assert again.head.seq == 1
    centre.close()
    disk.release()


def test_an_id_forgotten_in_memory_is_found_on_disk() -> None:
    disk = Disk()
    centre = SimulatedCentre(disk)
    centre.room.receipts._kept = 5
    day = [(offer(time_ordered_id(BEGIN + n, n), f"c{n}"), BEGIN + n) for n in range(40)]
    receipts: list[Receipt] = []
    for asked in day:
        receipts.append(centre.room.take(*asked))
        centre.room.commit()
    assert [centre.room.take(*asked) for asked in day] == receipts
    assert centre.room.head.seq == 40
    centre.close()
    disk.release()


def test_a_repeated_refusal_gives_the_same_refusal_after_a_restart() -> None:
    disk = Disk()
    centre = SimulatedCentre(disk)
    asked = [
        Submission("r1", MACHINE, MarkSilent("none")),
        Submission("r2", MACHINE, NoteCall("x")),
    ]
    first = [centre.room.take(one, BEGIN) for one in asked]
    centre.room.commit()
    again = Room(*recover(centre.log)[:2], centre.log)
    assert [again.take(one, BEGIN + HOUR) for one in asked] == first
    assert all(receipt.refusal for receipt in first)
    centre.close()
    disk.release()
