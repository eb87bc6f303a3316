"""What the switch counted of a day, as everybody may see it: the same rule for both sides."""

import pytest

from pasokh.account.disclosure.rows import Level, PublicRow
from pasokh.account.published_counts import beside, counts_csv
from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.core.time import HOUR

HEAD = "from,to,side,offered,answered,not_answered\n"
SPAN = "1970-01-01T00:00:00.000Z,1970-01-01T02:00:00.000Z"


def compared(hour: int, switch: tuple[int, int], log: tuple[int, int]) -> CountsCompared:
    sides = (LineCounts(*switch), LineCounts(*log))
    return CountsCompared(f"k{hour}", "line", 0, hour * HOUR, (hour + 1) * HOUR, *sides)


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (((50, 43), (50, 43)), ("60,53,7", "60,53,7")),
        (((50, 43), (49, 42)), ("60,53,7", "59,52,7")),
        (((50, 47), (50, 43)), ("60,,", "60,,")),
        (((0, 0), (0, 0)), ("10,,", "10,,")),
    ],
)
def test_a_days_comparisons_are_summed_and_small_parts_are_left_out_of_both(
    second: tuple[tuple[int, int], tuple[int, int]], told: tuple[str, str]
) -> None:
    found = counts_csv([compared(0, (10, 10), (10, 10)), compared(1, *second)])
    assert found is not None
    lines = (f"{SPAN},switch,{told[0]}\n", f"{SPAN},log,{told[1]}\n")
    assert found.decode() == HEAD + "".join(lines)


def test_too_few_calls_are_not_told() -> None:
    assert counts_csv([]) is None
    assert counts_csv([compared(0, (4, 4), (90, 80))]) is None


def rows_of(operational: int, other: int, abandoned: int) -> tuple[PublicRow, ...]:
    sides = {"operational": operational, "other_answered": other, "abandoned": abandoned}
    return tuple(
        PublicRow(7, 7, Level.PROVINCE, "", "", name, count)
        for name, count in sides.items()
        if count
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (rows_of(40, 13, 7), True),  # every call came by the line
        (rows_of(40, 20, 12), True),  # enough came another way, of those who gave up too
        (rows_of(40, 13, 0), False),  # who gave up waits for another day: 60 less 53 would tell
        (rows_of(40, 15, 7), False),  # two came another way
        (rows_of(40, 20, 9), False),  # of those who gave up two
        (rows_of(40, 11, 9), False),  # two were answered by the line and gave up elsewhere, say
    ],
)
def test_they_lie_beside_rows_only_where_no_difference_tells_of_a_few(
    rows: tuple[PublicRow, ...],
    told: bool,  # noqa: FBT001
) -> None:
    counted = counts_csv([compared(0, (60, 53), (60, 53))])
    assert counted is not None
    assert beside(counted, rows, 7) == (counted if told else None)
    assert beside(counted, rows, 8) is None, "rows that stand for other days too"


def test_without_its_parts_only_the_whole_is_compared() -> None:
    counted = counts_csv([compared(0, (60, 57), (60, 57))])
    assert counted is not None
    assert beside(counted, rows_of(40, 13, 7), 7) == counted
    assert beside(counted, rows_of(40, 13, 9), 7) is None
