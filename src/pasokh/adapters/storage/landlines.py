"""The table of landlines in the data folder: places by the pseudonyms of their numbers.

No number lies in it, and nobody's name. It is written whole beside the old one and takes its
place in one step; a reader that has the old one open finds the new one at its next question.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw
import msgspec

from pasokh.adapters.storage.folder import sync_folder
from pasokh.adapters.storage.schema import StorageRefused
from pasokh.core.told_places import ToldPlace

LANDLINES = "landlines.sqlite"
# "PSKL"; also the version of this file's shape.
_APPLICATION_ID = 0x50534B4C
_CACHE_KIB = 262_144
_TABLE = (
    "CREATE TABLE landline(caller BLOB PRIMARY KEY, line INTEGER NOT NULL, place BLOB NOT NULL) "
    "STRICT, WITHOUT ROWID"
)
_INSERT = "INSERT INTO landline VALUES(?, ?, ?) ON CONFLICT DO NOTHING"
_LINE = "SELECT line FROM landline WHERE caller = ?"
_FIND = "SELECT place FROM landline WHERE caller = ?"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ToldPlace).decode


class LandlinesMade:
    """A new table while it is written: kept whole by `keep`, or else nothing of it remains."""

    def __init__(self, folder: Path) -> None:
        """Begin beside the one that is in use."""
        self._folder = folder
        self._beside = folder / f"{LANDLINES}.new"

    def __enter__(self) -> Self:
        self._beside.unlink(missing_ok=True)
        os.close(os.open(self._beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._file = apsw.Connection(os.fspath(self._beside))
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        self._file.execute(_TABLE)
        self._file.execute("BEGIN")
        return self

    def add(self, caller: str, line: int, place: ToldPlace) -> int | None:
        """Take a row; give the line that has the same number already, and take nothing."""
        values = (bytes.fromhex(caller), line, _encode(place))
        with self._told():
            self._file.execute(_INSERT, values)
            if self._file.changes():
                return None
            first: int = self._file.execute(_LINE, values[:1]).get
            return first

    def keep(self) -> None:
        """Make it durable, and the one in use."""
        with self._told():
            self._file.execute("COMMIT")
            self._file.close()
        with self._beside.open("rb") as file:
            os.fsync(file.fileno())
        self._beside.rename(self._folder / LANDLINES)
        sync_folder(self._folder)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of the disk's error which file it is about."""
        try:
            yield
        except apsw.Error as error:
            raise StorageRefused(f"{self._beside} cannot be written: {error}") from error

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._beside.unlink(missing_ok=True)


class LandlineFile:
    """The LandlineBook port on the file in use, if there is one. Belongs to one thread."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        """Look into this data folder; `say` tells the operator of a file that cannot be read."""
        self._path = folder / LANDLINES
        self._say = say
        self._file: apsw.Connection | None = None
        self._is: tuple[int, int] | None = None

    def find(self, caller: str) -> ToldPlace | None:
        """Give the place of a number's pseudonym; None when it is not there. Never raises."""
        try:
            file = self._in_use()
            if file is None:
                return None
            found = file.execute(_FIND, (bytes.fromhex(caller),)).get
            return None if found is None else _decode(found)
        except (apsw.Error, OSError, ValueError, msgspec.DecodeError) as error:
            self._say(f"{self._path} cannot be read, import it again: {type(error).__name__}")
            return None

    def _in_use(self) -> apsw.Connection | None:
        """Open the file, anew when another one has taken its place."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        if self._is != (stat.st_ino, stat.st_mtime_ns):
            if self._file is not None:
                self._file.close()
            self._file, self._is = None, (stat.st_ino, stat.st_mtime_ns)
            # It is never changed, only replaced: nothing need be locked.
            address = f"{self._path.absolute().as_uri()}?immutable=1"
            how = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
            self._file = apsw.Connection(address, flags=how)
        return self._file
