"""Claims: each number of a text with what it is about, of what it is a part, and per what."""

from bisect import bisect_left
from dataclasses import dataclass, field

from pasokh.checker.folding import Folded
from pasokh.checker.numbers import Amount, AmountUnit
from pasokh.checker.periods import Period
from pasokh.checker.topics import About


@dataclass(frozen=True)
class Claim:
    """One number and what it says. `base`: what it is a share of; `per`: hours of its unit."""

    amount: Amount
    sentence: int
    about: About | None = None
    base: About | None = None
    per: int | None = None
    part: bool = False
    growth: int = 0
    earlier: bool = False
    headline: bool = False
    pair: int | None = None
    # which claim it says it is a part of
    whole: int | None = None
    # whether its clause narrows it further: nuisance calls of children
    narrow: bool = False
    # of how many people it is told: 205 fires per 100,000
    people: int = 0

    @property
    def is_count(self) -> bool:
        """Whether it counts something of now: no share, no change, no number of last year."""
        plain = self.amount.unit is AmountUnit.COUNT and not self.growth and not self.earlier
        exact = not self.amount.wide and not self.people
        return plain and exact and self.about not in (None, About.THING)

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something now."""
        return self.amount.is_share and not self.growth and not self.earlier


@dataclass(frozen=True)
class Every:
    """'Every seven seconds one': seconds, and where it stands."""

    seconds: int
    step: int
    start: int
    end: int
    sentence: int


@dataclass(frozen=True)
class PerPeople:
    """'Per 100,000 people': how many, and where it stands."""

    many: int
    start: int
    end: int


@dataclass
class ReleaseReading:
    """A text as read: its claims and periods in order, and what could not be read."""

    folded: Folded
    claims: list[Claim] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    per_people: list[PerPeople] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    cut: bool = False
    tables: bool = False

    def sentence_of(self, at: int) -> int:
        """Which sentence a place stands in."""
        return max(0, bisect_left(self.sentences, (at + 1, 0)) - 1)
