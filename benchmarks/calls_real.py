"""Real calls with their duplicates: San Diego's police, 22 days, beside this checkout if at all.

The source marks a call as a duplicate (DUP, V) but not of which, and gives no time of closing
and no point. So a call counts as open for the hour after it came, and places are words and beats.
"""

import csv
import gzip
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from pasokh.core.place import Area
from pasokh.core.time import HOUR, Instant
from pasokh.dispatch.nearby import Candidate, Sought
from pasokh.words.spelling import key

FILE = (
    Path(__file__).resolve().parents[2]
    / "shared/data/calls/san_diego_police_2023-01-01_2023-01-22.csv.gz"
)
# Weights are fitted on what came before, measured on what came after.
MEASURED_FROM = "2023-01-12"
_DUPLICATE = ("DUP", "V")
_NO_BEAT = "-1"
_OPEN_FOR = HOUR


class Rung(Struct, frozen=True):
    """A call, whether it was a duplicate, and the incidents open when it came."""

    day: str
    at: Instant
    sought: Sought
    duplicate: bool
    open: tuple[Candidate, ...]


def rung(path: Path = FILE) -> Iterator[Rung]:
    """Give the calls that have a place, in the order of time."""
    still: deque[Candidate] = deque()
    for row in _placed(path):
        at = int(datetime.fromisoformat(row["received"]).replace(tzinfo=UTC).timestamp()) * 1000
        while still and still[0].opened_at < at - _OPEN_FOR:
            still.popleft()
        text, area = key(row["block"]), Area("san-diego", row["beat"])
        duplicate = row["disposition"] in _DUPLICATE
        sought = Sought(None, text, row["call_type"], area)
        yield Rung(row["received"][:10], at, sought, duplicate, tuple(still))
        if not duplicate:  # a duplicate joined another incident: it is none of its own
            still.append(Candidate(row["incident"], at, None, text, row["call_type"], area))


def _placed(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["block"] and " LOG" not in row["block"] and row["beat"] != _NO_BEAT
        ]
    return sorted(rows, key=lambda row: row["received"])
