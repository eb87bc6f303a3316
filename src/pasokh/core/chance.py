"""Chance as a thing that is handed over: a source of numbers, and pure draws made of it.

Nothing here makes a source: whoever drives brings one that has a seed. The same source in the
same state gives the same draws (`math` may differ in the last binary digit between machines).
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import cos, exp, log, pi, sqrt
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")

# The standard normal's 90th percentile: turns a p50 and a p90 into a log-normal.
Z90 = 1.2815515655446004


class Chance(Protocol):
    """A stream of numbers."""

    def uniform(self) -> float:
        """Give the next number, 0 <= number < 1, all equally likely."""
        ...


class Choice(Generic[T]):
    """Things with weights, prepared once to be chosen from often."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        """Take as many weights (0 or more, not all 0) as things; else a ValueError."""
        if len(things) != len(weights) or min(weights, default=-1) < 0 or sum(weights) <= 0:
            raise ValueError("a choice needs one weight of 0 or more for each thing, not all 0")
        self._things = tuple(things)
        self._edges = list(accumulate(weights))

    def draw(self, chance: Chance) -> T:
        """Choose one thing, as likely as its weight."""
        mark = chance.uniform() * self._edges[-1]
        return self._things[min(bisect_right(self._edges, mark), len(self._things) - 1)]


def bernoulli(chance: Chance, share: float) -> bool:
    """Say yes with the probability `share`."""
    return chance.uniform() < share


def below(chance: Chance, count: int) -> int:
    """Give a whole number from 0 to count - 1."""
    return int(chance.uniform() * count)


def exponential(chance: Chance, mean: float) -> float:
    """Draw from the exponential distribution."""
    return -mean * log(1.0 - chance.uniform())


def normal(chance: Chance) -> float:
    """Draw from the standard normal distribution (Box and Muller, the cosine half)."""
    radius = sqrt(-2.0 * log(1.0 - chance.uniform()))
    return radius * cos(2.0 * pi * chance.uniform())


def lognormal(chance: Chance, p50: float, p90: float) -> float:
    """Draw from the log-normal distribution with this median and 90th percentile."""
    return p50 * exp(normal(chance) * sigma_of(p50, p90))


def sigma_of(p50: float, p90: float) -> float:
    """Give the log-normal's sigma; 0 < p50 <= p90."""
    return log(p90 / p50) / Z90


def lognormal_mean(p50: float, p90: float) -> float:
    """Give the mean of that log-normal distribution."""
    sigma = sigma_of(p50, p90)
    return p50 * exp(sigma * sigma / 2)


def poisson(chance: Chance, mean: float) -> int:
    """Draw a count: as many exponential gaps as fit into `mean`. Takes time in proportion to it."""
    count, reached = 0, exponential(chance, 1.0)
    while reached < mean:
        count += 1
        reached += exponential(chance, 1.0)
    return count


def gamma(chance: Chance, shape: float, scale: float = 1.0) -> float:
    """Draw from the gamma distribution (Marsaglia and Tsang 2000), mean shape * scale."""
    if shape < 1.0:
        boost = exp(log(1.0 - chance.uniform()) / shape)
        return boost * gamma(chance, shape + 1.0, scale)
    d = shape - 1.0 / 3.0
    c = 1.0 / sqrt(9.0 * d)
    while True:
        x = normal(chance)
        root = 1.0 + c * x
        v = root * root * root
        if v > 0.0 and log(1.0 - chance.uniform()) < 0.5 * x * x + d - d * v + d * log(v):
            return scale * d * v


def mixed_poisson(chance: Chance, mean: float, dispersion: float) -> int:
    """Draw a count whose variance is `dispersion` (1 or more) times its mean.

    A Poisson count whose own mean is gamma-distributed: the negative binomial distribution.
    """
    if dispersion <= 1.0 or mean <= 0.0:
        return poisson(chance, mean)
    scale = dispersion - 1.0
    return poisson(chance, gamma(chance, mean / scale, scale))
