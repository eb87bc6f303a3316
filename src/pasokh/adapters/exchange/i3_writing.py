"""Our log as i3 log events (NENA-STA-010.3f): calls, queues, seats, messages, incidents.

Names, numbers and words are not written: they are sealed. What was sealed says so in `extension`.
Ids of calls and incidents become ids of the form that i3 asks for, the same for the same thing;
ours stands beside it in `clientAssignedIdentifier`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.answer import events as a
from pasokh.core.machine import Event, Fact
from pasokh.core.time import Instant
from pasokh.dispatch import events as d

_ID_LETTERS = 32
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEALED = {"extension": {"sealed": True}}
_INCOMING, _OUTGOING = {"direction": "incoming"}, {"direction": "outgoing"}

Members = dict[str, Any]


class I3Element(Struct, frozen=True):
    """Who logs: the element's and the agency's domain names."""

    element: str
    agency: str


class I3Writer:
    """Writes facts in their order; knows which queue holds how many, and who sits where."""

    def __init__(self, element: I3Element) -> None:
        """Write for one element."""
        self._element = element
        self._queues: dict[str, str] = {}
        self._incidents: dict[str, str] = {}
        self._seats: dict[str, str] = {}

    def events(self, facts: Iterable[Fact]) -> Iterator[Members]:
        """Yield the log events that facts are; what i3 has no event for is left out."""
        for fact in facts:
            write = _WRITE.get(type(fact.event))
            if write is not None:
                for kind, members in write(self, fact.event):
                    yield self._event(kind, fact, members)

    def _event(self, kind: str, fact: Fact, members: Members) -> Members:
        base: Members = {
            "logEventType": f"{kind}LogEvent",
            "timestamp": _stamp(fact.at),
            "elementId": self._element.element,
            "agencyId": self._element.agency,
        }
        call_id = getattr(fact.event, "call_id", "")
        incident_id = getattr(fact.event, "incident_id", "") or self._incidents.get(call_id, "")
        if call_id:
            base["clientAssignedIdentifier"] = call_id
            base["callId"] = self.uid("callid", call_id)
        if incident_id:
            base["incidentId"] = self.uid("incidentid", incident_id)
        return base | members

    def uid(self, kind: str, ours: str) -> str:
        """Make an id of i3's form."""
        letters = sha256(ours.encode()).hexdigest()[:_ID_LETTERS]
        return f"urn:emergency:uid:{kind}:{letters}:{self._element.element}"

    def queue(self, call_id: str, queue: str | None) -> Iterator[tuple[str, Members]]:
        """Move a call into a queue, or out of all; say how long each of the two is then."""
        before = self._queues.pop(call_id, None)
        if queue is not None:
            self._queues[call_id] = queue
        for name in dict.fromkeys(filter(None, (before, queue))):
            length = sum(waits == name for waits in self._queues.values())
            uri = f"sip:{name}@{self._element.element}"
            told = {"queueUri": uri, "queueLength": length, "state": "Active"}
            contents = msgspec.json.encode(told).decode()
            members = {"notificationContents": contents, "queueId": uri, **_OUTGOING}
            yield "QueueStateChange", members

    def link(self, event: a.CallLinked) -> Iterator[tuple[str, Members]]:
        """Remember whose call it is; i3 has no event of its own for it."""
        self._incidents[event.call_id] = event.incident_id
        return iter(())

    def unlink(self, event: a.CallUnlinked) -> Iterator[tuple[str, Members]]:
        """Forget it again."""
        self._incidents.pop(event.call_id, None)
        return iter(())

    def seat(
        self, position_id: str, state: str, person_id: str = "", why: str = ""
    ) -> Iterator[tuple[str, Members]]:
        """Say whether the call taker at a position can take calls."""
        if person_id:
            self._seats[position_id] = person_id
        members = {"primaryAgentState": state, "agencyPositionId": position_id}
        who = self._seats.get(position_id)
        if who:
            members["agencyAgentId"] = f"{who}@{self._element.agency}"
        if why:
            members["secondaryAgentState"] = why
        yield "AgentStateChange", members

    def end(self, event: Event) -> Iterator[tuple[str, Members]]:
        """End a call, whatever came of it, and say what did."""
        yield from self.queue(getattr(event, "call_id", ""), None)
        local = {"outcome": type(event).__name__}
        if isinstance(event, a.CallRejected | a.CallEnded) and event.cause:
            local["cause"] = event.cause
        members = {"standardPrimaryCallType": "emergency", "localUse": local}
        yield "CallEnd", _INCOMING | members


def _stamp(at: Instant) -> str:
    moment = _EPOCH + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds")


def _of(kind: str, members: Callable[[I3Writer, Any], Members]) -> "_Write":
    """Make a writer of one event that depends on nothing remembered."""

    def write(writer: I3Writer, event: Any) -> Iterator[tuple[str, Members]]:
        yield kind, members(writer, event)

    return write


_Write = Callable[[I3Writer, Any], Iterator[tuple[str, Members]]]
_AWAY, _HERE = "NotAvailable", "Available"
_WRITE: dict[type[Event], _Write] = {
    a.CallOffered: _of(
        "CallStart", lambda _w, _e: {"standardPrimaryCallType": "emergency", **_INCOMING}
    ),
    a.CallQueued: lambda writer, event: writer.queue(event.call_id, event.queue),
    a.CallAnswered: lambda writer, event: writer.queue(event.call_id, None),
    a.CallFellBack: lambda writer, event: writer.queue(event.call_id, None),
    a.CallEnded: I3Writer.end,
    a.CallAbandoned: I3Writer.end,
    a.CallRejected: I3Writer.end,
    a.CallLinked: I3Writer.link,
    a.CallUnlinked: I3Writer.unlink,
    a.MessageReceived: _of("Message", lambda _w, _e: {"text": "", **_INCOMING, **_SEALED}),
    a.MessageSent: _of("Message", lambda _w, _e: {"text": "", **_OUTGOING, **_SEALED}),
    a.CallTakerSignedIn: lambda w, e: w.seat(e.position_id, _AWAY, e.person_id, "signed in"),
    a.CallTakerReady: lambda w, e: w.seat(e.position_id, _HERE),
    a.CallTakerAway: lambda w, e: w.seat(e.position_id, _AWAY, why=e.reason),
    a.CallTakerSignedOut: lambda w, e: w.seat(e.position_id, _AWAY, why="signed out"),
    d.IncidentMerged: _of(
        "IncidentMerge",
        lambda w, e: {
            "incidentId": w.uid("incidentid", e.into),
            "mergeIncidentId": w.uid("incidentid", e.incident_id),
        },
    ),
    d.IncidentUnmerged: _of(
        "IncidentUnMerge", lambda w, e: {"unmergedFromIncidentId": w.uid("incidentid", e.into)}
    ),
    d.IncidentsLinked: _of(
        "IncidentLink",
        lambda w, e: {
            "linkedIncidentId": w.uid("incidentid", e.other_id),
            "relationship": "unspecified",
        },
    ),
    d.IncidentsUnlinked: _of(
        "IncidentUnLink", lambda w, e: {"unlinkedFromIncidentId": w.uid("incidentid", e.other_id)}
    ),
    d.IncidentSplit: _of("IncidentSplit", lambda _w, _e: {"type": "old"}),
    d.IncidentClosed: _of("IncidentClear", lambda _w, _e: {}),
    d.IncidentReopened: _of("IncidentReopen", lambda _w, _e: {}),
}
