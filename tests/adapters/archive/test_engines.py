"""One expression, three engines: the same drill in memory, in DuckDB and in Apache Spark."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from pasokh.account.catalogue import DEFINITIONS, FigureDefinition
from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured, Tally
from pasokh.account.expressions import CountOf, Found, Only, Table, columns_of, evaluate
from pasokh.account.rows import DayRows, SettledDay, day_rows
from pasokh.account.sql import sql_of
from pasokh.adapters.archive.country import CountryFault, CountryReader, country_python
from pasokh.adapters.archive.parquet import Archive
from pasokh.adapters.archive.reader import ArchiveReader
from pasokh.core.log import Head
from pasokh.core.time import HOUR, MINUTE
from tests.drivers.drill.province_run import START, ProvinceRun


def _no_spark() -> str:
    """Say why Spark cannot be asked here; empty when it can."""
    try:
        country_python()
    except CountryFault as fault:
        return str(fault)
    return "" if shutil.which("java") else "no java: apt-get install openjdk-17-jre-headless"


NO_SPARK = _no_spark()
# What stands between quotes means the same to both: no quote and no backslash is within.
QUOTED = re.compile(r"'[^'\\]*'")
SPARK_WORDS = {
    *("SELECT", "FROM", "WHERE", "GROUP", "ORDER", "BY", "AS", "AND", "IN", "IS", "NOT", "NULL"),
    *("CASE", "WHEN", "THEN", "END", "OVER", "PARTITION", "count", "min", "max", "row_number"),
    *("true", "false", "calls", "incidents", "missions"),
    *("part", "base", "value", "place", "size", "ordered"),
}
# What a word may be; a call of the half hour is in each of these counties.
AWKWARD = ("d'or", "a\\nb", "\\", "\\\\x\\", "a''\\'", "٣")
MORNING = START + 9 * HOUR


@pytest.fixture(scope="module")
def rows() -> DayRows:
    """Half an hour of the living province: every table has rows, every column something unknown."""
    run = ProvinceRun(start=MORNING)
    run.drill.advance(MORNING + 30 * MINUTE)
    account = run.room.centre.account
    found = day_rows(account, account.day_of(MORNING), run.room.centre.known_at)
    assert min(len(found.calls), len(found.incidents), len(found.missions)) > 100
    strange = [replace(call, county=word) for call, word in zip(found.calls, AWKWARD, strict=False)]
    return replace(found, calls=[*strange, *found.calls[len(AWKWARD) :]])


@pytest.fixture(scope="module")
def archive(rows: DayRows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    figure = DayFigured(0, FigureVersion.FINAL, 1_000, "operational-share/1.0/x", Tally())
    Archive(folder, "invented").keep(SettledDay(figure, Head(41, 1_000, "0" * 64), rows))
    return folder


@pytest.fixture(scope="module")
def spark(archive: Path) -> Iterator[CountryReader]:
    with closing(CountryReader(str(archive), "local[2]")) as reader:
        yield reader


def splits(one: FigureDefinition) -> list[tuple[str, ...]]:
    return [(), one.by, *((name,) for name in one.by)]


@pytest.mark.slow
def test_duckdb_counts_what_memory_counts(rows: DayRows, archive: Path) -> None:
    with closing(ArchiveReader(archive)) as reader:
        for one in DEFINITIONS:
            for by in splits(one):
                found = reader.evaluate(one.expression, by)
                assert found == evaluate(one.expression, rows, by), (one.name, by)


def test_no_definition_says_a_word_that_spark_was_not_asked() -> None:
    """Where Spark is not, this holds the texts to what it was seen to count: no other word or sign.

    Who adds one here has run the next test with Spark.
    """
    words, signs = set(), set()
    for one in DEFINITIONS:
        for by in splits(one):
            bare = QUOTED.sub("", sql_of(one.expression, by))
            words |= set(re.findall(r"[A-Za-z_]\w*", bare)) - set(columns_of(one.expression.table))
            signs |= set(re.findall(r"[^\w\s]+?", bare))
    assert {word for word in words if not re.fullmatch(r"p\d+", word)} == SPARK_WORDS
    assert signs == set("()*,<>=")


@pytest.mark.slow
@pytest.mark.skipif(bool(NO_SPARK), reason=f"Apache Spark not asked: {NO_SPARK}")
def test_spark_counts_what_memory_counts(rows: DayRows, spark: CountryReader) -> None:
    for one in DEFINITIONS:
        for by in ((), one.by):
            found = spark.evaluate(one.expression, by)
            assert found == evaluate(one.expression, rows, by), (one.name, by)


@pytest.mark.slow
def test_duckdb_takes_words_as_they_stand(rows: DayRows, archive: Path) -> None:
    with closing(ArchiveReader(archive)) as reader:
        for awkward in AWKWARD:
            asked = CountOf(Table.CALLS, (Only("county", among=(awkward,)),))
            assert reader.evaluate(asked) == evaluate(asked, rows) == [Found((), 1, 1)], awkward


@pytest.mark.slow
@pytest.mark.skipif(bool(NO_SPARK), reason=f"Apache Spark not asked: {NO_SPARK}")
def test_spark_takes_words_as_they_stand_and_says_what_it_does_not_take(
    rows: DayRows, spark: CountryReader
) -> None:
    for awkward in AWKWARD:
        asked = CountOf(Table.CALLS, (Only("county", among=(awkward,)),))
        assert spark.evaluate(asked) == evaluate(asked, rows) == [Found((), 1, 1)], awkward
    with pytest.raises(CountryFault, match="PARSE_SYNTAX_ERROR"):
        spark.ask("SELEC 1")


def test_a_place_without_spark_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PASOKH_COUNTRY", str(tmp_path))
    with pytest.raises(CountryFault, match="make it with script/country"):
        country_python()
