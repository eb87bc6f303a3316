"""What the switch counted of a day, as everybody may see it: the same rule for both sides."""

import pytest

from pasokh.account.published_counts import counts_csv
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
