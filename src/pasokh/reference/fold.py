"""How each event changes the lists. In place, and never a refusal."""

from pasokh.core.machine import Fact, FoldTable
from pasokh.reference import events as e
from pasokh.reference.entries import LIST_OF, ListName
from pasokh.reference.state import Ahead, EntryLine, EntryVersion, ReferenceState


def _set(state: ReferenceState, event: e.EntrySet, fact: Fact) -> None:
    version = EntryVersion(event.effective_at, event.entry)
    _put(state, LIST_OF[type(event.entry)], event.code, version, fact)


def _ended(state: ReferenceState, event: e.EntryEnded, fact: Fact) -> None:
    _put(state, event.list, event.code, EntryVersion(event.effective_at, None), fact)


def _took_effect(state: ReferenceState, event: e.EntryTookEffect, fact: Fact) -> None:
    state.lists[event.list][event.code].seq = fact.seq
    here = (event.list, event.code)
    state.ahead = [
        ahead
        for ahead in state.ahead
        if (ahead.name, ahead.code) != here or ahead.effective_at > fact.known_at
    ]


def _put(
    state: ReferenceState, name: ListName, code: str, version: EntryVersion, fact: Fact
) -> None:
    lines = state.lists.setdefault(name, {})
    line = lines.get(code)
    if line is None:
        line = lines[code] = EntryLine(code)
    line.put(version)
    line.seq = fact.seq
    if version.effective_at > fact.known_at:
        state.ahead.append(Ahead(version.effective_at, name, code))


FOLD: FoldTable = {
    e.EntrySet: _set,
    e.EntryEnded: _ended,
    e.EntryTookEffect: _took_effect,
}
