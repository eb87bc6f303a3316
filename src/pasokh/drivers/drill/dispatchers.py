"""Dispatchers: the nearest free unit that can do it goes; doubles are merged, the rest closed."""

from pasokh.core.ids import AreaCode, IncidentId, UnitId
from pasokh.core.people import Actor, Role, actor_of
from pasokh.core.time import SECOND, Span
from pasokh.dispatch.commands import (
    CloseIncident,
    CreateMission,
    DispatchMission,
    MergeIncident,
)
from pasokh.dispatch.events import Outcome
from pasokh.dispatch.state import Incident
from pasokh.drivers.drill.beside import RealPeople
from pasokh.drivers.drill.crews import Crews
from pasokh.drivers.drill.people import Trouble
from pasokh.drivers.drill.province import PATROL
from pasokh.drivers.drill.world import World

# How long until somebody looks again for a unit, when all that can do it are busy.
LOOK_AGAIN_AFTER = 20 * SECOND
DISPOSITIONS = {
    Outcome.FOUNDED: "report",
    Outcome.UNFOUNDED: "unfounded",
    Outcome.GONE: "gone_on_arrival",
    Outcome.HOAX: "hoax",
    None: "cancelled",
}


class Dispatchers:
    """The dispatchers' desks. Each county has its own; a large one has several."""

    def __init__(self, world: World, crews: Crews, people: RealPeople) -> None:
        """Join the desks to the crews."""
        self._world = world
        self._crews = crews
        self._people = people
        self._chance = world.province.streams.named("dispatchers")
        crews.tell_when_over(self.look_after)
        self._desks = _desks_by_county(world)
        # What is behind each open incident that the drill's people know of.
        self.troubles: dict[IncidentId, Trouble] = {}
        # Incidents opened a second time that somebody is about to merge.
        self._doubles: dict[IncidentId, None] = {}

    def hear(self, trouble: Trouble) -> None:
        """An incident was opened: decide about it in a while, by its priority."""
        rules = self._world.scenario.dispatching
        self.troubles[trouble.incident_id] = trouble
        trouble.heard = True
        priority = self._world.scenario.kinds[trouble.kind].priority
        wanted = self._world.province.unit_count_choice.draw(self._chance)
        trouble.to_send = max(0, wanted - trouble.helped)
        wait = rules.decision[str(priority)].draw(self._chance)
        if self._people.take_incident(trouble.county):
            wait += self._world.scenario.learning.incident_seconds * SECOND
        self._world.later(wait, self._send, trouble, self._desk(trouble.county))

    def expect(self, trouble: Trouble, incident_id: IncidentId) -> None:
        """Know what a person's incident is about, and hear of it when it was theirs for a while."""
        if trouble.incident_id or incident_id in self.troubles:
            return
        trouble.incident_id = incident_id
        self.hear_later(trouble, self._world.scenario.learning.own_seconds * SECOND)

    def hear_later(self, trouble: Trouble, span: Span) -> None:
        """Hear of an incident that somebody from outside the drill opened, or opened again."""
        self.troubles[trouble.incident_id] = trouble
        self._world.later(span, self.hear, trouble)

    def known(self, incident_id: IncidentId) -> Trouble | None:
        """Say what is behind an incident that the drill's people see to; None when none does."""
        trouble = self.troubles.get(incident_id)
        if trouble is None or incident_id in self._doubles:
            return trouble
        survivor = self._world.centre.dispatch.survivor_of(trouble.incident_id)
        return trouble if survivor == incident_id and not trouble.closed else None

    def merge_later(self, incident_id: IncidentId, trouble: Trouble) -> None:
        """An incident was opened a second time: somebody will see it."""
        self.troubles[incident_id] = trouble
        self._doubles[incident_id] = None
        wait = self._world.scenario.dispatching.merge.draw(self._chance)
        self._world.later(wait, self._merge, incident_id, trouble)

    def patrol_finds(self, trouble: Trouble, unit_id: UnitId) -> None:
        """Give the mission of an incident to the crew that found it and stands there."""
        self.troubles[trouble.incident_id] = trouble
        trouble.heard = True
        mission_id = self._order(trouble, unit_id, self._desk(trouble.county))
        if mission_id:
            self._crews.stand(mission_id, unit_id, trouble)

    def look_after(self, trouble: Trouble) -> None:
        """A mission is over: close the incident in a while when it was the last."""
        if trouble.to_send == 0 and trouble.under_way == 0 and not trouble.closing:
            trouble.closing = True
            wait = self._world.scenario.dispatching.closing.draw(self._chance)
            self._world.later(wait, self._close, trouble)

    def _send(self, trouble: Trouble, actor: Actor) -> None:
        """Send what is still to be sent; the first unit must be able to do it."""
        incident = self.incident_of(trouble)
        if incident is None or incident.closed_at is not None:
            trouble.to_send = 0  # closed by somebody from outside the drill
            return
        if self._people.look_after(incident):
            self._world.later(LOOK_AGAIN_AFTER, self._send, trouble, actor)
            return
        wanted = self._world.scenario.kinds[trouble.kind].capability
        while trouble.to_send:
            capability = wanted if trouble.under_way == 0 else PATROL
            unit_id = self._crews.nearest(trouble, capability)
            if unit_id is None:
                self._world.later(LOOK_AGAIN_AFTER, self._send, trouble, actor)
                return
            trouble.to_send -= 1
            mission_id = self._order(trouble, unit_id, actor)
            if mission_id:
                self._crews.go(mission_id, unit_id, trouble)
        self.look_after(trouble)

    def _order(self, trouble: Trouble, unit_id: UnitId, actor: Actor) -> str:
        world = self._world
        mission_id = world.new_id("m", world.centre.dispatch.missions.__contains__)
        incident_id = world.centre.dispatch.survivor_of(trouble.incident_id)
        if world.ask(actor, CreateMission(mission_id, incident_id, unit_id)) and world.ask(
            actor, DispatchMission(mission_id)
        ):
            trouble.under_way += 1
            return mission_id
        return ""

    def _merge(self, incident_id: IncidentId, trouble: Trouble) -> None:
        """Merge a double, or close it when the incident it doubles is gone from the board."""
        self._doubles.pop(incident_id, None)
        actor, incidents = self._desk(trouble.county), self._world.centre.dispatch.incidents
        double = incidents.get(incident_id)
        if double is None or double.merged_into is not None or double.closed_at is not None:
            return
        first = incidents.get(trouble.incident_id)
        if trouble.closed or first is None or first.closed_at is not None:
            self._world.ask(actor, CloseIncident(incident_id, "duplicate"))
        else:
            self._world.ask(actor, MergeIncident(incident_id, trouble.incident_id))

    def _close(self, trouble: Trouble) -> None:
        trouble.closing = False
        incident = self.incident_of(trouble)
        if trouble.closed or incident is None or incident.closed_at is not None:
            return
        if self._people.look_after(incident):
            return
        all_missions = self._world.centre.dispatch.missions
        missions = [all_missions[m] for m in incident.missions if m in all_missions]
        if any(mission.over_at is None for mission in missions):
            return  # sent by somebody from outside the drill: it is looked after when that is over
        outcomes = [mission.outcome for mission in missions if mission.outcome is not None]
        disposition = DISPOSITIONS[outcomes[-1] if outcomes else None]
        actor = self._desk(trouble.county)
        trouble.closed = self._world.ask(actor, CloseIncident(incident.incident_id, disposition))

    def incident_of(self, trouble: Trouble) -> Incident | None:
        """Find the incident that stands for a trouble after all merges."""
        dispatch = self._world.centre.dispatch
        return dispatch.incidents.get(dispatch.survivor_of(trouble.incident_id))

    def _desk(self, county: AreaCode) -> Actor:
        desks = self._desks[county]
        return desks[int(self._chance.uniform() * len(desks))]


def _desks_by_county(world: World) -> dict[AreaCode, list[Actor]]:
    """Give the largest county half of the dispatchers, and share the others among the rest."""
    names = [
        actor_of(Role.DISPATCHER, f"d-{n:02}")
        for n in range(1, world.scenario.dispatching.dispatchers + 1)
    ]
    half = max(1, len(names) // 2)
    counties = sorted(world.province.people, key=world.province.people.__getitem__, reverse=True)
    rest = names[half:] or names
    desks = {county: [rest[n % len(rest)]] for n, county in enumerate(counties)}
    desks[counties[0]] = names[:half]
    return desks
