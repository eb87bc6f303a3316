"""What an analyst may ask: a fixed grammar with clear errors, and two readings of it."""

from typing import Any

import pytest

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.expressions import Only
from pasokh.account.workbench import (
    CountQuestion,
    CountReading,
    CountWrong,
    columns_for,
    question_of,
)

ASKED = {"figure": "calls-answered/1.0", "from": "2026-11-01", "to": "2026-11-30"}


def wrong(**fields: str) -> tuple[str, str]:
    found = question_of(ASKED | fields)
    assert isinstance(found, CountWrong), found
    return found.field, found.message


def asked(**fields: str) -> CountQuestion:
    found = question_of(ASKED | {key.removesuffix("_"): text for key, text in fields.items()})
    assert isinstance(found, CountQuestion), found
    return found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reading": "all"}, ("reading", "reading")),
        ({"figure": "calls; DROP TABLE calls"}, ("figure", "figure")),
        ({"rows": "call_id"}, ("rows", "column")),
        ({"rows": "hour"}, ("rows", "column")),
        ({"reading": "exact", "rows": "1; SELECT"}, ("rows", "column")),
        ({"rows": "county", "columns": "county"}, ("columns", "twice")),
        ({"from": "2026-13-01"}, ("from", "day")),
        ({"to": ""}, ("to", "day")),
        ({"to": "2026-10-31"}, ("to", "order")),
        ({"from": "2000-01-01"}, ("to", "days_most")),
        ({"reading": "exact", "hour": "3,x"}, ("hour", "number")),
        ({"county": ",".join(f"c{n}" for n in range(61))}, ("county", "values_most")),
        ({"county": "x" * 65}, ("county", "values_most")),
        ({"call_class": "O1"}, ("call_class", "sides")),
        ({"figure": "nuisance-share/1.0"}, ("figure", "not_public")),
        ({"figure": "arrival-time/1.0"}, ("figure", "not_public")),
        ({"figure": "operational-share/1.0", "rows": "county"}, ("rows", "column")),
    ],
)
def test_what_cannot_be_asked_is_said_by_field(
    fields: dict[str, str], said: tuple[str, str]
) -> None:
    assert wrong(**fields) == said


def test_a_question_is_a_definition_with_chosen_rows() -> None:
    question = asked(reading="exact", rows="county", columns="hour", hour="7, 8", county="0901")
    assert question.by == ("county", "hour")
    assert question.only == (Only("county", ("0901",)), Only("hour", (7, 8)))
    assert question.expression.base[1:] == question.only
    assert (len(question.days), question.days[0]) == (30, "2026-11-01")
    assert question.text == (
        "calls-answered/1.0 by county,hour of 2026-11-01..2026-11-30 county=0901 hour=7|8"
    )


def test_the_public_reading_counts_rows_of_whole_sides() -> None:
    question = asked(figure="operational-share/1.0", columns="day")
    told: Any = question.expression
    assert question.reading is CountReading.PUBLIC
    assert told.part[0].among == ("O1", "O2", "operational")
    assert {"operational", "other_answered"} <= set(told.base[0].among)
    assert "abandoned" not in told.base[0].among


def test_a_public_choice_is_of_whole_sides() -> None:
    (only,) = asked(figure="calls-answered/1.0", call_class="operational").only
    assert only == Only("call_class", ("O1", "O2"))
    told: Any = asked(figure="calls-answered/1.0", call_class="operational").expression
    assert told.base[-1].among == ("O1", "O2", "operational")


def test_no_public_split_by_hour_and_no_column_of_ids() -> None:
    for one in DEFINITIONS:
        assert "hour" not in columns_for(one, CountReading.PUBLIC), one.name
        exact = columns_for(one, CountReading.EXACT)
        assert not [name for name in exact if name.endswith("_id")], one.name
        assert exact[0] == "day"
