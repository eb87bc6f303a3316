"""Digits, separators, shares."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.words.digits import digits, latin_digits, number, percent


def test_a_count_in_both_languages() -> None:
    assert number("en", 15210) == "15,210"
    assert number("fa", 15210) == "۱۵٬۲۱۰"
    assert number("en", -3) == "−3"


@pytest.mark.parametrize(
    ("part", "base", "text"),
    [
        (5810, 15210, "38.2%"),
        (1, 3, "33.3%"),
        (1, 2000, "0.1%"),
        (10, 10, "100.0%"),
        (0, 7, "0.0%"),
    ],
)
def test_a_share_has_one_decimal_and_rounds_halves_up(part: int, base: int, text: str) -> None:
    assert percent("en", part, base) == text


def test_a_share_without_a_base_is_no_number() -> None:
    assert percent("en", 0, 0) == percent("fa", 0, 0) == "–"


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_that_of_exact_decimals(part: int, base: int) -> None:
    exact = (Decimal(100 * part) / base).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert percent("en", part, base) == f"{exact}%"


@given(st.text(alphabet="0123456789:/"))
def test_persian_digits_read_back(text: str) -> None:
    assert latin_digits(digits("fa", text)) == text
    assert not set(digits("fa", text)) & set("0123456789")


def test_three_kinds_of_digits_are_read() -> None:
    assert latin_digits("۱۱٠ 115") == "110 115"
