"""What is found in a draft: quarrelling numbers, promised figures that are none, missing words."""

import pytest
from msgspec.structs import replace

from pasokh.newsroom.drafts.checking import (
    Weight,
    findings_in,
    needs_two,
    renumbered,
    with_figures,
)
from pasokh.newsroom.drafts.contents import Contents, DraftFigure, DraftPicture
from pasokh.press.events import NewsKind, NewsMistake

GOOD = Contents(title_fa="جاده بسته است", body_fa="تا ظهر.")
FIGURE = DraftFigure("days/2026-11-20/operational-share-1.0.json", 1)
SHOWN = {"fa": "۳۸٫۱٪", "en": "38.1%"}
PICTURE = DraftPicture("0" * 64, "image/jpeg", 400, 300, "روابط عمومی", "CC BY 4.0")


def found(contents: Contents, *shown: dict[str, str] | None) -> list[tuple[str, str]]:
    return [(one.field, one.weight.value) for one in findings_in(contents, shown)]


def test_a_whole_text_has_no_finding() -> None:
    assert found(GOOD) == []
    assert found(replace(GOOD, figures=(FIGURE,), body_fa="سهم {figure:1} بود."), SHOWN) == []


def test_numbers_that_quarrel_are_found_as_one_writes_and_need_a_reason() -> None:
    wrong = replace(GOOD, body_fa="از ۱٬۰۰۰ تماس، ۴۰۰ تماس عملیاتی بود، یعنی ۷۰ درصد.")
    assert found(wrong) == [("body_fa", "reason")]
    (one,) = findings_in(wrong, ())
    assert one.said["fa"] != one.said["en"]
    assert "۷۰" in one.quoted


def test_a_figure_s_digits_are_checked_with_the_rest() -> None:
    said = replace(
        GOOD, figures=(FIGURE,), body_en="Of 1,000 calls, 400 became operational, {figure:1}."
    )
    said = replace(said, title_en="Calls", title_fa="", body_fa="")
    assert found(said, SHOWN) == [("body_en", "reason")]
    assert found(said, SHOWN | {"en": "40%"}) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_fa": "", "body_fa": ""}, "title_fa"),
        ({"title_fa": " "}, "title_fa"),
        ({"body_fa": ""}, "body_fa"),
        ({"lead_en": "x", "title_en": "x"}, "body_en"),
        ({"body_fa": "{figure:1}"}, "body_fa"),
        ({"title_fa": "{figure:1}", "figures": (FIGURE,)}, "title_fa"),
        ({"figures": (FIGURE,)}, "figures"),
        ({"pictures": (replace(PICTURE, credit=""),)}, "pictures"),
        ({"pictures": (replace(PICTURE, licence=""),)}, "pictures"),
        ({"pictures": (PICTURE,)}, "alt_fa"),
    ],
)
def test_what_is_missing_stops_and_says_where(changed: dict[str, object], field: str) -> None:
    contents = replace(GOOD, **changed)
    told = found(contents, *([SHOWN] * len(contents.figures)))
    assert (field, Weight.STOPS.value) in told


def test_words_of_a_picture_are_asked_for_in_each_language_of_the_text_alone() -> None:
    told = replace(PICTURE, alt={"fa": "کولاک"}, caption={"fa": "کولاک"})
    assert found(replace(GOOD, pictures=(told,))) == []
    both = replace(GOOD, title_en="t", body_en="b", pictures=(told,))
    assert [field for field, _ in found(both)] == ["alt_en", "caption_en"]


@pytest.mark.parametrize("body", ["۷۰ درصد راضی‌اند.", "Seventy percent agree.", "1,200 people"])
def test_a_promotion_says_no_number_that_is_not_a_published_figure(body: str) -> None:
    text = {"body_fa": body} if body[0] == "۷" else {"body_en": body, "title_en": "t"}
    promotion = replace(GOOD, kind=NewsKind.PROMOTION, **text)
    assert Weight.STOPS.value in {weight for _, weight in found(promotion)}
    assert found(replace(promotion, kind=NewsKind.STATEMENT)) == []


def test_a_promotion_may_name_an_hour_a_telephone_and_a_published_figure() -> None:
    body = "ساعت ۹:۳۰، تلفن ۰۵۱-۳۸۲۱ ۱۲۳۴، یا ۱۱۰. سهم {figure:1} بود."
    promotion = replace(GOOD, kind=NewsKind.PROMOTION, body_fa=body, figures=(FIGURE,))
    assert found(promotion, SHOWN) == []


def test_a_figure_that_is_not_published_stops() -> None:
    assert found(replace(GOOD, figures=(FIGURE,), body_fa="{figure:1}"), None) == [
        ("figures", "stops")
    ]


def test_a_figure_is_read_in_its_place_and_moves_up_when_one_before_it_goes() -> None:
    assert with_figures("{figure:1} {figure:2}", "en", [SHOWN]) == "38.1% {figure:2}"
    assert renumbered("a {figure:1} b {figure:2} c {figure:3}", 2) == "a {figure:1} b  c {figure:2}"


def test_figures_and_what_sets_one_right_need_two_people() -> None:
    assert not needs_two(GOOD)
    assert needs_two(replace(GOOD, figures=(FIGURE,)))
    assert needs_two(replace(GOOD, mistake=NewsMistake.FIGURE))
