"""Years of a province as an archive: days drawn anew from a day that the drill has lived.

A day of the drill is cut into what belongs together (an incident with its calls and missions, or a
call alone); each made day draws so many of these, with replacement, as its weekday asks for, and
stretches their spans by up to a fifth. DuckDB does it, a day at a time; no row passes through here.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from benchmarks.drills import SCENARIO
from pasokh.account.expressions import Table
from pasokh.account.rows import DayRows
from pasokh.adapters.archive.parquet import ROW_GROUP, columns_in, write_rows
from pasokh.drivers.drill.scenario import read_scenario

FIRST = date(2016, 11, 21)
_SPANS = tuple(
    f"{n}_ms" for n in "answer dispatch arrival graded acknowledge turnout cleared".split()
)
_FAMILY = {
    Table.CALLS: "coalesce(nullif(incident_id, ''), call_id)",
    Table.INCIDENTS: "incident_id",
    Table.MISSIONS: "incident_id",
}
_DRAWN = """SELECT draw, family FROM (
  SELECT range AS draw, hash(range, ?) % (SELECT count(*) FROM families) AS place FROM range(?)
) JOIN families USING (place)"""


def grow(folder: Path, lived: DayRows, days: int, calls_per_day: int) -> int:
    """Write so many days below an empty folder and give the number of their calls."""
    factors = read_scenario(SCENARIO).demand.weekday_factor
    with duckdb.connect() as engine:
        _take_in(engine, lived, folder)
        (families,) = _one(engine, "SELECT count(*) FROM families")
        draws = families * calls_per_day / len(lived.calls)
        for number in range(days):
            day = FIRST + timedelta(days=number)
            engine.execute("DROP TABLE IF EXISTS drawn")
            asked = [day.isoformat(), round(draws * factors[day.weekday()])]
            engine.execute(f"CREATE TEMP TABLE drawn AS {_DRAWN}", asked)
            for table in Table:
                path = folder / table.value / "province=made" / f"day={day}.parquet"
                made = engine.sql(_made(table), params={"day": day.isoformat()})
                made.write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)
        (calls,) = _one(engine, f"SELECT count(*) FROM '{folder}/calls/*/*.parquet'")
    return int(calls)


def _take_in(engine: duckdb.DuckDBPyConnection, lived: DayRows, folder: Path) -> None:
    for table in Table:
        (folder / table.value / "province=made").mkdir(parents=True)
        path = folder / f"lived-{table.value}.parquet"
        write_rows(path, table, getattr(lived, table.value))
        taken = f"SELECT *, {_FAMILY[table]} AS family FROM '{path}'"
        engine.execute(f"CREATE TABLE {table.value} AS {taken}")
        path.unlink()
    every = " UNION ".join(f"SELECT family FROM {table.value}" for table in Table)
    engine.execute(
        "CREATE TABLE families AS "
        f"SELECT family, row_number() OVER (ORDER BY family) - 1 AS place FROM ({every})"
    )


def _made(table: Table) -> str:
    """Write the query of a day's table, its columns in their order, its rows in that of the ids."""
    new = {
        "day": "$day",
        "call_id": "format('c-{}-{:06}-{}', $day, draw, row_number() OVER ())",
        "mission_id": "format('m-{}-{:06}-{}', $day, draw, row_number() OVER ())",
        "incident_id": "if(incident_id = '', '', format('i-{}-{:06}', $day, draw))",
    }
    stretched = "CAST({} * (0.8 + hash(draw, $day) % 1000 / 2500.0) AS BIGINT)"
    new |= {name: stretched.format(name) for name in _SPANS}
    names = [name for name, _ in columns_in(table)]
    cells = ", ".join(f"{new[name]} AS {name}" if name in new else name for name in names)
    return f"SELECT {cells} FROM drawn JOIN {table.value} USING (family) ORDER BY 1"


def _one(engine: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    found = engine.execute(query).fetchone()
    assert found is not None
    return tuple(found)
