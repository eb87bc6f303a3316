"""A row of the table: what was measured, its yardstick of the same rounds, and the bar."""

from collections.abc import Sequence
from enum import StrEnum
from statistics import median

from msgspec import Struct

ROUNDS = 5
ROUNDS_QUICK = 1


class Judged(StrEnum):
    """What the bar is held against."""

    RATIO = "ratio"
    OURS = "ours"
    NOTHING = "nothing"


class Bar(Struct, frozen=True):
    """A bar: the median must not lie below `least`, or not above `most`."""

    judged: Judged = Judged.NOTHING
    least: float | None = None
    most: float | None = None

    def text(self, unit: str) -> str:
        """Say the bar, for example `>= 10 x`."""
        of = "x" if self.judged is Judged.RATIO else unit
        if self.least is not None:
            return f">= {self.least:g} {of}"
        return f"<= {self.most:g} {of}" if self.most is not None else ""

    def met_by(self, value: float) -> bool:
        """Tell whether a median clears the bar."""
        too_low = self.least is not None and value < self.least
        return not too_low and (self.most is None or value <= self.most)


NO_BAR = Bar()


class Row(Struct, frozen=True, kw_only=True):
    """Rounds of one size of one work. `theirs[i]` was measured beside `ours[i]`."""

    id: str
    work: str
    size: str
    unit: str
    ours: Sequence[float]
    yardstick: str = ""
    theirs: Sequence[float] = ()
    bar: Bar = NO_BAR
    note: str = ""

    @property
    def ratios(self) -> list[float]:
        """Ours by theirs, round by round."""
        return [own / their for own, their in zip(self.ours, self.theirs, strict=False)]

    @property
    def met(self) -> bool | None:
        """Tell whether the bar is cleared; None where there is none."""
        if self.bar.judged is Judged.NOTHING:
            return None
        judged = self.ratios if self.bar.judged is Judged.RATIO else self.ours
        return self.bar.met_by(median(judged))


class Plan(Struct, frozen=True):
    """How often and how much: `quick` is for a smoke test, its figures mean nothing."""

    folder: str
    quick: bool = False

    @property
    def rounds(self) -> int:
        """Repeats of each measurement."""
        return ROUNDS_QUICK if self.quick else ROUNDS

    def sized(self, full: int, small: int) -> int:
        """Choose a size."""
        return small if self.quick else full
