"""S5: the headline by county, hour and class over ten years of a province, beside pandas.

Ours opens the archive's files anew and runs the definition's own SQL in each round: once as the
archive is asked by everybody, where the counts of whole months stand for their days, and once over
every row. The yardstick reads the same three columns of a tenth of the days; its rate is that of
the tenth. Both must give the same integers for the tenth, both of ours for all days, and a day must
give what the expression gives in memory.
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import IO, Any, cast

import duckdb

from benchmarks import many_days
from benchmarks.disk import fresh_folder
from benchmarks.drills import START, drill_on
from benchmarks.many_days import PROVINCE, grow, rows_in
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from pasokh.account.catalogue import definition_of
from pasokh.account.definitions import OUTSIDE
from pasokh.account.expressions import Found, Table, evaluate
from pasokh.account.rows import CallRow, DayRows, day_rows
from pasokh.adapters.archive.counted import CountedCalls
from pasokh.adapters.archive.country import CountryFault, country_python
from pasokh.adapters.archive.reader import ArchiveReader
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.core.time import DAY, MINUTE

BAR = Bar(Judged.RATIO, least=20)
CALLS_A_DAY = 15_070
# A month, a year, and ten years: 120 whole months.
TEN_YEARS = 3_652
SIZES = (31, 365, TEN_YEARS)
BY = ("county", "hour", "call_class")
WORK = "the headline's calls by county, hour and class, from the archive"
COUNTED = f"{WORK}: counts of whole months"
SCANNED = f"{WORK}: every row (not how it is asked; for what was not counted)"
RULER = "pandas: the same from a tenth of the days"
_YARDSTICK = Path(__file__).with_name("yardstick_pandas.py")
_FOUND = definition_of("calls-offered/1.0")
assert _FOUND is not None
_EXPRESSION = _FOUND.expression


def bench(plan: Plan) -> list[Row]:
    """Make the years once, and measure a month, a year and ten of them."""
    with fresh_folder(plan.folder) as scratch, _pandas() as ruler:
        archive = _small(scratch) if plan.quick else _ten_years(Path(plan.folder), scratch)
        files = sorted(archive.glob(f"{Table.CALLS.value}/*/*.parquet"))
        _same_as_in_memory(archive, files[len(files) // 2])
        sizes = SIZES[:1] if plan.quick else SIZES
        return [row for days in sizes for row in _measured(plan, archive, ruler, files[:days])]


def _small(scratch: Path) -> Path:
    archive = scratch / "archive"
    archive.mkdir()
    _made(archive, _lived(scratch, 5 * MINUTE), SIZES[0], 200)
    return archive


def _ten_years(folder: Path, scratch: Path) -> Path:
    """Make ten years of calls, or take those that an earlier run made in the same way."""
    way = sha256(Path(many_days.__file__).read_bytes()).hexdigest()[:12]
    archive, whole = folder / f"ten-years-{way}", folder / f"ten-years-{way}.made"
    if not whole.exists():
        rmtree(archive, ignore_errors=True)
        archive.mkdir()
        _made(archive, _lived(scratch, DAY), TEN_YEARS, CALLS_A_DAY)
        whole.touch()
    return archive


def _made(archive: Path, lived: DayRows, days: int, calls_a_day: int) -> None:
    grow(archive, lived, days, calls_a_day)
    CountedCalls(archive, f"province={PROVINCE}").keep_all()


def _lived(folder: Path, span: int) -> DayRows:
    log = SqliteLog(folder / "log.sqlite")
    drill, room = drill_on(log)
    drill.advance(START + span)
    account = room.centre.account
    rows = day_rows(account, account.day_of(START), room.centre.known_at)
    log.close()
    return rows


def _measured(
    plan: Plan, archive: Path, ruler: "_Ruler | None", files: list[Path]
) -> Iterator[Row]:
    tenth, days = files[: max(1, len(files) // 10)], _days(files)
    calls = rows_in(files)
    size = sum(file.stat().st_size for file in files) / 1e9
    for work, scan in ((COUNTED, False), (SCANNED, True)):
        ours, theirs = [], []
        for _ in range(plan.rounds):
            started = perf_counter()
            found = _asked(archive, days, scan=scan)
            ours.append(calls / (perf_counter() - started) / 1e6)
            if ruler is not None:
                seconds, rows = ruler.counted(tenth)
                counted = [[*one.key, one.base] for one in _asked(archive, _days(tenth), scan=scan)]
                assert sorted(rows) == counted, "not the yardstick's integers"
                theirs.append(rows_in(tenth) / seconds / 1e6)
        assert found == _asked(archive, days, scan=True), "not what every row says"
        judged = theirs and not scan and len(files) == TEN_YEARS
        yield Row(
            id="S5",
            work=work,
            size=f"{len(files):,} days, {calls:,} calls",
            unit="million calls/s",
            ours=ours,
            yardstick=RULER if theirs else "",
            theirs=theirs,
            bar=BAR if judged else NO_BAR,
            note=_note(size, scan=scan, ruled=bool(theirs)),
        )


def _note(gigabytes: float, *, scan: bool, ruled: bool) -> str:
    read = "every row" if scan else "counts of months, bound to the days' files"
    same = "all days gave what every row says, a day what the expression gives in memory"
    ruler = "; the tenth gave pandas' integers" if ruled else "; no yardstick: run script/country"
    return f"{read}; files of {gigabytes:.2f} GB; {same}{ruler}"


def _asked(archive: Path, days: Sequence[str], *, scan: bool) -> list[Found]:
    with closing(ArchiveReader(archive, days, scan=scan)) as reader:
        return reader.evaluate(_EXPRESSION, BY)


def _days(files: list[Path]) -> tuple[str, ...]:
    return tuple(file.stem.removeprefix("day=") for file in files)


def _same_as_in_memory(archive: Path, file: Path) -> None:
    with duckdb.connect() as engine:
        calls = [CallRow(*line) for line in engine.read_parquet(str(file)).fetchall()]
    told = evaluate(_EXPRESSION, DayRows(calls, [], []), BY)
    assert _asked(archive, _days([file]), scan=True) == told


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
