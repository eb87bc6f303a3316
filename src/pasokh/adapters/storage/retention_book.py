"""The book of what is kept until when: a file beside the log, made of it, and made anew if lost.

It holds names of subjects, times and counts, and no word of anybody. What was erased is struck
out, so it is as large as what is kept.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock
from typing import Any

import apsw
from msgspec.structs import astuple

from pasokh.adapters.storage.schema import FilePath
from pasokh.control_room.retention import KIND_OF, RETENTION, WORDS_KEPT, RetentionKind
from pasokh.core.ids import Id
from pasokh.core.log import EMPTY, Head
from pasokh.core.time import Instant
from pasokh.drivers.ports_erasing import (
    BookFault,
    CallAbout,
    CalledBack,
    CallerJoined,
    Deed,
    Due,
    Ended,
    Given,
    Marked,
    Merged,
    Reported,
)
from pasokh.staff.events_holds import ErasedClass

BOOK = "retention.sqlite"
_TABLES = """
CREATE TABLE subject(subject TEXT PRIMARY KEY, thing TEXT NOT NULL, due_at INTEGER,
 going INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX subject_due ON subject(due_at, subject) WHERE due_at IS NOT NULL;
CREATE INDEX subject_early ON subject(thing) WHERE thing LIKE 'caller/%';
CREATE TABLE kept(subject TEXT, kind TEXT, pieces INTEGER NOT NULL, since INTEGER NOT NULL,
 PRIMARY KEY(subject, kind)) WITHOUT ROWID;
CREATE TABLE about(call_id TEXT, incident_id TEXT, PRIMARY KEY(call_id, incident_id)) WITHOUT ROWID;
CREATE INDEX about_incident ON about(incident_id);
CREATE TABLE back(dial_id TEXT PRIMARY KEY, call_id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX back_call ON back(call_id);
CREATE TABLE merged(one TEXT, other TEXT, PRIMARY KEY(one, other)) WITHOUT ROWID;
CREATE TABLE evidence(call_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE erased(kind TEXT PRIMARY KEY, pieces INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE upto(seq INTEGER, known_at INTEGER, chain TEXT, rules TEXT);
"""
_NAMES = ("subject", "kept", "about", "back", "merged", "evidence", "erased", "upto")
_GIVE = (
    "INSERT INTO subject(subject, thing, due_at) VALUES (?1, ?2, ?3) ON CONFLICT(subject) "
    "DO UPDATE SET due_at = max(due_at, ?3), going = 0"
)
_KEEP = (
    "INSERT INTO kept VALUES (?1, ?2, 1, ?3) ON CONFLICT(subject, kind) "
    "DO UPDATE SET pieces = pieces + 1"
)
_DUE = (
    "SELECT due_at, subject, thing, EXISTS(SELECT 1 FROM evidence WHERE call_id = subject) "
    "FROM subject WHERE due_at IS NOT NULL AND due_at <= ? AND (due_at, subject) > (?, ?) "
    "ORDER BY due_at, subject LIMIT 500"
)
_COUNT = (
    "INSERT INTO erased SELECT kind, sum(pieces) FROM kept WHERE subject = ? GROUP BY kind "
    "ON CONFLICT(kind) DO UPDATE SET pieces = pieces + excluded.pieces"
)
_GOING = "UPDATE subject SET going = 1 WHERE subject = ? AND going = 0"
_STRIKE = (
    "DELETE FROM subject WHERE subject = ?",
    "DELETE FROM kept WHERE subject = ?",
    "DELETE FROM about WHERE call_id = ?",
    "DELETE FROM back WHERE dial_id = ?",
)
# Incidents first, then every call about any of them, then every dial that called back for those.
_LINKED = """
WITH RECURSIVE incident(id) AS (
 SELECT ?1 UNION SELECT incident_id FROM about WHERE call_id = ?1
 UNION SELECT other FROM merged, incident WHERE one = id
 UNION SELECT one FROM merged, incident WHERE other = id),
call(id) AS (SELECT id FROM incident
 UNION SELECT call_id FROM about, incident WHERE incident_id = id)
SELECT id FROM call UNION SELECT dial_id FROM back, call WHERE call_id = id
"""


class SqliteBook:
    """The RetentionBook port. Any thread may ask; one is served at a time."""

    def __init__(self, path: FilePath) -> None:
        """Open the book, or make it; one that is damaged or of other rules is made anew."""
        self.path = os.fspath(path)
        self._gate = Lock()
        with self._told():
            try:
                self._file = self._opened()
            except (apsw.CorruptError, apsw.NotADBError):
                for name in (self.path, f"{self.path}-wal", f"{self.path}-shm"):
                    if os.path.exists(name):  # noqa: PTH110 - the same name as SQLite's
                        os.unlink(name)  # noqa: PTH108
                self._file = self._opened()

    def upto(self) -> Head:
        """Give the place in the log up to which it was read."""
        row = self._rows("SELECT seq, known_at, chain FROM upto")[0]
        return Head(*row)

    def reset(self) -> None:
        """Forget everything, to be read anew from the log's beginning."""
        with self._changing():
            for name in _NAMES:
                self._file.execute(f"DELETE FROM {name}")  # noqa: S608 - names of our own
            self._begin()

    def take(self, deeds: Sequence[Deed], upto: Head) -> None:
        """Note what the log says, with the new place, in one transaction."""
        with self._changing():
            for deed in deeds:
                _TAKE[type(deed)](self, deed)
            self._file.execute("UPDATE upto SET seq = ?, known_at = ?, chain = ?", astuple(upto))

    def due(self, now: Instant, after: tuple[Instant, str]) -> list[Due]:
        """Give the next subjects that are due by now, in order; an empty list at the end."""
        return [
            Due(due_at, subject, thing, bool(evidence))
            for due_at, subject, thing, evidence in self._rows(_DUE, (now, *after))
        ]

    def going(self, subjects: Sequence[str]) -> None:
        """Count subjects as erased, each once, however often their erasure is begun."""
        with self._changing():
            for subject in subjects:
                self._file.execute(_GOING, (subject,))
                if self._file.changes():
                    self._file.execute(_COUNT, (subject,))

    def gone(self, subjects: Sequence[str]) -> None:
        """Strike out subjects whose keys are destroyed."""
        with self._changing():
            for subject in subjects:
                self._strike(subject)

    def pieces(self, subjects: Sequence[str]) -> dict[RetentionKind, int]:
        """Count what is kept under subjects, by kind."""
        found: dict[RetentionKind, int] = {}
        for subject in subjects:
            for kind, n in self._rows(
                "SELECT kind, pieces FROM kept WHERE subject = ?", (subject,)
            ):
                found[RetentionKind(kind)] = found.get(RetentionKind(kind), 0) + n
        return found

    def counted(self) -> dict[RetentionKind, ErasedClass]:
        """Give for each kind what was erased since the last report, what is left, its oldest."""
        erased = dict(self._rows("SELECT kind, pieces FROM erased"))
        left = self._rows("SELECT kind, sum(pieces), min(since) FROM kept GROUP BY kind")
        found = {kind: (n, since) for kind, n, since in left}
        return {
            RetentionKind(kind): ErasedClass(
                kind, erased.get(kind, 0), 0, *found.get(kind, (0, None))
            )
            for kind in {*erased, *found}
        }

    def linked(self, things: frozenset[Id]) -> frozenset[Id]:
        """Give things with everything that was ever linked to them."""
        return things.union(found for thing in things for (found,) in self._rows(_LINKED, (thing,)))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _opened(self) -> apsw.Connection:
        file = apsw.Connection(self.path)
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")  # lost is read again
        rules = _rules()
        known = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
        self._file = file
        if "upto" in known and file.execute("SELECT rules FROM upto").get == rules:
            return file
        with file:
            for name in known & set(_NAMES):
                file.execute(f"DROP TABLE {name}")
            file.execute(_TABLES)
            self._begin()
        return file

    def _begin(self) -> None:
        self._file.execute("INSERT INTO upto VALUES (?, ?, ?, ?)", (*astuple(EMPTY), _rules()))

    def _given(self, deed: Given) -> None:
        self._file.execute(_GIVE, (deed.subject, deed.thing, deed.due_at))
        self._file.execute(_KEEP, (deed.subject, deed.kind.value, deed.at))

    def _joined(self, deed: CallerJoined) -> None:
        self._file.execute(
            "UPDATE subject SET thing = ? WHERE thing LIKE 'caller/%' AND thing = ?",
            (deed.call_id, deed.caller),
        )

    def _about(self, deed: CallAbout) -> None:
        self._file.execute(
            "INSERT OR IGNORE INTO about VALUES (?, ?)", (deed.call_id, deed.incident_id)
        )

    def _back(self, deed: CalledBack) -> None:
        self._file.execute("INSERT OR IGNORE INTO back VALUES (?, ?)", (deed.dial_id, deed.call_id))

    def _merged(self, deed: Merged) -> None:
        self._file.execute("INSERT OR IGNORE INTO merged VALUES (?, ?)", (deed.one, deed.other))

    def _marked(self, deed: Marked) -> None:
        self._file.execute("INSERT OR IGNORE INTO evidence VALUES (?)", (deed.call_id,))

    def _ended(self, deed: Ended) -> None:
        if deed.kind is None:
            self._file.execute(_COUNT, (deed.subject,))
            self._strike(deed.subject)
            return
        self._file.execute("DELETE FROM evidence WHERE call_id = ?", (deed.subject,))
        one = (deed.subject, deed.kind.value)
        self._file.execute(
            "INSERT INTO erased SELECT kind, 1 FROM kept WHERE subject = ? AND kind = ? "
            "ON CONFLICT(kind) DO UPDATE SET pieces = pieces + 1",
            one,
        )
        self._file.execute("DELETE FROM kept WHERE subject = ? AND kind = ?", one)

    def _reported(self, _deed: Reported) -> None:
        self._file.execute("DELETE FROM erased")

    def _strike(self, subject: str) -> None:
        for statement in _STRIKE:
            self._file.execute(statement, (subject,))

    def _rows(self, statement: str, bindings: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with self._gate, self._told():
            return self._file.execute(statement, bindings).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._gate, self._told(), self._file:
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as error:
            raise BookFault(
                f"{self.path} is out of use ({error}); take it away, it is made anew from the log"
            ) from error


_TAKE: dict[type[Any], Callable[[SqliteBook, Any], None]] = {
    Given: SqliteBook._given,  # noqa: SLF001 - its own table
    CallerJoined: SqliteBook._joined,  # noqa: SLF001
    CallAbout: SqliteBook._about,  # noqa: SLF001
    CalledBack: SqliteBook._back,  # noqa: SLF001
    Merged: SqliteBook._merged,  # noqa: SLF001
    Marked: SqliteBook._marked,  # noqa: SLF001
    Ended: SqliteBook._ended,  # noqa: SLF001
    Reported: SqliteBook._reported,  # noqa: SLF001
}


def _rules() -> str:
    """Name the table of retention and the shape of this file: other rules, another book."""
    kinds = sorted((kind.__name__, row.value) for kind, row in KIND_OF.items())
    rows = sorted((row.kind.value, row.keep or 0) for row in RETENTION.values())
    return sha256(f"{_TABLES}{kinds}{rows}{WORDS_KEPT}".encode()).hexdigest()[:16]
