"""Hints about spelling: each is an offer, and taking all of them ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.words.hints import HintKind, hints_in, mended

CASES = [
    ("fa", "كتاب", "کتاب", HintKind.LETTER),
    ("fa", "علي رفت", "علی رفت", HintKind.LETTER),
    ("fa", "جادۀ یخ", "جادهٔ یخ", HintKind.LETTER),
    ("fa", "تا ساعت 12 بسته", "تا ساعت ۱۲ بسته", HintKind.DIGIT),
    ("fa", "حدود 38.1% تماس", "حدود ۳۸٫۱٪ تماس", HintKind.DIGIT),
    ("fa", "شمارهٔ ٤٥", "شمارهٔ ۴۵", HintKind.DIGIT),
    ("fa", "راه  بسته است", "راه بسته است", HintKind.SPACE),
    ("fa", "راه بسته است .", "راه بسته است.", HintKind.MARK),
    ("fa", "برف،باران", "برف، باران", HintKind.MARK),
    ("fa", "« برف»", "«برف»", HintKind.MARK),
    ("fa", "راه باز می شود", "راه باز می‌شود", HintKind.HALF_SPACE),
    ("fa", "نمی توان رفت", "نمی‌توان رفت", HintKind.HALF_SPACE),
    ("fa", "تماس های امروز", "تماس‌های امروز", HintKind.HALF_SPACE),
    ("fa", "بزرگ ترین راه", "بزرگ‌ترین راه", HintKind.HALF_SPACE),
    ("fa", 'گفت: "باز است"', "گفت: «باز است»", HintKind.QUOTE),
    ("en", "Closed  until noon", "Closed until noon", HintKind.SPACE),
    ("en", "Closed .", "Closed.", HintKind.MARK),
    ("en", "Dial ۱۱۰", "Dial 110", HintKind.DIGIT),
]


@pytest.mark.parametrize(("language", "text", "better", "kind"), CASES)
def test_a_hint_says_what_would_be_written_otherwise(
    language: str, text: str, better: str, kind: HintKind
) -> None:
    assert mended(language, text) == better
    assert kind in {hint.kind for hint in hints_in(language, text)}
    assert hints_in(language, better) == []


@pytest.mark.parametrize(
    "text",
    [
        "سهم تماس‌ها {figure:1} بود",
        "نشانی: https://example.org/2026/a",
        "خودروی B12 و N95",
        "می",
        "این تر است. تر",
        "ساعت ۹:۳۰",
    ],
)
def test_what_is_right_or_stands_for_something_is_left_alone(text: str) -> None:
    left = {"این تر است. تر"}  # a wet thing after a letter is offered: a person says no
    assert hints_in("fa", text) == [] or text in left


@given(st.text('یيكمی هاتر,،.0123٤ «»"{}figure:\u200cabZ\n', max_size=60))
def test_hints_never_overlap_and_say_where_they_stand(text: str) -> None:
    for language in ("fa", "en"):
        found = hints_in(language, text)
        ends = [0, *(hint.end for hint in found)]
        assert all(hint.start >= end for hint, end in zip(found, ends, strict=False))
        assert all(text[hint.start : hint.end] == hint.written for hint in found)
