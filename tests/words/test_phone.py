"""Telephone numbers however they were written. The numbers are the library's own examples."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.words.phone import e164, shown_number

MOBILE = "+989123456789"


@pytest.mark.parametrize(
    "typed",
    [
        "09123456789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
        "۰۹۱۲ ۳۴۵ ۶۷۸۹",
        "0912-345-6789",
        "(0912) 345.6789",
        "+989123456789",
        "+98 912 345 6789",
        "۰۰۹۸۹۱۲۳۴۵۶۷۸۹",
        "00 98 912 3456789",
        "\u200e+98\u00a0912\u200f 3456789\u202c",
        "9123456789",
    ],
)
def test_one_number_has_one_form(typed: str) -> None:
    assert e164(typed) == MOBILE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "110",
        "۱۱۰",
        "0912",
        "0912345678901234",
        "سلام",
        "1-800-FLOWERS",
        "+",
        "09123456789x5",
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert e164(typed) is None


def test_a_number_of_another_country_keeps_it() -> None:
    example = phonenumbers.example_number("DE")
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    assert e164(written) == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert written in shown_number("en", written)


@given(st.text(st.sampled_from("+0123456789۰۱۲۳۴۵۶۷۸۹ -()/.")) | st.text())
def test_any_text_has_an_answer_and_the_answer_reads_back(text: str) -> None:
    number = e164(text)
    assert number is None or e164(number) == number


def test_a_number_is_read_in_groups_from_left_to_right() -> None:
    assert shown_number("fa", MOBILE) == "\u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069"
    assert shown_number("en", "۰۹۱۲۳۴۵۶۷۸۹") == "\u20660912 345 6789\u2069"
    assert shown_number("fa", "ext 5\u202e") == "\u2066ext ۵\u2069"
