"""The lists as they read at an instant: now, or on a day long ago. Changes nothing."""

from collections.abc import Iterator

from pasokh.core.ids import Code
from pasokh.core.time import SECOND, Instant, Span
from pasokh.reference.commands import TakeEffect
from pasokh.reference.entries import ListEntry, ListName, TimerEntry
from pasokh.reference.state import ReferenceState


def current(state: ReferenceState, name: ListName, code: Code, now: Instant) -> ListEntry | None:
    """Give an entry as it reads at `now` (milliseconds); None when the list does not have it."""
    lines = state.lists.get(name)
    line = None if lines is None else lines.get(code)
    return None if line is None else line.at(now)


def listed(state: ReferenceState, name: ListName, now: Instant) -> dict[Code, ListEntry]:
    """Give the list as it reads at `now`, by code, in the order in which codes were first set."""
    found = ((code, line.at(now)) for code, line in state.lists.get(name, {}).items())
    return {code: entry for code, entry in found if entry is not None}


def has_any(state: ReferenceState, name: ListName, now: Instant) -> bool:
    """Tell whether the list has an entry at `now`. An empty list forbids nothing."""
    return any(line.at(now) is not None for line in state.lists.get(name, {}).values())


def due_effects(state: ReferenceState, now: Instant) -> Iterator[tuple[Instant, TakeEffect]]:
    """Yield what is to take effect up to `now`, with its instant; once for each entry."""
    due = {(a.name, a.code): a.effective_at for a in state.ahead if a.effective_at <= now}
    for (name, code), effective_at in due.items():
        yield effective_at, TakeEffect(name, code)


def timer_limits(state: ReferenceState, now: Instant) -> dict[tuple[str, int], Span]:
    """Give the centre's own limits by stage and priority, in milliseconds; the rest stay usual."""
    return {
        (entry.stage, entry.priority): entry.limit_seconds * SECOND
        for entry in listed(state, ListName.TIMER, now).values()
        if isinstance(entry, TimerEntry)
    }
