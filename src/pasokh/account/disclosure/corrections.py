"""A day that is published stands. What changed since is published apart: by class, never by county.

Rows that were made anew would tell by their difference whose call was judged again, and so would
rows that vanish because little changed in them. So the rows of a day stay as they are, and a
correction says how many calls each class gained or lost in the whole province, k or more at a time;
less waits until other days' changes join it (docs/reasons/034).
"""

from collections.abc import Iterable, Mapping

from pasokh.account.disclosure.rows import CLASSES_OF, SIDE_OF, K, Level, PublicRow, Side
from pasokh.core.time import Day


def correct(
    from_day: Day,
    to_day: Day,
    before: Mapping[str, int],
    now: Mapping[str, int],
    *,
    k: int = K,
) -> tuple[PublicRow, ...] | None:
    """Write what changed between two counts by class of a span of days; the counts are signed.

    `before` is what the rows and the corrections so far account for. None: it must wait, and
    nothing may be said, not even that something waits. A span holds the spans of its rows whole.
    """
    rows: list[PublicRow] = []
    for side in Side:
        changes = _side_changes(side, before, now, k)
        if changes is None:
            return None
        rows.extend(
            PublicRow(from_day, to_day, Level.PROVINCE, "", "", name, count)
            for name, count in changes.items()
        )
    return tuple(sorted(rows))


def _side_changes(
    side: Side, before: Mapping[str, int], now: Mapping[str, int], k: int
) -> dict[str, int] | None:
    names = [name.value for name in CLASSES_OF[side]]
    if not _silent_or_large(_sum(now, names), k):
        return None
    # The commonest class is never shown alone: it may be the whole of the rest.
    shown = {
        name: change
        for name in names[1:]
        if abs(change := now.get(name, 0) - before.get(name, 0)) >= k
        and _silent_or_large(now.get(name, 0), k)
    }
    rest = _sum(now, names) - _sum(before, names) - sum(shown.values())
    while not _silent_or_large(abs(rest), k):
        if not shown:
            return None
        rest += shown.pop(next(iter(shown)))
    return shown | {side.value: rest} if rest else shown


def _sum(counts: Mapping[str, int], names: Iterable[str]) -> int:
    return sum(counts.get(name, 0) for name in names)


def _silent_or_large(count: int, k: int) -> bool:
    return count == 0 or count >= k


def by_class(rows: Mapping[tuple[str, str, str], int]) -> dict[str, int]:
    """Sum exact cells to the classes that figures count."""
    sums: dict[str, int] = {}
    for (_, _, name), count in rows.items():
        if name in SIDE_OF:
            sums[name] = sums.get(name, 0) + count
    return sums
