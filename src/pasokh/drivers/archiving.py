"""Days that are settled, with their rows, as a log tells them: for the archive, and to check it."""

from collections.abc import Iterator

from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured
from pasokh.account.releases import Months, Plan
from pasokh.account.rows import DayRows, SettledDay, day_rows
from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold, freeze
from pasokh.control_room.lists_published import county_lives, lists_of_day, names_of_day
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry, Head, fault_of
from pasokh.core.time import start_of
from pasokh.drivers.ports import ReadableLog, Snapshots
from pasokh.drivers.recovery import LogDamaged, start_from


class LogTail:
    """A log that is read on from where the last reading ended. `centre` is its state there."""

    def __init__(self, log: ReadableLog, snapshots: Snapshots | None = None) -> None:
        """Begin at the newest snapshot, or with the log."""
        self.log = log
        self._snapshots = snapshots
        self.centre, self.head = start_from(snapshots)
        self._kept = self.head.seq

    def days(self) -> Iterator[SettledDay]:
        """Yield days as figures were made of them, oldest first; LogDamaged names a bad entry.

        A provisional one has no rows: they are not published before they have settled.
        """
        last: Head | Entry = self.head
        for entry in self.log.read(after=self.head.seq):
            fault = fault_of(last, entry)
            if fault:
                raise LogDamaged(f"{fault}; restore the log from a copy, then start again")
            fact = fact_of(entry)
            head = Head(entry.seq, entry.known_at, entry.chain)
            if isinstance(fact.event, DayFigured):
                # The figure is made of what lies before its own entry.
                yield self._figured(fact.event, head)
            fold(self.centre, fact)
            last = self.head = head

    def keep(self) -> None:
        """Keep where the reading is, so that the next one begins here."""
        if self._snapshots is not None and self.head.seq > self._kept:
            self._snapshots.keep(self.head, freeze(self.centre))
            self._kept = self.head.seq

    def _figured(self, event: DayFigured, head: Head) -> SettledDay:
        if event.figure_version is FigureVersion.PROVISIONAL:
            return SettledDay(event, head, DayRows([], [], []))
        rows = day_rows(self.centre.account, event.day, event.cutoff)
        offset = self.centre.account.utc_offset_minutes
        lists = lists_of_day(self.centre.reference, event.day, offset)
        names = names_of_day(self.centre.reference, event.day, offset)
        lives = county_lives(self.centre.reference, offset)
        return SettledDay(event, head, rows, lists, names, start_of(event.day, offset), lives)


def settled_days(log: ReadableLog, snapshots: Snapshots | None = None) -> Iterator[SettledDay]:
    """Yield days as their figures became final, and again as they were revised, oldest first.

    With `snapshots` it goes on where the last reading ended, and keeps where this one ends: when
    the last day was taken, never before.
    """
    tail = LogTail(log, snapshots)
    for day in tail.days():
        if day.figure.figure_version is not FigureVersion.PROVISIONAL:
            yield day
    tail.keep()


def plan_of(centre: Centre, months: Months) -> Plan:
    """Give what the release calendar of a centre follows from."""
    account = centre.account
    return Plan(account.releases, account.utc_offset_minutes, account.opened_day, months)
