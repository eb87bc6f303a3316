"""A log that ended is published with its weeks, its whole and other readings: nobody is found.

The days are small, so that sides and classes wait, or lie in their side's row, on many of them.
"""

from collections import Counter
from pathlib import Path
from random import Random

import msgspec
import pytest

from pasokh.account import published_endings
from pasokh.account.disclosure.rows import SIDE_OF, CellKey, Level, PublicRow, Side
from pasokh.account.figures import percent
from pasokh.account.published_endings import EndingTold, endings_told, hidden_beside
from pasokh.account.rivals import ReadingCell, RivalShare, Taken
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.ended_log import EndedPublisher
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.periods import PeriodPublisher
from pasokh.wiring_pages import PublicDisk
from tests.account.disclosure.days import random_day
from tests.adapters.archive.settled import settled_cells
from tests.adapters.archive.test_publishing import DAY, Office
from tests.adapters.archive.whole_attacker import (
    finds_in_ended,
    finds_in_periods,
    finds_in_readings,
)

pytestmark = pytest.mark.slow
KINDS = {"O1": "dispatched", "O2": "dispatched", "P": "unknown", "A1": "abandoned"}
KINDS["A2"] = "abandoned"
# Of the second all can be told, of the third some who gave up wait still, of the others a class
# lies in its side's row on a few days.
SEEDS = (0, 2, 5, 8)


def log_of(seed: int) -> list[Counter[CellKey]]:
    """Ten days of a small place, of 20 to 160 calls each."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    return [random_day(chance.randrange(20, 160), seed * 100 + at) for at in range(10)]


def report_of(days: list[Counter[CellKey]], seed: int) -> bytes:
    """What a replay's report says of exactly these calls: endings with reasons, a rival."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    classes, endings = Counter[str](), Counter[tuple[str, str, str]]()
    cells = Counter[tuple[Side, bool, Taken]]()
    for name in Counter(name for day in days for (_, _, name) in day.elements()).elements():
        if name not in SIDE_OF:
            continue
        side, reason = SIDE_OF[name], f"reason {min(int(chance.expovariate(1)), 4)}"
        classes[name] += 1
        endings[KINDS.get(name, "other"), name, "" if name in KINDS else reason] += 1
        sent = side is Side.OPERATIONAL or (name == "V" and reason == "reason 1")
        taken = Taken.LEFT_OUT if side is Side.ABANDONED else [Taken.OTHER, Taken.OPERATIONAL][sent]
        cells[side, name == "P", taken] += 1
    public = classes.total()
    counted = Counter(dict.fromkeys(Taken, 0))
    for (_, _, taken), count in cells.items():
        counted[taken] += count
    of = counted[Taken.OPERATIONAL] + counted[Taken.OTHER]
    part = counted[Taken.OPERATIONAL]
    report = {
        "source": "somewhere",
        "calls": public,
        "public": public,
        "classes": classes,
        "weekly": None,
        "notes": [],
        "endings": [
            EndingTold(*key, count, percent(count, public)) for key, count in endings.items()
        ],
        "rivals": [RivalShare("sent", "advice of one kind is sent", part, of, percent(part, of))],
        "readings": [
            ReadingCell(side, unknown, {"sent": taken}, count)
            for (side, unknown, taken), count in sorted(cells.items())
        ],
    }
    return msgspec.json.encode(report)


def published(folder: Path, seed: int) -> Office:
    """Publish a log of ten days whole, as `pasokh publish` does with a replayed one."""
    folder.mkdir()
    office, days = Office(folder), log_of(seed)
    office.release(*(settled_cells(DAY + at, day, seed) for at, day in enumerate(days)))
    files, private = PublicDisk(office.public), DiskFiles(office.key.parent / "days", 0o600)
    with opened_log(office.public, office.key) as log:
        names = files.folders("days")
        PeriodPublisher(files, log, "nobody", private).publish(names, ended=True)
        EndedPublisher(files, log, "nobody", private).publish(report_of(days, seed), names)
    return office


def finds(office: Office) -> list[str]:
    days = PublicDisk(office.public).folders("days")
    found = [*finds_in_periods(office.public), *finds_in_ended(office.public, days)]
    return [*found, *(one for day in days for one in finds_in_readings(office.public, day))]


@pytest.mark.parametrize("seed", SEEDS)
def test_weeks_the_whole_and_other_readings_tell_of_nobody(tmp_path: Path, seed: int) -> None:
    office = published(tmp_path / "log", seed)
    assert finds(office) == []
    assert list(office.public.glob("weeks/*/operational-share-1.0.json"))
    source = msgspec.json.decode((office.public / "source.json").read_bytes())
    assert bool(source["rivals"]) == (seed != 5)


@pytest.mark.parametrize("seed", [0, 5])
def test_what_the_report_counts_would_tell_who_waits(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it once was: every count of the report beside the rows that are out."""
    monkeypatch.setattr(published_endings, "is_few", lambda _: False)
    assert finds(published(tmp_path / "log", seed)) != []


def public_rows(counts: dict[str, int]) -> list[PublicRow]:
    return [PublicRow(0, 0, Level.PROVINCE, "", "", name, n) for name, n in counts.items()]


def test_a_class_that_rows_show_on_most_days_is_counted_with_others() -> None:
    exact = {"V": 40, "R": 30, "P": 8, "O1": 50, "A2": 9}
    rows = {"V": 30, "R": 30, "P": 5, "other_answered": 13, "O1": 50, "A2": 9}
    found = hidden_beside(exact, public_rows(rows))
    assert found is not None
    assert sorted(found) == ["P", "V"], "and never the smallest with it"
    endings = [EndingTold("x", name, "", count) for name, count in exact.items()]
    told = {one.code: one.count for one in endings_told(endings, found, 137)}
    assert told == {"R": 30, "other_answered": 48, "O1": 50, "A2": 9}
    assert hidden_beside(exact | {"A2": 12}, public_rows(rows)) is None, "three gave up, and wait"
