"""The identity that every publication must meet: what was offered is what became of it.

offered = A1 + A2 + answered, and answered = O1 + O2 + H + R + V + X + N1 + N2 + N3 + P; the same in
the figure of the log, in the rows of the day, and in what is published of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from pasokh.account.definitions import ABANDONED
from pasokh.account.disclosure.days import Carried
from pasokh.account.disclosure.rows import SIDE_OF, PublicRow, Side
from pasokh.account.events import Tally
from pasokh.account.releases import BlockedBy
from pasokh.account.rows import CallRow


class IdentityBroken(Exception):
    """The numbers of a day do not add up; the text says which. It must not be published.

    `number` is `said` to be so many, and `held` elsewhere.
    """

    def __init__(self, text: str, by: BlockedBy, number: str, said: int, held: int) -> None:
        """`by`: which two numbers must be the same."""
        super().__init__(text)
        self.by, self.number, self.said, self.held = by, number, said, held


def check_tally(day: str, tally: Tally) -> None:
    """Raise IdentityBroken unless the figure of the log adds up."""
    abandoned = {name.value: tally.classes.get(name.value, 0) for name in reversed(ABANDONED)}
    in_figures = sum(count for name, count in tally.classes.items() if name in SIDE_OF)
    if tally.offered != in_figures:
        parts = " + ".join(f"{name} {count}" for name, count in abandoned.items())
        answered = in_figures - sum(abandoned.values())
        text = (
            f"{day}: offered is {tally.offered}, but {parts} + answered {answered} = {in_figures}"
        )
        raise IdentityBroken(text, BlockedBy.TALLY, "offered", tally.offered, in_figures)


def check_rows(day: str, tally: Tally, calls: Iterable[CallRow]) -> None:
    """Raise IdentityBroken unless the rows of the day are what its figure counts."""
    counted = Counter(call.call_class for call in calls)
    for name in sorted({*counted, *tally.classes}):
        if counted[name] != tally.classes.get(name, 0):
            said, held = tally.classes.get(name, 0), counted[name]
            text = f"{day}: {name} is {said} in the figure, {held} in rows"
            raise IdentityBroken(text, BlockedBy.ROWS, name, said, held)


def check_published(
    day: str,
    tally: Tally,
    rows: Iterable[PublicRow],
    waited: Mapping[Side, Carried],
    waiting: Mapping[Side, Carried],
) -> None:
    """Raise IdentityBroken unless rows and what waits hold the day and what waited, by side."""
    held = Counter[Side]()
    for row in rows:
        held[row.side] += row.count
    held.update({side: _sum(those) for side, those in waiting.items()})
    for side in Side:
        own = sum(n for name, n in tally.classes.items() if SIDE_OF.get(name) is side)
        owed = own + (_sum(waited[side]) if side in waited else 0)
        if held[side] != owed:
            text = f"{day}: {side.value} is {owed}, but its rows hold {held[side]}"
            raise IdentityBroken(text, BlockedBy.PUBLISHED, side.value, owed, held[side])


def _sum(carried: Carried) -> int:
    return sum(cell.count for cell in carried.cells)
