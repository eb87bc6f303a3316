"""The median of answer times: against the library's own, with its base, and with what waits."""

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from pasokh.core.time import HOUR
from pasokh.newsroom.questions.times import Wait, answer_times

NOW = 1_790_000_000_000
spans = st.lists(st.integers(0, 10**10), max_size=40)


@given(answered=spans, waiting=spans, refused=spans)
def test_the_counts_add_up_and_the_median_is_that_of_the_answered(
    answered: list[int], waiting: list[int], refused: list[int]
) -> None:
    waits = [Wait(NOW - span, NOW, answered_at=NOW) for span in answered]
    waits += [Wait(NOW - span, NOW - span + 4 * HOUR) for span in waiting]
    waits += [Wait(NOW - span, NOW, refused_at=NOW) for span in refused]
    told = answer_times(waits, NOW)
    assert told.asked == told.answered + told.refused + told.waiting == len(waits)
    assert (told.answered, told.refused, told.waiting) == (
        len(answered),
        len(refused),
        len(waiting),
    )
    assert told.median == (int(median(answered)) if answered else None)
    late = [span for span in waiting if span > 4 * HOUR]
    assert (told.late, told.oldest) == (len(late), max(late, default=None))


def test_what_is_not_answered_never_makes_the_median_better() -> None:
    quick = [Wait(NOW - HOUR, NOW, answered_at=NOW)]
    forgotten = [Wait(NOW - 900 * HOUR, NOW - 896 * HOUR) for _ in range(9)]
    told = answer_times(quick + forgotten, NOW)
    assert told.median == HOUR
    assert (told.answered, told.waiting, told.late) == (1, 9, 9), "and they stand beside it"
    assert told.oldest == 900 * HOUR
