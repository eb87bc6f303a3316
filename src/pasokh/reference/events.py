"""What happened to the lists. A shape is for ever: changing one needs an upcaster."""

from pasokh.core.ids import Id
from pasokh.core.machine import Event
from pasokh.core.time import Instant
from pasokh.reference.entries import ListEntry, ListName


class EntrySet(Event, frozen=True):
    """From an instant on an entry of a list reads so. What it was before is kept."""

    code: Id
    entry: ListEntry
    effective_at: Instant


class EntryEnded(Event, frozen=True):
    """From an instant on a list no longer has the entry. What it was before is kept."""

    list: ListName
    code: Id
    effective_at: Instant


class EntryTookEffect(Event, frozen=True):
    """The instant came from which an entry reads otherwise, or ends: now it counts."""

    list: ListName
    code: Id
