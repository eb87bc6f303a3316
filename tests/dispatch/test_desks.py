"""What dispatchers' desks need of an incident: its number, owner, links, words, trail, way back."""

import pytest

from pasokh.answer.commands import AnswerCall, LinkCall, OfferCall, UnlinkCall
from pasokh.core.machine import Kept, KeptWhat, Words
from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.keeping import LAST_NUMBER
from pasokh.dispatch.state import Incident
from tests.stories.story import DISPATCHER, SEALED, Story

WORDS = Words(text="سخن")


def opened(*incident_ids: str) -> Story:
    return Story().given(*(c.OpenIncident(incident_id) for incident_id in incident_ids))


def incident(story: Story, incident_id: str = "i1") -> Incident:
    return story.centre.dispatch.incidents[incident_id]


def test_a_dispatcher_takes_an_incident_another_takes_it_over_and_it_is_released() -> None:
    story = opened("i1")
    story.when(c.AssignIncident("i1", "d-1")).then(e.IncidentAssigned("i1", "d-1"))
    story.when(c.AssignIncident("i1", "d-1")).refused(Reason.INCIDENT_OWNED)
    story.when(c.AssignIncident("i1", "d-2")).then(e.IncidentAssigned("i1", "d-2"))
    assert incident(story).owner == "d-2"
    story.when(c.ReleaseIncident("i1")).then(e.IncidentReleased("i1", "d-2"))
    story.when(c.ReleaseIncident("i1")).refused(Reason.INCIDENT_NOT_OWNED)
    story.given(c.CloseIncident("i1", "done"))
    story.when(c.AssignIncident("i1", "d-1")).refused(Reason.INCIDENT_CLOSED)
    story.when(c.ReleaseIncident("i1")).refused(Reason.INCIDENT_CLOSED)


def test_linked_incidents_are_unlinked_from_either_side() -> None:
    story = opened("i1", "i2").given(c.LinkIncidents("i1", "i2", "same street"))
    story.when(c.UnlinkIncidents("i2", "i1", "other street")).then(
        e.IncidentsUnlinked("i2", "i1", "other street")
    )
    assert incident(story, "i1").linked == incident(story, "i2").linked == ()
    story.when(c.UnlinkIncidents("i1", "i2", "again")).refused(Reason.INCIDENT_NOT_LINKED)
    story.when(c.UnlinkIncidents("i1", "i9", "again")).refused(Reason.INCIDENT_UNKNOWN)


def test_an_unmerged_incident_is_open_again_with_what_it_brought() -> None:
    story = opened("i1", "i2").given(c.RegisterUnit("u1"), c.RegisterUnit("u2"))
    story.given(c.CreateMission("m2", "i2", "u2"), c.MergeIncident("i2", "i1"), at=5)
    story.given(c.CreateMission("m1", "i2", "u1"), at=6)  # goes to the survivor, and stays there
    story.when(c.UnmergeIncident("i2", "two fires"), at=9).then(
        e.IncidentUnmerged("i2", "i1", "two fires")
    )
    assert incident(story, "i2").missions == ["m2"]
    assert incident(story, "i1").missions == ["m1"]
    assert story.centre.dispatch.missions["m2"].incident_id == "i2"
    assert list(story.centre.dispatch.open) == ["i1", "i2"]
    assert incident(story, "i2").waits_since == 9 * SECOND
    story.when(c.UnmergeIncident("i2", "again")).refused(Reason.INCIDENT_NOT_MERGED)
    story.when(c.UnmergeIncident("i9", "what")).refused(Reason.INCIDENT_UNKNOWN)


def test_a_cycle_of_two_comes_apart_at_once() -> None:
    story = opened("a", "b").given(c.MergeIncident("a", "b"), c.MergeIncident("b", "a"))
    story.when(c.UnmergeIncident("b", "two")).then(
        e.IncidentUnmerged("b", "a", "two"), e.IncidentUnmerged("a", "b", "two")
    )
    assert set(story.centre.dispatch.open) == {"a", "b"}


def test_numbers_count_up_and_begin_again_past_those_that_are_open() -> None:
    story = opened("i1", "i2", "i3")
    assert [incident(story, name).number for name in ("i1", "i2", "i3")] == [1, 2, 3]
    story.given(c.CloseIncident("i2", "done"))
    story.centre.dispatch.last_number = LAST_NUMBER
    story.given(c.OpenIncident("i4"), c.OpenIncident("i5"))
    assert incident(story, "i4").number == 2, "1 and 3 are still open"
    assert incident(story, "i5").number == 4


def test_a_reopened_incident_keeps_its_number_unless_it_was_given_away() -> None:
    story = opened("i1", "i2")
    story.given(c.CloseIncident("i1", "done"), c.ReopenIncident("i1", "smoke again"))
    assert incident(story).number == 1
    story.given(c.CloseIncident("i1", "done"))
    story.centre.dispatch.last_number = LAST_NUMBER
    story.given(c.OpenIncident("i3"))
    assert incident(story, "i3").number == 1
    story.given(c.ReopenIncident("i1", "smoke again"))
    assert incident(story).number == 3
    story.given(c.CloseIncident("i3", "done"), c.CloseIncident("i1", "done"))
    story.given(c.ReopenIncident("i1", "a third time"))
    assert incident(story).number == 3


def test_a_busy_units_refusal_says_for_which_incident_and_with_whom() -> None:
    story = opened("i1", "i2").given(c.RegisterUnit("u1", call_sign="412"))
    story.given(c.CreateMission("m1", "i1", "u1"), c.CreateMission("m2", "i2", "u1"))
    story.given(c.DispatchMission("m1"), actor="dispatcher:d-7")
    story.when(c.DispatchMission("m2")).refused(Reason.UNIT_BUSY)
    said = {"unit": "412", "mission": "m1", "incident": "i1", "number": 1, "by": "d-7"}
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == said
    story.given(c.AssignIncident("i1", "d-9"))
    story.when(c.DispatchMission("m2")).refused(Reason.UNIT_BUSY)
    assert story.last.receipt.refusal.details["by"] == "d-9", story.last.receipt.refusal
    story.when(c.RetireUnit("u1", "sold")).refused(Reason.UNIT_BUSY)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (c.OpenIncident("i9"), KeptWhat.OPENED),
        (c.MoveIncident("i1", "0914"), KeptWhat.MOVED),
        (c.NoteIncident("i1"), KeptWhat.NOTED),
    ],
)
def test_the_state_knows_where_an_incidents_words_lie(
    command: c.OpenIncident | c.MoveIncident | c.NoteIncident, what: KeptWhat
) -> None:
    story = opened("i1").when(command, at=3, actor=DISPATCHER, words=WORDS)
    kept = incident(story, command.incident_id).words
    assert kept == (Kept(what, SEALED, 3 * SECOND, DISPATCHER),)


def test_an_incidents_trail_names_its_entries_its_missions_and_calls_being_linked() -> None:
    story = opened("i1").given(OfferCall("c1"), AnswerCall("c1"), c.RegisterUnit("u1"))
    seqs = []
    for command in (
        LinkCall("c1", "i1"),
        c.CreateMission("m1", "i1", "u1"),
        c.DispatchMission("m1"),
        c.CancelMission("m1", "nothing there"),
        c.AssignIncident("i1", "d-1"),
        UnlinkCall("c1", "wrong one"),
        c.CloseIncident("i1", "done"),
    ):
        seqs += [fact.seq for fact in story.given(command).last.facts]
    assert incident(story).trail == [1, *seqs]
    assert [fact.seq for fact in story.last.facts] == incident(story).trail[-1:]


def test_a_split_incident_is_as_urgent_as_the_one_it_came_from() -> None:
    story = opened("i1").given(c.RegisterUnit("u1"), c.CreateMission("m1", "i1", "u1"))
    story.given(c.PrioritiseIncident("i1", 1, ("armed",)))
    story.given(c.SplitIncident("i1", "i2", mission_ids=("m1",)))
    assert incident(story, "i2").priority == 1
    assert incident(story, "i2").number == 2
