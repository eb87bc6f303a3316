"""Today in numbers for the desks: one object, that changes with time as well as with entries."""

from collections import Counter, deque
from collections.abc import Sequence

from pasokh.adapters.api.desk_frames import Change, envelope
from pasokh.adapters.api.today import Today
from pasokh.answer.views import conservation, line_now, probes_now
from pasokh.control_room.desk_objects import (
    DeskDoors,
    DeskFigure,
    DeskKey,
    DoorConservation,
    ThingKind,
)
from pasokh.control_room.state import Centre
from pasokh.control_room.views import headline_of
from pasokh.core.ids import LineName, PositionId
from pasokh.core.machine import Fact
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.dispatch.events import IncidentOverdue, MissionOverdue
from pasokh.drivers.ports_live import Control, Telephones

KEY: DeskKey = (ThingKind.FIGURE, "today")
# A seat's alarms are counted over so long: beyond ten in it nobody reads them any more.
ALARMS_SPAN: Span = 10 * MINUTE


class Figure:
    """The object of the figures, built again whenever the desks are.

    Its version is the centre's time, because it also changes when nothing is written.
    """

    def __init__(
        self,
        control: Control,
        today: Today,
        telephones: Telephones | None = None,
        *,
        one_copy: bool = True,
        line: LineName = "",
    ) -> None:
        """`one_copy`: the log lies on this machine only. Without a line nobody lacks a phone.

        `line`: the one whose switch counts its calls itself.
        """
        self._control = control
        self._today = today
        self._telephones = telephones
        self._one_copy = one_copy
        self._line = line
        self._alarms: deque[tuple[Instant, PositionId]] = deque()
        self._told: DeskFigure | None = None
        self._version = 0
        self._doors: DeskDoors | None = None
        self.envelope = b""

    def hear_doors(self, told: DoorConservation) -> None:
        """Take the public doors' own count."""
        self._doors = DeskDoors(told, told.residual, self._control.clock.now())

    def count(self, facts: Sequence[Fact]) -> None:
        """Count the alarms among committed facts, by the seat of who has the incident."""
        for fact in facts:
            if isinstance(fact.event, IncidentOverdue | MissionOverdue):
                seat = _seat(self._control.centre, fact.event)
                if seat is not None:
                    self._alarms.append((fact.known_at, seat))

    def renew(self) -> Change | None:
        """Look again; None when nothing changed."""
        now = self._control.clock.now()
        found = self._look(now)
        if found == self._told:
            return None
        self._told = found
        self._version = max(self._version + 1, now)
        self.envelope = envelope(KEY, self._version, found)
        return Change("", "", self.envelope, self.envelope, b"")

    def _look(self, now: Instant) -> DeskFigure:
        headline = headline_of(self._today.tally(now).tally)
        answer = self._control.centre.answer
        ringing = [answer.calls[call_id].offered_at for call_id in answer.ringing]
        while self._alarms and self._alarms[0][0] <= now - ALARMS_SPAN:
            self._alarms.popleft()
        return DeskFigure(
            id=KEY[1],
            answered_in_time=headline.in_time.part,
            offered=headline.offered,
            operational=headline.operational.part,
            answered=headline.answered,
            ringing=len(ringing),
            longest_wait_since=min(ringing, default=None),
            one_copy=self._one_copy,
            alarms=dict(Counter(seat for _, seat in self._alarms)),
            conservation=conservation(answer),
            doors=self._doors,
            no_telephone=self._unreachable(),
            line=line_now(answer, self._line) if self._line else None,
            silence=answer.heard.silence,
            probes=probes_now(answer),
            late_releases=len(self._control.centre.account.releases.blocked),
        )

    def _unreachable(self) -> tuple[PositionId, ...]:
        if self._telephones is None:
            return ()
        positions = self._control.centre.answer.positions.keys()
        return tuple(sorted(positions - self._telephones.reachable))


def _seat(centre: Centre, event: IncidentOverdue | MissionOverdue) -> PositionId | None:
    incident_id = event.incident_id if isinstance(event, IncidentOverdue) else ""
    if isinstance(event, MissionOverdue):
        mission = centre.dispatch.missions.get(event.mission_id)
        incident_id = "" if mission is None else mission.incident_id
    incident = centre.dispatch.incidents.get(incident_id)
    owner = None if incident is None else incident.owner
    return None if owner is None else centre.answer.seats.get(owner)
