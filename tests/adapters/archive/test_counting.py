"""The analyst's questions over a real archive and over what was published of it."""

from pathlib import Path

import duckdb
import pytest

from pasokh.account.disclosure.days import publish
from pasokh.account.expressions import evaluate
from pasokh.account.open_data.day import open_rows_csv
from pasokh.account.publication import cells_of
from pasokh.account.rows import SettledDay
from pasokh.account.workbench import CountQuestion, TooMuchAsked, question_of
from pasokh.adapters.archive.counting import (
    CountBounds,
    Workbench,
    table_csv,
    table_parquet,
)
from pasokh.adapters.archive.parquet import Archive
from pasokh.core.time import iso_day
from tests.adapters.archive.settled import settled_day

DAYS = [settled_day(day, 900, seed=day) for day in range(2)]


def asked(figure: str, reading: str, **fields: str) -> CountQuestion:
    days = {"from": iso_day(0), "to": iso_day(1)}
    found = question_of({"figure": figure, "reading": reading} | days | fields)
    assert isinstance(found, CountQuestion), found
    return found


def bench_of(folder: Path, days: list[SettledDay]) -> Workbench:
    """An archive of these days, and their open rows, below a folder."""
    for day in days:
        Archive(folder / "archive", "own").keep(day)
        place = folder / "public" / "days" / iso_day(day.figure.day)
        place.mkdir(parents=True)
        released = publish(day.figure.day, cells_of(day.rows.calls, day.lists), day.lists)
        (place / "calls.csv").write_bytes(open_rows_csv(released.rows))
    return Workbench(folder / "archive", folder / "public")


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return bench_of(tmp_path, DAYS)


@pytest.mark.slow
def test_the_public_reading_adds_up_to_the_exact_headline_and_shows_no_small_cell(
    bench: Workbench,
) -> None:
    for figure in ("calls-offered/1.0", "calls-answered/1.0", "operational-share/1.0"):
        exact, public = (bench.count(asked(figure, name)) for name in ("exact", "public"))
        assert exact == public, figure
        assert exact[0].base > 500
    for by in ("county", "incident_type", "call_class", "day"):
        split = bench.count(asked("calls-answered/1.0", "public", rows=by))
        assert (
            sum(one.base for one in split)
            == bench.count(asked("calls-answered/1.0", "public"))[0].base
        )
        assert min(one.base for one in split) >= 5


@pytest.mark.slow
def test_the_exact_reading_is_the_expression_over_the_chosen_days(bench: Workbench) -> None:
    question = asked(
        "calls-answered/1.0", "exact", rows="county", columns="call_class", to=iso_day(0)
    )
    assert bench.count(question) == evaluate(question.expression, DAYS[0].rows, question.by)


def test_a_question_is_broken_off_at_its_bounds(bench: Workbench, tmp_path: Path) -> None:
    question = asked("calls-answered/1.0", "exact", rows="county")
    tight = Workbench(tmp_path / "archive", None, CountBounds(memory="10KB"))
    with pytest.raises(TooMuchAsked, match="memory"):
        tight.count(question)


def test_nothing_is_counted_where_nothing_is(tmp_path: Path) -> None:
    bench = Workbench(None, tmp_path)
    assert bench.count(asked("calls-answered/1.0", "exact")) == []
    assert bench.count(asked("calls-answered/1.0", "public")) == []


def test_tables_carry_their_definition(tmp_path: Path) -> None:
    told = {"definition": "calls-answered/1.0", "says": "it's\nall"}
    columns, lines = ("county", "count"), [("09'01", 7), ("", 12)]
    assert table_csv(columns, lines, told).decode() == (
        "# definition: calls-answered/1.0\n# says: it's all\ncounty,count\n09'01,7\n,12\n"
    )
    file = tmp_path / "t.parquet"
    file.write_bytes(table_parquet(columns, lines, told))
    with duckdb.connect() as engine:
        assert engine.execute(f"FROM '{file}'").fetchall() == lines
        query = "SELECT key, value FROM parquet_kv_metadata(?)"
        kept = engine.execute(query, [str(file)]).fetchall()
    assert dict(kept) == {key.encode(): text.encode() for key, text in told.items()}
