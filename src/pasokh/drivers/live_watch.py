"""Looks at the line itself: is anybody heard, do probes come through, does the count agree.

The counts are compared each hour, at the end of each day and on demand. The switch counts whether
we live or not, and what it counted is entered beside what the log says.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from pasokh.answer.commands_watch import (
    CompareCounts,
    EndProbesMissed,
    EndSilence,
    MarkProbesMissed,
)
from pasokh.answer.events_watch import LineCounts
from pasokh.answer.line_counts import (
    counted_from,
    counts_between,
    due_period,
    is_settled,
    slice_of,
    summed,
)
from pasokh.answer.probes import ProbeRule, probes_missed
from pasokh.answer.silence import SilenceRule, fallen_silent
from pasokh.answer.state import AnswerState, HeardHours, LineWatch, Probes
from pasokh.core.ids import LineName, time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.drivers.live import Live
from pasokh.drivers.ports_live import CommandParked, NotTaking, OutcomeUnknown, SwitchCounts

EVERY_SECONDS = 3.0
LISTEN_EVERY_SECONDS = 1.0
# After a start the switch has first to tell who was spoken to without us.
_FIRST_SECONDS = 10.0
WATCH_ACTOR = actor_of(Role.MACHINE, "watch")


class Looked(Struct, frozen=True):
    """What two looks must have in common before a difference is believed: nothing is under way."""

    command: CompareCounts
    ours: LineCounts


async def keep_comparing(live: Live, line: LineName, switch: SwitchCounts) -> None:
    """Compare whatever is due, again and again, until the centre stops."""
    before: Looked | None = None
    with suppress(NotTaking, OutcomeUnknown, CommandParked):
        while live.fault is None:
            await asyncio.sleep(EVERY_SECONDS)
            before = await compare(live, line, switch, before)


async def compare(
    live: Live, line: LineName, switch: SwitchCounts, before: Looked | None
) -> Looked | None:
    """Look once; a difference is entered when the look of `before` saw the same."""
    now = live.clock.now()
    watch = live.centre.answer.lines.get(line, LineWatch())
    period = due_period(watch, now, live.centre.account.utc_offset_minutes)
    if period is None or (told := await switch.counted(*period)) is None:
        return None
    began_at, ended_at = counted_from(told.boot_at, *period), period[1]
    counted = summed(
        n for number, n in told.slices.items() if slice_of(began_at) <= number < slice_of(ended_at)
    )
    if not is_settled(counted, ended_at, now):
        return None
    ours = counts_between(watch, began_at, ended_at)
    name = f"{line}-{told.boot_at}-{began_at}-{ended_at}"
    command = CompareCounts(name, line, told.boot_at, began_at, ended_at, counted)
    looked = Looked(command, ours)
    if counted == ours or looked == before:
        live.take(Submission(f"counts-{name}", WATCH_ACTOR, command))
        return None
    return looked


async def keep_listening(live: Live, silence: SilenceRule, probe: ProbeRule) -> None:
    """Say within a second that the lines have fallen silent, and that they are heard again."""
    started_at = live.clock.now()
    await asyncio.sleep(_FIRST_SECONDS)
    with suppress(NotTaking, OutcomeUnknown, CommandParked):
        while live.fault is None:
            answer, now = live.centre.answer, live.clock.now()
            for command in alarms(answer, now, started_at, silence, probe):
                command_id = time_ordered_id(now, live.head.seq)
                live.take(Submission(command_id, WATCH_ACTOR, command))
            await asyncio.sleep(LISTEN_EVERY_SECONDS)


def alarms(
    answer: AnswerState, now: Instant, started_at: Instant, silence: SilenceRule, probe: ProbeRule
) -> Iterator[Command]:
    """Yield what is to be said at `now` of alarms that begin or end; we began at `started_at`."""
    silent = fallen_silent(answer.heard, now, silence)
    if silent is not None:
        yield silent
    elif _heard_again(answer.heard):
        yield EndSilence()
    missed = probes_missed(answer.probes, now, started_at, probe)
    if missed is not None:
        yield MarkProbesMissed(missed)
    elif answer.probes.alarm is not None and _reached(answer.probes):
        yield EndProbesMissed()


def _heard_again(heard: HeardHours) -> bool:
    silence, last_at = heard.silence, heard.last_at
    return silence is not None and last_at is not None and last_at > silence.since


def _reached(probes: Probes) -> bool:
    return probes.last is not None and not probes.missed
