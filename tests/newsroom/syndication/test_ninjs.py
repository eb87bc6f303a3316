"""Releases as ninjs 3.0, held to IPTC's own schema."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace
from referencing import Registry, Resource

from pasokh.newsroom.site.texts import AnyText
from pasokh.newsroom.syndication.ninjs import NinjsItem, write_ninjs, write_ninjs_list
from pasokh.press.texts import NewsAbout, NewsPicture, NewsWords, QuotedFigure
from tests.house.tree import ROOT

FOLDER = ROOT.parent / "shared" / "standards" / "ninjs"
NOW = 1_795_000_000_000
TEXT = AnyText(
    {
        "fa": NewsWords("۷۰ درصد تماس‌ها", "از {figure:1} تماس.\n\nپایان.", "خلاصه"),
        "en": NewsWords("70 % of calls", "Of {figure:1} calls."),
    },
    {"fa": "عدد دیروز نادرست بود."},
    NewsAbout(
        ("calls",),
        ("mashhad",),
        (
            NewsPicture(
                "a" * 64,
                "image/jpeg",
                800,
                600,
                "دفتر خبر",
                "CC BY 4.0",
                {"fa": "دو پاسخگو"},
                {"fa": "اتاق پاسخ"},
            ),
        ),
        (QuotedFigure("figures/a.json", 0, {"fa": "۱۵٬۲۱۰", "en": "15,210"}),),
        {"fa": "تلفن ۰۵۱، ساعت ۸ تا ۱۶"},
    ),
)
ITEM = NinjsItem(
    "2026-11-29-3f2a",
    2,
    "statistics",
    "fa",
    "https://press.example/newsroom/fa/news/2026-11-29-3f2a/",
    "دفتر خبر",
    NOW - 2_000,
    NOW - 1_000,
    TEXT,
    others={"en": "https://press.example/newsroom/en/news/2026-11-29-3f2a/"},
    files="https://press.example/newsroom/pictures/",
    proof="https://open.example/news/2026-11-29-3f2a/2.json.tlog-proof",
)
WAITS = replace(ITEM, out_at=NOW + 60_000)
GONE = replace(ITEM, text=None, withdrawn="نامی در آن بود.", others={}, kind="")


def validator() -> Draft202012Validator:
    if not FOLDER.exists():
        pytest.skip("no ../shared/standards beside this checkout: no schema to hold it to")
    geo = json.loads((FOLDER / "GeoJSON.schema.json").read_text())
    registry = Registry().with_resource(
        "https://geojson.org/schema/GeoJSON.json", Resource.from_contents(geo)
    )
    schema = json.loads((FOLDER / "ninjs-schema_3.0.json").read_text())
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


@pytest.mark.parametrize("item", [ITEM, WAITS, GONE], ids=["usable", "withheld", "canceled"])
def test_an_item_is_ninjs(item: NinjsItem) -> None:
    written = json.loads(json.dumps(write_ninjs(item, NOW)))
    held = validator()
    assert [error.message for error in held.iter_errors(written)] == []
    assert list(held.iter_errors({**written, "pubStatus": "perhaps"})) != []
    assert list(held.iter_errors({**written, "author": "x"})) != []


def test_the_list_is_ninjs_too() -> None:
    uri = "https://press.example/newsroom/fa/news/"
    written = write_ninjs_list(uri, "دفتر خبر", "fa", [ITEM, GONE], NOW)
    assert [error.message for error in validator().iter_errors(written)] == []
    empty = write_ninjs_list(uri, "دفتر خبر", "fa", [], NOW)
    assert [error.message for error in validator().iter_errors(empty)] == []


def test_the_examples_of_the_standard_pass_the_same_schema() -> None:
    held = validator()
    for name in ("ninjsExSimpleText_3.json", "tt_text_image_3.json"):
        assert list(held.iter_errors(json.loads((FOLDER / name).read_text()))) == []


def test_the_status_says_whether_it_may_be_used() -> None:
    told: list[dict[str, Any]] = [write_ninjs(one, NOW) for one in (ITEM, WAITS, GONE)]
    assert [one["pubStatus"] for one in told] == ["usable", "withheld", "canceled"]
    assert [one.get("embargoedUntil") for one in told] == [None, "2026-11-18T11:07:40.000Z", None]
    assert write_ninjs(WAITS, WAITS.out_at)["pubStatus"] == "usable"
    assert "bodies" not in told[2]
    assert told[2]["edNote"] == "نامی در آن بود."


def test_a_figure_stands_in_the_text_as_it_is_shown() -> None:
    told = write_ninjs(ITEM, NOW)
    assert told["bodies"][0]["value"] == "از ۱۵٬۲۱۰ تماس.\n\nپایان."
    assert (told["version"], told["edNote"]) == ("2", "عدد دیروز نادرست بود.")
    picture = told["associations"][1]
    assert picture["renditions"][0]["href"].endswith(f"/pictures/{'a' * 64}.jpg")
    assert (picture["by"], picture["usageTerms"]) == ("دفتر خبر", "CC BY 4.0")
