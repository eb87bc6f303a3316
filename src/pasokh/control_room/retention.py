"""How long each kind of word is kept, from when it counts, who ends it: one table for all of it.

What each row means, and on what ground, is said in `pasokh.words` (retention.KIND.*); the page
docs/reference/retention.md is made of both. `KIND_OF` names the row of every event that seals
words, so that nothing is sealed without an end.
"""

from enum import StrEnum

from msgspec import Struct

from pasokh.answer import events as answer
from pasokh.answer.appeals import KEPT_FOR
from pasokh.answer.events_appeals import AppealReceived
from pasokh.answer.events_voice import RecordingKept
from pasokh.core.machine import Event
from pasokh.core.time import DAY, Span
from pasokh.dispatch import events as dispatch
from pasokh.staff import events as staff

YEAR: Span = 365 * DAY


class RetentionKind(StrEnum):
    """The kinds of what is kept. Names are for ever: they stand in the log's reports."""

    CONTACT = "contact"
    PLACE = "place"
    TEXT = "text"
    MESSAGE = "message"
    RECORDING = "recording"
    EVIDENCE = "evidence"
    APPEAL = "appeal"
    NOTE = "note"
    BROADCAST = "broadcast"
    MARK = "mark"
    RAW = "raw"
    READ = "read"
    CODES = "codes"
    FIGURE = "figure"
    STAFF = "staff"
    SESSION = "session"
    LANDLINE = "landline"
    DESK = "desk"
    EXPORT = "export"
    COPY = "copy"
    SAID = "said"
    SETTLING = "settling"
    NEWSROOM = "newsroom"
    SECRET = "secret"  # noqa: S105 - a kind's name


class EndedBy(StrEnum):
    """Who ends a kind: a nightly run, the timetable, the program that made it, a person, nobody."""

    NIGHT = "night"
    TIMETABLE = "timetable"
    PROGRAM = "program"
    PERSON = "person"
    NOBODY = "nobody"


class Retention(Struct, frozen=True):
    """A row: how long after its time began, None while no time is set; and who ends it."""

    kind: RetentionKind
    keep: Span | None
    ended_by: EndedBy


RETENTION: dict[RetentionKind, Retention] = {
    row.kind: row
    for row in (
        Retention(RetentionKind.CONTACT, YEAR, EndedBy.NIGHT),
        Retention(RetentionKind.PLACE, YEAR, EndedBy.NIGHT),
        Retention(RetentionKind.TEXT, YEAR, EndedBy.NIGHT),
        Retention(RetentionKind.MESSAGE, YEAR, EndedBy.NIGHT),
        # Its own time stands with each recording; half of its key ends with its call's words.
        Retention(RetentionKind.RECORDING, 90 * DAY, EndedBy.TIMETABLE),
        Retention(RetentionKind.EVIDENCE, None, EndedBy.PERSON),
        Retention(RetentionKind.APPEAL, KEPT_FOR, EndedBy.TIMETABLE),
        Retention(RetentionKind.NOTE, YEAR, EndedBy.NIGHT),
        Retention(RetentionKind.BROADCAST, YEAR, EndedBy.NIGHT),
        Retention(RetentionKind.MARK, KEPT_FOR, EndedBy.TIMETABLE),
        Retention(RetentionKind.RAW, 30 * DAY, EndedBy.NIGHT),
        Retention(RetentionKind.READ, None, EndedBy.NOBODY),
        Retention(RetentionKind.CODES, None, EndedBy.NOBODY),
        Retention(RetentionKind.FIGURE, None, EndedBy.NOBODY),
        Retention(RetentionKind.STAFF, YEAR, EndedBy.NIGHT),
        Retention(RetentionKind.SESSION, 30 * DAY, EndedBy.NIGHT),
        Retention(RetentionKind.LANDLINE, None, EndedBy.PROGRAM),
        Retention(RetentionKind.DESK, None, EndedBy.PROGRAM),
        Retention(RetentionKind.EXPORT, None, EndedBy.PERSON),
        Retention(RetentionKind.COPY, 30 * DAY, EndedBy.PERSON),
        Retention(RetentionKind.SAID, 30 * DAY, EndedBy.PERSON),
        Retention(RetentionKind.SETTLING, None, EndedBy.PROGRAM),
        # Each room of the newsroom ends its own rows, at the times that its page says.
        Retention(RetentionKind.NEWSROOM, None, EndedBy.PROGRAM),
        Retention(RetentionKind.SECRET, None, EndedBy.PERSON),
    )
}

KIND_OF: dict[type[Event], RetentionKind] = {
    answer.CallOffered: RetentionKind.CONTACT,
    answer.CallLocated: RetentionKind.PLACE,
    answer.PlaceTold: RetentionKind.PLACE,
    answer.CallNoted: RetentionKind.TEXT,
    answer.MessageReceived: RetentionKind.MESSAGE,
    answer.MessageSent: RetentionKind.MESSAGE,
    answer.NuisanceAppealed: RetentionKind.APPEAL,
    AppealReceived: RetentionKind.APPEAL,
    RecordingKept: RetentionKind.RECORDING,
    dispatch.IncidentOpened: RetentionKind.PLACE,
    dispatch.IncidentMoved: RetentionKind.PLACE,
    dispatch.IncidentNoted: RetentionKind.TEXT,
    staff.ShiftNoteWritten: RetentionKind.NOTE,
    staff.BroadcastMade: RetentionKind.BROADCAST,
}

# What one key seals ends together: everything under the key of a call or an incident.
WORDS_KEPT: Span = YEAR
# What the night counts from the log: the words under the keys, and files that nobody sealed.
COUNTED = frozenset({*KIND_OF.values(), RetentionKind.RAW})


def kept_under(subject: str) -> Span | None:
    """Say how long the words under a subject's key are kept after the last of them.

    None: the centre's timetable ends them.
    """
    return None if subject.startswith("appeal/") else WORDS_KEPT
