"""Nobody listened for a while: every call is complete all the same, out of queue_log and lists."""

import tempfile
from bisect import bisect_left
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pasokh.adapters.telephony.asterisk.desk import ACTOR_OF_SECONDS
from tests.adapters.telephony.asterisk.centre import Centre, run
from tests.adapters.telephony.asterisk.timeline import (
    BEGAN,
    Step,
    abandoned,
    answered,
    interleaved,
    mixed,
)

GAP = 3_000
SEATS = tuple(f"p{n}" for n in range(8))


async def begun(folder: Path) -> Centre:
    centre = Centre(folder / "queue_log")
    await centre.pbx.open()
    await centre.seat(*SEATS)
    await centre.listen()
    return centre


async def torn(centre: Centre, steps: list[Step], first: int, upto: int) -> int:
    """Tear the connection within a step, for the time of the gap; give the step after it."""
    centre.clock.at = max(centre.clock.at, steps[first].at)
    centre.pbx.play(steps[first], upto)
    await centre.pbx.close()
    last = bisect_left(steps, steps[first].at + GAP, key=lambda step: step.at)
    await centre.play(steps[first + 1 : last])
    await centre.pbx.open()
    await centre.connected()
    return max(last, first + 1)


async def over(centre: Centre) -> None:
    await centre.end()
    await centre.pbx.close()


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1_000), st.floats(0, 1), st.integers(0, 700))
def test_three_seconds_anywhere_lose_no_call(seed: int, where: float, upto: int) -> None:
    calls = mixed(seed, 40, 13)
    steps = interleaved(calls)

    async def story(folder: Path) -> None:
        centre = await begun(folder)
        first = int(where * (len(steps) - 1))
        await centre.play(steps[:first])
        await centre.play(steps[await torn(centre, steps, first, upto) :])
        await centre.hear_all()
        centre.check(calls)
        await over(centre)

    with tempfile.TemporaryDirectory() as folder:
        run(story(Path(folder)))


@pytest.mark.slow
def test_105_of_105(tmp_path: Path) -> None:
    """The gap that lost 54 of 105 calls to a reader without queue_log."""
    calls = mixed(23, 105, 13)
    steps = interleaved(calls)

    async def story() -> None:
        centre = await begun(tmp_path)
        first = next(place for place, step in enumerate(steps) if step.at > BEGAN + 2_000)
        await centre.play(steps[:first])
        await centre.play(steps[await torn(centre, steps, first, 40) :])
        await centre.hear_all()
        centre.check(calls)
        by_log = [entry for entry in centre.entries() if entry.actor == ACTOR_OF_SECONDS]
        assert by_log, "the gap hid nothing, so this shows nothing"
        await over(centre)

    run(story())


@pytest.mark.slow
def test_a_centre_that_was_killed_twice_hears_what_it_missed(tmp_path: Path) -> None:
    calls = mixed(7, 60, 13)
    steps = interleaved(calls)
    places = [0, len(steps) // 4, len(steps) // 2, len(steps) * 5 // 8, len(steps) * 7 // 8]
    parts = [steps[a:b] for a, b in pairwise([*places, len(steps)])]

    async def story() -> None:
        centre = await begun(tmp_path)
        for heard, missed in ((parts[0], parts[1]), (parts[2], parts[3])):
            await centre.play(heard)
            await centre.end()
            await centre.play(missed)
            centre = Centre(tmp_path / "queue_log", centre)
            await centre.listen()
        await centre.play(parts[4])
        await centre.hear_all()
        centre.check(calls)
        await over(centre)

    run(story())


def test_a_killed_centre_forgets_nothing_that_it_journalled(tmp_path: Path) -> None:
    """What the log of the centre lost, its journal has; and heard again it changes nothing."""
    calls = [answered(1, BEGAN, talk=60_000), abandoned(2, BEGAN + 200)]

    async def story() -> None:
        centre = await begun(tmp_path)
        await centre.play([step for step in interleaved(calls) if step.at < BEGAN + 20_000])
        await centre.hear_all()
        before = centre.live.centre.seq
        again = Centre(tmp_path / "queue_log", centre)
        assert (again.live.centre.seq, again.noes) == (before, [])
        empty = Centre(tmp_path / "queue_log", centre, fresh=True)
        await empty.live.durable(empty.live.centre.seq)
        found = empty.live.centre.answer.counts
        assert (found.offered, found.answered, found.abandoned) == (2, 1, 1)
        await over(centre)

    run(story())


def test_a_switch_that_starts_anew_has_forgotten_who_rang(tmp_path: Path) -> None:
    ringing, talking = abandoned(1, BEGAN, wait=600_000), answered(2, BEGAN, talk=600_000)

    async def story() -> None:
        centre = await begun(tmp_path)
        both = interleaved([ringing, talking])
        await centre.play([step for step in both if step.at < BEGAN + 60_000])
        await centre.hear_all()
        assert centre.live.centre.answer.counts.answered == 1
        await centre.pbx.close()
        centre.pbx.forget()
        centre.clock.at += 60_000
        await centre.pbx.open()
        await centre.connected()
        await centre.hear_all()
        centre.check([replace(ringing, outcome="CallRejected"), talking])
        await over(centre)

    run(story())


def test_without_a_log_of_its_queues_what_is_over_is_ended_all_the_same(tmp_path: Path) -> None:
    call = answered(1, BEGAN, talk=5_000)

    async def story() -> None:
        centre = Centre(tmp_path / "queue_log", logged=False)
        await centre.pbx.open()
        await centre.listen()
        await centre.play([step for step in call.steps if step.at < BEGAN + 3_000])
        await centre.hear_all()
        await centre.pbx.close()
        await centre.play([step for step in call.steps if step.at >= BEGAN + 3_000])
        await centre.pbx.open()
        await centre.connected()
        await centre.hear_all()
        centre.check([call])
        await over(centre)

    run(story())
