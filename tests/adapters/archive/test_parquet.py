"""Closed days as Parquet: DuckDB counts in them what the fold counts, integer for integer."""

from contextlib import closing
from pathlib import Path

import pytest

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.expressions import Found, evaluate
from pasokh.account.rows import DayRows, day_rows
from pasokh.adapters.archive.parquet import Archive, ArchiveReader
from tests.account.test_rows import DAY, a_day


@pytest.fixture
def rows() -> DayRows:
    story = a_day()
    return day_rows(story.centre.account, 0, story.centre.known_at)


def test_the_archive_counts_what_the_fold_counts(tmp_path: Path, rows: DayRows) -> None:
    files = Archive(tmp_path, "invented").keep(DAY, rows)
    assert [(file.path.split("/")[0], file.rows) for file in files] == [
        ("calls", 3),
        ("incidents", 1),
        ("missions", 2),
    ]
    with closing(ArchiveReader(tmp_path)) as reader:
        for one in DEFINITIONS:
            for by in ((), one.by, *((name,) for name in one.by)):
                found = reader.evaluate(one.expression, by)
                assert found == evaluate(one.expression, rows, by), (one.name, by)


def test_a_day_is_asked_for_alone_and_an_empty_archive_counts_nothing(
    tmp_path: Path, rows: DayRows
) -> None:
    def offered(*days: str) -> list[Found]:
        with closing(ArchiveReader(tmp_path, days)) as reader:
            return reader.evaluate(DEFINITIONS[0].expression)

    assert offered() == [Found((), 0, 0)]
    archive = Archive(tmp_path, "invented")
    archive.keep(DAY, rows)
    archive.keep("1970-01-02", DayRows([], [], []))
    Archive(tmp_path, "other").keep(DAY, rows)
    assert offered() == [Found((), 6, 6)]
    assert offered("1970-01-02") == [Found((), 0, 0)]


def test_the_same_rows_are_the_same_bytes_and_nothing_else_stays(
    tmp_path: Path, rows: DayRows
) -> None:
    archive = Archive(tmp_path, "it's")
    first = archive.keep(DAY, rows)
    assert archive.keep(DAY, rows) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["calls", "incidents", "missions"]
