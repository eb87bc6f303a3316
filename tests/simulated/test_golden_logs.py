"""The logs that past releases wrote are read and folded by this one, to the same states."""

import json
from typing import Any

import pytest

from pasokh.adapters.storage.verify import verify
from pasokh.answer.events import CallOffered
from pasokh.control_room import codec
from pasokh.control_room.codec import KINDS, UPCASTERS, UnknownKind, event_of, fact_of
from pasokh.control_room.fold import fold, freeze, thaw
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry
from tests.simulated.golden.write import HERE, STATES, read_log, state_of

LOGS = sorted(HERE.glob("log-*.jsonl"))


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_golden_log_is_whole_and_folds_to_the_state_that_was_stored(path: Any) -> None:
    entries = read_log(path)
    assert verify(entries).fault is None
    assert state_of(entries) == json.loads(STATES.read_text())[path.name]


@pytest.mark.slow
@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_state_of_every_kind_of_event_thaws_to_the_same_bytes(path: Any) -> None:
    """After each entry: what a snapshot cannot give back is folded anew at every start."""
    centre = Centre()
    for entry in read_log(path):
        fold(centre, fact_of(entry))
        frozen = freeze(centre)
        assert freeze(thaw(frozen)) == frozen, entry.kind


def test_every_kind_of_event_is_in_a_golden_log() -> None:
    written = {entry.kind for path in LOGS for entry in read_log(path)}
    assert set(KINDS) - written == set(), "write a golden log that has it"


def entry(version: int, body: str) -> Entry:
    return Entry(1, 0, 0, "machine:line", None, "k", "CallOffered", version, body, "")


def test_an_old_shape_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two made-up versions back: `id` was renamed, then `town` became `county`."""

    def rename(old: str, new: str) -> codec.Upcaster:
        return lambda body: {new if key == old else key: value for key, value in body.items()}

    monkeypatch.setattr(CallOffered, "version", 3)
    monkeypatch.setitem(UPCASTERS, ("CallOffered", 1), rename("id", "call_id"))
    monkeypatch.setitem(UPCASTERS, ("CallOffered", 2), rename("town", "county"))
    today = CallOffered("c1", county="qaen")
    assert event_of(entry(1, '{"id":"c1","town":"qaen"}')) == today
    assert event_of(entry(2, '{"call_id":"c1","town":"qaen"}')) == today
    assert event_of(entry(3, '{"call_id":"c1","county":"qaen"}')) == today


def test_an_old_shape_without_its_upcaster_stops_the_reading() -> None:
    old = entry(0, '{"id":"c1"}')
    with pytest.raises(KeyError):
        event_of(old)


def test_a_newer_shape_names_the_mend() -> None:
    with pytest.raises(UnknownKind, match="newer"):
        event_of(entry(99, "{}"))
    unheard = Entry(1, 0, 0, "machine:line", None, "k", "CallSung", 1, "{}", "")
    with pytest.raises(UnknownKind, match="CallSung"):
        event_of(unheard)
