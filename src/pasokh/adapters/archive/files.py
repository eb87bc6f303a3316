"""Files in folders under one root, each there in full or not at all. Tests put a fake disk here."""

import fcntl
import os
from pathlib import Path
from typing import Protocol


class ArchiveRefused(Exception):
    """A file that must not be trusted or written over; the text says which, why, and what to do."""


class Files(Protocol):
    """What the public log needs of a disk. Paths have `/` between their parts."""

    def names(self, folder: str) -> list[str]:
        """List the files right in a folder; none when the folder is not there."""
        ...

    def read(self, path: str) -> bytes:
        """Read a file; FileNotFoundError when it is not there."""
        ...

    def write(self, path: str, raw: bytes) -> None:
        """Write durably: after a crash the old file or the new one is there, never a mix."""
        ...

    def remove(self, path: str) -> None:
        """Take a file away; not durable, it may be back after a crash."""
        ...


class DiskFiles:
    """A folder of the file system. Errors of the disk are OSError and reach the caller."""

    def __init__(self, root: Path, mode: int = 0o644) -> None:
        """Make the root when it is not there; `mode` is what new files get."""
        self.root = root
        self._mode = mode
        make_folder(root)

    def names(self, folder: str) -> list[str]:
        """List the files right in a folder."""
        try:
            found = [e.name for e in os.scandir(self.root / folder) if e.is_file()]
        except FileNotFoundError:
            return []
        return sorted(found)

    def read(self, path: str) -> bytes:
        """Read a file."""
        return (self.root / path).read_bytes()

    def write(self, path: str, raw: bytes) -> None:
        """Write beside it, make that durable, rename, make the name durable."""
        file = self.root / path
        make_folder(file.parent)
        beside = file.with_name(f"{file.name}.new")
        beside.unlink(missing_ok=True)
        write_new(beside, raw, self._mode)
        beside.rename(file)
        sync_folder(file.parent)

    def remove(self, path: str) -> None:
        """Take a file away."""
        (self.root / path).unlink()


def make_folder(path: Path) -> None:
    """Make a folder and what it lies in, each name durable."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_new(path: Path, raw: bytes, mode: int) -> None:
    """Write a file that is not there yet, durably but for its name; or FileExistsError."""
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, how, mode), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


class HeldLock:
    """A lock beside a file, kept until released or until we die; ArchiveRefused if another's."""

    def __init__(self, path: Path) -> None:
        """Take `<path>.lock`."""
        self._descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._descriptor)
            raise ArchiveRefused(f"{path} is in use by another process; one at a time") from error

    def release(self) -> None:
        """Give it back. The file stays: removing it would let two in."""
        os.close(self._descriptor)
