"""What expressions count, and that the catalogue of definitions can be run and cannot drift."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.catalogue import DEFINITIONS, definition_of
from pasokh.account.expressions import (
    CountOf,
    Found,
    Only,
    QuantilesOf,
    ShareOf,
    Table,
    columns_of,
    evaluate,
    nearest_rank,
)
from pasokh.account.figures import day_tally, shares_of
from pasokh.account.rows import DayRows, day_rows
from pasokh.account.sql import UnknownColumnError, sql_of
from tests.account.test_rows import a_day

EMPTY = DayRows([], [], [])


def rows() -> DayRows:
    story = a_day()
    return day_rows(story.centre.account, 0, story.centre.known_at)


def run(name: str, by: tuple[str, ...] = ()) -> list[Found]:
    found = definition_of(f"{name}/1.0")
    assert found is not None
    return evaluate(found.expression, rows(), by)


def test_the_headline_and_its_rivals_of_a_small_day() -> None:
    assert run("operational-share") == [Found((), 2, 3)]
    assert run("first-only-share") == [Found((), 1, 3)]
    assert run("operational-share", ("county",)) == [Found(("",), 1, 2), Found(("0901",), 1, 1)]
    assert run("confirmed-share") == [Found((), 1, 2)]
    assert run("recoded-share") == [Found((), 1, 3)]
    assert run("regraded-share") == [Found((), 1, 1)]
    assert run("answering-time") == [Found((), 3, 3, (1_000, 4_500, 4_500))]
    assert run("turnout-time", ("capability",)) == [Found(("ladder,water",), 1, 1, (60_000,) * 3)]


def test_a_day_without_rows_has_one_empty_answer_and_no_groups() -> None:
    for one in DEFINITIONS:
        assert evaluate(one.expression, EMPTY) == [Found((), 0, 0)], one.name
        assert evaluate(one.expression, EMPTY, one.by[:1]) == [], one.name


def test_the_expression_of_the_headline_is_the_tally_s_share() -> None:
    story = a_day()
    account, now = story.centre.account, story.centre.known_at
    shares = shares_of(day_tally(account, 0, now).tally)
    ((found),) = run("operational-share")
    assert (found.part, found.base) == (shares.operational, shares.answered)
    assert run("calls-offered")[0].base == shares.offered


@given(st.lists(st.integers(-5, 50), min_size=1, max_size=40), st.integers(1, 100))
def test_nearest_rank_is_the_smallest_that_covers_enough(values: list[int], percent: int) -> None:
    values.sort()
    found = nearest_rank(values, percent)
    assert found in values
    assert 100 * sum(one <= found for one in values) >= percent * len(values)
    assert 100 * sum(one < found for one in values) < percent * len(values)


def test_a_condition_never_holds_for_what_nobody_knows() -> None:
    for only in (Only("arrival_ms"), Only("arrival_ms", at_least=0), Only("arrival_ms", at_most=9)):
        assert evaluate(CountOf(Table.MISSIONS, (only,)), rows())[0].base < 2
    bounds = Only("acknowledge_ms", at_least=5_000, at_most=5_000)
    assert evaluate(CountOf(Table.MISSIONS, (bounds,)), rows()) == [Found((), 1, 1)]


def test_each_definition_names_columns_that_are_there_and_survives_being_written() -> None:
    assert len({one.name for one in DEFINITIONS}) == len(DEFINITIONS)
    for one in DEFINITIONS:
        assert set(one.by) <= set(columns_of(one.expression.table)), one.name
        assert sql_of(one.expression, one.by)
        written = msgspec.json.encode(one)
        assert msgspec.json.decode(written, type=type(one)) == one


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownColumnError, match=r"missions has no column 'colour'; it has miss"):
        sql_of(ShareOf(Table.MISSIONS, (), (Only("colour"),)))
    with pytest.raises(UnknownColumnError, match="calls has no column 'rank'"):
        sql_of(QuantilesOf(Table.CALLS, (), "rank"))


def test_words_are_quoted_in_sql() -> None:
    text = sql_of(CountOf(Table.CALLS, (Only("county", among=("d'or",)),)))
    assert text.endswith("WHERE county IN ('d''or')")
