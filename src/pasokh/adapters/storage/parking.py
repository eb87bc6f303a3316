"""Commands that broke the machine, one JSON line each, for a person to read. Without their words.

A process that died of a command is started again and asked the same thing again (the emergency
line of a whole country once restarted for hours over one message); so the command is written
down before the process ends, and refused by the next one.
"""

from typing import Any

import msgspec
from msgspec import Struct

from pasokh.adapters.storage.folder import Folder
from pasokh.core.machine import Submission
from pasokh.core.time import Instant

PARKED_NAME = "parked.jsonl"


class ParkedCommand(Struct, frozen=True):
    """A line of the file. `had_words`: words of persons came with it and were not kept."""

    command_id: str
    actor: str
    kind: str
    command: dict[str, Any]
    at: Instant | None
    had_words: bool
    broke: str


class FileParking:
    """The Parking port on a file of the data folder."""

    def __init__(self, folder: Folder) -> None:
        """Read which commands are parked already."""
        self._folder = folder
        self.parked = _read(folder)
        self._ids = {parked.command_id for parked in self.parked}

    def holds(self, command_id: str) -> bool:
        """Tell whether a command of this id broke the machine before."""
        return command_id in self._ids

    def park(self, submission: Submission, broke: str) -> None:
        """Write a command down, durably."""
        command = submission.command
        parked = ParkedCommand(
            command_id=submission.command_id,
            actor=submission.actor,
            kind=type(command).__name__,
            command=msgspec.to_builtins(command),
            at=submission.at,
            had_words=submission.words is not None,
            broke=broke,
        )
        self._folder.append(PARKED_NAME, msgspec.json.encode(parked) + b"\n")
        self.parked.append(parked)
        self._ids.add(parked.command_id)


def _read(folder: Folder) -> list[ParkedCommand]:
    if PARKED_NAME not in folder.names():
        return []
    # What stands after the last line feed was torn by a crash.
    lines = folder.read(PARKED_NAME).split(b"\n")[:-1]
    return [msgspec.json.decode(line, type=ParkedCommand) for line in lines]
