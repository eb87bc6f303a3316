"""What is known of the line itself: its own count beside ours."""

from enum import StrEnum

from msgspec import Struct

from pasokh.core.ids import Id, LineName
from pasokh.core.machine import Event
from pasokh.core.time import Instant, Span


class ProbeEnd(StrEnum):
    """What came of a probe call."""

    HEARD = "heard"
    # The switch did not say a word.
    NO_ANSWER = "no_answer"
    # The switch is there; nobody behind it gives calls out.
    NOBODY_DISTRIBUTES = "nobody_distributes"
    # The switch took it for another thing than a probe of ours.
    REFUSED = "refused"
    # Nobody told of any probe.
    NOT_MADE = "not_made"


class LineCounts(Struct, frozen=True, omit_defaults=True, gc=False):
    """What became of the calls that came in a period. The rest of them have no outcome yet."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    fallback: int = 0
    rejected: int = 0

    @property
    def open(self) -> int:
        """Count the calls that ring still."""
        return self.offered - self.answered - self.abandoned - self.fallback - self.rejected


class ComparisonAsked(Event, frozen=True):
    """A person wants the two counts compared now, not at the end of the hour."""

    line: LineName


class CountsCompared(Event, frozen=True):
    """The switch's count of a period's calls, and the log's.

    The switch has counted since `boot_at`. `uncounted`: the log's calls between the last period
    and this one, which that switch did not see, or has forgotten.
    """

    comparison_id: Id
    line: LineName
    boot_at: Instant
    began_at: Instant
    ended_at: Instant
    switch: LineCounts
    log: LineCounts
    uncounted: int = 0


class DifferenceAcknowledged(Event, frozen=True):
    """A person has seen that two counts differ, and says what is done about it."""

    comparison_id: Id
    reason: str


class CallsFellSilent(Event, frozen=True):
    """Nobody has been spoken to for longer than chance explains, by the centre's own past.

    `hourly_tenths`: tenths of calls that are answered in such an hour, by `days` past ones; with
    no past day it follows from the centre's setting. `since` is the last answer.
    """

    since: Instant
    hourly_tenths: int
    days: int


class CallsHeardAgain(Event, frozen=True):
    """Somebody was spoken to again at `at`: the silence since `since` is over."""

    since: Instant
    at: Instant


class ProbeReported(Event, frozen=True):
    """Who makes the probe calls told what came of one, and after how long (milliseconds).

    `code` is the last reply of the switch. `heard` is told by the distributor alone.
    """

    probe_id: Id
    end: ProbeEnd
    ring_ms: Span = 0
    code: int = 0


class ProbesMissed(Event, frozen=True):
    """Two probe calls in a row did not reach the distributor, or nobody told of any."""

    why: ProbeEnd


class ProbesHeard(Event, frozen=True):
    """A probe call reached the distributor again."""
