"""The count of a line's calls by the ten seconds in which they came, and how two counts differ.

Switch and log count a call where it came, however long it lasts. So a period that is over can be
compared to the last call, whatever happens meanwhile: no moment has to be the same on both sides.
"""

from collections.abc import Iterable

from msgspec.structs import asdict

from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.answer.state import CallCounts, LineWatch
from pasokh.core.time import DAY, HOUR, MINUTE, SECOND, Instant, Span

SLICE: Span = 10 * SECOND
# No caller's telephone rings longer than the switch lets it; then every call has its outcome.
LONGEST_RING: Span = 200 * SECOND
# So long the switch remembers.
REMEMBERED: Span = DAY


def slice_of(at: Instant) -> int:
    """Number the ten seconds of an instant."""
    return at // SLICE


def counts_between(watch: LineWatch, began_at: Instant, ended_at: Instant) -> LineCounts:
    """Add the log's slices of a period up."""
    return summed(
        LineCounts(n.offered, n.answered, n.abandoned, n.fallback, n.rejected)
        for number, n in watch.slices.items()
        if slice_of(began_at) <= number < slice_of(ended_at)
    )


def summed(counts: Iterable[LineCounts]) -> LineCounts:
    """Add counts up."""
    total = CallCounts()
    for n in counts:
        total.offered += n.offered
        total.answered += n.answered
        total.abandoned += n.abandoned
        total.fallback += n.fallback
        total.rejected += n.rejected
    return LineCounts(
        total.offered, total.answered, total.abandoned, total.fallback, total.rejected
    )


def differences(found: CountsCompared) -> dict[str, int]:
    """Give what the switch counted more than the log, by kind; less is negative, nothing is {}."""
    ours = asdict(found.log)
    more = {kind: count - ours[kind] for kind, count in asdict(found.switch).items()}
    return {kind: count for kind, count in more.items() if count}


def due_period(
    watch: LineWatch | None, now: Instant, utc_offset_minutes: int
) -> tuple[Instant, Instant] | None:
    """Give the period that is to be compared at `now`; None when none is.

    It goes on where the last one ended, up to the end of a civil hour, which is also the end of
    each day; up to now when a person asked. An hour at most, and no further back than a day.
    """
    offset = utc_offset_minutes * MINUTE
    asked = watch is not None and watch.asked_at is not None
    until = slice_of(now) * SLICE if asked else (now + offset) // HOUR * HOUR - offset
    began = until - HOUR
    if watch is not None and watch.compared is not None:
        began = watch.compared.ended_at
    elif watch is not None and watch.slices:
        began = min(watch.slices) * SLICE
    began = max(began, until - REMEMBERED)
    return (began, min(until, began + HOUR)) if began < until else None


def counted_from(boot_at: Instant, began_at: Instant, ended_at: Instant) -> Instant:
    """From when a switch that started at `boot_at` can tell of a period: whole slices only."""
    return min(max(began_at, -(-boot_at // SLICE) * SLICE), ended_at)


def is_settled(switch: LineCounts, ended_at: Instant, now: Instant) -> bool:
    """Tell whether a count will not change any more."""
    return switch.open == 0 or now - ended_at > LONGEST_RING
