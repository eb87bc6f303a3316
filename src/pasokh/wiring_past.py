"""The past of a demonstration: days of a small centre that were over before it was started.

A newcomer sees what a day looks like when it has settled: first said, then final, then revised.
Nothing of it is drawn beforehand. The drill's people live the days in a log of their own, and what
publishes every centre publishes them, beside the demonstration and after it has opened.
"""

import os
import shutil
from threading import Event, get_native_id

from msgspec import structs

from pasokh.account.commands import FigureDay
from pasokh.account.definitions import FigureVersion
from pasokh.adapters.archive.drilled import reason_of_drill
from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import ClassCall
from pasokh.answer.events import CallCode
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import DAY, HOUR, Day, Instant, day_of, start_of
from pasokh.drivers.drill.drill import Drill, province_of
from pasokh.drivers.drill.lists import read_lists
from pasokh.drivers.drill.scenario import read_scenario
from pasokh.drivers.room import Room
from pasokh.settings import Settings
from pasokh.settings_scenario import PAST_PUBLIC, scenario_of
from pasokh.wiring_publishing import publish

_PAST = PAST_PUBLIC.parent
# Whoever works at the demonstration comes first.
_NICE = 10
# The first day's figures are final after eight days, revised and out on the tenth.
_DAYS = 10
_CALLS_A_DAY = 700
_JUDGED_ANEW = 9
_REVIEWER = actor_of(Role.SUPERVISOR, "s-01")
_CLOCK = actor_of(Role.MACHINE, "clock")


def show_past(settings: Settings, now: Instant) -> None:
    """Give a demonstration its past, unless it has one. Cut off, it begins anew the next time."""
    if (settings.data / _PAST).is_dir():
        return
    os.setpriority(os.PRIO_PROCESS, get_native_id(), _NICE)
    making = settings.data / f"{_PAST}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    past = structs.replace(settings, data=making, drill=True)
    live_through(past, now)
    once = Event()
    once.set()
    publish(past, once, say=lambda _words: None)
    making.rename(settings.data / _PAST)


def live_through(settings: Settings, now: Instant) -> None:
    """Let the drill's people live some days that ended before now, and judge some calls anew."""
    scenario = scenario_of(settings)
    read = read_scenario(scenario)
    small = structs.replace(read, demand=structs.replace(read.demand, calls_per_day=_CALLS_A_DAY))
    province = province_of(small, counties_of(), read_lists(scenario.parent / read.lists))
    offset = small.utc_offset_minutes
    first = day_of(now, offset) - _DAYS
    began = start_of(Day(first), offset)
    log = SqliteLog(settings.data / "log.sqlite")
    room = Room(Centre(), log.head(), log)
    drill = Drill(room, province, began, commit=room.commit)
    drill.advance(began + 8 * DAY + HOUR)
    _judge_anew(room, Day(first))
    drill.advance(began + 9 * DAY + 10 * HOUR)
    room.commit()
    log.close()


def _judge_anew(room: Room, day: Day) -> None:
    """Correct some calls of a day that is final, and revise its figures."""
    calls = room.centre.account.calls
    advice = [
        call_id
        for call_id in room.centre.account.calls_of_day[day]
        if calls[call_id].code is CallCode.ADVICE and calls[call_id].public
    ]
    reason = reason_of_drill()
    deeds: list[tuple[str, Command]] = [
        (_REVIEWER, ClassCall(call_id, CallCode.RECORDED, reason))
        for call_id in advice[:_JUDGED_ANEW]
    ]
    deeds.append((_CLOCK, FigureDay(day, FigureVersion.REVISED, reason)))
    at = room.centre.known_at
    for number, (actor, command) in enumerate(deeds):
        room.take(Submission(time_ordered_id(at, number), actor, command), at)
