"""Whole files in one folder, each there in full or not at all. The tests put a fake disk here."""

import os
from pathlib import Path
from typing import Protocol

from pasokh.adapters.storage.schema import FilePath


class Folder(Protocol):
    """What snapshots and heads need of a disk."""

    def names(self) -> list[str]:
        """List the files."""
        ...

    def read(self, name: str) -> bytes:
        """Read a file; FileNotFoundError when it is not there."""
        ...

    def replace(self, name: str, text: bytes) -> None:
        """Write a file durably: after a crash the old one or the new one is there, never a mix."""
        ...

    def append(self, name: str, text: bytes) -> None:
        """Add durably to the end of a file; after a crash the addition may be there in part."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away; not durable, it may be back after a crash."""
        ...


class DiskFolder:
    """A folder of the file system. Errors of the disk are OSError and reach the caller."""

    def __init__(self, path: FilePath) -> None:
        """Make the folder when it is not there."""
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)

    def names(self) -> list[str]:
        """List the files."""
        return sorted(entry.name for entry in os.scandir(self.path) if entry.is_file())

    def read(self, name: str) -> bytes:
        """Read a file; FileNotFoundError when it is not there."""
        return (self.path / name).read_bytes()

    def replace(self, name: str, text: bytes) -> None:
        """Write beside it, make that durable, rename, make the name durable."""
        beside = self.path / f"{name}.new"
        _write(beside, os.O_TRUNC, text)
        beside.rename(self.path / name)
        sync_folder(self.path)

    def append(self, name: str, text: bytes) -> None:
        """Add to the end of a file and make it durable."""
        is_new = not (self.path / name).exists()
        _write(self.path / name, os.O_APPEND, text)
        if is_new:
            sync_folder(self.path)

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self.path / name).unlink()


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, how: int, text: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | how, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
