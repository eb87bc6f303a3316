"""Months of calls, counted once: the same integers as of every row, and only while they hold.

Whether the counts were read at all is seen by a mark: counts that say more than the days do.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import duckdb
import msgspec
import pytest

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.expressions import Found, evaluate
from pasokh.account.rows import DayRows, SettledDay
from pasokh.adapters.archive.counted import COLUMNS, CountedCalls, is_counted
from pasokh.adapters.archive.parquet import Archive
from pasokh.adapters.archive.reader import ArchiveReader
from tests.adapters.archive.settled import judged_anew, settled_day

OFFERED = DEFINITIONS[0].expression
# From 31 January to 1 March 1970: a whole month, and a day of each of its neighbours.
SPAN = range(30, 60)
CALLS_A_DAY = 40
MARK = 1_000_000
SPLITS = ((), ("county",), ("hour",), COLUMNS, ("county", "incident_type"))
pytestmark = pytest.mark.slow


def lived(day: int) -> SettledDay:
    """Give a day whose calls came at all hours."""
    found = settled_day(day, CALLS_A_DAY, seed=day)
    calls = [
        msgspec.structs.replace(call, hour=number * 7 % 24)
        for number, call in enumerate(found.rows.calls)
    ]
    return msgspec.structs.replace(found, rows=DayRows(calls, [], []))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    kept = Archive(folder, "own")
    for day in SPAN:
        kept.keep(lived(day))
    return folder


@pytest.fixture
def archive(written: Path, tmp_path: Path) -> Path:
    return copytree(written, tmp_path / "archive")


def counts(archive: Path) -> CountedCalls:
    return CountedCalls(archive, "province=own")


def asked(archive: Path, by: Sequence[str] = (), days: Sequence[str] = ()) -> list[Found]:
    with closing(ArchiveReader(archive, days)) as reader:
        return reader.evaluate(OFFERED, by)


def offered(archive: Path, days: Sequence[str] = ()) -> int:
    """Count the calls; a million more when the marked counts were read."""
    return asked(archive, (), days)[0].base


def mark(archive: Path, *, sealed: bool = True) -> None:
    """Let the counts of February say a million more in one line; `sealed`: and their manifest."""
    of, path = counts(archive), counts(archive).path_of("1970-02")
    held = of.held("1970-02")
    assert held is not None
    marked = path.with_name("marked")
    with duckdb.connect() as engine:
        lines = "county, hour, call_class, calls + if(row_number() OVER () = 1, ?, 0) AS calls"
        read = engine.sql(f"SELECT {lines} FROM '{path}'", params=[MARK])  # noqa: S608 - no words
        read.write_parquet(str(marked))
    marked.replace(path)
    if sealed:
        told = msgspec.structs.replace(held, sha256=sha256(path.read_bytes()).hexdigest())
        path.with_name("1970-02.json").write_bytes(msgspec.json.encode(told))


def test_what_was_counted_is_what_every_row_says(archive: Path) -> None:
    rows = DayRows([call for day in SPAN for call in lived(day).rows.calls], [], [])
    assert counts(archive).months() == ["1970-02"]
    read = 0
    with (
        closing(ArchiveReader(archive)) as reader,
        closing(ArchiveReader(archive, scan=True)) as scan,
    ):
        for one in DEFINITIONS:
            for by in SPLITS if one.expression.table == "calls" else ((),):
                found = reader.evaluate(one.expression, by)
                assert found == evaluate(one.expression, rows, by), (one.name, by)
                assert found == scan.evaluate(one.expression, by), (one.name, by)
                read += is_counted(one.expression, by)
    # Seventeen figures are counts of classes; the fifth split asks for more than was counted.
    assert read == 17 * 4


def test_the_counts_are_read_in_the_place_of_their_days_and_of_no_others(archive: Path) -> None:
    true = offered(archive)
    february = [f"1970-02-{day:02}" for day in range(1, 29)]
    of_february, of_march = offered(archive, february), offered(archive, ["1970-03-01"])
    mark(archive)
    assert offered(archive) == true + MARK
    assert offered(archive, february) == of_february + MARK
    assert offered(archive, ["1970-03-01"]) == of_march
    assert offered(archive, [*february[1:], "1970-03-01"]) < of_february + of_march
    assert offered(archive, [*february, "1970-03-01"]) == of_february + of_march + MARK
    with closing(ArchiveReader(archive, scan=True)) as reader:
        assert reader.evaluate(OFFERED)[0].base == true


def _revised(archive: Path) -> None:
    """Archive a revision of a day, and lose the counts that were made of it just then."""
    before = {path: path.read_bytes() for path in archive.glob("counts/*/*")}
    day = next(day for day in SPAN[1:] if any(c.call_class == "V" for c in lived(day).rows.calls))
    Archive(archive, "own").keep(judged_anew(lived(day), 1))
    for path, raw in before.items():
        path.write_bytes(raw)


def _lost(archive: Path) -> None:
    (archive / "days/province=own/1970-02-14.json").unlink()


def _otherwise_counted(archive: Path) -> None:
    path = archive / "counts/province=own/1970-02.json"
    path.write_bytes(path.read_bytes().replace(b"FROM calls", b"FROM  calls"))


def _torn(archive: Path) -> None:
    path = counts(archive).path_of("1970-02")
    path.write_bytes(path.read_bytes()[:-1])


def _gone(archive: Path) -> None:
    counts(archive).path_of("1970-02").unlink()


def _untold(archive: Path) -> None:
    (archive / "counts/province=own/1970-02.json").write_bytes(b"{")


@pytest.mark.parametrize(
    "harm", [_revised, _lost, _otherwise_counted, _torn, _gone, _untold], ids=lambda it: it.__name__
)
def test_counts_that_do_not_hold_are_not_read(archive: Path, harm: Callable[[Path], None]) -> None:
    true = offered(archive)
    mark(archive)
    assert offered(archive) == true + MARK
    harm(archive)
    assert offered(archive) == true
    assert counts(archive).fault_of("1970-02") is not None


def test_a_revised_day_is_counted_anew_at_once(archive: Path) -> None:
    by = ("call_class",)
    before = asked(archive, by)
    mark(archive)
    Archive(archive, "own").keep(judged_anew(lived(40), 1))
    after = asked(archive, by)
    assert {one.key: one.base for one in after} != {one.key: one.base for one in before}
    assert sum(one.base for one in after) == sum(one.base for one in before)
    assert counts(archive).fault_of("1970-02") is None


def test_counts_that_are_not_those_of_the_days_are_named(archive: Path) -> None:
    assert counts(archive).fault_of("1970-02") is None
    mark(archive)
    assert counts(archive).fault_of("1970-02") == "its counts are not those of its days"


def test_months_that_nobody_counted_are_counted_when_asked_and_once(archive: Path) -> None:
    for path in archive.glob("counts/*/*"):
        path.unlink()
    true = offered(archive)
    assert counts(archive).keep_all() == ["1970-02"]
    assert counts(archive).keep_all() == []
    assert offered(archive) == true


def test_the_counts_of_two_provinces_are_added(archive: Path) -> None:
    alone = offered(archive)
    for table in ("calls", "days", "counts"):
        copytree(archive / table / "province=own", archive / table / "province=other")
    with closing(ArchiveReader(archive, scan=True)) as reader:
        both = reader.evaluate(OFFERED)[0].base
    assert both == 2 * alone == offered(archive)
    assert len(list(archive.glob("counts/*/month=1970-02.parquet"))) == 2
