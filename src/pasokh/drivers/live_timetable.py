"""What the centre asks of itself when a time has come: figures, ends of marks, changes of lists.

Each command's id follows from what it is for, so it is asked once, restart or not; an answered no
is asked again by a person only.

Two clocks. What belongs to the centre's work is due by the centre's own clock, which a drill may
run sixty times as fast. A session is of a person who really sits there: its end is civil time and
is compared with the wall's clock, or a drill would throw everybody out within minutes.
"""

import asyncio
from collections.abc import Iterator
from hashlib import sha256

from pasokh.account.commands import FigureDay
from pasokh.account.definitions import CUTOFF, FigureVersion
from pasokh.answer.appeals import KEPT_FOR, subject_of_appeal
from pasokh.answer.commands import CloseThread, ExpireNuisance, ExpirePlace
from pasokh.answer.commands_appeals import ExpireAppeal
from pasokh.answer.threads import silent_at, silent_threads
from pasokh.control_room.holding import is_appeal_held, is_held
from pasokh.control_room.overdue import overdue
from pasokh.control_room.state import Centre
from pasokh.core.ids import CommandId, time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Day, Instant, day_of, start_of
from pasokh.core.told_places import subject_of_place
from pasokh.drivers.live import Live
from pasokh.drivers.ports import Clock, Vault
from pasokh.reference.views import due_effects
from pasokh.staff.commands import EndSession, ExpireBroadcast
from pasokh.staff.views import expired_broadcasts, expired_sessions

TIMETABLE_ACTOR = actor_of(Role.MACHINE, "timetable")
EVERY_SECONDS = 1.0
# What a drill's own calendar asks for (drill/days.py, drill/nuisances.py).
DRILL_KEEPS = (ExpireNuisance, FigureDay)
_SALT_BYTES = 9
_SETTLED = (FigureVersion.FINAL, FigureVersion.REVISED)


async def keep_timetable(
    live: Live, wall: Clock, *, drilled: bool = False, vault: Vault | None = None
) -> None:
    """Ask whatever is due, once a second, until the centre stops.

    `drilled`: a drill's people keep their own calendar, so what is in it is not asked twice.
    What is over (a place, an appeal) loses its key in `vault` first: after a crash it is destroyed
    once more.
    """
    asked: set[CommandId] = set()
    while live.fault is None:
        due = (*due_commands(live.centre, live.clock.now()), *due_ends(live.centre, wall.now()))
        for due_at, command in due:
            if drilled and isinstance(command, DRILL_KEEPS):
                continue
            command_id = command_id_of(due_at, command)
            if command_id not in asked:
                asked.add(command_id)
                if vault is not None and (subject := ended_with(command)):
                    await asyncio.to_thread(vault.destroy, subject)
                live.take(Submission(command_id, TIMETABLE_ACTOR, command))
        await asyncio.sleep(EVERY_SECONDS)


def ended_with(command: Command) -> str:
    """Name the subject whose key goes before a command is given; "" for most."""
    if isinstance(command, ExpirePlace):
        return subject_of_place(command.place_id)
    return subject_of_appeal(command.appeal_id) if isinstance(command, ExpireAppeal) else ""


def due_ends(centre: Centre, wall_now: Instant) -> Iterator[tuple[Instant, Command]]:
    """Yield the end of each session that has expired by the wall's clock (milliseconds)."""
    for session in expired_sessions(centre.staff, wall_now):
        yield session.expires_at, EndSession(session.session_id, "expired")


def due_commands(centre: Centre, now: Instant) -> Iterator[tuple[Instant, Command]]:
    """Yield each command whose time has come, with that time in milliseconds."""
    yield from due_ends_of_calls(centre, now)
    for call in silent_threads(centre.answer, now):
        yield silent_at(call), CloseThread(call.call_id)
    for notice in expired_broadcasts(centre.staff, now):
        yield notice.expires_at, ExpireBroadcast(notice.broadcast_id)
    yield from due_effects(centre.reference, now)
    for day in _unsettled_days(centre, now):
        known = centre.account.figures.get(day)
        version = FigureVersion.FINAL if known else FigureVersion.PROVISIONAL
        due_at = start_of(day + 1, centre.account.utc_offset_minutes) + CUTOFF[version]
        if due_at <= now:
            yield due_at, FigureDay(day, version)
    yield from overdue(centre, now)


def due_ends_of_calls(centre: Centre, now: Instant) -> Iterator[tuple[Instant, Command]]:
    """Yield what is kept about callers for a time only, and that is over; not what is held."""
    answer = centre.answer
    for nuisance in answer.nuisances.values():
        if nuisance.expires_at <= now:
            yield nuisance.expires_at, ExpireNuisance(nuisance.call_id)
    for place_id, (call_id, expires_at) in answer.expiring.items():
        if expires_at <= now and not is_held(centre, call_id, now):
            yield expires_at, ExpirePlace(place_id)
    for appeal in answer.appeals.values():
        over_at = appeal.settled_at + KEPT_FOR
        if appeal.outcome is None or over_at > now:
            continue
        if not is_appeal_held(centre, appeal.appeal_id, now):
            yield over_at, ExpireAppeal(appeal.appeal_id)


def command_id_of(due_at: Instant, command: Command) -> CommandId:
    """Name a due command so that it has the same id whenever it is asked."""
    digest = sha256(repr(command).encode()).digest()
    return time_ordered_id(due_at, int.from_bytes(digest[:_SALT_BYTES]))


def _unsettled_days(centre: Centre, now: Instant) -> range:
    """The days that are over and have no final figure. Days become final in their order."""
    account = centre.account
    if account.opened_day is None:
        return range(0)
    final = [day for day, known in account.figures.items() if known.figure_version in _SETTLED]
    first: Day = max([account.opened_day - 1, *final]) + 1
    return range(first, day_of(now, account.utc_offset_minutes))
