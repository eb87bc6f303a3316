"""Dirty and parked rows, all of them in files beside the log, the first of each rule in memory."""

from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from pasokh.drivers.ports_replay import Arrival, Dirt

ROWS_SHOWN = 20
DIRTY_FILE = "dirty-rows.jsonl"
PARKED_FILE = "parked-rows.jsonl"


class DirtyRule(Struct):
    """How many rows break a rule, the first of them, and what one of them says."""

    count: int = 0
    rows: list[int] = []
    example: str = ""


class _ParkedRow(Struct, frozen=True):
    row: int
    rule: str
    says: str
    whole: str


class DirtKept:
    """Writes dirt down as it is found. Use as a context: the files are closed at its end."""

    def __init__(self, directory: Path) -> None:
        """Begin both files, empty."""
        self.rules: dict[str, DirtyRule] = {}
        self.parked = 0
        self._dirty = (directory / DIRTY_FILE).open("wb")
        self._parked = (directory / PARKED_FILE).open("wb")

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files, whatever happened."""
        self._dirty.close()
        self._parked.close()

    def keep(self, dirt: Dirt) -> None:
        """Write one finding down and count it under its rule."""
        rule = self.rules.setdefault(dirt.rule, DirtyRule(example=dirt.says))
        rule.count += 1
        if len(rule.rows) < ROWS_SHOWN:
            rule.rows.append(dirt.row)
        self._dirty.write(msgspec.json.encode(dirt) + b"\n")

    def keep_all(self, arrival: Arrival) -> None:
        """Write down what is dirty about a row, and the whole row when it is parked."""
        for dirt in arrival.dirt:
            self.keep(dirt)
        if arrival.parked:
            self.parked += 1
            first = arrival.dirt[0]
            row = _ParkedRow(arrival.row, first.rule, first.says, arrival.parked)
            self._parked.write(msgspec.json.encode(row) + b"\n")
