"""S5: the headline by county, hour and class over ten years of a province, beside pandas.

Ours opens the archive's files anew and runs the definition's own SQL in each round. The yardstick
reads the same three columns of a tenth of the days; its rate is that of the tenth. Both must give
the same integers for the tenth, and a day must give what the expression gives in memory.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import IO, Any, cast

import duckdb

from benchmarks.disk import fresh_folder
from benchmarks.drills import START, drill_on
from benchmarks.many_days import grow
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from pasokh.account.catalogue import definition_of
from pasokh.account.definitions import OUTSIDE
from pasokh.account.expressions import Found, Table, evaluate
from pasokh.account.rows import CallRow, DayRows, day_rows
from pasokh.adapters.archive.country import CountryFault, country_python
from pasokh.adapters.archive.parquet import ArchiveReader
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.core.time import DAY, MINUTE

BAR = Bar(Judged.RATIO, least=20)
CALLS_A_DAY = 15_070
BY = ("county", "hour", "call_class")
WORK = "the headline's calls by county, hour and class, from the archive's files"
RULER = "pandas: the same from a tenth of the days"
_YARDSTICK = Path(__file__).with_name("yardstick_pandas.py")
_FOUND = definition_of("calls-offered/1.0")
assert _FOUND is not None
_EXPRESSION = _FOUND.expression


def bench(plan: Plan) -> list[Row]:
    """Make the years once and measure a tenth of a year, a year and ten of them."""
    with fresh_folder(plan.folder) as folder, _pandas() as ruler:
        lived = _lived(folder, plan.sized(DAY, 5 * MINUTE))
        per_day = plan.sized(CALLS_A_DAY, 200)
        rows = []
        for days in (4,) if plan.quick else (36, 365, 3650):
            archive = folder / f"days-{days}"
            archive.mkdir()
            started = perf_counter()
            calls = grow(archive, lived, days, per_day)
            made = perf_counter() - started
            judged = BAR if days == 3650 else NO_BAR
            rows.append(_measured(plan, archive, ruler, calls, judged, made))
        return rows


def _lived(folder: Path, span: int) -> DayRows:
    log = SqliteLog(folder / "log.sqlite")
    drill, room = drill_on(log)
    drill.advance(START + span)
    account = room.centre.account
    rows = day_rows(account, account.day_of(START), room.centre.known_at)
    log.close()
    return rows


def _measured(
    plan: Plan, archive: Path, ruler: "_Ruler | None", calls: int, bar: Bar, made: float
) -> Row:
    files = sorted(archive.glob(f"{Table.CALLS.value}/*/*.parquet"))
    tenth = files[: max(1, len(files) // 10)]
    _same_as_in_memory(archive, files[len(files) // 2])
    ours, theirs = [], []
    for _ in range(plan.rounds):
        started = perf_counter()
        found = _asked(archive)
        ours.append(calls / (perf_counter() - started) / 1e6)
        assert sum(one.base for one in found) <= calls
        if ruler is not None:
            seconds, rows = ruler.counted(tenth)
            counted = [[*one.key, one.base] for one in _asked(archive, _days(tenth))]
            assert sorted(rows) == counted, "not the yardstick's integers"
            theirs.append(_calls_in(tenth) / seconds / 1e6)
    size = sum(file.stat().st_size for file in files) / 1e9
    return Row(
        id="S5",
        work=WORK,
        size=f"{len(files):,} days, {calls:,} calls",
        unit="million calls/s",
        ours=ours,
        yardstick=RULER if theirs else "",
        theirs=theirs,
        bar=bar if theirs else NO_BAR,
        note=f"files of {size:.2f} GB for calls, made in {made:.0f} s; "
        "the tenth gave pandas' integers, a day those of the expression in memory"
        + ("" if theirs else "; no yardstick here: run script/country"),
    )


def _asked(archive: Path, days: tuple[str, ...] = ()) -> list[Found]:
    with closing(ArchiveReader(archive, days)) as reader:
        return reader.evaluate(_EXPRESSION, BY)


def _days(files: list[Path]) -> tuple[str, ...]:
    return tuple(file.stem.removeprefix("day=") for file in files)


def _same_as_in_memory(archive: Path, file: Path) -> None:
    with duckdb.connect() as engine:
        calls = [CallRow(*line) for line in engine.read_parquet(str(file)).fetchall()]
    assert _asked(archive, _days([file])) == evaluate(_EXPRESSION, DayRows(calls, [], []), BY)


def _calls_in(files: list[Path]) -> int:
    with duckdb.connect() as engine:
        ((calls,),) = engine.read_parquet([str(file) for file in files]).count("*").fetchall()
    return int(calls)


class _Ruler:
    def __init__(self, program: "subprocess.Popen[bytes]") -> None:
        self._in = cast("IO[bytes]", program.stdin)
        self._out = cast("IO[bytes]", program.stdout)

    def counted(self, files: list[Path]) -> tuple[float, list[Any]]:
        asked = {"files": [str(f) for f in files], "outside": [name.value for name in OUTSIDE]}
        self._in.write(json.dumps(asked).encode() + b"\n")
        self._in.flush()
        told = json.loads(self._out.readline())
        return told["seconds"], told["rows"]


@contextmanager
def _pandas() -> Iterator[_Ruler | None]:
    """Start the yardstick; None where its place was not made."""
    try:
        python = country_python()
    except CountryFault:
        yield None
        return
    pipe = subprocess.PIPE
    with subprocess.Popen([python, _YARDSTICK], stdin=pipe, stdout=pipe) as program:
        yield _Ruler(program)
        cast("IO[bytes]", program.stdin).close()
