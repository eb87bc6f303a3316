"""What a report must be told beside the log: limits of intervals, rival readings, notes.

These are choices, not facts: they come from whoever reads a log, and every one that is made is
printed in the report.
"""

from msgspec import Struct

from pasokh.core.time import Span

# A desk closing may carry the stamps that this source calls 'dispatched' and 'arrived'. They are
# logged as these cards, so that the desk's own work is never taken for a mission.
DESK_TOOK_UP = "desk:took_up"
DESK_DEALT_WITH = "desk:dealt_with"

# What became of a call that no unit went to, written before the colon of its class's reason.
DESK_SETTLED = "desk_settled"
CANCELLED = "cancelled"
DUPLICATE = "duplicate"
NUISANCE = "nuisance"
UNKNOWN = "unknown"
DISPATCHED = "dispatched"
KINDS_CODED = (DESK_SETTLED, CANCELLED, DUPLICATE, NUISANCE)
NO_UNIT_BUT_KNOWN = "other"


def reason_of(kind: str, words: str) -> str:
    """Write the reason of a class so that the report can count it: `kind: words`."""
    return f"{kind}: {words}"


class Rival(Struct, frozen=True):
    """Another honest reading of the same log.

    `without_types`: calls of these types are left out. `taken_as_unknown`: missions of incidents
    closed with these dispositions do not count. `taken_as_sent`: reasons (`kind: words`) whose
    calls count as operational.
    """

    name: str
    says: str
    without_types: frozenset[str] = frozenset()
    taken_as_unknown: frozenset[str] = frozenset()
    taken_as_sent: frozenset[str] = frozenset()


class ReportRules(Struct, frozen=True):
    """How a log is to be read. Spans in milliseconds; `unit` is 's' or 'min'."""

    unit: str = "s"
    unit_span: Span = 1_000
    negative_in: bool = False
    longest: Span | None = None
    unknown_reason: str = "the log does not say what became of it"
    rivals: tuple[Rival, ...] = ()
    notes: tuple[str, ...] = ()
