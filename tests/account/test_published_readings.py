"""Other readings are sums of one table's rows, and no row of it holds too few calls."""

import csv
from collections.abc import Iterator
from random import Random

import pytest

from pasokh.account.disclosure.rows import K, Side
from pasokh.account.proofs.recomputed import recomputed
from pasokh.account.published_readings import UNKNOWN, ReadingTable, readings_of
from pasokh.account.rivals import ReadingCell, Taken

DAYS = ("2026-11-02", "2026-11-30")
NAMES = ("without_officers", "cancelled_sent", "stamped")


def cells_of(seed: int) -> Iterator[ReadingCell]:
    """Calls on which three readings agree and do not, some of them rare."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    for _ in range(chance.randrange(1, 12)):
        side = chance.choice(list(Side))
        taken = {name: chance.choice(list(Taken)) for name in NAMES}
        yield ReadingCell(side, chance.random() < 0.3, taken, chance.choice((1, 4, 5, 90, 900)))


def cell(side: Side, taken: dict[str, Taken], count: int, *, unknown: bool = False) -> ReadingCell:
    return ReadingCell(side, unknown, taken, count)


def rows_of(table: ReadingTable) -> list[dict[str, str]]:
    return list(csv.DictReader(table.raw.decode().splitlines()))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_every_reading_follows_from_rows_that_are_large_enough(seed: int) -> None:
    cells = list(cells_of(seed))
    table = readings_of(cells, DAYS)
    if table is None:
        assert cells, "nothing can be told when even a side is too small"
        return
    rows = rows_of(table)
    assert min(int(row["count"]) for row in rows) >= K
    for side in Side:
        counted = sum(int(row["count"]) for row in rows if row["headline"] == side)
        assert counted == sum(cell.count for cell in cells if cell.side is side)
    for name, share in table.shares.items():
        assert recomputed([table.raw], share) == share
        if name == UNKNOWN:
            part = [cell.count for cell in cells if cell.unknown]
        else:
            part = [c.count for c in cells if c.readings[name] is Taken.OPERATIONAL]
        assert share.part == sum(part)


def test_a_reading_that_would_tell_of_few_calls_is_left_out_and_the_others_stay() -> None:
    usual = dict.fromkeys(NAMES, Taken.OPERATIONAL)
    cells = [
        cell(Side.OPERATIONAL, usual, 900),
        cell(Side.OPERATIONAL, usual | {"cancelled_sent": Taken.OTHER}, K - 1),
        cell(Side.OTHER, dict.fromkeys(NAMES, Taken.OTHER), 100, unknown=True),
    ]
    table = readings_of(cells, DAYS)
    assert table is not None
    assert table.shares.keys() == {UNKNOWN, "without_officers", "stamped"}
    assert "cancelled_sent" not in table.table.header
    assert [(share.part, share.whole) for share in table.shares.values()] == [
        (100, 1_004),
        (904, 1_004),
        (904, 1_004),
    ]


def test_of_too_few_calls_nothing_is_told() -> None:
    cells = [cell(Side.OTHER, dict.fromkeys(NAMES, Taken.OTHER), K - 1)]
    assert readings_of(cells, DAYS) is None
    assert readings_of([], DAYS) is None
