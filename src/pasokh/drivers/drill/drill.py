"""The drill: one seed's people at work in a real centre, as far as the simulated time has come."""

from collections.abc import Callable, Sequence

from pasokh.account.commands import OpenCentre
from pasokh.answer.commands import OpenPosition
from pasokh.core.areas import County
from pasokh.core.people import Role, actor_of
from pasokh.core.time import HOUR, MINUTE, Instant
from pasokh.dispatch.commands import RegisterUnit
from pasokh.drivers.drill.beside import RealPeople
from pasokh.drivers.drill.call_takers import CallTakers
from pasokh.drivers.drill.callers import Callers
from pasokh.drivers.drill.crews import Crews
from pasokh.drivers.drill.days import Days
from pasokh.drivers.drill.dispatchers import Dispatchers
from pasokh.drivers.drill.leftovers import clear_leftovers
from pasokh.drivers.drill.lists import Lists, entries_of
from pasokh.drivers.drill.nuisances import Nuisances
from pasokh.drivers.drill.province import LivingProvince
from pasokh.drivers.drill.roster import Roster
from pasokh.drivers.drill.scenario import Scenario
from pasokh.drivers.drill.seeds import Streams
from pasokh.drivers.drill.speakers import Speakers
from pasokh.drivers.drill.takeovers import Takeovers
from pasokh.drivers.drill.talks import Talks
from pasokh.drivers.drill.world import House, World
from pasokh.reference.entries import LIST_OF

SET_UP = actor_of(Role.ADMINISTRATOR, "a-01")
LIST_KEEPER = actor_of(Role.ADMINISTRATOR, "reference")
# Commands between two commits, when the drill commits by itself.
GROUP = 500


def province_of(
    scenario: Scenario, counties: Sequence[County], lists: Lists | None = None
) -> LivingProvince:
    """Draw the province of a scenario from its seed; `lists` is what its centre knows."""
    province = LivingProvince(scenario, counties, Streams(scenario.seed))
    if lists is not None:
        province.entries = list(entries_of(lists, province.counties, province.crews))
    return province


class Drill:
    """Turns a centre with a province's people. The same seed on the same log: the same bytes.

    `house` is a Room or a living centre. `commit` makes what was taken durable; it is left out
    when the house does that by itself.
    """

    def __init__(
        self,
        house: House,
        province: LivingProvince,
        start: Instant,
        *,
        commit: Callable[[], object] | None = None,
        seal_words: bool = False,
    ) -> None:
        """Bring the people in at `start` (milliseconds). Nothing is asked before `advance`."""
        self.world = World(house, province, start)
        self.world.seals_words = seal_words
        self._commit = commit
        self._committed = 0
        self._crews = Crews(self.world)
        people = RealPeople(self.world)
        dispatchers = Dispatchers(self.world, self._crews, people)
        self._nuisances = Nuisances(self.world)
        talks = Talks(self.world, dispatchers, self._nuisances)
        speakers = Speakers(self.world, dispatchers)
        self._takers = CallTakers(self.world, talks, people, speakers)
        self._callers = Callers(self.world, self._takers)
        self._roster = Roster(self.world, self._takers)
        self._days = Days(self.world, self._crews, dispatchers)
        self._takeovers = Takeovers(self.world, self._crews, dispatchers, people)
        self.world.agenda.put(start, self._begin)

    def advance(self, until: Instant) -> int:
        """Do everything that is due up to `until`; give the number of commands asked."""
        world, before = self.world, self.world.asked
        while (due := world.agenda.next_at()) is not None and due <= until:
            # What is late, because the wall ran ahead, is done now; time never goes back.
            at, act, args = world.agenda.pop()
            world.now = max(world.now, at)
            act(*args)
            self._days.take_effects()
            self._commit_group(GROUP)
        world.now = max(world.now, until)
        self._days.take_effects()
        self._commit_group(1)
        return world.asked - before

    def move_to(self, house: House, *, commit: Callable[[], object] | None = None) -> None:
        """Go on in another house over the same state: a living centre after a warm start."""
        self.world.move_to(house)
        self._commit = commit

    def _commit_group(self, least: int) -> None:
        if self._commit is not None and self.world.asked - self._committed >= least:
            self._commit()
            self._committed = self.world.asked

    def _begin(self) -> None:
        world = self.world
        self._set_up()
        clear_leftovers(world)
        self._nuisances.take_over()
        if self._days.is_night(world.now):
            self._crews.set_shift(night=True)
        hour = world.now - (world.now + world.scenario.utc_offset_minutes * MINUTE) % HOUR
        self._roster.begin_hour(hour)
        self._callers.begin_hour(hour)
        self._days.begin_hour(hour)
        self._days.begin_day()
        self._days.watch()
        self._takeovers.look()

    def _set_up(self) -> None:
        world, scenario, centre = self.world, self.world.scenario, self.world.centre
        if centre.account.opened_day is None:
            world.ask(SET_UP, OpenCentre(scenario.centre, scenario.utc_offset_minutes))
        for number, position_id in enumerate(self._roster.positions, 1):
            if position_id not in centre.answer.positions:
                world.ask(SET_UP, OpenPosition(position_id, f"میز {number}"))
        for entry in world.province.entries:
            if entry.code not in centre.reference.lists.get(LIST_OF[type(entry.entry)], {}):
                world.ask(LIST_KEEPER, entry)
        for crew in world.province.crews:
            if crew.unit_id not in centre.dispatch.units:
                belongs = crew.station, crew.county, crew.capabilities
                world.ask(SET_UP, RegisterUnit(crew.unit_id, *belongs, crew.call_sign))
