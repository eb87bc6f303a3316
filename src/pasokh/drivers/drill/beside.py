"""The real people who work beside the drill's: what is left to them, so that they can learn.

Nothing is left while nobody is there, and no chance is drawn: the same seed writes the same bytes.
"""

from collections import Counter
from collections.abc import Iterator
from math import ceil

from pasokh.answer.state import Position, PositionState
from pasokh.core.ids import AreaCode, PersonId, PositionId
from pasokh.core.time import SECOND, Instant
from pasokh.dispatch.state import Incident
from pasokh.drivers.drill.world import World
from pasokh.staff.events import DeskKind

# Who let so many ring out is not there; being ready anew says that they are back.
MISSED_AT_MOST = 8


class RealPeople:
    """Whoever sits at a position or has a desk open and is not of the drill."""

    def __init__(self, world: World) -> None:
        """Look at this world's centre."""
        self._world = world
        self._left: Counter[str] = Counter()
        # How many calls were left to whoever became ready there then, and not taken.
        self._missed: dict[tuple[PositionId, Instant], int] = {}

    def sit_anywhere(self) -> bool:
        """Tell whether a real person sits at a position, ready or not."""
        return next(self._seats(), None) is not None

    def take_call(self, county: AreaCode) -> bool:
        """Tell whether a call from a county rings for real people first: every n-th does."""
        for position in self._ready():
            waits = self._missed.get((position.position_id, position.since), 0) < MISSED_AT_MOST
            if waits and self._sees(position.person_id or "", county):
                return self._turn("calls", self._world.scenario.learning.call_share)
        return False

    def missed_call(self) -> None:
        """Nobody took a call that was left to whoever is ready: they may have gone for a walk."""
        ready = [(position.position_id, position.since) for position in self._ready()]
        self._missed = {key: self._missed.get(key, 0) + 1 for key in ready}

    def take_incident(self, county: AreaCode) -> bool:
        """Tell whether an incident waits for real dispatchers first: every n-th does."""
        for session in self._world.centre.staff.sessions.values():
            at_desk = session.desk is DeskKind.DISPATCH and not session.locked
            if at_desk and self._sees(session.person_id, county):
                return self._turn("incidents", self._world.scenario.learning.incident_share)
        return False

    def look_after(self, incident: Incident) -> bool:
        """Tell whether somebody who is signed in looks after an incident, and not for too long."""
        if incident.owner is None:
            return False
        span = self._world.scenario.learning.owned_seconds * SECOND
        if self._world.now >= incident.waits_since + span:
            return False
        sessions = self._world.centre.staff.sessions.values()
        return any(session.person_id == incident.owner for session in sessions)

    def are_signed_in(self) -> bool:
        """Tell whether anybody has a session."""
        return bool(self._world.centre.staff.sessions)

    def _ready(self) -> Iterator[Position]:
        positions = self._world.centre.answer.positions
        for position_id in self._seats():
            if positions[position_id].state is PositionState.READY:
                yield positions[position_id]

    def _seats(self) -> Iterator[PositionId]:
        seated = self._world.seated
        for person_id, position_id in self._world.centre.answer.seats.items():
            if seated.get(position_id) != person_id:
                yield position_id

    def _sees(self, person_id: PersonId, county: AreaCode) -> bool:
        person = self._world.centre.staff.people.get(person_id)
        return person is None or not county or person.county in {"", county}

    def _turn(self, what: str, share: float) -> bool:
        """Take turns without chance: the first one is theirs, then every 1/share-th."""
        before = self._left[what]
        self._left[what] += 1
        return ceil((before + 1) * share) > ceil(before * share)
