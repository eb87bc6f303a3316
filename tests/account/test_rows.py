"""The rows of a day hold what happened, and nothing about anybody."""

from pasokh.account import commands as c
from pasokh.account.rows import CallRow, IncidentRow, MissionRow, day_rows
from pasokh.answer.commands import AnswerCall, ClassCall, EndCall, LinkCall, OfferCall, TypeCall
from pasokh.answer.events import CallCode
from pasokh.core.time import MINUTE
from pasokh.dispatch import commands as d
from pasokh.dispatch.events import Outcome
from tests.stories.story import Story

TEHRAN = 210
DAY = "1970-01-01"


def a_day() -> Story:
    """A call about a fire, to which two units go; a second caller; one who needs no help."""
    story = Story().given(c.OpenCentre("invented", TEHRAN))
    story.given(d.RegisterUnit("u1", county="0902", capabilities=("water", "ladder")))
    story.given(d.RegisterUnit("u2"))
    story.given(OfferCall("c1", county="0901"), at=10).given(AnswerCall("c1"), at=14.5)
    story.given(d.OpenIncident("i1", "fire", "0901"), LinkCall("c1", "i1"), at=30)
    story.given(d.PrioritiseIncident("i1", 2, ("smoke",)), at=31)
    story.given(d.PrioritiseIncident("i1", 1, ("flames",)), at=40)
    story.given(d.CreateMission("m1", "i1", "u1"), d.CreateMission("m2", "i1", "u2"), at=50)
    story.given(d.DispatchMission("m1"), at=60).given(d.DispatchMission("m2"), at=70)
    story.given(d.AcknowledgeMission("m1"), at=65).given(d.StartMission("m1"), at=120)
    story.given(d.ArriveMission("m1"), at=400)
    story.given(d.RecordOutcome("m1", Outcome.FOUNDED), d.ClearMission("m1"), at=900)
    story.given(OfferCall("c2"), at=100).given(AnswerCall("c2"), LinkCall("c2", "i1"), at=101)
    story.given(OfferCall("c3"), TypeCall("c3", "noise"), AnswerCall("c3"), EndCall("c3"), at=200)
    story.given(ClassCall("c3", CallCode.ADVICE, "told"), at=210)
    return story.given(ClassCall("c3", CallCode.IRRELEVANT, "no"), at=220, actor="supervisor:s")


def test_a_day_of_three_calls() -> None:
    story = a_day()
    rows = day_rows(story.centre.account, 0, story.centre.known_at)
    first, second, third = rows.calls
    assert first == CallRow(
        call_id="c1",
        day=DAY,
        hour=3,
        county="0901",
        channel="voice",
        call_class="O1",
        code="",
        recoded=False,
        answer_ms=4_500,
        reached=False,
        incident_id="i1",
        incident_type="fire",
        dispatch_ms=45_500,
        arrival_ms=390_000,
    )
    assert (second.call_class, second.dispatch_ms, second.county) == ("O2", -41_000, "")
    assert (third.call_class, third.code, third.recoded) == ("X", "X", True)
    assert (third.incident_type, third.dispatch_ms, third.arrival_ms) == ("noise", None, None)
    assert rows.incidents == [
        IncidentRow("i1", DAY, 3, "0901", "fire", True, False, 1, 1, 2, 2, 20_000)  # noqa: FBT003
    ]
    assert rows.missions == [
        MissionRow(
            mission_id="m1",
            incident_id="i1",
            day=DAY,
            hour=3,
            county="0901",
            incident_type="fire",
            capability="ladder,water",
            outcome="founded",
            acknowledge_ms=5_000,
            turnout_ms=60_000,
            arrival_ms=340_000,
            cleared_ms=840_000,
        ),
        MissionRow("m2", "i1", DAY, 3, "0901", "fire", "", "", None, None, None, None),
    ]


def test_a_merged_incident_has_no_row_and_its_calls_name_the_survivor() -> None:
    story = a_day()
    story.given(d.OpenIncident("i2", "smoke", "0902"), at=300)
    story.given(OfferCall("c4"), AnswerCall("c4"), LinkCall("c4", "i2"), at=300)
    story.given(d.MergeIncident("i2", "i1"), at=301)
    rows = day_rows(story.centre.account, 0, story.centre.known_at)
    assert [(one.incident_id, one.calls) for one in rows.incidents] == [("i1", 3)]
    assert rows.calls[3].incident_id == "i1"
    assert rows.calls[3].incident_type == "fire"


def test_a_step_whose_time_nobody_knows_has_no_span() -> None:
    story = Story().given(c.OpenCentre("invented", TEHRAN), d.RegisterUnit("u1"))
    story.given(d.OpenIncident("i1"), d.CreateMission("m1", "i1", "u1"), at=10)
    story.given(d.DispatchMission("m1", time_known=False), d.ArriveMission("m1"), at=20)
    (mission,) = day_rows(story.centre.account, 0, MINUTE).missions
    assert mission.arrival_ms is None
