"""How long it took, for everybody: bins of k calls or more, and quantiles that anyone recomputes.

By province and day only, published once. A bin holds spans over its `above` and up to its `upto`;
the last one is open and holds also what has no span at all, so that its size tells nobody apart.
"""

from bisect import bisect_left
from collections.abc import Iterable

from msgspec import Struct

from pasokh.account.disclosure.rows import K
from pasokh.core.time import SECOND, Span

# Fixed, so that days can be added up. The limits of the standards (10, 15, 20, 60 s; 15 and 20
# minutes) are among them.
ANSWERING_SECONDS = (2, 5, 10, 15, 20, 30, 40, 60, 90, 120, 180, 300, 600)
DISPATCH_SECONDS = (15, 30, 60, 90, 106, 120, 180, 300, 600, 900, 1800, 3600)
ARRIVAL_SECONDS = (120, 180, 240, 300, 420, 600, 720, 900, 1200, 1800, 2700, 3600, 7200)
QUANTILES = (50, 90, 95)


class Bin(Struct, frozen=True):
    """Calls whose span is over `above` and at most `upto` seconds; None: any length, or unknown."""

    above_seconds: int
    upto_seconds: int | None
    count: int


def histogram(
    spans: Iterable[Span], edges_seconds: tuple[int, ...], without: int = 0, *, k: int = K
) -> tuple[Bin, ...]:
    """Count spans (milliseconds) in bins that are merged until each holds k; nothing below k.

    `without` counts what has no span. All bins together must be a number that rows give too: two
    numbers that nearly agree would tell of the few calls between them.
    """
    limits = [edge * SECOND for edge in edges_seconds]
    counts = [0] * (len(limits) + 1)
    for span in spans:
        counts[bisect_left(limits, span)] += 1
    counts[-1] += without
    return _merged(counts, edges_seconds, k)


def quantile(bins: Iterable[Bin], percent: int) -> int | None:
    """Give the seconds within which `percent` of the calls lie, as a bin's upper bound.

    None: in the open bin, or no bins. The first bin counts up to which at least that share lies.
    """
    known = tuple(bins)
    needed = sum(bin_.count for bin_ in known) * percent
    so_far = 0
    for bin_ in known:
        so_far += bin_.count
        if so_far * 100 >= needed:
            return bin_.upto_seconds
    return None


def _merged(counts: list[int], edges: tuple[int, ...], k: int) -> tuple[Bin, ...]:
    bins: list[Bin] = []
    above = held = 0
    for count, upto in zip(counts, (*edges, None), strict=True):
        held += count
        if held >= k:
            bins.append(Bin(above, upto, held))
            above, held = upto or 0, 0
    if not bins or bins[-1].upto_seconds is None:
        return tuple(bins)
    # Also when nothing is left: else a closed last bin would say that the open one was empty, and
    # an open one that it held one to four.
    last = bins.pop()
    return (*bins, Bin(last.above_seconds, None, last.count + held))
