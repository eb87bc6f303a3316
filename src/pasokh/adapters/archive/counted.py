"""Calls of whole months, counted once: a small file a month, bound to the days that it counts.

What is asked most of ten years is how many calls of a class there were in a county and an hour; the
days' files are thousands, and the counts of a month one of some kilobytes. They are read in the
days' place as long as each day's file is the one that was counted, and never otherwise.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeGuard

import duckdb
import msgspec

from pasokh.account.expressions import CountOf, Expression, ShareOf, Table
from pasokh.account.sql import columns_named
from pasokh.adapters.archive.engine import engine_alone
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.manifest import ArchivedFile

COLUMNS = ("county", "hour", "call_class")
# The column that says how many calls a line stands for.
SIZE = "calls"
_SQL = """SELECT county, hour, call_class, count(*) AS calls
FROM calls
GROUP BY county, hour, call_class
ORDER BY county, hour, call_class"""


class CountedMonth(msgspec.Struct, frozen=True):
    """What was counted: `days` has the SHA-256 of each day's file of calls, `sql` says how."""

    sql: str
    sha256: str
    days: dict[str, str]


class MonthFile(msgspec.Struct, frozen=True):
    """The counts of a month that hold, and the files in whose place they stand."""

    path: str
    files: tuple[str, ...]


class _Day(msgspec.Struct):
    """As much of a day's manifest as is needed here."""

    files: tuple[ArchivedFile, ...]


_MANIFEST = msgspec.json.Decoder(_Day)


def is_counted(expression: Expression, by: Sequence[str]) -> TypeGuard[CountOf | ShareOf]:
    """Tell whether the counts say all that is asked."""
    return (
        expression.table is Table.CALLS
        and isinstance(expression, CountOf | ShareOf)
        and set(columns_named(expression, by)) <= set(COLUMNS)
    )


def month_of(day: str) -> str:
    """Name a civil day's month: `2026-11`."""
    return day[:7]


def counted_months(folder: Path, only: Collection[str] = ()) -> list[MonthFile]:
    """Find the counts below a folder that hold; `only`: those of no other day than these."""
    found = []
    for province in sorted(path.name for path in folder.glob("counts/province=*")):
        counted = CountedCalls(folder, province)
        for month in counted.months():
            held = counted.held(month)
            if held is not None and (not only or set(held.days) <= set(only)):
                files = tuple(counted.file_of(day) for day in held.days)
                found.append(MonthFile(str(counted.path_of(month)), files))
    return found


class CountedCalls:
    """The counts of one province's archive.

    They lie at `counts/province=KEY/month=2026-11.parquet`, and what they were made of beside them
    at `2026-11.json`, which is written last.
    """

    def __init__(self, folder: Path, province: str) -> None:
        """Nothing is read or made yet. `province`: the name of its folders."""
        # Thousands of files are named from these: joining text takes a tenth of joining paths.
        self._calls = str(folder / Table.CALLS.value / province / "day=")
        self._days = str(folder / "days" / province)
        self._counts = folder / "counts" / province

    def keep(self, month: str) -> bool:
        """Count a month, when all its days are there; tell whether they are."""
        days = self._whole(month)
        if days is None:
            return False
        with self._over(days) as engine, TemporaryDirectory(prefix="counting-") as scratch:
            made = Path(scratch, "made")
            engine.sql(_SQL).write_parquet(str(made), compression="zstd")
            raw = made.read_bytes()
        told = CountedMonth(_SQL, sha256(raw).hexdigest(), days)
        files = DiskFiles(self._counts)
        files.write(self.path_of(month).name, raw)
        files.write(self._manifest_path(month).name, msgspec.json.format(msgspec.json.encode(told)))
        return True

    def keep_all(self) -> list[str]:
        """Count the months that are whole and have no counts that hold; give which."""
        known = {month_of(path.stem) for path in Path(self._days).glob("*.json")}
        return [one for one in sorted(known) if self.held(one) is None and self.keep(one)]

    def months(self) -> list[str]:
        """Name the months that were counted."""
        return sorted(path.stem for path in self._counts.glob("*.json"))

    def held(self, month: str) -> CountedMonth | None:
        """Give what a month was counted of; None unless that still holds, and the file is whole."""
        told = self._told(month)
        if told is None or told.sql != _SQL or told.days != self._whole(month):
            return None
        path = self.path_of(month)
        whole = path.is_file() and sha256(path.read_bytes()).hexdigest() == told.sha256
        return told if whole else None

    def fault_of(self, month: str) -> str | None:
        """Count a month again and say what is otherwise; None if nothing."""
        held = self.held(month)
        if held is None:
            return "its counts are not of the days as they are: pasokh archive counts it anew"
        try:
            with self._over(held.days) as engine:
                kept = _read(engine, [str(self.path_of(month))])
                same = kept.columns == [*COLUMNS, SIZE]
                same = same and engine.execute(_SQL).fetchall() == kept.fetchall()
        except duckdb.Error as error:
            return f"its counts or its days cannot be read: {error}"
        return None if same else "its counts are not those of its days"

    def file_of(self, day: str) -> str:
        """Say where a day's calls lie."""
        return f"{self._calls}{day}.parquet"

    def path_of(self, month: str) -> Path:
        """Say where the counts of a month lie."""
        return self._counts / f"month={month}.parquet"

    def _manifest_path(self, month: str) -> Path:
        return self._counts / f"{month}.json"

    def _told(self, month: str) -> CountedMonth | None:
        try:
            return msgspec.json.decode(self._manifest_path(month).read_bytes(), type=CountedMonth)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def _whole(self, month: str) -> dict[str, str] | None:
        """Give the days of a month with the digests of their calls; None when one is not there."""
        year, number = map(int, month.split("-"))
        days = (f"{month}-{day:02}" for day in range(1, monthrange(year, number)[1] + 1))
        found = {}
        for day in days:
            try:
                known = _MANIFEST.decode(Path(f"{self._days}/{day}.json").read_bytes())
            except (FileNotFoundError, msgspec.DecodeError):
                return None
            found[day] = known.files[0].sha256
        return found

    def _over(self, days: Collection[str]) -> duckdb.DuckDBPyConnection:
        engine = engine_alone()
        _read(engine, map(self.file_of, days)).create_view(Table.CALLS.value)
        return engine


def _read(engine: duckdb.DuckDBPyConnection, files: Iterable[str]) -> duckdb.DuckDBPyRelation:
    return engine.read_parquet(list(files), hive_partitioning=False)
