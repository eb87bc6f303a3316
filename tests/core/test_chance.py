"""Draws have the moments of their distributions, and the same source gives the same draws."""

from math import sqrt
from random import Random
from statistics import fmean, quantiles, variance

import pytest

from pasokh.core import chance as draw

ROUNDS = 20_000


class Seeded:
    def __init__(self, seed: str) -> None:
        self.uniform = Random(seed).random  # noqa: S311 - seeded, not secret


@pytest.fixture
def chance() -> Seeded:
    return Seeded("chance")


def assert_mean(values: list[float], mean: float, deviation: float) -> None:
    """Four standard errors: fails by chance once in 16,000 for an honest draw."""
    assert abs(fmean(values) - mean) < 4 * deviation / sqrt(len(values))


def test_the_same_seed_gives_the_same_draws() -> None:
    first, second, other = Seeded("a"), Seeded("a"), Seeded("b")
    numbers = [draw.mixed_poisson(first, 30, 1.5) for _ in range(50)]
    assert numbers == [draw.mixed_poisson(second, 30, 1.5) for _ in range(50)]
    assert numbers != [draw.mixed_poisson(other, 30, 1.5) for _ in range(50)]


@pytest.mark.parametrize("mean", [0.3, 4.0, 60.0])
def test_poisson_has_its_mean_and_variance(chance: Seeded, mean: float) -> None:
    counts = [draw.poisson(chance, mean) for _ in range(ROUNDS // 10)]
    assert_mean(counts, mean, sqrt(mean))
    assert variance(counts) == pytest.approx(mean, rel=0.15)


def test_nothing_comes_from_a_mean_of_nothing(chance: Seeded) -> None:
    assert draw.poisson(chance, 0.0) == 0
    assert draw.mixed_poisson(chance, 0.0, 1.5) == 0


@pytest.mark.slow
@pytest.mark.parametrize("dispersion", [1.0, 1.5, 3.0])
def test_mixed_poisson_is_over_dispersed_as_asked(chance: Seeded, dispersion: float) -> None:
    counts = [draw.mixed_poisson(chance, 40.0, dispersion) for _ in range(ROUNDS // 5)]
    assert_mean(counts, 40.0, sqrt(40.0 * dispersion))
    assert variance(counts) / 40.0 == pytest.approx(dispersion, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("shape", [0.4, 2.5, 80.0])
def test_gamma_has_its_mean_and_variance(chance: Seeded, shape: float) -> None:
    values = [draw.gamma(chance, shape, 2.0) for _ in range(ROUNDS)]
    assert_mean(values, 2 * shape, 2 * sqrt(shape))
    assert variance(values) == pytest.approx(4 * shape, rel=0.1)


def test_lognormal_has_its_median_its_tail_and_its_mean(chance: Seeded) -> None:
    values = [draw.lognormal(chance, 122, 252) for _ in range(ROUNDS)]
    tenths = quantiles(values, n=10)
    assert tenths[4] == pytest.approx(122, rel=0.03)
    assert tenths[8] == pytest.approx(252, rel=0.03)
    assert fmean(values) == pytest.approx(draw.lognormal_mean(122, 252), rel=0.03)


def test_exponential_and_normal_have_their_moments(chance: Seeded) -> None:
    assert_mean([draw.exponential(chance, 7.0) for _ in range(ROUNDS)], 7.0, 7.0)
    values = [draw.normal(chance) for _ in range(ROUNDS)]
    assert_mean(values, 0.0, 1.0)
    assert variance(values) == pytest.approx(1.0, rel=0.05)


def test_a_choice_follows_its_weights_and_never_takes_weight_0(chance: Seeded) -> None:
    choice = draw.Choice("abc", [3.0, 0.0, 1.0])
    drawn = [choice.draw(chance) for _ in range(ROUNDS)]
    assert drawn.count("b") == 0
    assert drawn.count("a") / ROUNDS == pytest.approx(0.75, abs=0.015)


@pytest.mark.parametrize("weights", [[], [1.0], [1.0, -1.0], [0.0, 0.0]])
def test_a_choice_refuses_weights_that_make_no_sense(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        draw.Choice("ab", weights)


def test_bernoulli_and_below_stay_in_their_bounds(chance: Seeded) -> None:
    yes = sum(draw.bernoulli(chance, 0.2) for _ in range(ROUNDS))
    assert yes / ROUNDS == pytest.approx(0.2, abs=0.015)
    assert {draw.below(chance, 3) for _ in range(1000)} == {0, 1, 2}
