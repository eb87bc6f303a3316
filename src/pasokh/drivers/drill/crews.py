"""Crews: they hear the order, roll, arrive, look, clear, and drive home."""

from collections.abc import Callable, Iterable
from math import cos, radians
from typing import TypeAlias

from pasokh.core.chance import bernoulli
from pasokh.core.ids import AreaCode, MissionId, UnitId
from pasokh.core.machine import Command
from pasokh.core.people import Actor, Role, actor_of
from pasokh.core.place import Point
from pasokh.core.time import HOUR, SECOND, Instant, Span
from pasokh.dispatch.commands import (
    AcknowledgeMission,
    ArriveMission,
    CancelMission,
    ClearMission,
    OpenIncident,
    RecordOutcome,
    SetUnitState,
    StartMission,
)
from pasokh.dispatch.events import Availability, Outcome, Stage
from pasokh.dispatch.state import Mission, Unit
from pasokh.drivers.drill.people import Trouble
from pasokh.drivers.drill.province import Crew
from pasokh.drivers.drill.world import World

Step: TypeAlias = AcknowledgeMission | StartMission | ArriveMission

# A longer ride is nobody's idea but a newcomer's.
FARTHEST = 1 * HOUR
# How far a mission has come when it has taken a step: what a person did for the crew is done.
_STAGES = tuple(Stage)
_REACHED: dict[type[Command], Stage] = {
    AcknowledgeMission: Stage.ACKNOWLEDGED,
    StartMission: Stage.EN_ROUTE,
    ArriveMission: Stage.ON_SCENE,
}
# Where nobody is: for a crew that has not been out yet.
_AT_HOME: tuple[Point, Instant] = (Point(0.0, 0.0), 0)


class Crews:
    """All units of the drill, and where each one is."""

    def __init__(self, world: World) -> None:
        """Put every unit at its station."""
        self._world = world
        self._chance = world.province.streams.named("crews_at_work")
        self._crews = {crew.unit_id: crew for crew in world.province.crews}
        # The missions that a crew of the drill is carrying out.
        self._driven: dict[MissionId, None] = {}
        # Where a unit was last busy, and when it is home again.
        self._out: dict[UnitId, tuple[Point, Instant]] = {}
        self._able: dict[tuple[AreaCode, str], list[Crew]] = {}
        for crew in world.province.crews:
            for capability in crew.capabilities:
                self._able.setdefault((crew.county, capability), []).append(crew)
        self._over: Callable[[Trouble], None] = lambda _happening: None

    def tell_when_over(self, over: Callable[[Trouble], None]) -> None:
        """Name who wants to know that a mission of a trouble is over."""
        self._over = over

    def nearest(self, trouble: Trouble, capability: str) -> UnitId | None:
        """Find the free unit with the shortest ride: of the county, else of the nearest county.

        A neighbour's unit may be nearer than the own; then it is still the own that goes, as
        counties do it.
        """
        instead = self._world.scenario.dispatching.instead.get(capability, capability)
        own, *others = self._world.province.near[trouble.county]
        for county, wanted in ((own, capability), (own, instead), *((c, instead) for c in others)):
            free = self._free(county, wanted)
            if free:
                return self._closest(free, trouble.point).unit_id
        return None

    def free_in(self, county: AreaCode, capability: str) -> list[UnitId]:
        """Name the free units of a county."""
        return [crew.unit_id for crew in self._free(county, capability)]

    def undriven(self, missions: Iterable[MissionId]) -> list[MissionId]:
        """Leave out the missions that a crew of the drill is carrying out: most of them."""
        return [mission_id for mission_id in missions if mission_id not in self._driven]

    def must_be_driven(self, mission: Mission) -> bool:
        """Tell whether somebody from outside the drill told one of its crews of a mission."""
        told = mission.dispatched_at is not None and mission.over_at is None
        return told and mission.mission_id not in self._driven and mission.unit_id in self._crews

    def set_shift(self, *, night: bool) -> None:
        """Send those who are off at night home, or call them back; the busy follow when done."""
        for crew in self._crews.values():
            unit = self._unit(crew.unit_id)
            if crew.night_off and unit is not None and not unit.retired:
                self._set_state(unit, night=night)

    def finds(self, trouble: Trouble, unit_id: UnitId) -> None:
        """A patrol opens an incident that it came upon."""
        world = self._world
        trouble.incident_id = world.new_id("i", world.centre.dispatch.incidents.__contains__)
        opening = OpenIncident(
            trouble.incident_id, trouble.kind, trouble.county, origin=trouble.origin
        )
        world.ask(_crew(unit_id), opening, world.words_of(trouble))

    def obey(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        """Carry out an order from outside the drill; who is too far away says so, and is free."""
        if self._ride(self._crews[unit_id], trouble.point) * SECOND <= FARTHEST:
            self.go(mission_id, unit_id, trouble)
            return
        self._driven[mission_id] = None
        rules = self._world.scenario.dispatching
        acknowledged = rules.acknowledge.draw(self._chance)
        self._step(acknowledged, unit_id, AcknowledgeMission(mission_id))
        refused = acknowledged + rules.turnout.draw(self._chance)
        self._world.later(refused, self._decline, mission_id, unit_id, trouble)

    def go(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        """Carry out a mission from order to clear."""
        rules = self._world.scenario.dispatching
        self._driven[mission_id] = None
        crew = self._crews[unit_id]
        noise = rules.travel_noise.draw(self._chance) / SECOND
        ride = int(self._ride(crew, trouble.point) * noise * SECOND)
        acknowledged = rules.acknowledge.draw(self._chance)
        started = acknowledged + rules.turnout.draw(self._chance)
        self._step(acknowledged, unit_id, AcknowledgeMission(mission_id))
        self._step(started, unit_id, StartMission(mission_id))
        if bernoulli(self._chance, rules.cancelled_share):
            turned = started + int(ride * self._chance.uniform())
            self._world.later(turned, self._turn_back, mission_id, unit_id, trouble)
        else:
            self._step(started + ride, unit_id, ArriveMission(mission_id))
            self._world.later(started + ride, self._look, mission_id, unit_id, trouble)

    def stand(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        """Carry out a mission of a crew that is there already."""
        self._driven[mission_id] = None
        self._step(0, unit_id, AcknowledgeMission(mission_id))
        self._step(0, unit_id, ArriveMission(mission_id))
        self._world.later(1, self._look, mission_id, unit_id, trouble)

    def _step(self, span: Span, unit_id: UnitId, command: Step) -> None:
        self._world.later(span, self._do, unit_id, command)

    def _do(self, unit_id: UnitId, command: Step) -> None:
        mission = self._open(command.mission_id)
        reached = _REACHED[type(command)]
        if mission is not None and _STAGES.index(mission.stage) < _STAGES.index(reached):
            self._world.ask(_crew(unit_id), command)

    def _look(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        stay = self._world.scenario.dispatching.on_scene.draw(self._chance)
        self._world.later(stay, self._clear, mission_id, unit_id, trouble)

    def _clear(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        mission = self._open(mission_id)
        if mission is not None:
            outcome = Outcome(self._world.province.outcome_choice.draw(self._chance))
            if mission.outcome is None:  # else somebody has said it for the crew
                self._world.ask(_crew(unit_id), RecordOutcome(mission_id, outcome))
            self._world.ask(_crew(unit_id), ClearMission(mission_id))
        self._leave(mission_id, unit_id, trouble)

    def _turn_back(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        mission = self._open(mission_id)
        if mission is not None and mission.stage is Stage.ON_SCENE:
            self._look(mission_id, unit_id, trouble)  # somebody said that they are there
            return
        if mission is not None:
            self._world.ask(_crew(unit_id), CancelMission(mission_id, "no longer needed"))
        self._leave(mission_id, unit_id, trouble)

    def _decline(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        """Stay where one is; an order that somebody has taken further is carried out after all."""
        mission = self._open(mission_id)
        if mission is not None and mission.stage is Stage.ON_SCENE:
            self._look(mission_id, unit_id, trouble)
            return
        if mission is not None:
            self._world.ask(_crew(unit_id), CancelMission(mission_id, "too far away"))
        self._end(mission_id, trouble)

    def _leave(self, mission_id: MissionId, unit_id: UnitId, trouble: Trouble) -> None:
        crew = self._crews[unit_id]
        ride = self._world.province.travel_seconds(trouble.point, crew.home)
        self._out[unit_id] = trouble.point, self._world.now + int(ride * SECOND)
        self._end(mission_id, trouble)

    def _end(self, mission_id: MissionId, trouble: Trouble) -> None:
        self._driven.pop(mission_id, None)
        trouble.under_way -= 1
        self._over(trouble)

    def _ride(self, crew: Crew, end: Point) -> float:
        return self._world.province.travel_seconds(self._whereabouts(crew), end)

    def _whereabouts(self, crew: Crew) -> Point:
        """Where a crew is: still near its last scene, or on its beat again."""
        point, home_at = self._out.get(crew.unit_id, _AT_HOME)
        return point if home_at > self._world.now else crew.home

    def _closest(self, crews: list[Crew], end: Point) -> Crew:
        """Find the crew nearest to a point; flat, because it only has to compare."""
        squeeze = cos(radians(end.latitude))

        def square(crew: Crew) -> float:
            start = self._whereabouts(crew)
            north = start.latitude - end.latitude
            east = (start.longitude - end.longitude) * squeeze
            return north * north + east * east

        return min(crews, key=square)

    def _free(self, county: AreaCode, capability: str) -> list[Crew]:
        units = self._world.centre.dispatch.units
        return [
            crew
            for crew in self._able.get((county, capability), ())
            if (unit := units.get(crew.unit_id)) is not None
            and not unit.missions
            and not unit.retired
            and unit.availability is not Availability.NOT_AVAILABLE
        ]

    def _set_state(self, unit: Unit, *, night: bool) -> None:
        state = Availability.NOT_AVAILABLE if night else Availability.AVAILABLE
        if unit.availability is not state:
            secondary = ("off_shift",) if night else ()
            self._world.ask(_crew(unit.unit_id), SetUnitState(unit.unit_id, state, secondary))

    def _unit(self, unit_id: UnitId) -> Unit | None:
        return self._world.centre.dispatch.units.get(unit_id)

    def _open(self, mission_id: MissionId) -> Mission | None:
        mission = self._world.centre.dispatch.missions.get(mission_id)
        return mission if mission is not None and mission.over_at is None else None


def _crew(unit_id: UnitId) -> Actor:
    return actor_of(Role.FIELD_CREW, unit_id)
