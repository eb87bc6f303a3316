"""Years of a province's calls as an archive: days drawn anew from a day that the drill has lived.

A day of the drill is cut into what belongs together (the calls about an incident, or a call alone);
each made day draws so many of these, with replacement, as its weekday asks for, and stretches their
spans by up to a fifth. DuckDB does it, a day at a time; no row passes through here. Two years are
drawn; what comes after is files of the same weekday over again: as many bytes on the disk, and the
rows bear the day for which they were drawn.
"""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import duckdb
import msgspec

from benchmarks.drills import SCENARIO
from pasokh.account.expressions import Table
from pasokh.account.rows import DayRows
from pasokh.adapters.archive.engine import ROW_GROUP, columns_in, write_rows
from pasokh.adapters.archive.manifest import ArchivedFile, Manifest
from pasokh.drivers.drill.scenario import read_scenario

# Ten years from here are 120 whole months.
FIRST = date(2016, 12, 1)
# Whole weeks.
DRAWN_DAYS = 728
PROVINCE = "made"
_SPANS = ("answer_ms", "dispatch_ms", "arrival_ms")
_DRAW = """SELECT draw, family FROM (
  SELECT range AS draw, hash(range, ?) % (SELECT count(*) FROM families) AS place FROM range(?)
) JOIN families USING (place)"""


def _made() -> str:
    """Write the query of a day's calls, the columns in their order, the rows in that of the ids."""
    new = {
        "day": "$day",
        "call_id": "format('c-{}-{:06}-{}', $day, draw, row_number() OVER ())",
        "incident_id": "if(incident_id = '', '', format('i-{}-{:06}', $day, draw))",
    }
    stretched = "CAST({} * (0.8 + hash(draw, $day) % 1000 / 2500.0) AS BIGINT)"
    new |= {name: stretched.format(name) for name in _SPANS}
    names = [name for name, _ in columns_in(Table.CALLS)]
    cells = ", ".join(f"{new[name]} AS {name}" if name in new else name for name in names)
    return f"SELECT {cells} FROM drawn JOIN calls USING (family) ORDER BY 1"


def grow(folder: Path, lived: DayRows, days: int, calls_per_day: int) -> None:
    """Write so many days of calls below an empty folder, each with what is known of it."""
    factors = read_scenario(SCENARIO).demand.weekday_factor
    known, calls = (folder / name / f"province={PROVINCE}" for name in ("days", Table.CALLS.value))
    known.mkdir(parents=True)
    calls.mkdir(parents=True)
    with duckdb.connect() as engine:
        (families,) = _take_in(engine, lived, folder)
        draws = families * calls_per_day / len(lived.calls)
        for number in range(days):
            day = FIRST + timedelta(days=number)
            path = calls / f"day={day}.parquet"
            if number < DRAWN_DAYS:
                _draw(engine, path, day, round(draws * factors[day.weekday()]))
            else:
                copyfile(calls / f"day={day - timedelta(days=DRAWN_DAYS)}.parquet", path)
            digest = sha256(path.read_bytes()).hexdigest()
            file = ArchivedFile(str(path.relative_to(folder)), rows_in([path]), digest)
            manifest = Manifest(day.isoformat(), "made/1.0", "final", number, "", (file,))
            (known / f"{day}.json").write_bytes(msgspec.json.encode(manifest))


def rows_in(files: list[Path]) -> int:
    """Count rows, by what the files say of themselves."""
    with duckdb.connect() as engine:
        ((rows,),) = engine.read_parquet([str(file) for file in files]).count("*").fetchall()
    return int(rows)


def _draw(engine: duckdb.DuckDBPyConnection, path: Path, day: date, draws: int) -> None:
    name = day.isoformat()
    engine.execute(f"CREATE OR REPLACE TEMP TABLE drawn AS {_DRAW}", [name, draws])
    made = engine.sql(_made(), params={"day": name})
    made.write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)


def _take_in(engine: duckdb.DuckDBPyConnection, lived: DayRows, folder: Path) -> tuple[int, ...]:
    path = folder / "lived.parquet"
    write_rows(engine, path, Table.CALLS, lived.calls)
    family = "coalesce(nullif(incident_id, ''), call_id)"
    engine.execute(f"CREATE TABLE calls AS SELECT *, {family} AS family FROM '{path}'")
    path.unlink()
    engine.execute(
        "CREATE TABLE families AS SELECT family, row_number() OVER (ORDER BY family) - 1 AS place "
        "FROM (SELECT DISTINCT family FROM calls)"
    )
    found = engine.execute("SELECT count(*) FROM families").fetchone()
    assert found is not None
    return tuple(found)
