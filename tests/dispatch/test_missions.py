"""Missions step by step, and units that cannot be taken silently."""

import pytest

from pasokh.core.refusal import Reason
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.events import Availability, Outcome, Stage
from pasokh.dispatch.fold import forget
from tests.stories.story import DISPATCHER, Story

STEPS = (c.AcknowledgeMission("m1"), c.StartMission("m1"), c.ArriveMission("m1"))


def ordered() -> Story:
    story = Story().given(c.OpenIncident("i1"), c.RegisterUnit("u1"))
    return story.given(c.CreateMission("m1", "i1", "u1"), actor=DISPATCHER)


def test_a_mission_from_order_to_clear() -> None:
    story = ordered()
    story.when(c.DispatchMission("m1"), at=10).then(e.MissionDispatched("m1"))
    story.when(STEPS[0], at=20).then(e.MissionAcknowledged("m1"))
    story.when(STEPS[1], at=60).then(e.MissionEnRoute("m1"))
    story.when(STEPS[2], at=400).then(e.MissionOnScene("m1"))
    story.when(c.RecordOutcome("m1", Outcome.FOUNDED), at=500).then(
        e.MissionOutcomeRecorded("m1", Outcome.FOUNDED)
    )
    story.when(c.ClearMission("m1"), at=900).then(e.MissionCleared("m1"))
    mission = story.centre.dispatch.missions["m1"]
    assert (mission.dispatched_at, mission.on_scene_at, mission.over_at) == (
        10_000,
        400_000,
        900_000,
    )
    assert story.centre.dispatch.units["u1"].missions == []


def test_a_crew_that_forgot_a_button_is_on_scene_all_the_same() -> None:
    story = ordered().given(c.DispatchMission("m1"))
    story.when(c.ArriveMission("m1")).then(e.MissionOnScene("m1"))
    story.when(c.StartMission("m1")).refused(Reason.MISSION_STEP_DONE)


@pytest.mark.parametrize(
    "step", [*STEPS, c.ClearMission("m1"), c.RecordOutcome("m1", Outcome.GONE)]
)
def test_nothing_happens_before_the_unit_was_told(step: c.Command) -> None:
    ordered().when(step).refused(Reason.MISSION_NOT_DISPATCHED)


@pytest.mark.parametrize("step", [*STEPS, c.ClearMission("m1"), c.CancelMission("m1", "x")])
def test_nothing_happens_after_the_end(step: c.Command) -> None:
    story = ordered().given(c.DispatchMission("m1"), c.ClearMission("m1"))
    story.when(step).refused(Reason.MISSION_OVER)


def test_a_busy_unit_is_not_taken_silently() -> None:
    story = ordered().given(c.DispatchMission("m1"), c.OpenIncident("i2"))
    story.given(c.CreateMission("m2", "i2", "u1"))
    story.when(c.DispatchMission("m2")).refused(Reason.UNIT_BUSY)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == {
        "unit": "u1",
        "mission": "m1",
        "incident": "i1",
        "number": 1,
        "by": "d-1",
    }
    override = c.DispatchMission("m2", override_reason="nearest to a child in water")
    story.when(override).then(
        e.MissionDispatched("m2", override_reason="nearest to a child in water")
    )


def test_a_unit_off_duty_is_not_sent() -> None:
    story = ordered().given(c.SetUnitState("u1", Availability.NOT_AVAILABLE, ("fuel", "court")))
    assert story.centre.dispatch.units["u1"].secondary == ("court", "fuel")
    story.when(c.DispatchMission("m1")).refused(Reason.UNIT_NOT_AVAILABLE)
    story.when(c.SetUnitState("u1", Availability.NOT_AVAILABLE, ("court", "fuel", "fuel"))).refused(
        Reason.UNIT_UNCHANGED
    )


def test_a_cancelled_mission_says_how_far_it_had_come() -> None:
    ordered().when(c.CancelMission("m1", "advice was enough")).then(
        e.MissionCancelled("m1", Stage.CREATED, "advice was enough")
    )
    story = ordered().given(c.DispatchMission("m1"), c.StartMission("m1"))
    story.when(c.CancelMission("m1", "caller withdraws")).then(
        e.MissionCancelled("m1", Stage.EN_ROUTE, "caller withdraws")
    )
    there = ordered().given(c.DispatchMission("m1"), c.ArriveMission("m1"))
    there.when(c.CancelMission("m1", "too late")).refused(Reason.MISSION_ON_SCENE)


def test_what_an_order_refuses() -> None:
    story = ordered()
    story.when(c.CreateMission("m1", "i1", "u1")).refused(Reason.MISSION_EXISTS)
    story.when(c.CreateMission("m2", "i9", "u1")).refused(Reason.INCIDENT_UNKNOWN)
    story.when(c.CreateMission("m2", "i1", "u9")).refused(Reason.UNIT_UNKNOWN)
    story.when(c.DispatchMission("m9")).refused(Reason.MISSION_UNKNOWN)
    story.given(c.DispatchMission("m1"))
    story.when(c.DispatchMission("m1")).refused(Reason.MISSION_ALREADY_DISPATCHED)
    story.when(c.RegisterUnit("u1")).refused(Reason.UNIT_EXISTS)
    story.when(c.RetireUnit("u1", "sold")).refused(Reason.UNIT_BUSY)
    story.given(c.ClearMission("m1"), c.RetireUnit("u1", "sold"), c.CloseIncident("i1", "done"))
    story.when(c.CreateMission("m3", "i1", "u1")).refused(Reason.INCIDENT_CLOSED)
    story.when(c.RetireUnit("u1", "sold")).refused(Reason.UNIT_RETIRED)


def test_an_outcome_can_be_corrected_after_the_mission() -> None:
    story = ordered().given(c.DispatchMission("m1"), c.RecordOutcome("m1", Outcome.FOUNDED))
    story.given(c.ClearMission("m1"))
    story.when(c.RecordOutcome("m1", Outcome.FOUNDED)).refused(Reason.MISSION_STEP_DONE)
    story.when(c.RecordOutcome("m1", Outcome.HOAX)).then(
        e.MissionOutcomeRecorded("m1", Outcome.HOAX)
    )


def test_a_unit_is_described_anew_and_comes_back_after_it_was_retired() -> None:
    story = ordered()
    same = c.ChangeUnit("u1", "112", "st-2", "nishapur", ("patrol",))
    story.when(same).then(e.UnitChanged("u1", "112", "st-2", "nishapur", ("patrol",)))
    assert story.centre.dispatch.units["u1"].call_sign == "112"
    story.when(same).refused(Reason.UNIT_UNCHANGED)
    story.when(c.ChangeUnit("u9")).refused(Reason.UNIT_UNKNOWN)
    story.given(c.RetireUnit("u1", "sold"))
    story.when(c.ChangeUnit("u1")).refused(Reason.UNIT_RETIRED)
    story.when(c.RegisterUnit("u1", call_sign="113")).then(e.UnitRegistered("u1", call_sign="113"))
    assert not story.centre.dispatch.units["u1"].retired


def test_a_unit_that_comes_back_keeps_the_mission_that_it_is_on() -> None:
    """The order was given before it retired, and sent after."""
    story = ordered().given(c.RetireUnit("u1", "sold"))
    story.given(c.DispatchMission("m1", override_reason="it is there"), c.RegisterUnit("u1"))
    assert story.centre.dispatch.units["u1"].missions == ["m1"]
    story.given(c.ClearMission("m1"))
    assert story.centre.dispatch.units["u1"].missions == []


def test_a_retired_unit_is_remembered_for_as_long_as_a_mission_names_it() -> None:
    """The mission may still be sent, and then the unit is looked up."""
    story = ordered().given(c.RetireUnit("u1", "sold"))
    forget(story.centre.dispatch, [])
    assert "u1" in story.centre.dispatch.units
    forget(story.centre.dispatch, ["i1"])
    assert "u1" not in story.centre.dispatch.units
