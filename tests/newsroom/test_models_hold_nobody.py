"""What the newsroom keeps of outlets and of who writes there: nothing to prefer anybody by."""

import re

import pytest
from django.apps import apps

from pasokh.newsroom.rooms import ROOMS

# In names of fields and tables alike, whole words or parts of them.
_NEVER = re.compile(
    r"sentiment|tone|loyal|stance|attitude|hostil|friendl|bias|rating|rank|score|reputation"
    r"|journalist|reporter|byline|creator|columnist|influence|follower|profile_of|psych|ideolog"
    r"|orientation|political|reader_id|visitor_id|fingerprint|user_agent|tracker"
)
# Whoever writes a release, an outlet's article or a letter: only our own staff has such a field.
_AUTHOR = re.compile(r"author|writer|wrote")
_STAFF = {"drafts"}
# Every field of these rooms' models, so that a new one is looked at: nothing that an outlet wrote
# but a title.
_WHOLE = {
    "coverage.outletfeed": "outlet_id outlet_name url etag modified read_at next_at tries trouble"
    " found",
    "coverage.coverage": "id feed title link told_at news_id number matched_by verdict requests"
    " set_aside_by",
    "coverage.correctionrequest": "id coverage asked_by asked_at words",
}


def fields() -> list[tuple[str, str, str]]:
    return [
        (room, model._meta.label_lower, field.name)
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
    ]


def test_no_model_judges_an_outlet_or_knows_who_writes_there() -> None:
    found = fields()
    assert {"coverage", "syndication"} <= {room for room, _, _ in found}
    assert [one for one in found if _NEVER.search(one[2]) or _NEVER.search(one[1])] == []


def test_only_our_own_drafts_have_an_author() -> None:
    named = [one for one in fields() if _AUTHOR.search(one[2]) and one[0] not in _STAFF]
    assert named == []


@pytest.mark.parametrize("model", _WHOLE)
def test_coverage_keeps_these_fields_and_no_other(model: str) -> None:
    assert {name for _, label, name in fields() if label == model} == set(_WHOLE[model].split())


@pytest.mark.parametrize("name", ["tone", "sentiment_score", "journalist", "byline", "loyalty"])
def test_such_a_field_would_be_found(name: str) -> None:
    assert _NEVER.search(name)
