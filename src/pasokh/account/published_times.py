"""How long it took, as a day publishes it: one table of bins, and what anyone reads off it.

A time is counted among all calls of its base, those that never came so far among the longest. So
its bins hold as many calls as the rows by class do, and nobody stands between two numbers.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.account.catalogue import BOUNDS, BoundDefinition, definition_of
from pasokh.account.definitions import ABANDONED, CURRENT
from pasokh.account.disclosure.histogram import QUANTILES, Bin, histogram, quantile
from pasokh.account.disclosure.rows import PublicRow, speak, words_for
from pasokh.account.expressions import QuantilesOf
from pasokh.account.figures import DECIMALS, percent
from pasokh.account.proofs.values import QuantilesValue, ShareValue, Value
from pasokh.account.rows import SettledDay
from pasokh.core.time import SECOND, iso_day

COLUMNS = ("from", "to", "time", "class", "above", "upto", "count")
# What the bins tell beside the bounds, when one of them ends where the standard does.
IN_TIME = "answered-in-time/1.0"


class TimeRow(Struct, frozen=True):
    """A bin of a time of a day. `time`: the id of the definition whose spans it counts."""

    day: str
    time: str
    counted: Bin

    @property
    def name(self) -> str:
        """The bin's word in the column `class`."""
        upto = self.counted.upto_seconds
        return f"{self.counted.above_seconds}-{'' if upto is None else upto}"


def times_of(settled: SettledDay, rows: tuple[PublicRow, ...]) -> tuple[TimeRow, ...]:
    """Lay out the times of a day; none whose calls' rows stand for other days too, or wait."""
    day = settled.figure.day
    found = ((bound, _bins(bound, settled, rows)) for bound in BOUNDS)
    return tuple(
        TimeRow(iso_day(day), bound.of.partition("/")[0], counted)
        for bound, bins in found
        for counted in bins
    )


def times_csv(rows: Iterable[TimeRow]) -> bytes:
    """Write the table; no field of it needs quotes."""
    lines = [",".join(COLUMNS)]
    for row in rows:
        upto = row.counted.upto_seconds
        ends = f"{row.counted.above_seconds},{'' if upto is None else upto}"
        lines.append(f"{row.day},{row.day},{row.time},{row.name},{ends},{row.counted.count}")
    return "".join(f"{line}\n" for line in lines).encode()


def times_values(rows: tuple[TimeRow, ...]) -> Iterator[tuple[str, Value]]:
    """Give definitions, by id and version, with what the table says of them."""
    for bound in BOUNDS:
        time = bound.of.partition("/")[0]
        own = [row for row in rows if row.time == time]
        if own:
            bins = [row.counted for row in own]
            p50, p90, p95 = (quantile(bins, one) for one in QUANTILES)
            n = sum(one.count for one in bins)
            yield bound.name, QuantilesValue(n, p50, p90, p95, {"time": time})
            yield from _in_time(time, own)


def _in_time(time: str, rows: list[TimeRow]) -> Iterator[tuple[str, Value]]:
    """Give the share that was answered in time, when a bin ends where the standard does."""
    limit = CURRENT.answer_within // SECOND
    ends = [row.counted.upto_seconds for row in rows]
    if time != "answering-time" or limit not in ends:
        return
    first = rows[: ends.index(limit) + 1]
    part = sum(row.counted.count for row in first)
    whole = sum(row.counted.count for row in rows)
    numerator, base = (tuple(row.name for row in some) for some in (first, rows))
    share = percent(part, whole)
    where = {"time": time}
    yield IN_TIME, ShareValue(numerator, base, part, whole, share, DECIMALS, where)


def _bins(
    bound: BoundDefinition, settled: SettledDay, rows: tuple[PublicRow, ...]
) -> tuple[Bin, ...]:
    exact = definition_of(bound.of)
    if exact is None or not isinstance(exact.expression, QuantilesOf):
        raise LookupError(bound.of)
    names = exact.expression.base[0].among
    if speak(rows, names) != settled.figure.day or words_for(names, rows) is None:
        return ()
    calls = [call for call in settled.rows.calls if call.call_class in names]
    answered = [call for call in calls if call.call_class not in ABANDONED]
    spans = [getattr(call, exact.expression.column) for call in answered]
    known = [span for span in spans if span is not None]
    bins = histogram(known, bound.edges_seconds, without=len(spans) - len(known))
    # The rows say how many were abandoned: each bin holds enough without them.
    return (*bins[:-1], *(_more(one, len(calls) - len(answered)) for one in bins[-1:]))


def _more(one: Bin, calls: int) -> Bin:
    return Bin(one.above_seconds, one.upto_seconds, one.count + calls)
