"""How long the steps took, from the log's own times; public calls only, exercises left out.

`received_to_...` is measured once a call, to the first unit's step; the others once a mission.
A step at an unknown time is in no interval.
"""

from collections.abc import Callable
from enum import Flag, auto
from typing import Any

from msgspec import Struct

from pasokh.account.intervals import Interval, Series
from pasokh.account.report_rules import DESK_DEALT_WITH, DESK_TOOK_UP, ReportRules
from pasokh.answer import events as a
from pasokh.core.ids import CallId, IncidentId, MissionId
from pasokh.core.machine import Event, Fact
from pasokh.core.time import Instant
from pasokh.dispatch import events as d

NAMES = (
    "received_to_dispatched",
    "dispatched_to_en_route",
    "en_route_to_arrived",
    "dispatched_to_arrived",
    "received_to_arrived",
    "arrived_to_cleared",
    "dispatched_to_cleared",
    "received_to_closed",
)
# The same without the desk's own stamps, where a log has those.
BY_UNITS = "_by_units"


class Stamp(Flag):
    """Which times of a call the log has, the desk's own included."""

    DISPATCHED = auto()
    ARRIVED = auto()


class _Call(Struct):
    offered: Instant
    linked: bool = False
    done: set[str] = set()
    took_up: Instant | None = None


class _Mission(Struct):
    incident_id: IncidentId
    dispatched: Instant | None = None
    en_route: Instant | None = None
    arrived: Instant | None = None


class StepTimes:
    """Measures as the facts come; remembers open incidents and missions only."""

    def __init__(self, rules: ReportRules) -> None:
        """Begin with nothing measured."""
        self._series = {name: Series(rules) for name in NAMES}
        self._units = {name: Series(rules) for name in NAMES}
        self._desk = False
        self._calls: dict[CallId, _Call] = {}
        self._call_of: dict[IncidentId, CallId] = {}
        self._missions: dict[MissionId, _Mission] = {}
        self._stamps: dict[CallId, Stamp] = {}

    def take(self, fact: Fact) -> None:
        """Measure what a fact completes."""
        step = _STEPS.get(type(fact.event))
        if step is not None:
            step(self, fact.event, fact.at)

    def intervals(self) -> dict[str, Interval]:
        """Give every interval that was measured, by its name."""
        found = {name: series.interval() for name, series in self._series.items()}
        if self._desk:
            for name, series in self._units.items():
                found[name + BY_UNITS] = series.interval()
        return {name: interval for name, interval in found.items() if interval is not None}

    def stamps_of(self, call_id: CallId) -> Stamp:
        """Say which times a call that is counted now had so far, and forget it."""
        return self._stamps.pop(call_id, Stamp(0))

    def forget(self, call_id: CallId) -> None:
        """Stop measuring a call that was counted; an incident that is still open goes on."""
        call = self._calls.get(call_id)
        if call is not None and not call.linked:
            del self._calls[call_id]

    def offered(self, event: a.CallOffered, at: Instant) -> None:
        """Begin to measure a public call."""
        if event.origin is a.Origin.PUBLIC and not event.test:
            self._calls[event.call_id] = _Call(at)

    def linked(self, event: a.CallLinked, _at: Instant) -> None:
        """Measure an incident's steps from its first call."""
        if event.call_id in self._calls:
            self._calls[event.call_id].linked = True
            self._call_of.setdefault(event.incident_id, event.call_id)

    def advised(self, event: a.AdviceGiven, at: Instant) -> None:
        """Take the desk's own stamps, which some sources call dispatched and arrived."""
        call = self._calls.get(event.call_id)
        if call is None or event.advice not in {DESK_TOOK_UP, DESK_DEALT_WITH}:
            return
        self._desk = True
        if event.advice == DESK_TOOK_UP:
            call.took_up = at
            self._stamp(event.call_id, Stamp.DISPATCHED)
            self._series["received_to_dispatched"].add(at - call.offered)
        else:
            self._stamp(event.call_id, Stamp.ARRIVED)
            self._series["received_to_arrived"].add(at - call.offered)
            if call.took_up is not None:
                self._series["dispatched_to_arrived"].add(at - call.took_up)

    def created(self, event: d.MissionCreated, _at: Instant) -> None:
        """Begin to measure a mission."""
        if event.incident_id in self._call_of:
            self._missions[event.mission_id] = _Mission(event.incident_id)

    def dispatched(self, event: d.MissionDispatched, at: Instant) -> None:
        """Measure from the call to the order."""
        mission = self._missions.get(event.mission_id)
        if mission is not None and event.time_known:
            mission.dispatched = at
            if self._once(mission, "received_to_dispatched", at):
                self._stamp(self._call_of[mission.incident_id], Stamp.DISPATCHED)

    def en_route(self, event: d.MissionEnRoute, at: Instant) -> None:
        """Measure the turn-out."""
        mission = self._missions.get(event.mission_id)
        if mission is not None and event.time_known:
            mission.en_route = at
            self._add("dispatched_to_en_route", mission.dispatched, at)

    def arrived(self, event: d.MissionOnScene, at: Instant) -> None:
        """Measure the way, and the whole wait of the caller."""
        mission = self._missions.get(event.mission_id)
        if mission is not None and event.time_known:
            mission.arrived = at
            self._add("en_route_to_arrived", mission.en_route, at)
            self._add("dispatched_to_arrived", mission.dispatched, at)
            if self._once(mission, "received_to_arrived", at):
                self._stamp(self._call_of[mission.incident_id], Stamp.ARRIVED)

    def cleared(self, event: d.MissionCleared, at: Instant) -> None:
        """Measure the time on scene and the whole mission."""
        mission = self._missions.pop(event.mission_id, None)
        if mission is not None and event.time_known:
            self._add("arrived_to_cleared", mission.arrived, at)
            self._add("dispatched_to_cleared", mission.dispatched, at)

    def cancelled(self, event: d.MissionCancelled, _at: Instant) -> None:
        """Stop measuring a mission that nobody completes."""
        self._missions.pop(event.mission_id, None)

    def closed(self, event: d.IncidentClosed, at: Instant) -> None:
        """Measure to the end of the incident, and forget it."""
        call_id = self._call_of.pop(event.incident_id, None)
        call = self._calls.pop(call_id, None) if call_id is not None else None
        if call is not None and event.time_known:
            self._add("received_to_closed", call.offered, at)

    def _stamp(self, call_id: CallId, stamp: Stamp) -> None:
        self._stamps[call_id] = self._stamps.get(call_id, Stamp(0)) | stamp

    def _once(self, mission: _Mission, name: str, at: Instant) -> bool:
        call = self._calls.get(self._call_of.get(mission.incident_id, ""))
        if call is None or name in call.done:
            return False
        call.done.add(name)
        self._add(name, call.offered, at)
        return True

    def _add(self, name: str, begun: Instant | None, at: Instant) -> None:
        if begun is not None:
            self._series[name].add(at - begun)
            self._units[name].add(at - begun)


_STEPS: dict[type[Event], Callable[[StepTimes, Any, Instant], None]] = {
    a.CallOffered: StepTimes.offered,
    a.CallLinked: StepTimes.linked,
    a.AdviceGiven: StepTimes.advised,
    d.MissionCreated: StepTimes.created,
    d.MissionDispatched: StepTimes.dispatched,
    d.MissionEnRoute: StepTimes.en_route,
    d.MissionOnScene: StepTimes.arrived,
    d.MissionCleared: StepTimes.cleared,
    d.MissionCancelled: StepTimes.cancelled,
    d.IncidentClosed: StepTimes.closed,
}
