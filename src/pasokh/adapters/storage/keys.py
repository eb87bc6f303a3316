"""The keys of sealed words, in a file of their own that is never copied with the log.

Keys are made in blocks ahead of need and made durable there, so that sealing costs no fsync of
its own. A key lies in a row of fixed length that is written once and overwritten once, with
zeros: SQLite then never moves it, and no second copy of it can be left behind in a page.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import apsw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.schema import FilePath, StorageRefused
from pasokh.drivers.ports import LogFault

Entropy: TypeAlias = Callable[[int], bytes]

KEY_BYTES = 32
NONCE_BYTES = 12
_TAG_BYTES = 16
_WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + _TAG_BYTES
_ERASED = bytes(_WRAPPED_BYTES)
# "PSKK"; also the version of this file's shape.
_APPLICATION_ID = 0x50534B4B
_BLOCK = 1_024
# Keys of subjects count from 1; these rows hold the centre's own, which no erasure touches, and
# which nightly run of erasures was the last that this file saw.
_LOOKUP = 0
_RUN = -1


def master_key(path: FilePath, entropy: Entropy = os.urandom) -> bytes:
    """Read the key that wraps all others, or make it at the first start (0600, durable)."""
    file = Path(path)
    if not file.exists():
        DiskFolder(file.parent).replace(file.name, entropy(KEY_BYTES))
    if file.stat().st_mode & 0o077:
        raise StorageRefused(f"{file} can be read by others; `chmod 600` it and look who did")
    master = file.read_bytes()
    if len(master) != KEY_BYTES:
        raise StorageRefused(f"{file} has not {KEY_BYTES} bytes; restore it from its own copy")
    return master


class KeyStore:
    """Keys by number. Not thread-safe: the vault lets one thread in at a time."""

    def __init__(
        self,
        path: FilePath,
        master: bytes,
        *,
        entropy: Entropy = os.urandom,
        vfs: str = "",
        block: int = _BLOCK,
    ) -> None:
        """Open or make the file; StorageRefused when it is not ours or of another master key."""
        self.path = os.fspath(path)
        self._wrap = AESGCM(master)
        self._entropy = entropy
        self._block = block
        self._fresh: list[tuple[int, bytes]] = []
        self._dead = ""
        try:
            self._file = apsw.Connection(self.path, vfs=vfs or None)
            # No fsync behind our back: each is asked for, and believed once.
            self._file.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            self._file.execute("PRAGMA wal_autocheckpoint = 0")
            if vfs:
                self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._prepare()
            self._last: int = self._file.execute("SELECT coalesce(max(id), 0) FROM key").get
            self._prove_master()
        except apsw.Error as error:
            raise StorageRefused(
                f"{self.path} cannot be opened as a file of keys: {error}; restore it from its copy"
            ) from error

    def take(self) -> tuple[int, bytes]:
        """Give a key that nobody has yet, and its number, durable already; or raise LogFault."""
        if not self._fresh:
            self._make_block()
        return self._fresh.pop()

    def get(self, number: int) -> bytes | None:
        """Give a key; None when it was destroyed, or never was."""
        wrapped = self._file.execute("SELECT wrapped FROM key WHERE id = ?", (number,)).get
        if wrapped is None or wrapped == _ERASED:
            return None
        nonce, box = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return self._wrap.decrypt(nonce, box, _name(number))
        except InvalidTag as error:
            raise StorageRefused(
                f"{self.path}: key {number} does not open with this master key; restore both "
                "files from one copy"
            ) from error

    def lookup(self) -> bytes:
        """Give the centre's key for pseudonyms, made and durable at its first use; or LogFault."""
        key = self.get(_LOOKUP)
        if key is None:
            key = self._entropy(KEY_BYTES)
            self._insert([(_LOOKUP, key)])
        return key

    def run(self) -> int:
        """Say which run of erasures was the last; a copy made before it says an earlier one."""
        noted = self._file.execute("SELECT wrapped FROM key WHERE id = ?", (_RUN,)).get
        return 0 if noted is None else int.from_bytes(noted)

    def note_run(self, run: int) -> None:
        """Note a run of erasures, durably; or raise LogFault."""
        noted = run.to_bytes(_WRAPPED_BYTES)
        with self._disk_believed_once(), self._file:
            self._file.execute("INSERT OR REPLACE INTO key VALUES (?, ?)", (_RUN, noted))
        with self._disk_believed_once():
            self._clear_log()

    def destroy(self, numbers: set[int]) -> None:
        """Overwrite keys with zeros, durably, in the write-ahead log too; or raise LogFault."""
        with self._disk_believed_once(), self._file:
            self._file.executemany(
                "UPDATE key SET wrapped = ? WHERE id = ?", ((_ERASED, n) for n in numbers)
            )
        with self._disk_believed_once():
            self._clear_log()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _prepare(self) -> None:
        mark = self._file.pragma("application_id")
        if mark not in (0, _APPLICATION_ID) or (
            mark == 0 and self._file.execute("SELECT count(*) FROM sqlite_master").get
        ):
            raise StorageRefused(
                f"{self.path} is no file of keys; name another, it is left as it was"
            )
        mode = self._file.execute("PRAGMA journal_mode = WAL").get
        if mode != "wal":  # SQLite tells an error of the disk here only by leaving the old mode
            raise StorageRefused(f"{self.path} has no write-ahead log ({mode}); look at the disk")
        self._file.execute("PRAGMA synchronous = FULL")
        self._file.execute("PRAGMA secure_delete = ON")
        if mark == 0:
            with self._file:
                self._file.execute(
                    "CREATE TABLE key(id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT"
                )
                self._file.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        # What a crash left of an erasure in the write-ahead log goes now.
        self._clear_log()

    def _prove_master(self) -> None:
        """Keys of another master key would be found out only when somebody needs the words."""
        newest = self._file.execute(
            "SELECT max(id) FROM key WHERE id >= 0 AND wrapped <> ?", (_ERASED,)
        ).get
        if newest is not None:
            self.get(newest)

    def _make_block(self) -> None:
        """Make keys for the next subjects, durable before the first of them is used."""
        made = [(self._last + i, self._entropy(KEY_BYTES)) for i in range(1, self._block + 1)]
        self._insert(made)
        self._last += self._block
        self._fresh = made[::-1]

    def _insert(self, made: list[tuple[int, bytes]]) -> None:
        with self._disk_believed_once(), self._file:
            self._file.executemany(
                "INSERT INTO key VALUES (?, ?)", [(n, self._wrapped(n, key)) for n, key in made]
            )
        with self._disk_believed_once():
            self._clear_log()

    def _wrapped(self, number: int, key: bytes) -> bytes:
        nonce = self._entropy(NONCE_BYTES)
        return nonce + self._wrap.encrypt(nonce, key, _name(number))

    @contextmanager
    def _disk_believed_once(self) -> Iterator[None]:
        if self._dead:
            raise LogFault(self._dead)
        try:
            yield
        except apsw.Error as error:
            self._dead = f"the keys {self.path} are out of use ({error}); stop and start again"
            raise LogFault(self._dead) from error

    def _clear_log(self) -> None:
        self._file.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)


def _name(number: int) -> bytes:
    """Bind a wrapped key to its number, so that rows cannot be exchanged."""
    return f"key {number}".encode()
