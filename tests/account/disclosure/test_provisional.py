"""Provisional, final and revised figures of one day, laid side by side, tell of nobody.

The attacker knows the rules, all that is published, and that a day's calls stay as many as they
are. It looks for a set of calls of which there is at least one and fewer than k: those that were
judged anew between two publications, or those of a side that waits for another day.
"""

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from pasokh.account.disclosure.corrections import by_class, correct
from pasokh.account.disclosure.days import Carried, publish
from pasokh.account.disclosure.rows import SIDE_OF, CellKey, K, PublicRow, Side, totals
from pasokh.account.provisional import (
    LEAST_ANSWERED,
    ROUNDED_TO,
    ProvisionalShare,
    is_large,
    provisional_share,
    rounded,
)
from tests.account.disclosure.days import LISTS, random_day
from tests.account.disclosure.test_attacker import found, judged_again, planted

SEEDS = range(30)


def bounds(told: int, step: int = ROUNDED_TO) -> tuple[int, int]:
    """The least and the most that was rounded to this."""
    return max(0, told - step // 2), told + (step - 1) // 2


def few(low: int, high: int) -> bool:
    """Some were judged anew, for certain, and for certain fewer than k."""
    return 1 <= low <= high < K or 1 <= -high <= -low < K


def finds(share: ProvisionalShare, rows: Iterable[PublicRow], step: int = ROUNDED_TO) -> list[str]:
    """What is certain of the calls that were judged anew, from the two publications."""
    now = totals(rows)
    told = {"operational": share.operational, "answered": share.answered}
    changed = {}
    for name, count in told.items():
        low, high = bounds(count, step)
        exact: int = getattr(now, name)
        changed[name] = exact - high, exact - low
    (o_low, o_high), (a_low, a_high) = changed["operational"], changed["answered"]
    # What was operational and is not; what was answered otherwise; who was reached afterwards.
    changed["other"] = a_low - o_high, a_high - o_low
    return [name for name, (low, high) in changed.items() if few(low, high)]


def moved(cells: Counter[CellKey], seed: int, changes: int) -> Counter[CellKey]:
    """So many calls of a day are given another class."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    now = Counter(cells)
    for key in chance.sample(sorted(now.elements()), changes):
        now[key] -= 1
        now[(*key[:2], chance.choice([*SIDE_OF]))] += 1
    return now


def exact_share(cells: Counter[CellKey]) -> ProvisionalShare:
    now = totals(publish(0, cells, LISTS).rows)
    return ProvisionalShare(now.operational, now.answered, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_few_calls_judged_anew_stay_hidden(seed: int) -> None:
    before = random_day(700, seed)
    assert is_large(by_class(before))
    share = provisional_share(by_class(before))
    for changes in (0, 1, 2, 4, 7, 30):
        rows = publish(0, moved(before, seed, changes), LISTS).rows
        assert finds(share, rows) == [], (seed, changes)


@pytest.mark.slow
def test_exact_provisional_figures_would_give_them_away() -> None:
    hits = 0
    for seed in SEEDS:
        before = random_day(700, seed)
        rows = publish(0, moved(before, seed, 4), LISTS).rows
        hits += bool(finds(exact_share(before), rows, step=1))
    assert hits > len(SEEDS) // 2


@pytest.mark.slow
def test_a_third_rounded_number_would_give_them_away() -> None:
    """Two numbers leave the third free; were all three rounded, their sum would tie them."""
    hits = 0
    for seed in SEEDS:
        before = random_day(700, seed)
        now = totals(publish(0, moved(before, seed, 4), LISTS).rows)
        was = totals(publish(0, before, LISTS).rows)
        low, high = bounds(rounded(was.operational))
        o_low, o_high = now.operational - high, now.operational - low
        low, high = bounds(rounded(was.offered - was.operational))
        rest = now.offered - now.operational
        # As many calls as before: what the one lost, the other gained.
        hits += few(max(o_low, low - rest), min(o_high, high - rest))
    assert hits


@pytest.mark.slow
def test_none_of_five_hundred_planted_people_is_found_in_all_that_is_published() -> None:
    for number, calls in enumerate((900, 1_200, 2_000, 3_000, 5_000)):
        day = planted(calls, calls + number)
        share = provisional_share(by_class(day.cells))
        final = judged_again(day, number, 3 * number)
        rows = publish(0, final, LISTS).rows
        assert finds(share, rows) == []
        assert found(rows, day.people) == []
        again = moved(final, number, 25)
        revised = correct(0, 0, by_class(final), by_class(again)) or ()
        assert finds(share, [*rows, *revised]) == []


def test_nothing_is_said_of_a_day_that_could_wait_nor_of_the_day_after() -> None:
    """A side that waits is told with the next day: beside two rounded numbers it could be known."""
    assert not is_large({"V": LEAST_ANSWERED, "O1": 4})
    assert not is_large({"V": 4, "O1": LEAST_ANSWERED})
    assert not is_large({"V": 100, "O1": 100})
    small = Counter({("", "", "O1"): 4, ("", "", "V"): 900})
    release = publish(0, small, LISTS)
    assert set(release.carried) == {Side.OPERATIONAL, Side.ABANDONED}
    waits: dict[Side, Carried] = release.carried
    assert waits


def test_the_percent_is_that_of_the_rounded_counts() -> None:
    share = provisional_share({"O1": 5_448, "V": 8_826})
    assert share == ProvisionalShare(5_450, 14_270, 38)
    assert [rounded(n) for n in (0, 4, 5, 14, 15)] == [0, 0, 10, 10, 20]
