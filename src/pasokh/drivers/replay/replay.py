"""Replay another centre's log into an empty one of ours, then report from the log written."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec import Struct

from pasokh.account.report import LogReport, ReportFold
from pasokh.account.report_rules import ReportRules
from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY
from pasokh.drivers.ports import Log
from pasokh.drivers.ports_replay import Arrival, Dirt, ForeignLog, ForeignLogFault
from pasokh.drivers.replay.dirt_kept import DirtKept, DirtyRule
from pasokh.drivers.replay.driver import ReplayDriver
from pasokh.drivers.room import Room

REPORT_FILE = "report.json"
# There while a replay runs, and after one that broke off: what lies beside it is not complete.
INCOMPLETE_FILE = "INCOMPLETE"


class LogMade(Struct, frozen=True):
    """The log that the replay wrote, for whoever wants to verify it."""

    entries: int
    chain: str


class Measured(Struct, frozen=True):
    """What the replay cost. The rate counts from the first row to the last commit."""

    rows: int
    seconds: float
    rows_per_second: float
    report_seconds: float
    peak_rss_mib: float


class ReplayReport(Struct, frozen=True):
    """The whole answer: what the log says, what was dirty, what it cost."""

    source: str
    said: LogReport
    dirty_rows: dict[str, DirtyRule]
    parked: int
    refusals: dict[str, int]
    log: LogMade
    measured: Measured


def replay(source: ForeignLog, log: Log, directory: Path) -> ReplayReport:
    """Turn the machine by a foreign log and report from what was written to `log`.

    `log` must be empty. `directory` gets the dirty and the parked rows and the report; while
    the file INCOMPLETE is there, nothing in it is a result.
    """
    if log.head() != EMPTY:
        message = f"{directory}: there is a log already; replay into an empty folder"
        raise ForeignLogFault(message)
    directory.mkdir(parents=True, exist_ok=True)
    marker = directory / INCOMPLETE_FILE
    marker.write_text("A replay runs, or broke off. Nothing in this folder is complete.\n")
    report = _replayed(source, log, directory)
    unfinished = directory / f"{REPORT_FILE}.unfinished"
    unfinished.write_bytes(msgspec.json.format(as_json(report), indent=2) + b"\n")
    unfinished.replace(directory / REPORT_FILE)
    marker.unlink()
    return report


def report_of(log: Log, rules: ReportRules) -> LogReport:
    """Read a log from its beginning and report on it."""
    centre = Centre()
    report = ReportFold(rules, centre.account, partial(fold, centre))
    for entry in log.read():
        report.take(fact_of(entry))
    return report.report()


def as_json(report: ReplayReport) -> bytes:
    """Write a report as one flat JSON object, the log's own figures first."""
    parts: dict[str, object] = {"source": report.source}
    parts |= msgspec.structs.asdict(report.said)
    for name in ("dirty_rows", "parked", "refusals", "log"):
        parts[name] = getattr(report, name)
    return msgspec.json.encode(parts | msgspec.structs.asdict(report.measured))


def _replayed(source: ForeignLog, log: Log, directory: Path) -> ReplayReport:
    room = Room(Centre(), EMPTY, log)
    driver = ReplayDriver(room, source.name, source.utc_offset_minutes)
    began = perf_counter()
    with DirtKept(directory) as dirt:
        rows = _Counted(source.arrivals(), dirt)
        driver.run(iter(rows))
        for day in source.dirty_days():
            dirt.keep(day)
        for row in driver.late_rows:
            dirt.keep(Dirt(row, "late", "an earlier row's end had already been told"))
    replayed = perf_counter()
    said = report_of(log, source.rules)
    seconds = replayed - began
    return ReplayReport(
        source=source.name,
        said=said,
        dirty_rows=dict(sorted(dirt.rules.items())),
        parked=dirt.parked,
        refusals=dict(driver.refusals.most_common()),
        log=LogMade(room.head.seq, room.head.chain),
        measured=Measured(
            rows=rows.count,
            seconds=round(seconds, 3),
            rows_per_second=round(rows.count / seconds, 1),
            report_seconds=round(perf_counter() - replayed, 3),
            peak_rss_mib=_peak_rss_mib(),
        ),
    )


def _peak_rss_mib() -> float:
    """Ask the kernel for this program's own peak: getrusage keeps that of who started it."""
    told = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return round(int(told[1]) / 1024, 1) if told else 0.0


class _Counted:
    """Counts the rows on their way, and keeps what is dirty about them."""

    def __init__(self, arrivals: Iterator[Arrival], dirt: DirtKept) -> None:
        self.count = 0
        self._arrivals = arrivals
        self._dirt = dirt

    def __iter__(self) -> Iterator[Arrival]:
        for arrival in self._arrivals:
            self.count += 1
            if arrival.dirt:
                self._dirt.keep_all(arrival)
            yield arrival
