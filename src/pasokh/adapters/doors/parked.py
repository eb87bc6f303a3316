"""What could not be understood or taken at a door: for a person to read, and not for ever."""

from typing import Protocol

import msgspec
from msgspec import Struct

from pasokh.adapters.doors.knocks import Knock
from pasokh.core.time import Instant

PARKED_NAME = "parked.jsonl"


class ParkedFolder(Protocol):
    """A folder with whole files; each method is durable. Errors of the disk are OSError."""

    def names(self) -> list[str]:
        """List the files."""
        ...

    def read(self, name: str) -> bytes:
        """Read a file."""
        ...

    def replace(self, name: str, text: bytes) -> None:
        """Write a file: after a crash the old one or the new one is there."""
        ...

    def append(self, name: str, text: bytes) -> None:
        """Add to the end of a file."""
        ...


class ParkedKnock(Struct, frozen=True):
    """A line of the file of what could not be understood or taken, whole, for a person to read."""

    knock: Knock
    body: bytes
    why: str


class ParkedFile:
    """Belongs to one thread, which writes."""

    def __init__(self, folder: ParkedFolder) -> None:
        """Read what is parked already."""
        self._folder = folder
        self._ids = {line.knock.id for line in read_parked(folder)}

    def add(self, knock: Knock, why: str) -> None:
        """Put a knock aside; once, however often it is heard."""
        if knock.id not in self._ids:
            line = msgspec.json.encode(ParkedKnock(knock, knock.body, why)) + b"\n"
            self._folder.append(PARKED_NAME, line)
            self._ids.add(knock.id)

    def forget(self, before: Instant) -> int:
        """Strike out what came before a time (milliseconds): nobody sealed it."""
        parked = read_parked(self._folder)
        stays = [line for line in parked if line.knock.at >= before]
        if len(stays) < len(parked):
            lines = b"".join(msgspec.json.encode(line) + b"\n" for line in stays)
            self._folder.replace(PARKED_NAME, lines)
        return len(parked) - len(stays)


def read_parked(folder: ParkedFolder) -> list[ParkedKnock]:
    """Read what waits for a person."""
    if PARKED_NAME not in folder.names():
        return []
    # What stands after the last line feed was torn by a crash.
    lines = folder.read(PARKED_NAME).split(b"\n")[:-1]
    return [msgspec.json.decode(line, type=ParkedKnock) for line in lines]
