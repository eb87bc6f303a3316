"""A small day at a centre as submissions, from a seed: what the faults happen to."""

from random import Random

from pasokh.account.commands import OpenCentre
from pasokh.answer import commands as answer
from pasokh.answer.events import CallCode
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission, Words
from pasokh.core.time import Instant
from pasokh.dispatch import commands as dispatch
from pasokh.dispatch.events import Outcome

BEGIN: Instant = 1_793_000_000_000
TAKER = "call_taker:p-1"
DISPATCHER = "dispatcher:d-1"
MACHINE = "machine:line"
UNITS = 3
WORDS = Words(name="نام آزمایشی", number="0000", text="کوچه‌ی سوم، درِ آبی")

Step = tuple[str, Command, Words | None]


def a_day(seed: int, calls: int) -> list[tuple[Submission, Instant]]:
    """Submissions of so many calls, mixed as they come, with the time at which each comes."""
    rng = Random(seed)  # noqa: S311 - a drill, no secret
    steps: list[Step] = [(MACHINE, command, None) for command in _opening()]
    under_way = [_one_call(n) for n in range(calls)]
    while under_way:
        call = under_way[min(int(rng.expovariate(0.4)), len(under_way) - 1)]
        steps.append(call.pop(0))
        under_way = [call for call in under_way if call]
    at = BEGIN
    day = []
    for actor, command, words in steps:
        at += rng.randrange(900)
        command_id = time_ordered_id(at, rng.getrandbits(74))
        day.append((Submission(command_id, actor, command, words=words), at))
    return day


def _opening() -> list[Command]:
    opening: list[Command] = [OpenCentre("drill", utc_offset_minutes=210)]
    opening += [dispatch.RegisterUnit(f"u{n}", county="c1") for n in range(UNITS)]
    return opening


def _one_call(n: int) -> list[Step]:
    call, incident, mission = f"c{n}", f"i{n}", f"m{n}"
    return [
        (MACHINE, answer.OfferCall(call, county="c1"), WORDS if n % 2 else None),
        (TAKER, answer.AnswerCall(call), None),
        (TAKER, answer.AnswerCall(call), None),  # two hands on one call: refused, and recorded
        (TAKER, answer.TypeCall(call, "theft"), None),
        (TAKER, dispatch.OpenIncident(incident, "theft", "c1"), WORDS),
        (TAKER, answer.LinkCall(call, incident), None),
        (DISPATCHER, dispatch.CreateMission(mission, incident, f"u{n % UNITS}"), None),
        (DISPATCHER, dispatch.DispatchMission(mission), None),  # refused when the unit is busy
        (TAKER, answer.EndCall(call), None),
        (DISPATCHER, dispatch.ArriveMission(mission), None),
        (DISPATCHER, dispatch.RecordOutcome(mission, Outcome.FOUNDED), None),
        (DISPATCHER, dispatch.ClearMission(mission), None),
        (TAKER, answer.ClassCall(call, CallCode.RECORDED, "drill"), None),
        (DISPATCHER, dispatch.CloseIncident(incident, "done"), None),
    ]
