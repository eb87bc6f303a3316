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


@given(st.lists(asked, max_size=25))
def test_the_last_version_that_has_begun_counts_and_none_is_lost(history: list[Asked]) -> None:
    centre, now = Centre(), 100
    told: dict[str, list[EntryVersion]] = {}
    for code, word, later, ahead in history:
        now += later
        for _, due in tuple(due_effects(centre.reference, now)):
            assert ask(centre, due, now)
        at = None if ahead is None else now + ahead
        entry = CapabilityEntry(word, word) if word else None
        before = msgspec.msgpack.encode(centre.reference)
        command = SetEntry(code, entry, at) if entry else EndEntry(LIST, code, at)
        if ask(centre, command, now):
            told.setdefault(code, []).append(EntryVersion(now if at is None else at, entry))
        else:
            assert msgspec.msgpack.encode(centre.reference) == before
    for code, versions in told.items():
        kept = centre.reference.lists[LIST][code].versions
        assert sorted(map(repr, kept)) == sorted(map(repr, versions))
        for instant in range(98, now + 12):
            begun = [v for v in versions if v.effective_at <= instant]
            # max gives the first of equals; the last one asked counts.
            last = max(reversed(begun), key=lambda v: v.effective_at, default=None)
            assert current(centre.reference, LIST, code, instant) == (last and last.entry)
            assert (code in listed(centre.reference, LIST, instant)) is bool(last and last.entry)
    assert list(due_effects(centre.reference, now)) == []
    waits = {(a.code, a.effective_at) for a in centre.reference.ahead}
    ahead_of_now = {(c, v.effective_at) for c, vs in told.items() for v in vs}
    assert waits == {(c, at) for c, at in ahead_of_now if at > now}
