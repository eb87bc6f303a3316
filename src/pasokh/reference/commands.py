"""What can be asked of the reference floor."""

from pasokh.core.ids import Id
from pasokh.core.machine import Command
from pasokh.core.time import Instant
from pasokh.reference.entries import ListEntry, ListName


class SetEntry(Command, frozen=True):
    """Write or change an entry of a list, now or from an instant to come (milliseconds)."""

    code: Id
    entry: ListEntry
    effective_at: Instant | None = None


class EndEntry(Command, frozen=True):
    """End an entry, now or from an instant to come (milliseconds). Nothing is deleted."""

    list: ListName
    code: Id
    effective_at: Instant | None = None


class TakeEffect(Command, frozen=True):
    """Say that the instant of a change has come. Asked by the timetable."""

    list: ListName
    code: Id
