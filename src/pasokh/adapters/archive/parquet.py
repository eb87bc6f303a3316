"""Closed days as Parquet: one file a table, province and day, read by DuckDB and by anybody.

A file is written whole or not at all: under another name, synced, then renamed. The same rows
give the same bytes, so that a file can be made again and compared.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import UnionType
from typing import Any, get_args

import duckdb
import msgspec

from pasokh.account.expressions import SHAPES, Expression, Found, Table
from pasokh.account.rows import DayRows
from pasokh.account.sql import found_of, sql_of

_COLUMNS: dict[Any, str] = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN"}
_ROW_GROUP = 122_880


class ArchivedFile(msgspec.Struct, frozen=True):
    """One file of the archive: where it lies below the archive's folder, and what is in it."""

    path: str
    rows: int
    sha256: str


class Archive:
    """The archive of one province below a folder: `calls/province=KEY/day=2026-11-21.parquet`."""

    def __init__(self, folder: Path, province: str) -> None:
        """Nothing is read or made yet. `province`: its key, as in the drill's and areas' lists."""
        self.folder = folder
        self._province = province

    def keep(self, day: str, rows: DayRows) -> list[ArchivedFile]:
        """Write a day's tables; the files of the same day that were there before are replaced."""
        return [self._keep(table, day, getattr(rows, table.value)) for table in Table]

    def path_of(self, table: Table, day: str) -> Path:
        """Say where a table of a day lies."""
        return self.folder / table.value / f"province={self._province}" / f"day={day}.parquet"

    def _keep(self, table: Table, day: str, rows: Sequence[msgspec.Struct]) -> ArchivedFile:
        path = self.path_of(table, day)
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.folder, prefix="being-written-") as scratch:
            lines, made = Path(scratch, "rows"), Path(scratch, "rows.parquet")
            lines.write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
            with _engine() as engine:
                read = engine.read_json(
                    str(lines), columns=dict(_columns(table)), format="newline_delimited"
                )
                read.write_parquet(str(made), compression="zstd", row_group_size=_ROW_GROUP)
            content = made.read_bytes()
            _sync(made)
            made.replace(path)
        _sync(path.parent)
        found = str(path.relative_to(self.folder))
        return ArchivedFile(found, len(rows), sha256(content).hexdigest())


class ArchiveReader:
    """Runs expressions over the archive of all provinces below a folder, as it lies there now."""

    def __init__(self, folder: Path, days: Sequence[str] = ()) -> None:
        """Open the tables; `days`: only these."""
        self._engine = _engine(threads=os.cpu_count() or 1)
        for table in Table:
            files = _files(folder, table, days)
            if files:
                self._engine.read_parquet(files).create_view(table.value)
            else:
                self._engine.execute(f"CREATE TABLE {table.value} ({_shape(table)})")

    def evaluate(self, expression: Expression, by: Sequence[str] = ()) -> list[Found]:
        """Give what `expressions.evaluate` gives for the same rows."""
        return found_of(self._engine.execute(sql_of(expression, by)).fetchall(), by)

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()


def _files(folder: Path, table: Table, days: Sequence[str]) -> list[str]:
    wanted = [f"day={day}.parquet" for day in days] or ["day=*.parquet"]
    return sorted(str(path) for name in wanted for path in folder.glob(f"{table.value}/*/{name}"))


def _engine(threads: int = 1) -> duckdb.DuckDBPyConnection:
    """An engine in memory that fetches nothing from anywhere and keeps nothing."""
    return duckdb.connect(config={"threads": threads, "autoinstall_known_extensions": False})


def _shape(table: Table) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in _columns(table))


def _columns(table: Table) -> list[tuple[str, str]]:
    found = []
    for field in msgspec.structs.fields(SHAPES[table]):
        kinds = get_args(field.type) if isinstance(field.type, UnionType) else (field.type,)
        found.append((field.name, _COLUMNS[kinds[0]]))
    return found


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
