"""The roster: how many positions each hour needs, who sits down, who relieves whom."""

from math import ceil, sqrt

from msgspec.structs import asdict

from pasokh.core.ids import PersonId, PositionId
from pasokh.core.time import HOUR, MINUTE, SECOND, Instant, hour_of
from pasokh.drivers.drill.call_takers import CallTakers
from pasokh.drivers.drill.callers import hourly_calls
from pasokh.drivers.drill.staffing import positions_for
from pasokh.drivers.drill.world import World

# People come a little before the hour that needs them, and are relieved one after the other.
EARLY = 10 * MINUTE
RELIEVED_WITHIN = 20 * MINUTE


class Roster:
    """Keeps the positions staffed."""

    def __init__(self, world: World, takers: CallTakers) -> None:
        """Join the roster to the people it is about."""
        self._world = world
        self._takers = takers
        self._chance = world.province.streams.named("roster")
        count = world.scenario.answering.positions
        self.positions: list[PositionId] = [f"pos-{n:02}" for n in range(1, count + 1)]

    def begin_hour(self, begins: Instant) -> None:
        """Staff the hour that begins; called a little before it, and comes back by itself."""
        world = self._world
        world.agenda.put(begins + HOUR - EARLY, self.begin_hour, begins + HOUR)
        if hour_of(begins, world.scenario.utc_offset_minutes) in self._shift_hours():
            self._change_shift(begins)
        before = positions_wanted(world, begins - HOUR)
        wanted = positions_wanted(world, begins)
        self._staff(wanted, begins)
        if wanted < before:  # those too many stay until the hour has begun
            world.agenda.put(begins, self._send_home, wanted)

    def _staff(self, wanted: int, at: Instant) -> None:
        staffed = set(self._takers.staffed())
        centre = self._world.centre.answer
        for index, position_id in enumerate(self.positions):
            if len(staffed) >= wanted:
                return
            position = centre.positions.get(position_id)
            if position_id in staffed or position is None or position.person_id is not None:
                continue
            self._takers.sit_down(position_id, self._person(index, at))
            staffed.add(position_id)

    def _send_home(self, wanted: int) -> None:
        staffed = sorted(self._takers.staffed())
        for position_id in staffed[wanted:]:
            self._takers.relieve(position_id, "")

    def _change_shift(self, begins: Instant) -> None:
        for index, position_id in enumerate(self.positions):
            at = begins + int(self._chance.uniform() * RELIEVED_WITHIN)
            self._world.agenda.put(at, self._relieve, index, position_id, begins)

    def _relieve(self, index: int, position_id: PositionId, begins: Instant) -> None:
        if position_id in set(self._takers.staffed()):
            person_id = self._person(index, begins)
            if self._world.centre.answer.positions[position_id].person_id != person_id:
                self._takers.relieve(position_id, person_id)

    def _person(self, index: int, at: Instant) -> PersonId:
        """Name who has a position in the shift of an instant: each shift has its own people."""
        hour = hour_of(at, self._world.scenario.utc_offset_minutes)
        shifts = self._shift_hours()
        shift = sum(start <= hour for start in shifts) % len(shifts)
        return f"p-{shift * len(self.positions) + index + 1:03}"

    def _shift_hours(self) -> tuple[int, ...]:
        return self._world.scenario.answering.shift_hours


def positions_wanted(world: World, begins: Instant) -> int:
    """Say how many positions an hour needs, breaks included, and no more than there are.

    Staffed for the mean load and `margin_sigmas` of its spread, because calls come in heaps.
    """
    rules, sides = world.scenario.answering, world.scenario.sides
    mean = hourly_calls(world, begins) * (1 + sides.alarm + sides.agency + sides.test)
    spread = sqrt(mean * world.scenario.demand.over_dispersion)
    calls = mean + rules.margin_sigmas * spread
    handling = handling_seconds(world)
    within = rules.within_seconds - rules.pick_up.p90
    wanted = positions_for(calls * handling * SECOND / HOUR, handling, within, rules.within_share)
    return min(rules.positions, ceil(wanted / (1 - rules.break_share)))


def handling_seconds(world: World) -> float:
    """Give the mean time that a call takes of a position: reaching, talk, hold, wrap-up."""
    rules = world.scenario.answering
    shares: dict[str, float] = asdict(world.scenario.errands)
    talk = sum(share * rules.talk[name].mean for name, share in shares.items())
    hold = rules.hold_share * rules.hold.mean
    return rules.pick_up.mean + talk + hold + rules.wrap_up.mean
