"""What can be asked about the line itself: to compare its count with ours."""

from typing import Annotated

from msgspec import Meta

from pasokh.answer.events_watch import LineCounts, ProbeEnd
from pasokh.core.ids import Id, LineName, ReasonText
from pasokh.core.machine import Command
from pasokh.core.time import Instant, Span

_Line = Annotated[LineName, Meta(min_length=1)]


class AskComparison(Command, frozen=True):
    """Compare the switch's count with the log's now, not at the end of the hour."""

    line: _Line


class CompareCounts(Command, frozen=True):
    """The switch told what it counted of the calls that came from `began_at` until `ended_at`.

    Both are whole tens of seconds. What it counted before its start at `boot_at` is forgotten.
    """

    comparison_id: Id
    line: _Line
    boot_at: Instant
    began_at: Instant
    ended_at: Instant
    switch: LineCounts


class AcknowledgeDifference(Command, frozen=True):
    """Say that one has seen that two counts differ, and what is done about it."""

    comparison_id: Id
    reason: ReasonText


class MarkSilence(Command, frozen=True):
    """Nobody has been spoken to since `since`, and by the centre's own past somebody should."""

    since: Instant
    hourly_tenths: Annotated[int, Meta(ge=0)]
    days: Annotated[int, Meta(ge=0)]


class EndSilence(Command, frozen=True):
    """Somebody has been spoken to again."""


class ReportProbe(Command, frozen=True):
    """Who makes the probe calls says what came of one, and after how long (milliseconds)."""

    probe_id: Id
    end: ProbeEnd
    ring_ms: Annotated[Span, Meta(ge=0)] = 0
    code: Annotated[int, Meta(ge=0, le=699)] = 0


class MarkProbesMissed(Command, frozen=True):
    """Two probe calls in a row did not reach the distributor, or nobody told of any."""

    why: ProbeEnd


class EndProbesMissed(Command, frozen=True):
    """A probe call reached the distributor again."""
