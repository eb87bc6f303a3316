"""The open files of one day, by their names in the day's folder."""

from hashlib import sha256

from msgspec import Struct


class OpenFile(Struct, frozen=True):
    """A published file: its path under the public folder, its length in bytes, its digest."""

    path: str
    size: int
    sha256: str


def open_file(path: str, raw: bytes) -> OpenFile:
    """Measure a file."""
    return OpenFile(path, len(raw), sha256(raw).hexdigest())
