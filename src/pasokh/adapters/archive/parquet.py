"""Closed days as Parquet: one file a table, province and day, read by DuckDB and by anybody.

A file is written whole or not at all: under another name, synced, then renamed. The same rows
give the same bytes, so that a file can be made again and compared.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec

from pasokh.account.expressions import SHAPES, Table
from pasokh.account.rows import DayRows, SettledDay
from pasokh.adapters.archive.counted import CountedCalls, month_of
from pasokh.adapters.archive.engine import columns_in, engine_alone, lines_of, write_rows
from pasokh.adapters.archive.manifest import ArchivedFile, Manifest
from pasokh.core.time import iso_day


class Archive:
    """The archive of one province below a folder.

    Tables lie at `calls/province=KEY/day=2026-11-21.parquet`, and what is known of the day at
    `days/province=KEY/2026-11-21.json`, which is written last: without it the day is not there.
    """

    def __init__(self, folder: Path, province: str) -> None:
        """Nothing is read or made yet. `province`: a word of the operator's for the folder."""
        self._folder = folder
        self._province = f"province={province}"
        self.counted = CountedCalls(folder, self._province)

    def keep(self, settled: SettledDay) -> Manifest:
        """Write a day, or write it anew as it was revised; count its month when that is whole."""
        figure, day = settled.figure, iso_day(settled.figure.day)
        with engine_alone() as engine:
            rows = ((table, _rows_of(settled.rows, table)) for table in Table)
            files = tuple(self._keep(engine, table, day, found) for table, found in rows)
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
        self.counted.keep(month_of(day))
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

    @cached_property
    def _engine(self) -> duckdb.DuckDBPyConnection:
        """One for all files that are compared: opening one takes as long as reading a file."""
        return engine_alone()

    def _file_fault(
        self, file: ArchivedFile, table: Table, rows: Sequence[msgspec.Struct]
    ) -> str | None:
        path = self._folder / file.path
        if not path.is_file():
            return "the file is not there"
        if sha256(path.read_bytes()).hexdigest() != file.sha256:
            return "its bytes are not those that were written"
        names = [name for name, _ in columns_in(table)]
        try:
            read = self._engine.read_parquet(str(path), hive_partitioning=False)
            found = read.fetchall() if read.columns == names else None
        except duckdb.Error:
            return "it is no file of Parquet"
        if found is None:
            return "its columns are not those of the table"
        if _digest([SHAPES[table](*line) for line in found]) != _digest(rows):
            return "its rows are not those of the log"
        return None

    def _keep(
        self,
        engine: duckdb.DuckDBPyConnection,
        table: Table,
        day: str,
        rows: Sequence[msgspec.Struct],
    ) -> ArchivedFile:
        path = self._path_of(table, day)
        with self._beside(path) as made:
            write_rows(engine, made, table, rows)
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


def _rows_of(rows: DayRows, table: Table) -> Sequence[msgspec.Struct]:
    found: Sequence[msgspec.Struct] = getattr(rows, table.value)
    return found


def _digest(rows: Sequence[msgspec.Struct]) -> str:
    return sha256(lines_of(rows)).hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
