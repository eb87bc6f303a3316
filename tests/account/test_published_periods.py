"""Weeks and the whole add up to what their days do, and say nothing when a day is missing."""

from hashlib import sha256

import pytest
from msgspec import structs

from pasokh.account.disclosure.rows import Level, PublicRow
from pasokh.account.proofs.leaf import FigureLeaf, write_leaf
from pasokh.account.proofs.values import CountValue, ShareValue
from pasokh.account.published_periods import (
    OpenDay,
    extremes,
    figures_of_period,
    period_path,
    weeks_of,
    whole_of,
)
from pasokh.core.time import Day, day_from_iso

MONDAY = day_from_iso("2026-11-23")


def opened(day: Day, *rows: tuple[str, int], since: Day | None = None) -> OpenDay:
    lines = tuple(
        PublicRow(day if since is None else since, day, Level.PROVINCE, "", "", name, count)
        for name, count in rows
    )
    return OpenDay(day, f"days/{day}/calls.csv", sha256(f"{day}".encode()).hexdigest(), lines)


def answered(day: Day, operational: int = 10, other: int = 10) -> OpenDay:
    return opened(day, ("operational", operational), ("other_answered", other))


def figures(*days: OpenDay) -> dict[str, FigureLeaf]:
    found = figures_of_period(whole_of(days), "2026-12-31T00:00:00.000Z", "nobody")
    return {figure.definition_id: figure for figure in found}


def test_a_share_over_days_is_of_the_sums_and_not_a_mean_of_shares() -> None:
    found = figures(answered(MONDAY, 90, 10), answered(MONDAY + 1, 10, 90), answered(MONDAY + 2))
    share = found["operational-share"].value
    assert isinstance(share, ShareValue)
    assert (share.part, share.whole, share.percent) == (110, 220, 50.0)
    answers = found["calls-answered"].value
    assert isinstance(answers, CountValue)
    assert answers.count == 220
    assert len(found["operational-share"].inputs) == 3


def test_what_counts_a_side_that_waits_is_not_said_and_the_rest_is() -> None:
    assert set(figures(answered(MONDAY))) == {"calls-answered", "operational-share"}
    all_sides = opened(MONDAY, ("operational", 9), ("other_answered", 9), ("abandoned", 9))
    assert set(figures(all_sides)) >= {"calls-offered", "operational-of-offered"}


@pytest.mark.parametrize(
    "days",
    [
        (answered(MONDAY), answered(MONDAY + 2)),  # one is missing between them
        (answered(MONDAY), opened(MONDAY + 1, ("operational", 9))),  # the others wait still
        (opened(MONDAY, ("operational", 9), ("other_answered", 9), since=MONDAY - 1),),
    ],
)
def test_a_period_of_which_rows_say_more_or_less_has_no_headline(days: tuple[OpenDay, ...]) -> None:
    assert "operational-share" not in figures(*days)


def test_rows_that_waited_within_the_period_count_in_it() -> None:
    first = opened(MONDAY, ("other_answered", 8))
    waited = opened(MONDAY + 1, ("operational", 6), since=MONDAY)
    rows = (*waited.rows, *answered(MONDAY + 1).rows[1:])
    share = figures(first, structs.replace(waited, rows=rows))["operational-share"].value
    assert isinstance(share, ShareValue)
    assert (share.part, share.whole) == (6, 24)


def test_a_week_goes_out_when_its_sunday_has_and_the_last_of_a_log_that_ended() -> None:
    days = [answered(day) for day in range(MONDAY - 2, MONDAY + 9)]
    names = [period.name for period in weeks_of(days, ended=False)]
    assert names == ["weeks/2026-11-16", "weeks/2026-11-23"]
    assert [len(period.days) for period in weeks_of(days, ended=True)] == [2, 7, 2]


def test_a_figure_of_a_period_has_a_place_of_its_own_and_is_a_leaf() -> None:
    (week,) = weeks_of([answered(MONDAY + 6)], ended=False)
    figure = next(iter(figures_of_period(week, "2026-12-31T00:00:00.000Z", "nobody")))
    assert period_path(week, figure) == "weeks/2026-11-23/calls-answered-1.0.json"
    assert "/2026-11-29..2026-11-29/" in figure.figure_id
    assert write_leaf(figure)


def test_the_lowest_and_the_highest_week_are_named() -> None:
    shares = {
        name: ShareValue((), (), 0, 0, percent)
        for name, percent in {"a": 60.0, "b": 40.0, "c": None, "d": 70.0}.items()
    }
    assert extremes(shares) == ("b", "d")
    assert extremes({}) is None
