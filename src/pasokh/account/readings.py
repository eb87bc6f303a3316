"""Readings of one day: what the share becomes when base, repeats or advice are taken otherwise.

"70 percent" and "38 percent" may both be true of the same calls. A reading says which calls are
the base and which of them are the part, as the same expression that definitions are made of; the
way from one reading to another is a row of steps, each with the calls that come or go.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from pasokh.account.definitions import ABANDONED, OPERATIONAL, OUTSIDE, CallClass
from pasokh.account.disclosure.rows import PublicRow, words_for
from pasokh.account.expressions import Only, ShareOf, Table


class Base(StrEnum):
    """Of which calls the share is told."""

    OFFERED = "offered"
    ANSWERED = "answered"
    # Answered, and the centre's business: not silent, nuisance, hoax, or nothing to do with it.
    BUSINESS = "business"


class ShareReading(Struct, frozen=True):
    """One honest definition among others. `repeats`: later calls about an incident count too.

    `advice`: calls that ended with advice are of the base.
    """

    base: Base = Base.ANSWERED
    repeats: bool = True
    advice: bool = True

    @property
    def key(self) -> str:
        """Name it in an address."""
        repeats = "repeats" if self.repeats else "first-only"
        return f"{self.base.value}-{repeats}-{'advice' if self.advice else 'no-advice'}"


HEADLINE = ShareReading()
# The other reading: who asked for advice only is not counted among the calls.
WITHOUT_ADVICE = ShareReading(advice=False)
READINGS: tuple[ShareReading, ...] = tuple(
    ShareReading(base, repeats, advice)
    for base, repeats, advice in product(Base, (True, False), (True, False))
)

_IDLE = (CallClass.SILENT, CallClass.NUISANCE, CallClass.HOAX, CallClass.IRRELEVANT)
_OFFERED = tuple(name for name in CallClass if name not in OUTSIDE)
_LEFT_OUT: dict[Base, tuple[CallClass, ...]] = {
    Base.OFFERED: (),
    Base.ANSWERED: ABANDONED,
    Base.BUSINESS: (*ABANDONED, *_IDLE),
}


def expression_of(reading: ShareReading) -> ShareOf:
    """Write a reading as the expression that every engine runs."""
    out = {*_LEFT_OUT[reading.base], *(() if reading.advice else (CallClass.ADVICE,))}
    base = tuple(name for name in _OFFERED if name not in out)
    part = OPERATIONAL if reading.repeats else OPERATIONAL[:1]
    return ShareOf(Table.CALLS, base=(_among(base),), part=(_among(part),))


def _among(names: tuple[CallClass, ...]) -> Only:
    return Only("call_class", among=tuple(name.value for name in names))


class ReadShare(Struct, frozen=True):
    """A reading with its integers."""

    reading: ShareReading
    part: int
    base: int


class ReadingChange(StrEnum):
    """What a step changes."""

    ABANDONED = "abandoned"
    IDLE = "idle"
    ADVICE = "advice"
    REPEATS = "repeats"


class ReadingStep(Struct, frozen=True):
    """One change on the way: how many calls come to base and part (or go), and what is then told.

    A change of repeats moves the part alone.
    """

    change: ReadingChange
    base_by: int
    part_by: int
    told: ReadShare


def told(
    reading: ShareReading, rows: Iterable[PublicRow], corrected: Iterable[PublicRow] = ()
) -> ReadShare | None:
    """Sum a reading out of a day's open rows; None when they do not tell its classes apart.

    `corrected`: what corrections added since (signed). They are told in the words of the rows.
    """
    known = tuple(rows)
    every = (*known, *corrected)
    expression = expression_of(reading)
    sums = []
    for conditions in (expression.part, expression.base):
        words = words_for(conditions[0].among, known)
        if words is None:
            return None
        sums.append(sum(row.count for row in every if row.call_class in words))
    return ReadShare(reading, *sums)


def steps(
    start: ReadShare,
    end: ShareReading,
    rows: Iterable[PublicRow],
    corrected: Iterable[PublicRow] = (),
) -> tuple[ReadingStep, ...] | None:
    """Go from one reading to another, one change at a time; no step when they are the same."""
    known, since = tuple(rows), tuple(corrected)
    found: list[ReadingStep] = []
    at = start
    for change, reading in _way(start.reading, end):
        then = told(reading, known, since)
        if then is None:
            return None
        found.append(ReadingStep(change, then.base - at.base, then.part - at.part, then))
        at = then
    return tuple(found)


def _way(start: ShareReading, end: ShareReading) -> list[tuple[ReadingChange, ShareReading]]:
    """The readings in between; the base goes over "answered", one group of classes at a time."""
    bases = list(Base)
    at, goal = bases.index(start.base), bases.index(end.base)
    reading, way = start, []
    while at != goal:
        beside = at + (1 if at < goal else -1)
        # Between offered and answered are the abandoned; between answered and the rest, the idle.
        change = ReadingChange.IDLE if min(at, beside) else ReadingChange.ABANDONED
        at, reading = beside, replace(reading, base=bases[beside])
        way.append((change, reading))
    if reading.advice != end.advice:
        reading = replace(reading, advice=end.advice)
        way.append((ReadingChange.ADVICE, reading))
    if reading.repeats != end.repeats:
        way.append((ReadingChange.REPEATS, end))
    return way
