"""Numbers as releases write them, read back."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pasokh.checker.folding import fold
from pasokh.checker.numbers import amounts_in
from tests.checker.spelled import mixed, spelled

COUNTS = st.integers(2, 10**12 - 1)
# Before a space these are numbers that are called: 110 234 calls.
SERVICES = ("110,", "112,", "113,", "115,", "118,", "123,", "125,", "137,", "197,", "911,", "999,")
LANGUAGES = st.sampled_from(["fa", "en"])
DIGITS = [
    str.maketrans("", ""),
    str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
]


def read(text: str) -> list[tuple[float, str, str]]:
    found = amounts_in(fold(text).text)
    return [(float(one.value), one.unit.value, one.bound.value) for one in found]


def only(text: str) -> Fraction:
    (amount,) = amounts_in(fold(text).text)
    return amount.value


@given(COUNTS, LANGUAGES)
def test_a_number_in_words_is_read_back(value: int, language: str) -> None:
    assert only(spelled(language, value)) == value


@given(COUNTS, LANGUAGES)
def test_a_number_in_digits_and_scales_is_read_back(value: int, language: str) -> None:
    assert only(mixed(language, value)) == value


@given(
    COUNTS, st.sampled_from([",", "٬", "،", "'", "\u00a0", "\u202f", ""]), st.sampled_from(DIGITS)
)
def test_a_number_with_separators_is_read_back(
    value: int, separator: str, digits: dict[int, int]
) -> None:
    assume(separator.strip() or not f"{value:,}".startswith(SERVICES))
    text = f"{value:,}".replace(",", separator).translate(digits)
    assert only(f"تعداد {text} تماس") == value


@given(st.decimals(0, 100, places=2), st.sampled_from([".", "٫"]), st.sampled_from(DIGITS))
def test_a_share_is_read_back(value: object, point: str, digits: dict[int, int]) -> None:
    text = str(value).replace(".", point).translate(digits)
    assert read(f"{text} درصد") == [(float(str(value)), "percent", "=")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("بیش از ۱۵ هزار تماس", [(15000, "count", ">")]),
        ("more than 15,000 calls", [(15000, "count", ">")]),
        ("15,000+ calls", [(15000, "count", ">=")]),
        ("at least two thirds of", [(200 / 3, "part", ">=")]),
        ("کمتر از یک‌سوم تماس‌ها", [(100 / 3, "part", "<")]),
        ("حدود نیمی از", [(50, "part", "~")]),
        ("up to 70 %", [(70, "percent", "<=")]),
        ("٪۷۰", [(70, "percent", "=")]),
        ("۱۹/۲ درصد", [(19.2, "percent", "=")]),
        ("۳ ممیز ۲ درصد", [(3.2, "percent", "=")]),
        ("3,2 %", [(3.2, "percent", "=")]),
        ("۴۴۷.۸۰۰ تماس", [(447800, "count", "=")]),
        ("2.5 million", [(2500000, "count", "=")]),
        ("دو و نیم میلیون", [(2500000, "count", "=")]),
        ("half a million", [(500000, "count", "=")]),
        ("seven in ten calls", [(70, "part", "=")]),
        ("از هر ده تماس هفت تماس", [(70, "part", "=")]),
        ("سه چهارم", [(75, "part", "=")]),
        ("دو برابر", [(2, "times", "=")]),
        ("23 percentage points", [(23, "points", "=")]),
        ("۱۵ هزار تماس و ۷۰ درصد", [(15000, "count", "="), (70, "percent", "=")]),
        ("از ۱۵ هزار و ۷۰ درصد آن", [(15000, "count", "="), (70, "percent", "=")]),
    ],
)
def test_ways_of_writing(text: str, found: list[tuple[float, str, str]]) -> None:
    assert read(text) == [(pytest.approx(value), unit, bound) for value, unit, bound in found]


@pytest.mark.parametrize(
    "text",
    ["ده‌ها تماس", "صدها نفر", "half an hour", "the 3rd call", "one call", "یک تماس", "A4", "۲۲ ام"],
)
def test_what_is_no_number(text: str) -> None:
    assert read(text) == []


def test_a_day_of_the_week_is_no_number() -> None:
    assert read("روز سه‌شنبه تا پنج شنبه") == []
