"""The text of a release: figures that stand in it, and texts of before."""

from hashlib import sha256

import msgspec
import pytest

from pasokh.control_room.news_texts import read_text, write_text
from pasokh.press.texts import NewsAbout, NewsText, NewsWords, QuotedFigure, pieces, plain

SHARE = QuotedFigure("days/2026-11-24/operational-share.json", 1, {"fa": "۳۸٫۱ ٪", "en": "38.1 %"})
CALLS = QuotedFigure("days/2026-11-24/calls.json", 0, {"en": "15,000"})


def test_a_text_is_parted_at_its_figures() -> None:
    body = "{figure:2} calls, {figure:1} of them; {figure:3} and {figure:01} stay."
    assert list(pieces(body, (SHARE, CALLS))) == [
        CALLS,
        " calls, ",
        SHARE,
        " of them; {figure:3} and {figure:01} stay.",
    ]


def test_a_plain_text_says_what_is_shown_in_its_language() -> None:
    assert plain("{figure:1}؛ {figure:2}", (SHARE, CALLS), "fa") == "۳۸٫۱ ٪؛ 15,000"
    assert plain("no figure", (), "en") == "no figure"


def test_a_text_that_does_not_say_what_it_is_about_is_about_nothing() -> None:
    text = NewsText({"en": NewsWords("title", "body")})
    assert text.told == NewsAbout()
    assert NewsText(text.words, about=NewsAbout(topics=("roads",))).told.topics == ("roads",)


def test_a_text_from_before_counts_were_rounded_is_written_byte_for_byte_as_it_was() -> None:
    raw = (
        b'{"about":{"contact":{},"counties":[],"pictures":[],"quoted":[{"decimals":1,"path":"a.json'
        b'","shown":{"en":"38.1%"}}],"topics":[]},"correction":{},"words":{"en":{"body":"{figure:1}'
        b'","lead":"","title":"Calls"}}}'
    )
    assert write_text(read_text(raw)) == raw
    digest = "43be311ad5bd6c098e2a721d9b42d53d9add339bd0cb9dcb4c62a60dddc71c2c"
    assert sha256(write_text(read_text(raw))).hexdigest() == digest


@pytest.mark.parametrize("decimals", [-4, 4])
def test_a_rounding_beyond_thousands_or_three_decimals_is_none(decimals: int) -> None:
    one = msgspec.to_builtins(CALLS) | {"decimals": decimals}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(one, QuotedFigure)
    assert msgspec.convert(one | {"decimals": -3}, QuotedFigure).decimals == -3
