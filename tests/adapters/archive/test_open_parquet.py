"""The open rows as Parquet hold what the CSV holds, whatever a code is called."""

from pathlib import Path

import duckdb
import pytest

from pasokh.account.open_data.day import OpenRows, open_rows_csv
from pasokh.account.open_data.tables import CALLS
from pasokh.adapters.archive.open_parquet import open_parquet
from tests.account.open_data.days import hostile_day, small_day


@pytest.mark.slow
@pytest.mark.parametrize("found", [small_day(), hostile_day()], ids=["small", "hostile"])
def test_parquet_holds_the_same_rows_with_their_types(found: OpenRows, tmp_path: Path) -> None:
    made = open_parquet(open_rows_csv(found.rows))
    assert open_parquet(open_rows_csv(found.rows)) == made
    file = tmp_path / "calls.parquet"
    file.write_bytes(made)
    read = duckdb.read_parquet(str(file))
    assert read.columns == list(CALLS.header)
    assert [str(kind) for kind in read.types] == ["DATE"] * 2 + ["VARCHAR"] * 4 + ["BIGINT"]
    assert [line[2:] for line in read.fetchall()] == [
        (row.level.value, row.county or None, row.kind or None, row.call_class, row.count)
        for row in found.rows
    ]


def test_a_day_without_rows_is_a_table_without_rows(tmp_path: Path) -> None:
    file = tmp_path / "calls.parquet"
    file.write_bytes(open_parquet(open_rows_csv(())))
    assert duckdb.read_parquet(str(file)).fetchall() == []
