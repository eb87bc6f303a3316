"""Closed days as Parquet: one file a table, province and day, read by DuckDB and by anybody.

A file is written whole or not at all: under another name, synced, then renamed. The same rows
give the same bytes, so that a file can be made again and compared.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import UnionType
from typing import Any, get_args

import duckdb
import msgspec

from pasokh.account.expressions import SHAPES, Expression, Found, Table
from pasokh.account.rows import DayRows, SettledDay
from pasokh.account.sql import found_of, sql_of
from pasokh.core.time import iso_day

_COLUMNS: dict[Any, str] = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN"}
ROW_GROUP = 122_880


class ArchivedFile(msgspec.Struct, frozen=True):
    """One file of the archive; `path` is below the archive's folder."""

    path: str
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What the archive has of a day, and the entry of the log that holds the day's figure."""

    day: str
    figure_id: str
    figure_version: str
    seq: int
    chain: str
    files: tuple[ArchivedFile, ...]


class Archive:
    """The archive of one province below a folder.

    Tables lie at `calls/province=KEY/day=2026-11-21.parquet`, and what is known of the day at
    `days/province=KEY/2026-11-21.json`, which is written last: without it the day is not there.
    """

    def __init__(self, folder: Path, province: str) -> None:
        """Nothing is read or made yet. `province`: a word of the operator's for the folder."""
        self._folder = folder
        self._province = f"province={province}"

    def keep(self, settled: SettledDay) -> Manifest:
        """Write a day, or write it anew as it was revised."""
        figure, day = settled.figure, iso_day(settled.figure.day)
        files = tuple(self._keep(table, day, _rows_of(settled.rows, table)) for table in Table)
        manifest = Manifest(
            day,
            figure.figure_id,
            figure.figure_version.value,
            settled.entry.seq,
            settled.entry.chain,
            files,
        )
        with self._beside(self._manifest_path(day)) as made:
            made.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
        return manifest

    def manifest_of(self, day: str) -> Manifest | None:
        """Read what the archive has of a day; None when it has nothing, or it is damaged."""
        try:
            manifest = msgspec.json.decode(self._manifest_path(day).read_bytes(), type=Manifest)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        named = [self._folder / file.path for file in manifest.files]
        return manifest if named == [self._path_of(table, day) for table in Table] else None

    def fault_of(self, settled: SettledDay) -> str | None:
        """Say what the archive has otherwise than the log, of which this is; None if nothing."""
        day, entry = iso_day(settled.figure.day), settled.entry
        manifest = self.manifest_of(day)
        if manifest is None:
            return f"{day}: the archive does not have it, or its manifest is damaged"
        if (manifest.seq, manifest.chain) != (entry.seq, entry.chain):
            return f"{day}: the archive has what entry {manifest.seq} says, the log {entry.seq}"
        for table, file in zip(Table, manifest.files, strict=True):
            fault = self._file_fault(file, table, _rows_of(settled.rows, table))
            if fault is not None:
                return f"{file.path}: {fault}"
        return None

    def _file_fault(
        self, file: ArchivedFile, table: Table, rows: Sequence[msgspec.Struct]
    ) -> str | None:
        path = self._folder / file.path
        if not path.is_file():
            return "the file is not there"
        if sha256(path.read_bytes()).hexdigest() != file.sha256:
            return "its bytes are not those that were written"
        with engine_alone() as engine:
            found = engine.read_parquet(str(path)).fetchall()
        if _digest([SHAPES[table](*line) for line in found]) != _digest(rows):
            return "its rows are not those of the log"
        return None

    def _keep(self, table: Table, day: str, rows: Sequence[msgspec.Struct]) -> ArchivedFile:
        path = self._path_of(table, day)
        with self._beside(path) as made:
            write_rows(made, table, rows)
        found = str(path.relative_to(self._folder))
        return ArchivedFile(found, len(rows), sha256(path.read_bytes()).hexdigest())

    @contextmanager
    def _beside(self, path: Path) -> Iterator[Path]:
        """A place to write in; what was written there takes the file's place, durably."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._folder, prefix="being-written-") as scratch:
            made = Path(scratch, "file")
            yield made
            _sync(made)
            made.replace(path)
        _sync(path.parent)

    def _path_of(self, table: Table, day: str) -> Path:
        return self._folder / table.value / self._province / f"day={day}.parquet"

    def _manifest_path(self, day: str) -> Path:
        return self._folder / "days" / self._province / f"{day}.json"


def write_rows(path: Path, table: Table, rows: Sequence[msgspec.Struct]) -> None:
    """Write rows into a new file of Parquet, through a file of lines beside it."""
    lines = path.with_name("rows")
    lines.write_bytes(_lines(rows))
    with engine_alone() as engine:
        read = engine.read_json(
            str(lines), columns=dict(columns_in(table)), format="newline_delimited"
        )
        read.write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)
    lines.unlink()


def _rows_of(rows: DayRows, table: Table) -> Sequence[msgspec.Struct]:
    found: Sequence[msgspec.Struct] = getattr(rows, table.value)
    return found


def _lines(rows: Sequence[msgspec.Struct]) -> bytes:
    return b"\n".join(map(msgspec.json.encode, rows))


def _digest(rows: Sequence[msgspec.Struct]) -> str:
    return sha256(_lines(rows)).hexdigest()


class ArchiveReader:
    """Runs expressions over the archive of all provinces below a folder, as it lies there now."""

    def __init__(self, folder: Path, days: Sequence[str] = (), memory: str = "") -> None:
        """Nothing is opened yet; `days`: only these. `memory`: at most this, and no disk."""
        threads = os.cpu_count() or 1
        self._engine = bounded_engine(memory, threads) if memory else engine_alone(threads)
        self._folder = folder
        self._days = days
        self._opened: set[Table] = set()

    def evaluate(self, expression: Expression, by: Sequence[str] = ()) -> list[Found]:
        """Give what `expressions.evaluate` gives for the same rows."""
        query = sql_of(expression, by)
        self._open(expression.table)
        return found_of(self._engine.execute(query).fetchall(), by)

    def _open(self, table: Table) -> None:
        """Open a table when it is asked: ten years of it are thousands of files."""
        if table in self._opened:
            return
        files = _files(self._folder, table, self._days)
        if files:
            self._engine.read_parquet(files).create_view(table.value)
        else:
            self._engine.execute(f"CREATE TABLE {table.value} ({_shape(table)})")
        self._opened.add(table)

    def interrupt(self) -> None:
        """Break off what it counts, from another thread."""
        self._engine.interrupt()

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()


def _files(folder: Path, table: Table, days: Sequence[str]) -> list[str]:
    wanted = [f"day={day}.parquet" for day in days] or ["day=*.parquet"]
    return sorted(str(path) for name in wanted for path in folder.glob(f"{table.value}/*/{name}"))


def engine_alone(threads: int = 1) -> duckdb.DuckDBPyConnection:
    """An engine in memory that fetches nothing from anywhere and keeps nothing."""
    return duckdb.connect(config={"threads": threads, "autoinstall_known_extensions": False})


def bounded_engine(memory: str, threads: int = 1) -> duckdb.DuckDBPyConnection:
    """Give an engine that takes no more memory than this, and no disk."""
    engine = engine_alone(threads)
    engine.execute(f"SET memory_limit = '{memory}'; SET temp_directory = ''")
    return engine


def _shape(table: Table) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns_in(table))


def columns_in(table: Table) -> list[tuple[str, str]]:
    """Name a table's columns and their kinds, as the files have them."""
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
