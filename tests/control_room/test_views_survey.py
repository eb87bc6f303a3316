"""Which callers may be asked: after some hours, never in silence, never where it tells on them."""

import pytest

from pasokh.answer.commands import (
    AnswerCall,
    ClassCall,
    EndCall,
    LinkCall,
    MarkSilent,
    OfferCall,
    TypeCall,
)
from pasokh.answer.commands_survey import AskCaller
from pasokh.answer.events import CallCode, Channel, Origin
from pasokh.control_room.views_survey import callers_to_ask
from pasokh.core.machine import Command
from pasokh.core.time import SECOND
from pasokh.dispatch.commands import CloseIncident, OpenIncident
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import PublishedAs, TypeEntry
from tests.stories.story import Story

HOUR = 3600
END = 60
FAMILY = TypeEntry("خشونت خانگی", "Family violence", 1, published_as=PublishedAs.SENSITIVE)
DEATH = TypeEntry("فوت", "A death", 2)
BRAWL = TypeEntry("درگیری", "Brawl", 2)


def centre() -> Story:
    story = Story()
    for code, entry in (("family", FAMILY), ("death", DEATH), ("brawl", BRAWL)):
        story.given(SetEntry(code, entry), actor="administrator:a-1")
    return story


def called(
    story: Story, call_id: str = "c1", *, caller: str = "mina", at: float = 0, **more: object
) -> Story:
    story.given(OfferCall(call_id, **more), at=at, caller=caller)  # type: ignore[arg-type]
    return story.given(AnswerCall(call_id), at=at + 5)


def asked(story: Story, at: float, *never: str) -> list[str]:
    return list(callers_to_ask(story.centre, round(at * SECOND), frozenset(never)))


def test_a_caller_is_asked_some_hours_after_and_not_days_after() -> None:
    story = called(centre()).given(EndCall("c1"), at=END)
    assert asked(story, END + 2 * HOUR - 1) == []
    assert asked(story, END + 2 * HOUR) == ["c1"]
    assert asked(story, END + 72 * HOUR) == ["c1"]
    assert asked(story, END + 72 * HOUR + 1) == []
    story.given(AskCaller("c1"), at=3 * HOUR)
    assert asked(story, 4 * HOUR) == []


@pytest.mark.parametrize(
    "done",
    [
        (MarkSilent("c1"),),
        (TypeCall("c1", "family"),),
        (TypeCall("c1", "death"),),
        (ClassCall("c1", CallCode.SILENT, "nobody spoke"),),
    ],
)
def test_silence_violence_and_death_are_left_in_peace(done: tuple[Command, ...]) -> None:
    story = called(centre()).given(*done, at=30).given(EndCall("c1"), at=END)
    assert asked(story, 5 * HOUR, "death") == []


@pytest.mark.parametrize(
    "more",
    [{"channel": Channel.WEB}, {"origin": Origin.ALARM}, {"test": True}, {"caller": ""}],
)
def test_only_people_who_spoke_and_can_be_reached(more: dict[str, object]) -> None:
    story = called(centre(), **more).given(EndCall("c1"), at=END)  # type: ignore[arg-type]
    assert asked(story, 5 * HOUR) == []


def test_who_was_never_answered_is_not_asked() -> None:
    story = centre().given(OfferCall("c1"), caller="mina").given(EndCall("c1"), at=END)
    assert asked(story, 5 * HOUR) == []


@pytest.mark.parametrize(("told", "so"), [("brawl", ["c1"]), ("family", []), ("death", [])])
def test_what_the_incident_was_counts_and_it_must_be_closed(told: str, so: list[str]) -> None:
    story = called(centre()).given(
        OpenIncident("i1", incident_type=told), LinkCall("c1", "i1"), at=20
    )
    story.given(EndCall("c1"), at=END)
    assert asked(story, 5 * HOUR, "death") == []
    story.given(CloseIncident("i1", "done"), at=3 * HOUR)
    assert asked(story, 5 * HOUR, "death") == so
    assert asked(story, 5 * HOUR, "death", "done") == []


def test_a_caller_with_a_later_call_is_asked_about_that_one() -> None:
    story = called(centre()).given(EndCall("c1"), at=END)
    called(story, "c2", at=HOUR)
    assert asked(story, 5 * HOUR) == []
    story.given(EndCall("c2"), at=HOUR + END)
    assert asked(story, 5 * HOUR) == ["c2"]
