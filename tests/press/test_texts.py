"""The text of a release: figures that stand in it, and texts of before."""

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
