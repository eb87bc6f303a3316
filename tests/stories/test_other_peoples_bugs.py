"""Bugs that other dispatch programs published, each told as a story that must end well here.

The source stands in the docstring of each: the program and the number of its issue.
"""

import pytest

from pasokh.control_room.desk_objects import DeskIncident, ThingKind
from pasokh.control_room.overdue import overdue
from pasokh.control_room.views_desk import look_at, object_of
from pasokh.control_room.views_things import open_incidents, open_missions, units
from pasokh.core.machine import Command
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, HOUR, SECOND, Instant
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.events import Availability, Outcome, Stage
from pasokh.dispatch.state import Incident, Mission
from tests.stories.story import Story

OVERRIDE = "nearest to a child in water"
CREW = "field_crew:u1"


def two_missions_of_one_unit() -> Story:
    """One unit, told of two incidents: the second with a reason that is kept."""
    story = Story().given(c.OpenIncident("i1"), c.OpenIncident("i2"), c.RegisterUnit("u1"))
    story.given(c.CreateMission("m1", "i1", "u1"), c.DispatchMission("m1"), at=10)
    return story.given(
        c.CreateMission("m2", "i2", "u1"), c.DispatchMission("m2", override_reason=OVERRIDE), at=20
    )


def mission(story: Story, mission_id: str) -> Mission:
    return story.centre.dispatch.missions[mission_id]


def incident(story: Story, incident_id: str = "i1") -> Incident:
    return story.centre.dispatch.incidents[incident_id]


def on_the_desk(story: Story, incident_id: str, at: Instant) -> DeskIncident | None:
    found = object_of(look_at(story.centre, at), (ThingKind.INCIDENT, incident_id))
    assert found is None or isinstance(found, DeskIncident)
    return found


def test_one_missions_step_does_not_bleed_over_the_units_other_missions() -> None:
    """TicketsCAD #116: one unit's status bleeds over all its assignments."""
    story = two_missions_of_one_unit()
    steps = (c.AcknowledgeMission("m2"), c.StartMission("m2"), c.ArriveMission("m2"))
    for n, step in enumerate(steps, 30):
        story.given(step, at=n, actor=CREW)
        assert mission(story, "m1").stage is Stage.DISPATCHED
        assert mission(story, "m1").stage_at == 10 * SECOND
    story.given(c.RecordOutcome("m2", Outcome.GONE), c.ClearMission("m2"), at=40)
    assert (mission(story, "m1").stage, mission(story, "m1").outcome) == (Stage.DISPATCHED, None)
    assert mission(story, "m1").over_at is None
    assert story.centre.dispatch.units["u1"].missions == ["m1"], "still out for the other one"
    story.given(c.ArriveMission("m1"), at=50, actor=CREW)
    assert mission(story, "m2").on_scene_at == 32 * SECOND


def test_a_busy_unit_is_not_reset_by_a_second_order() -> None:
    """TicketsCAD #82 and #83: a busy unit is silently reset when it is assigned again."""
    story = two_missions_of_one_unit().given(c.OpenIncident("i3"))
    story.given(c.ArriveMission("m1"), at=30, actor=CREW)
    story.given(c.CreateMission("m3", "i3", "u1"), at=40)
    assert mission(story, "m1").stage is Stage.ON_SCENE, "being chosen changes nothing"
    story.when(c.DispatchMission("m3"), at=41).refused(Reason.UNIT_BUSY)
    story.when(c.DispatchMission("m1"), at=42).refused(Reason.MISSION_ALREADY_DISPATCHED)
    story.given(c.DispatchMission("m3", override_reason=OVERRIDE), at=43)
    assert mission(story, "m1").stage is Stage.ON_SCENE
    assert mission(story, "m1").on_scene_at == 30 * SECOND
    assert story.centre.dispatch.units["u1"].missions == ["m1", "m2", "m3"]
    assert story.centre.dispatch.units["u1"].availability is Availability.AVAILABLE


def test_a_reopened_incident_does_not_close_itself() -> None:
    """TicketsCAD #65: a reopened incident re-closes itself."""
    story = Story().given(c.OpenIncident("i1"), c.RegisterUnit("u1"), c.RegisterUnit("u2"))
    story.given(c.CreateMission("m1", "i1", "u1"), c.DispatchMission("m1"), at=1)
    story.given(c.ClearMission("m1"), c.CloseIncident("i1", "report"), at=2)
    story.given(c.ReopenIncident("i1", "smoke again"), at=3)
    # Everything that could have closed it the first time happens once more.
    story.given(c.CreateMission("m2", "i1", "u2"), c.DispatchMission("m2"), at=4)
    story.given(c.RecordOutcome("m1", Outcome.FOUNDED), at=5)
    story.given(c.RecordOutcome("m2", Outcome.FOUNDED), c.ClearMission("m2"), at=6)
    for _, command in tuple(overdue(story.centre, DAY)):
        story.when(command, at=86_400, actor="machine:timetable")
    assert incident(story).closed_at is None
    shown = on_the_desk(story, "i1", DAY)
    assert shown
    assert shown.closed_at is None


@pytest.mark.parametrize("priority", [1, 2, 3, 4, 5])
def test_the_priority_shown_is_the_priority_saved(priority: int) -> None:
    """TicketsCAD #87: severity shown is not severity saved."""
    story = Story().given(c.OpenIncident("i1", "theft"))
    story.given(c.PrioritiseIncident("i1", priority, ("seen",)), at=1)
    saved = story.last.facts[0].event
    assert isinstance(saved, e.IncidentPrioritised)
    story.given(c.TypeIncident("i1", "traffic_injury"), at=2)
    shown = on_the_desk(story, "i1", HOUR)
    assert shown
    assert saved.priority == incident(story).priority == shown.priority == priority
    page = open_incidents(story.centre, "", 10).incidents
    assert [one.priority for one in page] == [priority]


def test_what_has_ended_is_not_served_as_open() -> None:
    """TicketsCAD #25: deleted incidents are still served, by 77 endpoints."""
    story = Story().given(*(c.OpenIncident(name) for name in ("i1", "i2", "i3")))
    story.given(c.RegisterUnit("u1"), c.RegisterUnit("u2"), c.CreateMission("m1", "i1", "u1"))
    story.given(c.DispatchMission("m1"), c.ClearMission("m1"), c.CloseIncident("i1", "report"))
    story.given(c.MergeIncident("i2", "i3"), c.RetireUnit("u2", "sold"))
    centre = story.centre
    assert [one.incident_id for one in open_incidents(centre, "", 10).incidents] == ["i3"]
    assert list(centre.dispatch.open) == ["i3"]
    assert open_missions(centre, "", 10).missions == []
    assert [one.unit_id for one in units(centre, "", 10).units] == ["u1"]
    assert on_the_desk(story, "i1", HOUR) is None
    assert on_the_desk(story, "i2", HOUR) is None
    assert on_the_desk(story, "i3", HOUR)


def test_a_units_missions_are_limited_and_every_attempt_is_logged() -> None:
    """SnailyCAD #468, #570, #114: assigned twice, assigned without a trace."""
    story = two_missions_of_one_unit()
    sent = story.last.facts[-1]
    assert sent.event == e.MissionDispatched("m2", override_reason=OVERRIDE)
    assert sent.actor == "dispatcher:d-1"
    story.when(c.CreateMission("m2", "i1", "u1"), at=30).refused(Reason.MISSION_EXISTS)
    story.given(c.CreateMission("m3", "i1", "u1"), at=31)
    story.when(c.DispatchMission("m3"), at=32, actor="supervisor:s-9").refused(Reason.UNIT_BUSY)
    refused = story.last.facts[0]
    assert refused.actor == "supervisor:s-9"
    assert mission(story, "m3").dispatched_at is None


def test_a_crew_that_is_off_is_not_sent_silently() -> None:
    """Resgrid #270: people off duty are still paged."""
    story = Story().given(c.OpenIncident("i1"), c.RegisterUnit("u1"), c.RegisterUnit("u2"))
    story.given(c.SetUnitState("u1", Availability.NOT_AVAILABLE, ("off_shift",)))
    story.given(c.CreateMission("m1", "i1", "u1"))
    story.when(c.DispatchMission("m1"), at=1).refused(Reason.UNIT_NOT_AVAILABLE)
    override = c.DispatchMission("m1", override_reason=OVERRIDE)
    story.when(override, at=2).then(e.MissionDispatched("m1", override_reason=OVERRIDE))
    story.given(c.RetireUnit("u2", "sold"))
    story.when(c.CreateMission("m2", "i1", "u2"), at=3).refused(Reason.UNIT_RETIRED)


@pytest.mark.parametrize(
    "command",
    [
        c.TypeIncident("i2", "fire"),
        c.PrioritiseIncident("i2", 1, ("smoke",)),
        c.MoveIncident("i2", "qaen"),
        c.CloseIncident("i2", "done"),
        c.ReopenIncident("i2", "again"),
        c.AssignIncident("i2", "d-1"),
    ],
)
def test_a_merged_incident_takes_nothing_and_says_where_to_go(command: Command) -> None:
    """Netflix Dispatch's duplicates by hand: both stay open and each is worked on apart."""
    story = Story().given(c.OpenIncident("i1"), c.OpenIncident("i2"), c.RegisterUnit("u1"))
    story.given(c.MergeIncident("i2", "i1"), at=1)
    story.when(command, at=2).refused(Reason.INCIDENT_MERGED)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == {"incident": "i2", "into": "i1"}
    shown = on_the_desk(story, "i2", 2 * SECOND)
    assert shown
    assert (shown.merged_into, shown.closed_at) == ("i1", 1 * SECOND)
    story.given(c.CreateMission("m1", "i2", "u1"), at=3)
    assert mission(story, "m1").incident_id == "i1"


def test_a_crew_acts_without_waiting_for_a_dispatcher() -> None:
    """SnailyCAD #1705 and #1779, OpenCAD #79: units cannot begin what they come upon."""
    found = c.OpenIncident("i1", "brawl", origin=e.Origin.UNIT)
    story = Story().given(c.RegisterUnit("u1"))
    story.when(found, at=1, actor=CREW).then(e.IncidentOpened("i1", "brawl", origin=e.Origin.UNIT))
    story.given(c.CreateMission("m1", "i1", "u1"), c.DispatchMission("m1"), at=2)
    steps = (c.ArriveMission("m1"), c.RecordOutcome("m1", Outcome.FOUNDED), c.ClearMission("m1"))
    story.given(*steps, at=3, actor=CREW)
    assert mission(story, "m1").over_at == 3 * SECOND
    assert incident(story).origin is e.Origin.UNIT


def test_two_dispatchers_on_one_incident_lose_nothing() -> None:
    """CoCeSo #84 and every form that saves all its fields: the last to save wins it all."""
    one, other = "dispatcher:d-1", "dispatcher:d-2"
    story = Story().given(c.OpenIncident("i1", "theft", "mashhad", "b7"))
    # Both looked at the same moment; each says only what changed.
    story.given(c.PrioritiseIncident("i1", 1, ("armed",)), at=10, actor=one)
    story.given(c.TypeIncident("i1", "robbery"), at=10, actor=other)
    story.given(c.MoveIncident("i1", "nishapur", "b2"), at=10, actor=one)
    story.given(c.AssignIncident("i1", "d-2"), at=10, actor=other)
    now = incident(story)
    assert (now.priority, now.incident_type, now.county, now.beat, now.owner) == (
        1,
        "robbery",
        "nishapur",
        "b2",
        "d-2",
    )
    assert len(now.trail) == 5, "and each deed has its own line"
