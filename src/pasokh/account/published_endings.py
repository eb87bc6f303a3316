"""What a whole log says of its calls beside the open rows of its days, so that neither tells more.

A report counts every call, the rows only those that are out: a side may wait still, and on a quiet
day a class lies in its side's row. The difference of both is a number of calls too, and must be
none or k.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pasokh.account.disclosure.rows import CLASSES_OF, SIDE_OF, K, PublicRow
from pasokh.account.figures import percent

REST = "rest"
_REST_SAYS = "rare endings, together"


class EndingTold(Struct, frozen=True):
    """What became of so many public calls. `code`: a class; of rare ones together, or a side."""

    kind: str
    code: str
    reason: str
    count: int
    share_percent: float | None = None


def is_few(count: int) -> bool:
    """Tell whether a count of calls, or a difference of two, is of somebody and below k."""
    return 0 < abs(count) < K


def hidden_beside(exact: Mapping[str, int], rows: Iterable[PublicRow]) -> frozenset[str] | None:
    """Name the classes whose exact count of the whole may not stand beside its days' rows.

    `exact`: calls by class. None when not even the sides may: one of them waits still.
    """
    told = Counter[str]()
    for row in rows:
        told[row.call_class] += row.count
    hidden: set[str] = set()
    for side, classes in CLASSES_OF.items():
        names = [one.value for one in classes]
        if is_few(_sum(exact, names) - _sum(told, [*names, side.value])):
            return None
        hidden |= _hidden_of(names, exact, told)
    return frozenset(hidden)


def endings_told(
    endings: Sequence[EndingTold], hidden: Collection[str], public: int
) -> Iterator[EndingTold]:
    """Give the endings of at least k calls, and the others together: by class, or by side.

    Each class that is not hidden keeps its sum, so that what is left of it is none or k as well.
    """
    classes = [name for name in SIDE_OF if name not in hidden]
    found = [ending for name in classes for ending in _of_class(name, endings)]
    found += _hidden_together(endings, hidden)
    for one in sorted(found, key=lambda one: (-one.count, one.kind, one.code, one.reason)):
        if one.count:
            yield replace(one, share_percent=percent(one.count, public))


def _hidden_together(
    endings: Sequence[EndingTold], hidden: Collection[str]
) -> Iterator[EndingTold]:
    for side, own in CLASSES_OF.items():
        names = {one.value for one in own} & {*hidden}
        count = sum(one.count for one in endings if one.code in names)
        yield EndingTold(REST, side.value, _REST_SAYS, count)


def _hidden_of(names: Sequence[str], exact: Mapping[str, int], told: Mapping[str, int]) -> set[str]:
    """Hide what is few, and then the next in the list of classes: never the smallest."""
    beside = {name: exact.get(name, 0) - told.get(name, 0) for name in names}
    hidden = {name for name in names if is_few(exact.get(name, 0)) or is_few(beside[name])}
    for name in names:
        if not any(is_few(_sum(counts, hidden)) for counts in (exact, beside)):
            break
        hidden.add(name)
    return hidden


def _of_class(name: str, endings: Iterable[EndingTold]) -> list[EndingTold]:
    own = sorted((one for one in endings if one.code == name), key=lambda one: one.reason)
    kept = [one for one in own if one.count >= K]
    rest = sum(one.count for one in own) - sum(one.count for one in kept)
    while kept and is_few(rest):
        rest += kept.pop(0).count
    return [*kept, EndingTold(REST, name, _REST_SAYS, rest)]


def _sum(counts: Mapping[str, int], names: Iterable[str]) -> int:
    return sum(counts.get(name, 0) for name in names)
