"""The log on disk: one SQLite file, one writer, one transaction for whatever waits.

The disk is believed once: after the first error nothing is tried again, the object is dead and
the process must stop and recover (under a lasting EIO 9 of 11 failed commands were in the file).
"""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import apsw
from msgspec.structs import astuple

from pasokh.adapters.storage.folder import sync_folder
from pasokh.adapters.storage.log_reader import LogReader
from pasokh.adapters.storage.schema import (
    FilePath,
    StorageRefused,
    connect_reader,
    connect_writer,
)
from pasokh.adapters.storage.writer_lock import WriterLock
from pasokh.core.log import EMPTY, Entry, Head, fault_of, head_of
from pasokh.drivers.ports import Envelope, LogFault

# Pages of 4 KiB in the write-ahead log before they move into the file.
_CHECKPOINT_PAGES = 4_000

_INSERT = "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)"
_SEAL = "INSERT INTO envelope VALUES (?,?,?)"

_MENDS: dict[type[apsw.Error], str] = {
    apsw.FullError: "the disk is full, make room on it",
    apsw.IOError: "the disk failed, look at the kernel's messages before trusting it again",
    apsw.BusyError: "another program holds the file, find and stop it",
    apsw.ReadOnlyError: "the file cannot be written, check its permissions",
}


class SqliteLog(LogReader):
    """The Log port on SQLite: WAL, synchronous=FULL, `append` from one thread, reads from any."""

    def __init__(
        self, path: FilePath, *, vfs: str = "", checkpoint_pages: int = _CHECKPOINT_PAGES
    ) -> None:
        """Open for writing, or raise StorageRefused; `vfs` names a disk of the tests."""
        self.path = os.fspath(path)
        self._dead = ""
        self._unconfirmed = ""
        self._wal_pages = 0
        self._checkpoint_pages = checkpoint_pages
        self._lock = None if vfs else WriterLock(path)
        try:
            self._writing = connect_writer(path, vfs)
            # On a disk of the tests there is one connection, which reader and writer take in turn.
            super().__init__(self._writing if vfs else connect_reader(path))
            self._turn: AbstractContextManager[object] = self._gate if vfs else nullcontext()
            self._writing.set_wal_hook(self._note_wal_pages)
            self._head = self._checked_head()
            self.epoch = self._raise_epoch()
        except (StorageRefused, apsw.Error):
            if self._lock:
                self._lock.release()
            raise
        if not vfs:
            sync_folder(Path(path).parent)

    def head(self) -> Head:
        """Give the last durable entry's place and chain value."""
        return self._head

    def append(self, entries: Sequence[Entry], envelopes: Sequence[Envelope] = ()) -> None:
        """Make entries durable in one transaction, or raise LogFault and never write again."""
        if self._unconfirmed or self._dead:
            raise self._fault()
        if not entries:
            return
        # Whatever stops the next lines, an interrupt included, leaves this mark standing.
        self._unconfirmed = f"it did not confirm entries {entries[0].seq} to {entries[-1].seq}"
        try:
            with self._turn:
                self._write(entries, envelopes)
                if self._wal_pages >= self._checkpoint_pages:
                    self._writing.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except apsw.Error as error:
            self._dead = f"{self._unconfirmed} ({type(error).__name__}: {error}); {_mend(error)}"
            raise self._fault() from error
        self._head = head_of(entries[-1])
        self._unconfirmed = ""

    def close(self) -> None:
        """Move everything into the one file and let go of it; a dead log is left as it is."""
        if not (self._dead or self._unconfirmed):
            self._writing.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self._dead = self._dead or "it was closed"
        if self._reading is not self._writing:
            self._reading.close()
        self._writing.close(True)  # noqa: FBT003 - apsw takes it by place only
        if self._lock:
            self._lock.release()

    def _write(self, entries: Sequence[Entry], envelopes: Sequence[Envelope]) -> None:
        if (entries[0].seq, entries[-1].seq) != (self._head.seq + 1, self._head.seq + len(entries)):
            self._dead = (
                f"it ends at {self._head.seq}, and {self._unconfirmed}: a state of another log"
            )
            raise self._fault()
        write = self._writing
        write.execute("BEGIN IMMEDIATE")
        if write.execute("SELECT epoch FROM writer").get != self.epoch:
            write.execute("ROLLBACK")
            self._dead = f"a newer writer has taken over, {self._unconfirmed}"
            raise self._fault()
        write.executemany(_INSERT, map(astuple, entries))
        if envelopes:
            write.executemany(_SEAL, ((e.envelope, e.subject, e.box) for e in envelopes))
        write.execute("COMMIT")

    def _note_wal_pages(self, _connection: object, _name: str, pages: int) -> int:
        """Count only: SQLite's own checkpoint would swallow the error of its fsync."""
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _rows(self, statement: str, bindings: tuple[str | int, ...]) -> list[tuple]:  # type: ignore[type-arg]
        if self._dead:
            raise self._fault()
        return super()._rows(statement, bindings)

    def _fault(self) -> LogFault:
        return LogFault(
            f"the log {self.path} is out of use: {self._dead or self._unconfirmed}. Stop, start "
            "again, and ask again with the same command ids: what was not confirmed is unknown"
        )

    def _checked_head(self) -> Head:
        """Believe the head only when it continues the entry before it."""
        last = list(LogReader.read(self, LogReader.head(self).seq - 2))
        if not last:
            return EMPTY
        previous = head_of(last[-2]) if len(last) > 1 else EMPTY
        fault = fault_of(previous, last[-1])
        if fault:
            raise StorageRefused(f"{self.path}: {fault}; restore the file from a copy")
        return head_of(last[-1])

    def _raise_epoch(self) -> int:
        with self._writing:
            raised: int = self._writing.execute(
                "UPDATE writer SET epoch = epoch + 1 RETURNING epoch"
            ).get
        return raised


def _mend(error: apsw.Error) -> str:
    found = [text for kind, text in _MENDS.items() if isinstance(error, kind)]
    return found[0] if found else "see the message of the database"
