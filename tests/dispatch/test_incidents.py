"""Incidents: typed, moved, merged (in cycles too), split, linked, closed, reopened."""

from itertools import permutations

import pytest

from pasokh.answer.commands import AnswerCall, LinkCall, OfferCall
from pasokh.answer.events import CallLinked, CallUnlinked
from pasokh.core.machine import Command
from pasokh.core.refusal import Reason
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from tests.stories.story import Story


def opened(*incident_ids: str) -> Story:
    return Story().given(*(c.OpenIncident(incident_id) for incident_id in incident_ids))


def test_an_incident_is_typed_prioritised_and_moved() -> None:
    story = opened("i1")
    story.when(c.TypeIncident("i1", "theft")).then(e.IncidentTyped("i1", "theft"))
    story.when(c.TypeIncident("i1", "theft")).refused(Reason.INCIDENT_UNCHANGED)
    story.when(c.PrioritiseIncident("i1", 1, ("child", "night"))).then(
        e.IncidentPrioritised("i1", 1, ("child", "night"))
    )
    story.when(c.PrioritiseIncident("i1", 1, ("again",))).refused(Reason.INCIDENT_UNCHANGED)
    story.when(c.MoveIncident("i1", "0914")).then(e.IncidentMoved("i1", "0914"))
    story.when(c.MoveIncident("i1", "0914")).refused(Reason.INCIDENT_UNCHANGED)
    incident = story.centre.dispatch.incidents["i1"]
    assert (incident.incident_type, incident.priority, incident.county) == ("theft", 1, "0914")


def test_missions_and_orders_follow_the_survivor() -> None:
    story = opened("i1", "i2").given(c.RegisterUnit("u1"), c.RegisterUnit("u2"))
    story.given(c.CreateMission("m1", "i2", "u1"))
    story.when(c.MergeIncident("i2", "i1")).then(e.IncidentMerged("i2", "i1"))
    assert story.centre.dispatch.missions["m1"].incident_id == "i1"
    story.when(c.CreateMission("m2", "i2", "u2")).then(e.MissionCreated("m2", "i1", "u2"))
    story.when(c.TypeIncident("i2", "fire")).refused(Reason.INCIDENT_MERGED)
    story.when(c.MergeIncident("i2", "i1")).refused(Reason.INCIDENT_MERGED)
    story.when(c.CloseIncident("i1", "done")).refused(Reason.INCIDENT_HAS_MISSIONS)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_cycle_of_merges_is_one_incident_whatever_the_order(order: tuple[int, ...]) -> None:
    merges = [c.MergeIncident("b", "c"), c.MergeIncident("c", "a"), c.MergeIncident("a", "b")]
    story = opened("a", "b", "c", "d").given(c.RegisterUnit("u1"), c.RegisterUnit("u2"))
    story.given(c.CreateMission("m1", "b", "u1"), c.CreateMission("m2", "c", "u2"))
    story.given(*(merges[i] for i in order), c.MergeIncident("d", "b"))
    floor = story.centre.dispatch
    assert {floor.survivor_of(i) for i in "abcd"} == {"a"}
    assert floor.incidents["a"].closed_at is None
    assert sorted(floor.incidents["a"].missions) == ["m1", "m2"]
    story.given(
        c.CancelMission("m1", "x"), c.CancelMission("m2", "x"), c.CloseIncident("a", "done")
    )


def test_a_split_takes_its_calls_and_missions_along() -> None:
    story = opened("i1").given(c.RegisterUnit("u1"), c.CreateMission("m1", "i1", "u1"))
    for call_id in ("c1", "c2"):
        story.given(OfferCall(call_id), AnswerCall(call_id), LinkCall(call_id, "i1"))
    story.when(c.SplitIncident("i1", "i2", ("c2",), ("m1",))).then(
        e.IncidentSplit("i1", "i2", ("c2",), ("m1",)),
        CallUnlinked("c2", "i1", "split from i1"),
        CallLinked("c2", "i2"),
    )
    causes = [fact.cause for fact in story.last.facts]
    assert causes == [None, story.last.facts[0].seq, story.last.facts[0].seq]
    assert story.centre.dispatch.missions["m1"].incident_id == "i2"
    assert story.centre.answer.calls["c2"].incident_id == "i2"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (c.SplitIncident("i1", "i3"), Reason.SPLIT_EMPTY),
        (c.SplitIncident("i1", "i3", ("c9",)), Reason.SPLIT_FOREIGN),
        (c.SplitIncident("i1", "i3", (), ("m9",)), Reason.SPLIT_FOREIGN),
        (c.SplitIncident("i1", "i2", ("c1",)), Reason.INCIDENT_EXISTS),
        (c.MergeIncident("i1", "i1"), Reason.INCIDENT_SAME),
        (c.MergeIncident("i1", "i9"), Reason.INCIDENT_UNKNOWN),
        (c.MergeIncident("i9", "i1"), Reason.INCIDENT_UNKNOWN),
        (c.LinkIncidents("i1", "i1", "same car"), Reason.INCIDENT_SAME),
        (c.LinkIncidents("i1", "i9", "same car"), Reason.INCIDENT_UNKNOWN),
        (c.OpenIncident("i1"), Reason.INCIDENT_EXISTS),
        (c.ReopenIncident("i1", "again"), Reason.INCIDENT_NOT_CLOSED),
        (c.NoteIncident("i1"), Reason.NEEDS_WORDS),
        (c.FlagIncidentTest("i1", test=False, reason="real"), Reason.INCIDENT_UNCHANGED),
    ],
)
def test_what_an_incident_refuses(command: Command, reason: Reason) -> None:
    story = opened("i1", "i2").given(OfferCall("c1"), AnswerCall("c1"), LinkCall("c1", "i1"))
    story.when(command).refused(reason)


def test_incidents_are_linked_and_stay_two() -> None:
    story = opened("i1", "i2")
    story.when(c.LinkIncidents("i1", "i2", "same car")).then(
        e.IncidentsLinked("i1", "i2", "same car")
    )
    story.when(c.LinkIncidents("i2", "i1", "same car")).refused(Reason.INCIDENT_LINKED)


def test_a_closed_incident_is_reopened() -> None:
    story = opened("i1").given(c.CloseIncident("i1", "gone on arrival"), at=60)
    story.when(c.CloseIncident("i1", "again")).refused(Reason.INCIDENT_CLOSED)
    story.when(c.ReopenIncident("i1", "they came back")).then(
        e.IncidentReopened("i1", "they came back")
    )
    assert story.centre.dispatch.incidents["i1"].closed_at is None
