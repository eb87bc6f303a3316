"""S4: from a log on disk to the state, beside decoding alone; and a restart from a snapshot.

The fold reads every row, checks the chain, decodes and folds: it is what a restart does. The
yardstick decodes the same bodies, in memory already, to the same Structs, and does nothing else.
"""

import gc
import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from msgspec.structs import asdict

from benchmarks.disk import fresh_folder
from benchmarks.drills import START, drill_on
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.snapshots import FileSnapshots
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.control_room.codec import KINDS
from pasokh.control_room.fold import freeze, state_hash
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.drivers.recovery import recover

FOLD_BAR = Bar(Judged.RATIO, most=3)
RESTART_BAR = Bar(Judged.OURS, most=2)
_WORK = "fold of a log from disk to state, the chain checked"
_DECODE = {name: msgspec.json.Decoder(kind).decode for name, kind in KINDS.items()}


def bench(plan: Plan) -> list[Row]:
    """Measure one day against the bars, and ten days for growth."""
    with fresh_folder(plan.folder) as folder:
        span = plan.sized(DAY, 10 * MINUTE)
        day = _Lived(folder, "day", span)
        rows = [*_folds(plan, day, f"1 day: {day.told}"), _restart(plan, day)]
        if not plan.quick:
            days = _Lived(folder, "days", 10 * span)
            rows += _folds(plan, days, f"10 days: {days.told}")[:1]
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


def _folds(plan: Plan, lived: _Lived, size: str) -> list[Row]:
    bodies = _bodies(lived)
    lines = _lines(lived)
    ours, decoded, loaded, whole = [], [], [], []
    for _ in range(plan.rounds):
        decoded.append(_seconds(lambda: _decode(bodies)))
        loaded.append(_seconds(lambda: _loads([body for _, body in bodies])))
        whole.append(_seconds(lambda: _loads(lines)))
        ours.append(_seconds(lambda: _fold(lived)))
    micro = [seconds / lived.entries * 1e6 for seconds in ours]
    rulers = (
        ("msgspec: the same bodies decoded to their Structs, alone", decoded, FOLD_BAR),
        ("json.loads of the same bodies, alone", loaded, NO_BAR),
        ("json.loads of the same whole entries as JSON lines, alone", whole, NO_BAR),
    )
    return [
        Row(
            id="S4",
            work=_WORK,
            size=size,
            unit="µs/entry",
            ours=micro,
            yardstick=label,
            theirs=[seconds / lived.entries * 1e6 for seconds in theirs],
            bar=bar,
        )
        for label, theirs, bar in rulers
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


def _bodies(lived: _Lived) -> list[tuple[str, str]]:
    log = read_only(lived.path)
    bodies = [(entry.kind, entry.body) for entry in log.read()]
    log.close()
    return bodies


def _decode(bodies: list[tuple[str, str]]) -> None:
    for kind, body in bodies:
        _DECODE[kind](body)


def _lines(lived: _Lived) -> list[str]:
    log = read_only(lived.path)
    lines = [
        msgspec.json.encode({**asdict(entry), "body": msgspec.Raw(entry.body.encode())}).decode()
        for entry in log.read()
    ]
    log.close()
    return lines


def _loads(texts: list[str]) -> None:
    for text in texts:
        json.loads(text)


def _fold(lived: _Lived) -> None:
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
