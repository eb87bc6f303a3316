"""Events of releases, held to the schema of CloudEvents 1.0."""

import json

import msgspec
import pytest
from jsonschema import Draft7Validator, FormatChecker

from pasokh.newsroom.syndication.cloud_events import NewsDeed, NewsTold, news_event
from tests.house.tree import ROOT

SCHEMA = ROOT.parent / "shared" / "standards" / "cloudevents" / "cloudevents.json"
TOLD = NewsTold(
    "2026-11-29-3f2a",
    2,
    "statistics",
    1_795_000_000_000,
    {"fa": "۷۰ درصد تماس‌ها", "en": "70 % of calls"},
    {"fa": "https://press.example/newsroom/fa/news/2026-11-29-3f2a/"},
    mistake="figure",
)


@pytest.mark.parametrize("deed", NewsDeed)
def test_an_event_is_a_cloud_event(deed: NewsDeed) -> None:
    if not SCHEMA.exists():
        pytest.skip("no ../shared/standards beside this checkout: no schema to hold it to")
    event = news_event(deed, TOLD, "https://press.example/newsroom/", 1_795_000_000_500)
    written = json.loads(msgspec.json.encode(event))
    validator = Draft7Validator(json.loads(SCHEMA.read_text()), format_checker=FormatChecker())
    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors({**written, "id": ""})) != []


def test_the_same_deed_has_the_same_id_and_no_text() -> None:
    one, again = (
        news_event(NewsDeed.CORRECTED, TOLD, "https://press.example/newsroom/", at) for at in (1, 2)
    )
    assert one.id == again.id == "2026-11-29-3f2a-2-corrected"
    assert "." not in one.id
    assert set(one.data) == {*"news_id number kind out_at titles addresses mistake".split()}
    assert one.time == "1970-01-01T00:00:00.001Z"
