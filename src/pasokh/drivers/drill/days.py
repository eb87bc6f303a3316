"""What the calendar does: crews' shifts, patrols that come upon something, figures, alarms."""

from pasokh.account.commands import FigureDay
from pasokh.account.definitions import CUTOFF, FigureVersion
from pasokh.answer.events import Origin
from pasokh.control_room.overdue import overdue
from pasokh.core.chance import below, mixed_poisson
from pasokh.core.people import Role, actor_of
from pasokh.core.time import HOUR, SECOND, Day, Instant, day_of, hour_of, start_of
from pasokh.drivers.drill.callers import hourly_calls
from pasokh.drivers.drill.crews import Crews
from pasokh.drivers.drill.dispatchers import Dispatchers
from pasokh.drivers.drill.province import PATROL
from pasokh.drivers.drill.world import World
from pasokh.reference.views import due_effects

CLOCK = actor_of(Role.MACHINE, "clock")
WATCH_EVERY = 15 * SECOND
NIGHT_BEGINS = 23
NIGHT_ENDS = 7


class Days:
    """Acts that come by the hour and by the day."""

    def __init__(self, world: World, crews: Crews, dispatchers: Dispatchers) -> None:
        """Join the calendar to those it moves."""
        self._world = world
        self._crews = crews
        self._dispatchers = dispatchers
        self._chance = world.province.streams.named("patrols")

    def begin_hour(self, begins: Instant) -> None:
        """Do what an hour brings, and come back for the next."""
        world = self._world
        world.agenda.put(begins + HOUR, self.begin_hour, begins + HOUR)
        hour = hour_of(begins, world.scenario.utc_offset_minutes)
        if hour in {NIGHT_BEGINS, NIGHT_ENDS}:
            self._crews.set_shift(night=hour == NIGHT_BEGINS)
        share = hourly_calls(world, begins) / world.scenario.demand.calls_per_day
        found = mixed_poisson(self._chance, share * world.scenario.sides.patrol_found_per_day, 1.0)
        for _ in range(found):
            at = begins + int(self._chance.uniform() * HOUR)
            if at >= world.now:
                world.agenda.put(at, self._patrol_finds)

    def watch(self) -> None:
        """Mark what has become overdue, and look again in a while."""
        world = self._world
        world.later(WATCH_EVERY, self.watch)
        for _, command in tuple(overdue(world.centre, world.now)):
            world.ask(CLOCK, command)

    def is_night(self, at: Instant) -> bool:
        """Tell whether some crews are off."""
        hour = hour_of(at, self._world.scenario.utc_offset_minutes)
        return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS

    def begin_day(self) -> None:
        """Figure the days whose cut-off has come, and come back at midnight."""
        world, offset = self._world, self._world.scenario.utc_offset_minutes
        midnight = start_of(day_of(world.now, offset) + 1, offset)
        world.agenda.put(midnight, self.begin_day)
        for day in sorted(world.centre.account.calls_of_day):
            for version in (FigureVersion.PROVISIONAL, FigureVersion.FINAL):
                if self._is_due(day, version):
                    world.ask(CLOCK, FigureDay(day, version))

    def take_effects(self) -> None:
        """Say that changes of the lists count whose instant has come; mostly there are none."""
        lists = self._world.centre.reference
        if lists.ahead:
            for _, command in tuple(due_effects(lists, self._world.now)):
                self._world.ask(CLOCK, command)

    def _is_due(self, day: Day, version: FigureVersion) -> bool:
        known = self._world.centre.account.figures.get(day)
        if known is not None and known.figure_version is not FigureVersion.PROVISIONAL:
            return False
        if known is not None and version is FigureVersion.PROVISIONAL:
            return False
        ends = start_of(day + 1, self._world.scenario.utc_offset_minutes)
        return self._world.now >= ends + CUTOFF[version]

    def _patrol_finds(self) -> None:
        world = self._world
        trouble = world.province.trouble(self._chance, world.now)
        trouble.origin = Origin.UNIT
        free = self._crews.free_in(trouble.county, PATROL)
        if free:
            unit_id = free[below(self._chance, len(free))]
            self._crews.finds(trouble, unit_id)
            self._dispatchers.patrol_finds(trouble, unit_id)
