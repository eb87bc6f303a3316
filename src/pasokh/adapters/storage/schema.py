"""The log's file: its tables, its marks, and how a connection to it is opened. Reads no entry."""

from os import PathLike, fspath
from typing import TypeAlias

import apsw

# "PSKH" in the header of the file says that it is a log of ours.
APPLICATION_ID = 0x50534B48
SCHEMA_VERSION = 1

# STRICT, because a digit stored as text would give the same hash as the number.
TABLES = {
    "entry": "CREATE TABLE entry("
    "seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, known_at INTEGER NOT NULL, "
    "actor TEXT NOT NULL, cause INTEGER, command_id TEXT NOT NULL, kind TEXT NOT NULL, "
    "version INTEGER NOT NULL, body TEXT NOT NULL, chain TEXT NOT NULL) STRICT",
    "entry_command": "CREATE INDEX entry_command ON entry(command_id)",
    "envelope": "CREATE TABLE envelope("
    "envelope TEXT PRIMARY KEY, subject TEXT NOT NULL, box BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "envelope_subject": "CREATE INDEX envelope_subject ON envelope(subject)",
    "writer": "CREATE TABLE writer(epoch INTEGER NOT NULL) STRICT",
}

FilePath: TypeAlias = str | PathLike[str]

_BUSY_MILLISECONDS = 5_000
_READ_WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


class StorageRefused(Exception):
    """A file that must not be touched or trusted; the text says which, why, and how to mend it."""


class LogNotMade(StorageRefused):
    """There is a file, and nothing in it yet: whoever writes the log is about to make it."""


def connect_writer(path: FilePath, vfs: str = "") -> apsw.Connection:
    """Open the log for writing, WAL with synchronous=FULL; make its tables when it is new."""
    connection = _opened(path, _READ_WRITE, vfs)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    try:
        if vfs:
            # A disk of the tests has no shared memory; WAL does without it in this mode only.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _expect_ours(connection, path, may_be_new=True)
        _make_durable(connection, path)
        _make_tables(connection)
    except apsw.Error as error:
        connection.close(True)  # noqa: FBT003 - apsw takes it by place only
        raise _unreadable(path, error) from error
    except StorageRefused:
        connection.close(True)  # noqa: FBT003
        raise
    return connection


def connect_reader(path: FilePath) -> apsw.Connection:
    """Open the log for reading only; a writer may be at work meanwhile."""
    connection = _opened(path, apsw.SQLITE_OPEN_READONLY, "")
    try:
        _expect_ours(connection, path, may_be_new=False)
    except apsw.Error as error:
        connection.close(True)  # noqa: FBT003
        raise _unreadable(path, error) from error
    except StorageRefused:
        connection.close(True)  # noqa: FBT003
        raise
    return connection


def _opened(path: FilePath, flags: int, vfs: str) -> apsw.Connection:
    try:
        connection = apsw.Connection(fspath(path), flags=flags, vfs=vfs or None)
    except apsw.Error as error:
        raise _unreadable(path, error) from error
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    return connection


def _unreadable(path: FilePath, error: apsw.Error) -> StorageRefused:
    return StorageRefused(
        f"{fspath(path)} cannot be opened as a log: {error}; check the path and its permissions, "
        "or restore the file from a copy"
    )


def _expect_ours(connection: apsw.Connection, path: FilePath, *, may_be_new: bool) -> None:
    with connection:  # one moment of the file: its writer may be making it
        found = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
        mark = connection.pragma("application_id")
    if not found and mark == 0:
        if may_be_new:
            return
        raise LogNotMade(
            f"{fspath(path)} is empty: it is not a log of this program yet; wait until its centre "
            "runs, or name another file"
        )
    if mark != APPLICATION_ID:
        raise StorageRefused(
            f"{fspath(path)} is not a log of this program (application id {mark:#x}); "
            "name another file, it is left as it was"
        )
    version = connection.pragma("user_version")
    if version > SCHEMA_VERSION:
        raise StorageRefused(
            f"{fspath(path)} was written by a newer release (schema {version}, this one knows "
            f"{SCHEMA_VERSION}); install that release or a later one"
        )
    if found != TABLES:
        odd = sorted(name for name in {*found, *TABLES} if found.get(name) != TABLES.get(name))
        raise StorageRefused(
            f"{fspath(path)}: the shape of {', '.join(odd)} was changed by another hand; "
            "restore the file from a copy"
        )


def _make_durable(connection: apsw.Connection, path: FilePath) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").get
    if mode != "wal":
        raise StorageRefused(
            f"{fspath(path)}: the file system gives no write-ahead log (journal mode {mode}); "
            "put the log on a local disk that works"
        )
    connection.execute("PRAGMA synchronous = FULL")


def _make_tables(connection: apsw.Connection) -> None:
    """Make everything in one transaction: after a crash the file is new or whole."""
    if connection.pragma("application_id") == APPLICATION_ID:
        return
    with connection:
        for statement in TABLES.values():
            connection.execute(statement)
        connection.execute("INSERT INTO writer VALUES (0)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
