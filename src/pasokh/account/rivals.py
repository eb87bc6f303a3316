"""Rival readings: other honest definitions of the same share, on the same log."""

from collections import Counter
from enum import StrEnum

from msgspec import Struct

from pasokh.account.disclosure.rows import Side
from pasokh.account.figures import percent
from pasokh.account.report_calls import CallNote
from pasokh.account.report_rules import ReportRules, Rival
from pasokh.account.report_steps import Stamp

# The name of each, what it says, and its stamp.
_STAMPED = (
    (
        "stamped_dispatched",
        "calls with a time of dispatch, the desk's own included",
        Stamp.DISPATCHED,
    ),
    ("stamped_arrived", "calls with a time of arrival, the desk's own included", Stamp.ARRIVED),
)


class Taken(StrEnum):
    """How a reading takes a call."""

    OPERATIONAL = "operational"
    OTHER = "other"
    LEFT_OUT = "left_out"


class RivalShare(Struct, frozen=True):
    """One other reading: what it counts, of how many, in percent."""

    name: str
    says: str
    operational: int
    of: int
    share_percent: float | None


class ReadingCell(Struct, frozen=True):
    """So many public calls on which all readings agree with each other in the same way.

    `side`: of the headline; `unknown`: nothing says what became of them. `readings`: by the name
    of each other reading how it takes them.
    """

    side: Side
    unknown: bool
    readings: dict[str, Taken]
    count: int


class Rivals:
    """Counts the readings that the rules name, beside two that every log with stamps has."""

    def __init__(self, rules: ReportRules) -> None:
        """Begin at nought."""
        self._rivals = rules.rivals
        self._cells: Counter[tuple[Side, bool, tuple[Taken, ...]]] = Counter()

    def count(self, note: CallNote, side: Side, stamps: Stamp, *, unknown: bool) -> None:
        """Count a public call under each reading."""
        taken = [_taken(rival, note, side) for rival in self._rivals]
        has, lacks = (Taken.OPERATIONAL, Taken.OTHER)
        if side is Side.ABANDONED:
            has = lacks = Taken.LEFT_OUT
        taken += [has if stamp in stamps else lacks for _, _, stamp in _STAMPED]
        self._cells[side, unknown, tuple(taken)] += 1

    def shares(self, operational: int, *, known: bool) -> list[RivalShare]:
        """Give all readings, the stamps' own where there are stamps; none when nothing is known."""
        if not known:
            return []
        told = [(one.name, one.says) for one in self._rivals]
        told += [(name, says) for name, says, _ in _STAMPED]
        found = [_share(*words, *self._sums(place)) for place, words in enumerate(told)]
        own = len(self._rivals)
        stamped = (one for one in found[own:] if one.operational not in {0, operational})
        return [*found[:own], *stamped]

    def cells(self, shares: list[RivalShare]) -> list[ReadingCell]:
        """Give the calls by how these readings and the headline take them together."""
        names = [*(one.name for one in self._rivals), *(name for name, _, _ in _STAMPED)]
        shown = {one.name for one in shares}
        found: Counter[tuple[Side, bool, tuple[tuple[str, Taken], ...]]] = Counter()
        for (side, unknown, taken), count in self._cells.items():
            told = tuple((n, t) for n, t in zip(names, taken, strict=True) if n in shown)
            found[side, unknown, told] += count
        return [
            ReadingCell(side, unknown, dict(told), count)
            for (side, unknown, told), count in sorted(found.items())
        ]

    def _sums(self, place: int) -> tuple[int, int]:
        counts: Counter[Taken] = Counter()
        for (_, _, taken), count in self._cells.items():
            counts[taken[place]] += count
        return counts[Taken.OPERATIONAL], counts[Taken.OPERATIONAL] + counts[Taken.OTHER]


def _taken(rival: Rival, note: CallNote, side: Side) -> Taken:
    if side is Side.ABANDONED or note.call_type in rival.without_types:
        return Taken.LEFT_OUT
    operational = side is Side.OPERATIONAL
    unknown = operational and note.disposition in rival.taken_as_unknown
    sent = operational or note.reason in rival.taken_as_sent
    return Taken.OPERATIONAL if sent and not unknown else Taken.OTHER


def _share(name: str, says: str, operational: int, of: int) -> RivalShare:
    return RivalShare(name, says, operational, of, percent(operational, of))
