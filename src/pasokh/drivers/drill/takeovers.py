"""What real people began or left lying is taken up: their incidents, and the units that they sent.

A newcomer may do anything that the rules allow. Whatever it is, the drill's people go on with it
after a while, so that no unit stays out for ever and no incident stays open for ever.
"""

from pasokh.core.ids import IncidentId
from pasokh.core.people import Role, actor_of
from pasokh.core.time import MINUTE, SECOND
from pasokh.dispatch.commands import CancelMission
from pasokh.dispatch.state import Incident, Mission
from pasokh.drivers.drill.beside import RealPeople
from pasokh.drivers.drill.crews import Crews
from pasokh.drivers.drill.dispatchers import Dispatchers
from pasokh.drivers.drill.people import Trouble
from pasokh.drivers.drill.world import World

LOOKS_EVERY = 15 * SECOND
# While somebody is signed in: a crew must not be slow to hear an order of theirs.
LOOKS_OFTEN = 3 * SECOND
FORGOTTEN_AFTER = 5 * MINUTE
CONTROLLER = actor_of(Role.SUPERVISOR, "s-01")


class Takeovers:
    """Looks over the open incidents for what nobody of the drill knows of."""

    def __init__(
        self, world: World, crews: Crews, dispatchers: Dispatchers, people: RealPeople
    ) -> None:
        """Join those who go on with it."""
        self._world = world
        self._crews = crews
        self._dispatchers = dispatchers
        self._people = people
        self._chance = world.province.streams.named("takeovers")

    def look(self) -> None:
        """Look once, and again in a while."""
        often = self._people.are_signed_in()
        self._world.later(LOOKS_OFTEN if often else LOOKS_EVERY, self.look)
        dispatch, troubles = self._world.centre.dispatch, self._dispatchers.troubles
        for gone in [one for one in troubles if one not in dispatch.open]:
            del troubles[gone]
        for incident_id in tuple(dispatch.open):
            self._look_at(dispatch.incidents[incident_id])

    def _look_at(self, incident: Incident) -> None:
        known = self._dispatchers.known(incident.incident_id)
        trouble = known or self._take_over(incident)
        for mission_id in self._crews.undriven(incident.missions):
            self._see_to(self._world.centre.dispatch.missions[mission_id], trouble)
        if trouble.heard and not trouble.closed:
            self._dispatchers.look_after(trouble)

    def _take_over(self, incident: Incident) -> Trouble:
        """Make an incident that nobody of the drill opened a trouble like any other."""
        trouble = self._trouble(incident.incident_id, incident.incident_type, incident.county)
        theirs_until = incident.waits_since + self._world.scenario.learning.own_seconds * SECOND
        span = max(0, theirs_until - self._world.now)
        self._dispatchers.hear_later(trouble, span)
        return trouble

    def _trouble(self, incident_id: IncidentId, kind: str, county: str) -> Trouble:
        province, kinds = self._world.province, self._world.scenario.kinds
        kind = kind if kind in kinds else next(iter(kinds))
        if county not in province.counties:
            county = province.county_choice.draw(self._chance)
        point = province.point_in(self._chance, county)
        return Trouble(kind, county, point, incident_id=incident_id)

    def _see_to(self, mission: Mission, trouble: Trouble) -> None:
        if self._crews.must_be_driven(mission):
            trouble.helped += 1
            trouble.to_send = max(0, trouble.to_send - 1)
            trouble.under_way += 1
            self._crews.obey(mission.mission_id, mission.unit_id, trouble)
        elif self._is_forgotten(mission):
            forgotten = CancelMission(mission.mission_id, "the unit was never told")
            self._world.ask(CONTROLLER, forgotten)

    def _is_forgotten(self, mission: Mission) -> bool:
        untold = mission.over_at is None and mission.dispatched_at is None
        return untold and self._world.now >= mission.created_at + FORGOTTEN_AFTER
