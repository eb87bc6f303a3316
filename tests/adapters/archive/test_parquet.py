"""Closed days as Parquet: DuckDB counts in them what the fold counts, integer for integer."""

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured, Tally
from pasokh.account.expressions import Found, evaluate
from pasokh.account.rows import DayRows, SettledDay, day_rows
from pasokh.adapters.archive.engine import engine_alone
from pasokh.adapters.archive.parquet import Archive
from pasokh.adapters.archive.reader import ArchiveReader
from pasokh.core.log import Head
from tests.account.test_rows import DAY, a_day

NOT_THERE = f"{DAY}: the archive does not have it, or its manifest is damaged"
ENTRY = Head(41, 1_000, "0" * 64)
EMPTY = DayRows([], [], [])


@pytest.fixture
def rows() -> DayRows:
    story = a_day()
    return day_rows(story.centre.account, 0, story.centre.known_at)


def settled(rows: DayRows, day: int = 0) -> SettledDay:
    figure = DayFigured(day, FigureVersion.FINAL, 1_000, "operational-share/1.0/x", Tally())
    return SettledDay(figure, ENTRY, rows)


@pytest.mark.slow
def test_the_archive_counts_what_the_fold_counts(tmp_path: Path, rows: DayRows) -> None:
    manifest = Archive(tmp_path, "invented").keep(settled(rows))
    assert [(file.path, file.rows) for file in manifest.files] == [
        (f"calls/province=invented/day={DAY}.parquet", 3),
        (f"incidents/province=invented/day={DAY}.parquet", 1),
        (f"missions/province=invented/day={DAY}.parquet", 2),
    ]
    with closing(ArchiveReader(tmp_path)) as reader:
        for one in DEFINITIONS:
            for by in ((), one.by, *((name,) for name in one.by)):
                found = reader.evaluate(one.expression, by)
                assert found == evaluate(one.expression, rows, by), (one.name, by)


@pytest.mark.slow
def test_a_day_is_asked_for_alone_and_an_empty_archive_counts_nothing(
    tmp_path: Path, rows: DayRows
) -> None:
    def offered(*days: str) -> list[Found]:
        with closing(ArchiveReader(tmp_path, days)) as reader:
            return reader.evaluate(DEFINITIONS[0].expression)

    assert offered() == [Found((), 0, 0)]
    archive = Archive(tmp_path, "invented")
    archive.keep(settled(rows))
    archive.keep(settled(EMPTY, day=1))
    Archive(tmp_path, "other").keep(settled(rows))
    assert offered() == [Found((), 6, 6)]
    assert offered("1970-01-02") == [Found((), 0, 0)]


def test_the_same_rows_are_the_same_bytes_and_nothing_else_stays(
    tmp_path: Path, rows: DayRows
) -> None:
    archive = Archive(tmp_path, "it's")
    first = archive.keep(settled(rows))
    assert archive.keep(settled(rows)) == first == archive.manifest_of(DAY)
    found = sorted(path.name for path in tmp_path.iterdir())
    assert found == ["calls", "days", "incidents", "missions"]


@pytest.mark.slow
def test_what_is_not_as_the_log_has_it_is_named(tmp_path: Path, rows: DayRows) -> None:
    archive = Archive(tmp_path, "invented")
    day = settled(rows)
    assert archive.fault_of(day) == NOT_THERE
    archive.keep(day)
    assert archive.fault_of(day) is None
    later = SettledDay(day.figure, Head(50, 2_000, "1" * 64), rows)
    assert archive.fault_of(later) == f"{DAY}: the archive has what entry 41 says, the log 50"
    # Somebody moves a call to another county, and writes file and manifest to match.
    moved = msgspec.structs.replace(rows.calls[0], county="0902")
    archive.keep(settled(DayRows([moved, *rows.calls[1:]], rows.incidents, rows.missions)))
    path = f"calls/province=invented/day={DAY}.parquet"
    assert archive.fault_of(day) == f"{path}: its rows are not those of the log"
    archive.keep(day)
    with (tmp_path / path).open("ab") as file:
        file.write(b"x")
    assert archive.fault_of(day) == f"{path}: its bytes are not those that were written"
    (tmp_path / path).unlink()
    assert archive.fault_of(day) == f"{path}: the file is not there"
    (tmp_path / f"days/province=invented/{DAY}.json").write_bytes(b'{"day": 1}')
    assert archive.fault_of(day) == NOT_THERE


def test_an_engine_draws_no_bar_across_answers_and_fetches_nothing() -> None:
    with engine_alone() as engine:
        names = ("enable_progress_bar", "autoinstall_known_extensions")
        asked = ", ".join(f"current_setting('{name}')" for name in names)
        assert engine.execute(f"SELECT {asked}").fetchall() == [(False, False)]
