"""A figure in a text is written from the published figure, the same way by everybody."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.figures import percent
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue
from pasokh.newsroom.drafts.quoting import NotQuotable, choices, roundings, shown


def share(part: int, whole: int) -> ShareValue:
    return ShareValue(("a",), ("a", "b"), part, whole, percent(part, whole))


def test_a_share_is_quoted_with_the_decimals_that_were_chosen() -> None:
    value = share(5_795, 15_210)
    assert roundings(value) == (2, 1, 0)
    assert shown(value, 2) == {"fa": "۳۸٫۱۰٪", "en": "38.10%"}
    assert shown(value, 1) == {"fa": "۳۸٫۱٪", "en": "38.1%"}
    assert shown(value, 0)["en"] == "38%"


def test_a_count_is_quoted_exactly_or_rounded_and_then_said_to_be_about_so_many() -> None:
    value = CountValue(("a",), 15_254)
    assert roundings(value) == (0, -1, -2, -3)
    assert shown(value, 0) == {"fa": "۱۵٬۲۵۴", "en": "15,254"}
    assert shown(value, -1) == {"fa": "حدود ۱۵٬۲۵۰", "en": "about 15,250"}
    assert shown(value, -2)["en"] == "about 15,300"
    assert shown(value, -3) == {"fa": "حدود ۱۵٬۰۰۰", "en": "about 15,000"}


def test_what_rounding_does_not_change_is_exact_and_offered_once() -> None:
    assert shown(CountValue(("a",), 12_000), -3)["en"] == "12,000"
    offered = [(step, words["en"]) for step, words in choices(CountValue(("a",), 15_250))]
    assert offered == [(0, "15,250"), (-2, "about 15,300"), (-3, "about 15,000")]


@given(st.integers(0, 10**8), st.sampled_from((0, -1, -2, -3)))
def test_a_rounded_count_is_at_most_five_percent_off(count: int, step: int) -> None:
    value = CountValue(("a",), count)
    if step not in roundings(value):
        assert count < 10 * 10**-step
        return
    written = int(shown(value, step)["en"].removeprefix("about ").replace(",", ""))
    assert abs(written - count) <= 10**-step / 2
    assert abs(written - count) * 20 <= count


def test_times_are_quoted_by_the_seconds_within_which_nine_of_ten_lie() -> None:
    value = QuantilesValue(100, 4, 12, 30)
    assert "12" in shown(value, 0)["en"]
    assert "۱۲" in shown(value, 0)["fa"]


@pytest.mark.parametrize(
    ("value", "decimals"),
    [
        (ShareValue(("a",), ("b",), 0, 0, None), 1),
        (QuantilesValue(0, None, None, None), 0),
        (share(1, 3), 3),
        (share(1, 3), -1),
        (CountValue(("a",), 50), 1),
        (CountValue(("a",), 1_499), -3),
        (CountValue(("a",), 15_000), -4),
        (share(1, 3), -2),
    ],
)
def test_what_has_no_value_so_is_not_quoted(value: object, decimals: int) -> None:
    with pytest.raises(NotQuotable):
        shown(value, decimals)  # type: ignore[arg-type]


@given(st.integers(1, 10**7), st.data(), st.integers(0, 2))
def test_a_quoted_share_is_no_further_off_than_half_of_its_last_place(
    whole: int, data: st.DataObject, decimals: int
) -> None:
    part = data.draw(st.integers(0, whole))
    written = Fraction(shown(share(part, whole), decimals)["en"].rstrip("%"))
    assert abs(written - Fraction(100 * part, whole)) <= Fraction(1, 2 * 10**decimals)
