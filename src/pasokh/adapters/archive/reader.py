"""Counts in the archives of all provinces below a folder, as they lie there now."""

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from pasokh.account.expressions import Expression, Found, Table
from pasokh.account.sql import found_of, sql_of, summed_sql_of
from pasokh.adapters.archive.counted import COLUMNS, SIZE, counted_months, is_counted
from pasokh.adapters.archive.engine import bounded_engine, columns_in, engine_alone

_COUNTED = "counted_calls"
_DAY = re.compile(r"day=(.+)\.parquet")


class ArchiveReader:
    """Runs expressions; those that ask for no more than was counted read the counts of months."""

    def __init__(
        self, folder: Path, days: Sequence[str] = (), memory: str = "", *, scan: bool = False
    ) -> None:
        """Nothing is opened yet. `days`: only these. `memory`: at most this, and no disk.

        `scan`: read every row, whatever was counted.
        """
        threads = os.cpu_count() or 1
        self._engine = bounded_engine(memory, threads) if memory else engine_alone(threads)
        self._folder = folder
        self._days = frozenset(days)
        self._scan = scan
        self._opened: dict[str, bool] = {}

    def evaluate(self, expression: Expression, by: Sequence[str] = ()) -> list[Found]:
        """Give what `expressions.evaluate` gives for the same rows."""
        if not self._scan and is_counted(expression, by) and self._has_counts():
            query = summed_sql_of(expression, by, _COUNTED, SIZE)
        else:
            query = sql_of(expression, by)
            self._open(expression.table)
        return found_of(self._engine.execute(query).fetchall(), by)

    def _open(self, table: Table) -> None:
        """Open a table when it is asked: ten years of it are thousands of files."""
        if table.value in self._opened:
            return
        files = self._files(table)
        if files:
            self._read(files).create_view(table.value)
        else:
            shape = ", ".join(f"{name} {kind}" for name, kind in columns_in(table))
            self._engine.execute(f"CREATE TABLE {table.value} ({shape})")
        self._opened[table.value] = True

    def _has_counts(self) -> bool:
        """Lay the counts of whole months over the days of the others; False when there are none."""
        if _COUNTED not in self._opened:
            months = counted_months(self._folder, self._days)
            self._opened[_COUNTED] = bool(months)
            if months:
                covered = {day for month in months for day in month.files}
                self._open_counts([month.path for month in months], covered)
        return self._opened[_COUNTED]

    def _open_counts(self, counts: list[str], covered: Collection[str]) -> None:
        keys = ", ".join(COLUMNS)
        lines = self._read(counts).project(f"{keys}, {SIZE}")
        rest = [file for file in self._files(Table.CALLS) if file not in covered]
        if rest:
            lines = lines.union(self._read(rest).project(f"{keys}, 1"))
        lines.create_view(_COUNTED)

    def _read(self, files: list[str]) -> duckdb.DuckDBPyRelation:
        return self._engine.read_parquet(files, hive_partitioning=False)

    def _files(self, table: Table) -> list[str]:
        return sorted(
            file.path
            for province in self._folder.glob(f"{table.value}/province=*")
            for file in os.scandir(province)
            if (day := _DAY.fullmatch(file.name)) and (not self._days or day[1] in self._days)
        )

    def interrupt(self) -> None:
        """Break off what it counts, from another thread."""
        self._engine.interrupt()

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()
