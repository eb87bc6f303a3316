"""What the replay driver needs from the street side: another centre's log as timed commands."""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from pasokh.account.report_rules import ReportRules
from pasokh.core.machine import Command
from pasokh.core.people import Actor
from pasokh.core.time import Instant


class Step(Struct, frozen=True, gc=False):
    """A command, when it happened (`at`, as stated) and when it may be told (`due`).

    Within one row `due` never goes back, even where the stamps do.
    """

    due: Instant
    at: Instant
    actor: Actor
    command: Command


class Dirt(Struct, frozen=True, gc=False):
    """A rule that a row breaks. Rows count from 1, the header not counted."""

    row: int
    rule: str
    says: str


class Arrival(Struct, frozen=True, gc=False):
    """A row of the foreign log: its steps in their order, or the whole row when it is parked."""

    row: int
    steps: list[Step]
    dirt: tuple[Dirt, ...] = ()
    parked: str = ""


class ForeignLogFault(Exception):
    """A foreign log that can not be read on. Says what, where and how to mend it."""


class ForeignLog(Protocol):
    """A foreign log with its mapping, checked and ready to be read once."""

    name: str
    utc_offset_minutes: int
    rules: ReportRules

    def arrivals(self) -> Iterator[Arrival]:
        """Yield the rows in their order; ForeignLogFault when the file breaks off."""
        ...

    def dirty_days(self) -> list[Dirt]:
        """Say which days look incomplete, once all rows were read."""
        ...
