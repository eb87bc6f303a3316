"""S4: from a log on disk to the state, beside decoding alone; and a restart from a snapshot.

The fold reads every row, decodes it and folds it; a restart checks the chain as well. The
yardstick decodes the same entries, in memory already, to the same Structs, and does nothing else:
the whole entries as JSON lines, and for information their bodies alone.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from benchmarks.disk import fresh_folder
from benchmarks.drills import START, drill_on
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.snapshots import FileSnapshots
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.control_room.codec import KINDS, fact_of
from pasokh.control_room.fold import fold, freeze, state_hash
from pasokh.control_room.state import Centre
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.drivers.recovery import recover

FOLD_BAR = Bar(Judged.RATIO, most=3)
RESTART_BAR = Bar(Judged.OURS, most=2)
_WORK = "fold of a log from disk to state"
_RULERS = {
    "whole": "msgspec: the same entries as JSON lines decoded to their Structs, alone",
    "bodies": "msgspec: the bodies of the same entries decoded to their Structs, alone",
}
_DECODE = {name: msgspec.json.Decoder(kind).decode for name, kind in KINDS.items()}


class _Line(Struct, frozen=True, gc=False):
    """An entry as a line of JSON, its body as an object."""

    seq: int
    at: int
    known_at: int
    actor: str
    cause: int | None
    command_id: str
    kind: str
    version: int
    body: msgspec.Raw
    chain: str


_LINE = msgspec.json.Decoder(_Line).decode


def bench(plan: Plan) -> list[Row]:
    """Measure one day against the bars, and ten days for growth."""
    with fresh_folder(plan.folder) as folder:
        span = plan.sized(DAY, 10 * MINUTE)
        day = _Lived(folder, "day", span)
        rows = [*_folds(plan, day, f"1 day: {day.told}"), _restart(plan, day)]
        if not plan.quick:
            days = _Lived(folder, "days", 10 * span)
            rows += _folds(plan, days, f"10 days: {days.told}", NO_BAR)[:1]
        return rows


class _Lived:
    """A log that the drill has written, with a snapshot of one hour before its end."""

    def __init__(self, folder: Path, name: str, span: int) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        self.path = self.folder / "log.sqlite"
        log = SqliteLog(self.path)
        drill, room = drill_on(log)
        drill.advance(START + max(span - HOUR, span // 2))
        self.snapshots(log).keep(room.head, freeze(room.centre))
        drill.advance(START + span)
        self.entries, self.hash = room.head.seq, state_hash(room.centre)
        self.told = f"{len(room.centre.account.calls):,} calls, {self.entries:,} entries"
        log.close()

    def snapshots(self, log: SqliteLog) -> FileSnapshots:
        return FileSnapshots(DiskFolder(self.folder), log, "benchmark")


def _folds(plan: Plan, lived: _Lived, size: str, bar: Bar = FOLD_BAR) -> list[Row]:
    lines = _lines(lived)
    bodies = [(line.kind, line.body) for line in map(_LINE, lines)]
    times: dict[str, list[float]] = {name: [] for name in ("fold", "start", "whole", "bodies")}
    for _ in range(plan.rounds):
        times["whole"].append(_seconds(lambda: _decode_whole(lines)))
        times["bodies"].append(_seconds(lambda: _decode(bodies)))
        times["fold"].append(_seconds(lambda: _fold(lived)))
        times["start"].append(_seconds(lambda: _recover(lived)))
    micro = {name: [t / lived.entries * 1e6 for t in taken] for name, taken in times.items()}
    rows = (
        (_WORK, "fold", "whole", bar),
        (_WORK, "fold", "bodies", NO_BAR),
        (f"{_WORK}, the chain checked", "start", "whole", NO_BAR),
    )
    return [
        Row(
            id="S4",
            work=work,
            size=size,
            unit="µs/entry",
            ours=micro[ours],
            yardstick=_RULERS[theirs],
            theirs=micro[theirs],
            bar=judged,
        )
        for work, ours, theirs, judged in rows
    ]


def _restart(plan: Plan, lived: _Lived) -> Row:
    return Row(
        id="S4",
        work="restart: open, snapshot, one hour of tail",
        size="the last hour of the day",
        unit="s",
        ours=[_seconds(lambda: _start_again(lived)) for _ in range(plan.rounds)],
        bar=RESTART_BAR,
    )


def _lines(lived: _Lived) -> list[bytes]:
    log = read_only(lived.path)
    lines = [
        msgspec.json.encode({**asdict(entry), "body": msgspec.Raw(entry.body.encode())})
        for entry in log.read()
    ]
    log.close()
    return lines


def _decode_whole(lines: list[bytes]) -> None:
    for line in lines:
        entry = _LINE(line)
        _DECODE[entry.kind](entry.body)


def _decode(bodies: list[tuple[str, msgspec.Raw]]) -> None:
    for kind, body in bodies:
        _DECODE[kind](body)


def _fold(lived: _Lived) -> None:
    """Read, decode and fold, as making a figure again does."""
    log, centre = read_only(lived.path), Centre()
    for entry in log.read():
        fold(centre, fact_of(entry))
    log.close()
    assert centre.seq == lived.entries


def _recover(lived: _Lived) -> None:
    log = SqliteLog(lived.path)
    recovered = recover(log)
    log.close()
    assert recovered.replayed == lived.entries


def _start_again(lived: _Lived) -> None:
    log = SqliteLog(lived.path)
    recovered = recover(log, lived.snapshots(log))
    log.close()
    assert 0 < recovered.replayed < lived.entries
    assert state_hash(recovered.centre) == lived.hash


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started
