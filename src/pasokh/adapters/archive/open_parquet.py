"""The open rows of a day as Parquet, by DuckDB: the same rows give the same bytes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pasokh.account.open_data.tables import CALLS, Datatype
from pasokh.adapters.archive.engine import engine_alone

_TYPES = {Datatype.TEXT: "VARCHAR", Datatype.DAY: "DATE", Datatype.COUNT: "BIGINT"}


def open_parquet(rows: bytes) -> bytes:
    """Turn the CSV of the open rows into Parquet; an empty cell is a null."""
    columns = {column.name: _TYPES[column.datatype] for column in CALLS.columns}
    with TemporaryDirectory(prefix="open-rows-") as folder, engine_alone() as engine:
        plain, made = Path(folder, CALLS.file), Path(folder, "made")
        plain.write_bytes(rows)
        read = engine.read_csv(str(plain), header=True, sep=",", quotechar='"', dtype=columns)
        read.write_parquet(str(made), compression="zstd")
        return made.read_bytes()
