"""Any text at all: no crash, nothing out of place, and time in step with the length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.checker.text import check_text, report_json

WORDS = (
    "۱۵ هزار،15,000,.،/٬٫%٪ درصد percent تماس calls missions عملیاتی مزاحم operational از of "
    "to تا و and ( ) \u202e \u200c \u200f \0 روزانه a day 1404 خرداد 1/2 half نیمی هر ۷ "
    "ثانیه یک every \n . more than "
    "کمتر از growth رشد 24 hours ساعت ۸ ۲۴ یک سوم هزار million"
).split(" ")
MADE_OF = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@given(st.one_of(st.text(max_size=300), MADE_OF))
@settings(deadline=None)
def test_any_text_gives_a_report_whose_places_are_in_it(text: str) -> None:
    report = check_text(text)
    for span in report_json(report)["numbers"]:
        assert span["text"] == text[span["start"] : span["end"]]
        assert span["text"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "1,",
        "۱٬۲۳۴",
        "(1, 2, 3) ",
        "((((",
        "از از ",
        "1 to 2 ",
        "هزار و ",
        "\u202e1\u202c",
        "a/",
        "70 % of calls ",
        "15 calls, 3 % and ",
        "نیمه مرداد ",
        "from 1 to ",
    ],
)
def test_a_long_text_takes_time_in_step_with_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        check_text(text)
        return time.process_time() - start

    short, long = seconds(10_000), seconds(80_000)
    assert long < 12 * short + 0.5


@pytest.mark.slow
def test_a_megabyte_of_digits_is_no_number() -> None:
    assert check_text("9" * 1_000_000).numbers == ()
