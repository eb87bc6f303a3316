"""Days that are settled, with their rows, as a log tells them: for the archive, and to check it."""

from collections.abc import Iterator

from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured
from pasokh.account.rows import SettledDay, day_rows
from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold, freeze
from pasokh.control_room.lists_published import county_lives, lists_of_day, names_of_day
from pasokh.core.log import Entry, Head, fault_of
from pasokh.core.time import start_of
from pasokh.drivers.ports import ReadableLog, Snapshots
from pasokh.drivers.recovery import LogDamaged, start_from


def settled_days(log: ReadableLog, snapshots: Snapshots | None = None) -> Iterator[SettledDay]:
    """Yield days as their figures became final, and again as they were revised, oldest first.

    With `snapshots` it goes on where the last reading ended, and keeps where this one ends: when
    the last day was taken, never before. LogDamaged names a bad entry.
    """
    centre, start = start_from(snapshots)
    last: Head | Entry = start
    for entry in log.read(after=start.seq):
        fault = fault_of(last, entry)
        if fault:
            raise LogDamaged(f"{fault}; restore the log from a copy, then start again")
        fact = fact_of(entry)
        event = fact.event
        if isinstance(event, DayFigured) and event.figure_version is not FigureVersion.PROVISIONAL:
            # The figure is made of what lies before its own entry.
            rows = day_rows(centre.account, event.day, event.cutoff)
            offset = centre.account.utc_offset_minutes
            lists = lists_of_day(centre.reference, event.day, offset)
            names = names_of_day(centre.reference, event.day, offset)
            lives = county_lives(centre.reference, offset)
            entered = Head(entry.seq, entry.known_at, entry.chain)
            begins_at = start_of(event.day, offset)
            yield SettledDay(event, entered, rows, lists, names, begins_at, lives)
        fold(centre, fact)
        last = entry
    if snapshots is not None and last.seq > start.seq:
        snapshots.keep(Head(last.seq, last.known_at, last.chain), freeze(centre))
