"""The open files of one day, and what an index says of them."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from msgspec import Struct

from pasokh.account.disclosure.rows import PublicRow
from pasokh.core.time import Day, iso_day


class OpenFile(Struct, frozen=True):
    """A published file: its path under the public folder, its length in bytes, its digest."""

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name in its folder."""
        return self.path.rpartition("/")[2]


class IndexedDay(Struct, frozen=True):
    """A day as it is out: the first day of which its rows speak, their sum, its files and figures.

    `cutoff` is the moment up to which facts were used.
    """

    day: str
    from_day: str
    cutoff: str
    rows: int
    calls: int
    files: tuple[OpenFile, ...]
    figures: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The path of its folder."""
        return folder_of(self.day)

    def file(self, name: str) -> OpenFile:
        """Find a file by its name; StopIteration if the day has none of it."""
        return next(file for file in self.files if file.name == name)


def folder_of(day: str) -> str:
    """Say where a day's files lie; its last sign is a slash."""
    return f"days/{day}/"


def open_file(path: str, raw: bytes) -> OpenFile:
    """Measure a file."""
    return OpenFile(path, len(raw), sha256(raw).hexdigest())


def day_record(
    day: Day,
    cutoff: str,
    rows: Iterable[PublicRow],
    files: Mapping[str, bytes],
    figures: Iterable[str],
) -> IndexedDay:
    """Say what an index says of a day; `files` by path."""
    found = list(rows)
    return IndexedDay(
        day=iso_day(day),
        from_day=iso_day(min((row.from_day for row in found), default=day)),
        cutoff=cutoff,
        rows=len(found),
        calls=sum(row.count for row in found),
        files=tuple(open_file(path, files[path]) for path in sorted(files)),
        figures=tuple(sorted(figures)),
    )
