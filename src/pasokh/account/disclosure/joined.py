"""Corrections that are too small for their own day are joined with those of other days of a month.

They are said once a month, at an hour that is known a year ahead. Said as soon as they are enough,
they would tell that the day before had changed, and by how few. And they are said only where any
one day may have no part in them (docs/reasons/054).
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from pasokh.account.disclosure.corrections import correct
from pasokh.account.disclosure.rows import CLASSES_OF, K, PublicRow, Side
from pasokh.core.time import Day


class DayChange(Struct, frozen=True):
    """A day's counts by class: what is published accounts for `before`; `now` is the truth.

    `alone`: a correction of its own is published, so that less of it may wait.
    """

    before: dict[str, int]
    now: dict[str, int]
    alone: bool = False


def join(
    from_day: Day,
    to_day: Day,
    waiting: Iterable[DayChange],
    month: Iterable[DayChange],
    *,
    k: int = K,
) -> tuple[PublicRow, ...]:
    """Write what changed on all these days together; the counts are signed. Empty: it must wait.

    `waiting`: days before this month whose changes have waited, `month`: every day of it, changed
    or not. The span of the rows holds both.
    """
    within = list(month)
    every = [*waiting, *within]
    before, now = sums(one.before for one in every), sums(one.now for one in every)
    rows = correct(from_day, to_day, before, now, k=k) or ()
    return rows if _hides_each_day(rows, within, k) else ()


def sums(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add up counts by class."""
    found: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            found[name] = found.get(name, 0) + count
    return found


def _hides_each_day(rows: Iterable[PublicRow], month: Iterable[DayChange], k: int) -> bool:
    """Tell whether any one day can have no part: the others of the month can make up every row.

    A day that has no correction of its own changed by fewer than k on a side, and lost no more of a
    class than it had. Days that had less than k-1 of a class that lost some do not count.
    """
    shown = list(rows)
    losing = [_words(row, shown) for row in shown if row.count < 0]
    able = sum(
        not day.alone
        and all(sum(day.before.get(name, 0) for name in words) >= k - 1 for words in losing)
        for day in month
    )
    return all(abs(count) <= (able - 1) * (k - 1) for count in _counts(shown))


def _words(row: PublicRow, rows: Iterable[PublicRow]) -> set[str]:
    """Name the classes that a row counts: those of its side that have no row of their own."""
    if row.call_class != row.side.value:
        return {row.call_class}
    return {name.value for name in CLASSES_OF[row.side]} - {one.call_class for one in rows}


def _counts(rows: Iterable[PublicRow]) -> Iterable[int]:
    """Yield what each row and each side changed by."""
    sides = dict.fromkeys(Side, 0)
    for row in rows:
        sides[row.side] += row.count
        yield row.count
    yield from sides.values()
