"""What a drill says about itself, counted from its facts: is it the province asked for."""

from collections import Counter
from collections.abc import Callable
from statistics import quantiles
from typing import Any

from msgspec import Struct, field

from pasokh.answer import events as a
from pasokh.core.ids import CallId, IncidentId, MissionId
from pasokh.core.machine import Event, Fact
from pasokh.core.time import HOUR, MINUTE, SECOND, Instant, Span
from pasokh.dispatch import events as d


class SpanQuantiles(Struct, frozen=True):
    """A length of time in seconds: how many, and at which quantiles."""

    n: int
    p10: float
    p50: float
    p90: float
    mean: float


class Yield(Struct):
    """Counts of a drill's facts. `take` every fact in its order, then ask."""

    utc_offset_minutes: int
    offered: dict[CallId, Instant] = field(default_factory=dict)
    hours: Counter[int] = field(default_factory=Counter)
    answered_after: list[Span] = field(default_factory=list)
    abandoned: int = 0
    incidents: dict[IncidentId, Instant] = field(default_factory=dict)
    incident_of: dict[MissionId, IncidentId] = field(default_factory=dict)
    ordered: dict[MissionId, Instant] = field(default_factory=dict)
    units: Counter[IncidentId] = field(default_factory=Counter)
    first_call: dict[IncidentId, Instant] = field(default_factory=dict)
    linked: int = 0
    merged: dict[IncidentId, IncidentId] = field(default_factory=dict)
    # Spans in milliseconds, by what they lie between.
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def take(self, fact: Fact) -> None:
        """Count one fact."""
        step = _STEPS.get(type(fact.event))
        if step is not None:
            step(self, fact.event, fact.at)

    def interval(self, name: str) -> SpanQuantiles:
        """Give the quantiles of a span, in seconds; needs at least two."""
        seconds = [span / SECOND for span in self.spans[name]]
        tenths = quantiles(seconds, n=10, method="inclusive")
        mean = sum(seconds) / len(seconds)
        return SpanQuantiles(len(seconds), tenths[0], tenths[4], tenths[8], mean)

    def answered_share(self, within: Span) -> float:
        """Give the share of public calls answered within a time; abandoned ones count as failed."""
        return sum(span <= within for span in self.answered_after) / len(self.offered)

    def units_mean(self) -> float:
        """Give the mean number of units of an incident that got any."""
        return sum(self.units.values()) / len(self.units)

    def dispersion(self, expected: Callable[[Instant], float]) -> float:
        """Give Pearson's chi-square of the hourly counts per hour; 1 would be Poisson.

        `expected` gives the mean of the hour that begins at an instant.
        """
        means = {hour: expected(hour * HOUR - self.shift) for hour in self.hours}
        squares = ((self.hours[hour] - mean) ** 2 / mean for hour, mean in means.items())
        return sum(squares) / len(means)

    @property
    def shift(self) -> Span:
        """The offset of civil time, in milliseconds."""
        return self.utc_offset_minutes * MINUTE

    def keep(self, name: str, span: Span) -> None:
        """Note one span."""
        self.spans.setdefault(name, []).append(span)


def _offered(counts: Yield, event: a.CallOffered, at: Instant) -> None:
    if event.origin is a.Origin.PUBLIC and not event.test:
        counts.offered[event.call_id] = at
        counts.hours[(at + counts.shift) // HOUR] += 1


def _answered(counts: Yield, event: a.CallAnswered, at: Instant) -> None:
    if event.call_id in counts.offered:
        counts.answered_after.append(at - counts.offered[event.call_id])


def _abandoned(counts: Yield, event: a.CallAbandoned, _at: Instant) -> None:
    counts.abandoned += event.call_id in counts.offered


def _opened(counts: Yield, event: d.IncidentOpened, at: Instant) -> None:
    if event.origin is not a.Origin.UNIT:
        counts.incidents[event.incident_id] = at


def _linked(counts: Yield, event: a.CallLinked, _at: Instant) -> None:
    if event.call_id in counts.offered:
        counts.linked += 1
        counts.first_call.setdefault(event.incident_id, counts.offered[event.call_id])


def _created(counts: Yield, event: d.MissionCreated, _at: Instant) -> None:
    counts.incident_of[event.mission_id] = event.incident_id


def _ordered(counts: Yield, event: d.MissionDispatched, at: Instant) -> None:
    incident_id = counts.incident_of[event.mission_id]
    counts.ordered[event.mission_id] = at
    if incident_id not in counts.incidents:
        return
    counts.units[incident_id] += 1
    if counts.units[incident_id] == 1 and incident_id in counts.first_call:
        counts.keep("received_ordered", at - counts.first_call[incident_id])


def _arrived(counts: Yield, event: d.MissionOnScene, at: Instant) -> None:
    incident_id = counts.incident_of[event.mission_id]
    if incident_id in counts.incidents:
        counts.keep("ordered_arrived", at - counts.ordered[event.mission_id])
        if incident_id in counts.first_call:
            counts.keep("received_arrived", at - counts.first_call.pop(incident_id))


def _cleared(counts: Yield, event: d.MissionCleared, at: Instant) -> None:
    if counts.incident_of[event.mission_id] in counts.incidents:
        counts.keep("ordered_cleared", at - counts.ordered[event.mission_id])


def _merged(counts: Yield, event: d.IncidentMerged, _at: Instant) -> None:
    counts.merged[event.incident_id] = event.into


_STEPS: dict[type[Event], Callable[[Yield, Any, Instant], None]] = {
    a.CallOffered: _offered,
    a.CallAnswered: _answered,
    a.CallAbandoned: _abandoned,
    a.CallLinked: _linked,
    d.IncidentOpened: _opened,
    d.IncidentMerged: _merged,
    d.MissionCreated: _created,
    d.MissionDispatched: _ordered,
    d.MissionOnScene: _arrived,
    d.MissionCleared: _cleared,
}
