"""Whatever is asked in whatever order: the last version counts, none is lost, a no does nothing."""

from typing import TypeAlias

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pasokh.control_room.machine import turn
from pasokh.control_room.state import Centre
from pasokh.core.machine import Moment, Submission
from pasokh.reference.commands import EndEntry, SetEntry, TakeEffect
from pasokh.reference.entries import CapabilityEntry, ListName
from pasokh.reference.state import EntryVersion
from pasokh.reference.views import current, due_effects, listed

LIST = ListName.CAPABILITY
Asked: TypeAlias = tuple[str, str, int, int | None]
# (code, what it says or "" to end it, milliseconds since the last one, milliseconds ahead)
asked = st.tuples(
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "x", "y"]),
    st.integers(0, 5),
    st.none() | st.integers(-2, 9),
)


def ask(centre: Centre, command: SetEntry | EndEntry | TakeEffect, now: int) -> bool:
    actor = "machine:timetable" if isinstance(command, TakeEffect) else "administrator:k"
    submission = Submission(f"k{centre.seq}", actor, command)
    return turn(centre, submission, Moment(now, now, actor)).receipt.refusal is None


def live(history: list[Asked]) -> tuple[Centre, int, dict[str, list[EntryVersion]]]:
    """Ask it all of a centre; give that, the last moment, and what was accepted, code by code."""
    centre, now = Centre(), 100
    told: dict[str, list[EntryVersion]] = {}
    for code, word, later, ahead in history:
        now += later
        for _, due in tuple(due_effects(centre.reference, now)):
            assert ask(centre, due, now)
        at = None if ahead is None else now + ahead
        entry = CapabilityEntry(word, word) if word else None
        before = msgspec.msgpack.encode(centre.reference)
        if ask(centre, SetEntry(code, entry, at) if entry else EndEntry(LIST, code, at), now):
            told.setdefault(code, []).append(EntryVersion(now if at is None else at, entry))
        else:
            assert msgspec.msgpack.encode(centre.reference) == before
    return centre, now, told


def last_begun(versions: list[EntryVersion], instant: int) -> CapabilityEntry | None:
    """The plain answer: of all that have begun the newest, of two the one asked later."""
    begun = [v for v in reversed(versions) if v.effective_at <= instant]
    last = max(begun, key=lambda v: v.effective_at, default=None)
    assert last is None or isinstance(last.entry, CapabilityEntry | None)
    return None if last is None else last.entry


@given(st.lists(asked, max_size=25))
def test_the_last_version_that_has_begun_counts(history: list[Asked]) -> None:
    centre, now, told = live(history)
    for code, versions in told.items():
        for instant in range(98, now + 12):
            entry = last_begun(versions, instant)
            assert current(centre.reference, LIST, code, instant) == entry
            assert (code in listed(centre.reference, LIST, instant)) is (entry is not None)


@given(st.lists(asked, max_size=25))
def test_nothing_is_lost_and_what_is_to_come_waits(history: list[Asked]) -> None:
    centre, now, told = live(history)
    for code, versions in told.items():
        kept = centre.reference.lists[LIST][code].versions
        assert sorted(map(repr, kept)) == sorted(map(repr, versions))
    assert list(due_effects(centre.reference, now)) == []
    waits = {(a.code, a.effective_at) for a in centre.reference.ahead}
    asked_for = {(code, v.effective_at) for code, told_of in told.items() for v in told_of}
    assert waits == {(code, at) for code, at in asked_for if at > now}
