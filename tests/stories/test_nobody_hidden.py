"""The call-back list on a real year's abandoned calls: none that needed a unit was ever hidden.

A fifth of San Luis Obispo's calls are abandoned ones, and to 8 % of those a unit went. Nobody
knows beforehand to which, so every one of them waits in the list until somebody says enough.
"""

import csv
import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import Struct

from pasokh.answer import commands as c
from pasokh.answer.events import CallBackResult, CallCode
from pasokh.answer.finding import listed
from pasokh.dispatch.commands import OpenIncident
from tests.stories.story import MACHINE, Story

DATA = Path(__file__).parents[2].parent / "shared/data/calls"
FILE = DATA / "san_luis_obispo_police_2021-09-14_2022-01-31.csv.gz"
ABANDONED = "9-1-1 ABANDON"
# What the research counted on the same file (notes/data, section 2).
CALLS, NEEDED_A_UNIT = 3_002, 248
# How long the list gets when each is called back after a quarter of an hour.
MOST_AT_ONCE = 8


class Missed(Struct, frozen=True):
    """An abandoned call: when, of whom, and when a field unit was told, if one was."""

    call: str
    number: str
    at: int
    unit_at: int | None


def abandoned() -> Iterator[Missed]:
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["type"] == ABANDONED:
                at = stamp(row["received"])
                unit = int(row["n_field_units"] or 0) > 0
                told = stamp(row["dispatched"]) if row["dispatched"] else at
                number = row["block"] or row["case"]
                yield Missed(row["case"], number, at, max(at, told) if unit else None)


def stamp(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.skipif(not FILE.exists(), reason="the research data do not lie beside the checkout")
def test_no_abandoned_call_that_needed_a_unit_was_ever_off_the_list() -> None:
    calls = list(abandoned())
    assert (len(calls), sum(call.unit_at is not None for call in calls)) == (CALLS, NEEDED_A_UNIT)
    steps = [(call.at, 0, call) for call in calls]
    # Whom no unit went to is called back after a quarter of an hour, and tells that all is well.
    steps += [(call.unit_at or call.at + 900, 1, call) for call in calls]
    story, owed, hidden, most = Story(), set[str](), 0, 0
    for at, step, call in sorted(steps, key=lambda one: (one[0], one[1], one[2].call)):
        if step == 0:
            # The block stands for the number: whole streets that call again and again.
            story.given(c.OfferCall(call.call), at=at, actor=MACHINE, caller=call.number)
            story.given(c.EndCall(call.call), at=at)
            owed.add(call.call)
        elif call.call in owed:
            if call.unit_at is not None:
                hidden += call.call not in set(listed(story.centre.answer))
                story.given(c.CallBack(call.call, result=CallBackResult.NEEDS_HELP), at=at)
                story.given(OpenIncident(f"i-{call.call}"), at=at)
                story.given(c.LinkCall(call.call, f"i-{call.call}"), at=at)
            else:
                story.given(c.ClassCall(call.call, CallCode.SILENT, "all is well"), at=at)
            owed = set(listed(story.centre.answer))
        most = max(most, len(owed))
        assert set(listed(story.centre.answer)) == owed
    assert (hidden, most) == (0, MOST_AT_ONCE)
