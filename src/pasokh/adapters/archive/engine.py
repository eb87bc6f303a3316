"""DuckDB as the archive uses it: engines without net or disk, tables of rows, files of them."""

from collections.abc import Sequence
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import duckdb
import msgspec

from pasokh.account.expressions import SHAPES, Table

_COLUMNS: dict[Any, str] = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN"}
ROW_GROUP = 122_880


def engine_alone(threads: int = 1) -> duckdb.DuckDBPyConnection:
    """An engine in memory that fetches nothing from anywhere, keeps nothing and draws nothing."""
    engine = duckdb.connect(config={"threads": threads, "autoinstall_known_extensions": False})
    # It would draw a bar across the answers whenever a query takes some seconds in a terminal.
    engine.execute("SET enable_progress_bar = false")
    return engine


def bounded_engine(memory: str, threads: int = 1) -> duckdb.DuckDBPyConnection:
    """Give an engine that takes no more memory than this, and no disk."""
    engine = engine_alone(threads)
    engine.execute(f"SET memory_limit = '{memory}'; SET temp_directory = ''")
    return engine


def columns_in(table: Table) -> list[tuple[str, str]]:
    """Name a table's columns and their kinds, as the files have them."""
    found = []
    for field in msgspec.structs.fields(SHAPES[table]):
        kinds = get_args(field.type) if isinstance(field.type, UnionType) else (field.type,)
        found.append((field.name, _COLUMNS[kinds[0]]))
    return found


def write_rows(
    engine: duckdb.DuckDBPyConnection, path: Path, table: Table, rows: Sequence[msgspec.Struct]
) -> None:
    """Write rows into a new file of Parquet, through a file of lines beside it."""
    lines = path.with_name("rows")
    lines.write_bytes(lines_of(rows))
    columns = dict(columns_in(table))
    read = engine.read_json(str(lines), columns=columns, format="newline_delimited")
    read.write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)
    lines.unlink()


def lines_of(rows: Sequence[msgspec.Struct]) -> bytes:
    """Write rows as lines of JSON."""
    return b"\n".join(map(msgspec.json.encode, rows))
