"""The call before the program: each step is on the disk before anything reads it (N0).

A record is its length, its CRC-32 and its bytes. Files are filled one after the other; one whose
calls are all settled in the log is taken away, because it holds what nobody sealed.
"""

from collections.abc import Iterable, Iterator, Sequence
from struct import Struct as Layout
from typing import Protocol
from zlib import crc32

_HEAD = Layout(">II")
_NAME = "journal-"
_DAMAGED = "damaged-"
FULL_BYTES = 1 << 20


class JournalDisk(Protocol):
    """What the journal needs of a folder; errors of the disk are OSError."""

    def names(self) -> list[str]:
        """List the files."""
        ...

    def read(self, name: str) -> bytes:
        """Read a file."""
        ...

    def append(self, name: str, text: bytes) -> None:
        """Add durably to the end of a file; after a crash the addition may be there in part."""
        ...

    def replace(self, name: str, text: bytes) -> None:
        """Write a file durably: after a crash the old one or the new one is there."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away; it may be back after a crash."""
        ...


class Journal:
    """Numbered files of records. One thread at a time."""

    def __init__(self, disk: JournalDisk, full_bytes: int = FULL_BYTES) -> None:
        """Go on in a new file, so that what a crash tore stands at the end of an old one."""
        self._disk = disk
        self._full_bytes = full_bytes
        self._old = sorted(name for name in disk.names() if name.startswith(_NAME))
        self._file = 1 + max([int(name.removeprefix(_NAME)) for name in self._old], default=0)
        self._bytes = 0
        self.damaged: list[str] = []

    @property
    def file(self) -> int:
        """The number of the file that is written now."""
        return self._file

    def replay(self) -> Iterator[tuple[int, bytes]]:
        """Yield what was there at the start, with the number of its file.

        What a crash tore off the end was never confirmed to anybody and comes again. What is
        damaged before the end of the last file is kept aside for a person to look at.
        """
        for name in self._old:
            text = self._disk.read(name)
            records, good = _records(text)
            if good < len(text):
                self._cut(name, text, good)
            for record in records:
                yield int(name.removeprefix(_NAME)), record

    def append(self, records: Sequence[bytes]) -> int:
        """Write records durably; give the number of their file. OSError when the disk failed."""
        if self._bytes >= self._full_bytes:
            self.turn()
        text = b"".join(_HEAD.pack(len(r), crc32(r)) + r for r in records)
        self._bytes += len(text)
        self._disk.append(_name(self._file), text)
        return self._file

    def turn(self) -> None:
        """Begin a new file, when the present one has anything in it."""
        if self._bytes:
            self._file += 1
            self._bytes = 0

    def remove(self, files: Iterable[int]) -> None:
        """Take files away whose calls are all settled."""
        there = set(self._disk.names())
        for number in files:
            if _name(number) in there:
                self._disk.remove(_name(number))

    def _cut(self, name: str, text: bytes, good: int) -> None:
        if name != self._old[-1]:
            self._disk.replace(f"{_DAMAGED}{name}", text)
            self.damaged.append(name)
        self._disk.replace(name, text[:good])


def _name(number: int) -> str:
    return f"{_NAME}{number:08}"


def _records(text: bytes) -> tuple[list[bytes], int]:
    """Read records up to the first that is not whole; give them and where they end."""
    found: list[bytes] = []
    at = 0
    while at + _HEAD.size <= len(text):
        length, checksum = _HEAD.unpack_from(text, at)
        record = text[at + _HEAD.size : at + _HEAD.size + length]
        if len(record) != length or crc32(record) != checksum:
            break
        found.append(record)
        at += _HEAD.size + length
    return found, at
