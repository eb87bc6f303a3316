"""By when a step is due, and that it is marked once when the time has come."""

import pytest

from pasokh.core.refusal import Reason
from pasokh.core.time import HOUR, MINUTE, SECOND
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.events import Stage
from pasokh.dispatch.timers import (
    LIMITS,
    OPENED,
    UNJUDGED,
    due_at,
    incident_due_at,
    mission_due_at,
    overdue_commands,
    waits,
)
from tests.stories.story import Story

STAGES = (
    Stage.CREATED,
    Stage.DISPATCHED,
    Stage.ACKNOWLEDGED,
    Stage.EN_ROUTE,
    Stage.ON_SCENE,
)
STEPS = (
    c.DispatchMission("m1"),
    c.AcknowledgeMission("m1"),
    c.StartMission("m1"),
    c.ArriveMission("m1"),
)


def opened() -> Story:
    return Story().given(c.OpenIncident("i1"), c.RegisterUnit("u1"), c.RegisterUnit("u2"))


def due(story: Story, at: float) -> list[object]:
    found = overdue_commands(story.centre.dispatch, round(at * SECOND))
    return [command for _, command in found]


@pytest.mark.parametrize("stage", [OPENED, *STAGES])
def test_what_is_urgent_is_never_given_longer(stage: str) -> None:
    limits = [LIMITS[stage, priority] for priority in range(1, 6)]
    assert limits == sorted(limits)
    assert all(MINUTE <= limit <= 2 * HOUR for limit in limits)


def test_a_stage_is_due_by_its_priority_and_without_a_limit_never() -> None:
    assert due_at(OPENED, 7, 1) == 7 + LIMITS[OPENED, 1]
    assert due_at(OPENED, 7, None) == 7 + LIMITS[OPENED, UNJUDGED]
    assert due_at(Stage.CLEARED, 7, 1) is None
    assert due_at(OPENED, 7, 1, {}) is None
    assert due_at(OPENED, 7, 1, {(OPENED, 1): SECOND}) == 7 + SECOND


def test_each_stage_has_its_own_clock() -> None:
    story = opened().given(c.CreateMission("m1", "i1", "u1"), at=1)
    dispatch = story.centre.dispatch
    for n, stage in enumerate(STAGES):
        mission = dispatch.missions["m1"]
        assert mission.stage is stage
        assert mission.stage_at == (1 + 100 * n) * SECOND
        assert mission_due_at(dispatch, mission) == mission.stage_at + LIMITS[stage, UNJUDGED]
        if n < len(STEPS):
            story.given(STEPS[n], at=101 + 100 * n)
    story.given(c.ClearMission("m1"), at=900)
    assert mission_due_at(dispatch, dispatch.missions["m1"]) is None


def test_an_incident_waits_until_a_unit_is_told_and_again_when_it_is_reopened() -> None:
    story = opened()
    dispatch = story.centre.dispatch
    one = dispatch.incidents["i1"]
    limit = LIMITS[OPENED, UNJUDGED] // SECOND
    assert due(story, limit - 1) == []
    assert due(story, limit) == [c.MarkIncidentOverdue("i1")]
    story.given(c.CreateMission("m1", "i1", "u1"))
    assert waits(dispatch, one), "a unit that was only chosen is on no way"
    story.given(c.DispatchMission("m1"), at=10)
    assert incident_due_at(dispatch, one) is None
    story.given(c.ClearMission("m1"), c.CloseIncident("i1", "done"), at=20)
    assert incident_due_at(dispatch, one) is None
    story.given(c.ReopenIncident("i1", "smoke again"), at=50)
    assert incident_due_at(dispatch, one) == 50 * SECOND + LIMITS[OPENED, UNJUDGED]


def test_an_overdue_incident_is_marked_once_until_a_unit_is_told() -> None:
    story = opened()
    story.when(c.MarkIncidentOverdue("i1"), at=9_000).then(e.IncidentOverdue("i1"))
    assert story.centre.dispatch.incidents["i1"].overdue
    assert due(story, 9_000) == []
    story.when(c.MarkIncidentOverdue("i1"), at=9_001).refused(Reason.ALREADY_OVERDUE)
    story.given(c.CreateMission("m1", "i1", "u1"), c.DispatchMission("m1"), at=9_002)
    assert not story.centre.dispatch.incidents["i1"].overdue
    story.when(c.MarkIncidentOverdue("i1"), at=9_003).refused(Reason.NOT_DUE)


def test_an_overdue_mission_is_marked_once_a_stage() -> None:
    story = opened().given(c.CreateMission("m1", "i1", "u1"), c.DispatchMission("m1"))
    marked = c.MarkOverdue("m1", Stage.DISPATCHED)
    assert due(story, 3_600) == [marked]
    story.when(marked, at=3_600).then(e.MissionOverdue("m1", Stage.DISPATCHED))
    assert due(story, 3_601) == []
    story.when(marked, at=3_601).refused(Reason.ALREADY_OVERDUE)
    story.given(c.AcknowledgeMission("m1"), at=3_602)
    assert not story.centre.dispatch.missions["m1"].overdue
    story.when(marked, at=3_603).refused(Reason.NOT_DUE)
    story.given(c.ClearMission("m1"), at=3_604)
    story.when(c.MarkOverdue("m1", Stage.CLEARED), at=3_605).refused(Reason.MISSION_OVER)


def test_no_person_marks_anything_overdue() -> None:
    story = opened()
    story.when(c.MarkIncidentOverdue("i1"), at=9_000, actor="supervisor:s-1")
    story.refused(Reason.ROLE_MAY_NOT)
