"""What published rows say of the days of a question: which have none, which are told together."""

from collections.abc import Iterable

from msgspec import Struct

from pasokh.account.disclosure.rows import CLASSES_OF, SIDE_OF, Side
from pasokh.account.workbench import CountQuestion

_SIDES = {one.value: one for one in Side}


class RowSpan(Struct, frozen=True, order=True):
    """The days that a published row counts, as files name days; and its class or side."""

    first: str
    last: str
    call_class: str


class DaysTold(Struct, frozen=True):
    """How far an answer is of the days that were asked: civil days in their order.

    `without`: no final rows are out (only a rounded headline may be). `joined`: the first and the
    last of days that are counted together, on the last. `waiting`: something of the day was too
    small and is counted with a later day, if that was asked.
    """

    counted: int
    without: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    waiting: tuple[str, ...] = ()


def days_told(question: CountQuestion, spans: Iterable[RowSpan]) -> DaysTold:
    """Compare the days of a question with the rows that are published of them."""
    asked = question.days
    sides = _sides_of(question)
    own: dict[str, set[Side]] = {}
    joined: set[tuple[str, str]] = set()
    for span in spans:
        side = SIDE_OF.get(span.call_class) or _SIDES[span.call_class]
        own.setdefault(span.last, set()).add(side)
        if span.first < span.last and side in sides:
            joined.add((span.first, span.last))
    return DaysTold(
        counted=sum(day in own for day in asked),
        without=tuple(day for day in asked if day not in own),
        joined=tuple(sorted(joined)),
        waiting=tuple(day for day in asked if day in own and not sides <= own[day]),
    )


def _sides_of(question: CountQuestion) -> set[Side]:
    """Give the sides that a public question counts: they are named whole."""
    named = [set(map(str, one.among)) for one in question.expression.base]
    return {
        side
        for side in CLASSES_OF
        if all(side.value in names for names in named if names & set(_SIDES))
    }
