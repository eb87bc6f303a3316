"""A figure in a text is written from the published figure, the same way by everybody."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.figures import percent
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue
from pasokh.newsroom.drafts.quoting import NotQuotable, roundings, shown


def share(part: int, whole: int) -> ShareValue:
    return ShareValue(("a",), ("a", "b"), part, whole, percent(part, whole))


def test_a_share_is_quoted_with_the_decimals_that_were_chosen() -> None:
    value = share(5_795, 15_210)
    assert roundings(value) == (2, 1, 0)
    assert shown(value, 2) == {"fa": "۳۸٫۱۰٪", "en": "38.10%"}
    assert shown(value, 1) == {"fa": "۳۸٫۱٪", "en": "38.1%"}
    assert shown(value, 0)["en"] == "38%"


def test_a_count_is_quoted_exactly() -> None:
    value = CountValue(("a",), 15_250)
    assert roundings(value) == (0,)
    assert shown(value, 0) == {"fa": "۱۵٬۲۵۰", "en": "15,250"}


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
