"""Notes for the next shift and broadcasts: always with words, and a broadcast with an end."""

import pytest

from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND
from pasokh.drivers.room import subject_of
from pasokh.staff import commands as c
from pasokh.staff import events as e
from pasokh.staff.decide_notices import LONGEST
from pasokh.staff.fold import NOTES_KEPT
from tests.stories.story import SEALED, Story

WORDS = Words(text="راه بسته است")
MADE = c.Broadcast("b1", 60 * SECOND)


def made() -> Story:
    story = Story().when(MADE, words=WORDS)
    return story.then(e.BroadcastMade("b1", SEALED, "", 60 * SECOND))


def test_a_note_is_written_once_and_with_words() -> None:
    story = Story().when(c.WriteShiftNote("n1")).refused(Reason.NEEDS_WORDS)
    story.when(c.WriteShiftNote("n1"), words=WORDS).then(e.ShiftNoteWritten("n1", SEALED))
    story.when(c.WriteShiftNote("n1"), words=WORDS).refused(Reason.NOTE_EXISTS)


def test_the_last_notes_are_kept() -> None:
    story = Story()
    for number in range(NOTES_KEPT + 3):
        story.when(c.WriteShiftNote(f"n{number}"), at=number, words=WORDS)
    assert [note.note_id for note in story.centre.staff.notes][:1] == ["n3"]
    assert len(story.centre.staff.notes) == NOTES_KEPT


def test_a_broadcast_is_acknowledged_once_by_each_person() -> None:
    story = made()
    read = c.AcknowledgeBroadcast("b1")
    story.given(read, actor="call_taker:p-1").given(read, actor="dispatcher:d-1")
    story.when(read, actor="supervisor:p-1").refused(Reason.BROADCAST_ACKNOWLEDGED)
    story.when(read, actor="machine:x").refused(Reason.NEEDS_PERSON)
    assert story.centre.staff.broadcasts["b1"].acknowledged == ["p-1", "d-1"]


def test_a_broadcast_ends_when_its_time_is_over_and_not_before() -> None:
    story = made().when(c.ExpireBroadcast("b1"), at=59).refused(Reason.BROADCAST_NOT_EXPIRED)
    story.when(c.ExpireBroadcast("b1"), at=60).then(e.BroadcastExpired("b1"))
    story.when(c.AcknowledgeBroadcast("b1"), at=61).refused(Reason.BROADCAST_UNKNOWN)


@pytest.mark.parametrize("expires_at", [0, 10 * SECOND, 10 * SECOND + LONGEST + 1])
def test_a_broadcast_needs_an_end_that_comes(expires_at: int) -> None:
    story = Story().when(c.Broadcast("b1", expires_at), at=10, words=WORDS)
    story.refused(Reason.BROADCAST_EXPIRY_WRONG)


def test_a_broadcast_is_made_once_and_with_words() -> None:
    made().when(MADE, words=WORDS).refused(Reason.BROADCAST_EXISTS)
    Story().when(MADE).refused(Reason.NEEDS_WORDS)


def test_each_note_and_broadcast_has_a_key_of_its_own() -> None:
    """A note may be called like a call: erasing one must not erase the other."""
    assert subject_of(c.WriteShiftNote("c1")) == "note/c1"
    assert subject_of(MADE) == "broadcast/b1"
