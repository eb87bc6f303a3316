"""The way back: the last snapshot, and the tail of the log folded onto it, checked while read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold, thaw
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY, Entry, Head, fault_of
from pasokh.drivers.ports import ReadableLog, Snapshots


class LogDamaged(Exception):
    """The log is not dense, ordered and chained: nothing may be built on it."""


class Recovered(NamedTuple):
    """A state as the log tells it, where it ends, and how many entries were folded to get it."""

    centre: Centre
    head: Head
    replayed: int


def recover(log: ReadableLog, snapshots: Snapshots | None = None) -> Recovered:
    """Rebuild the state from the newest snapshot and the tail; LogDamaged names a bad entry."""
    centre, head = start_from(snapshots)
    last: Head | Entry = head
    with _collector_resting():
        for entry in log.read(after=head.seq):
            fault = fault_of(last, entry)
            if fault:
                raise LogDamaged(f"{fault}; restore the log from a copy, then start again")
            fold(centre, fact_of(entry))
            last = entry
    end = Head(last.seq, last.known_at, last.chain)
    return Recovered(centre, end, end.seq - head.seq)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """A fold makes no cycles, and walking a state that only grows would cost more each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def start_from(snapshots: Snapshots | None) -> tuple[Centre, Head]:
    """Give the newest snapshot and its place in the log; an empty centre when there is none."""
    kept = snapshots.latest() if snapshots is not None else None
    if kept is None:
        return Centre(), EMPTY
    head, state = kept
    try:
        return thaw(state), head
    except msgspec.DecodeError:  # of another release: losing a snapshot loses only time
        return Centre(), EMPTY
