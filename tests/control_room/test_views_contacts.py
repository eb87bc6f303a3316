"""How far a call is, as the one who made it may know."""

from pasokh.account.commands import OpenCentre
from pasokh.answer.commands import AnswerCall, EndCall, LinkCall, OfferCall
from pasokh.answer.events import Channel, Origin
from pasokh.control_room.views_contacts import ContactState, contact_now
from pasokh.dispatch.commands import (
    CancelMission,
    CloseIncident,
    CreateMission,
    DispatchMission,
    MergeIncident,
    OpenIncident,
    RegisterUnit,
)
from tests.stories.story import Story


def state_of(story: Story, call_id: str = "c-1") -> ContactState | None:
    found = contact_now(story.centre, call_id)
    return None if found is None else found.state


def alarm() -> Story:
    story = Story().given(OpenCentre("Example"), RegisterUnit("u-1"))
    return story.given(OfferCall("c-1", Channel.ALARM, Origin.ALARM), at=1)


def test_an_alarm_is_accepted_answered_sent_to_and_closed() -> None:
    story = alarm()
    assert state_of(story) is ContactState.ACCEPTED
    story.given(AnswerCall("c-1"), at=2)
    assert state_of(story) is ContactState.ANSWERED
    story.given(OpenIncident("i-1"), LinkCall("c-1", "i-1"), CreateMission("m-1", "i-1", "u-1"))
    assert state_of(story) is ContactState.ANSWERED, "a unit that was chosen is not sent"
    story.given(DispatchMission("m-1"), at=3)
    assert state_of(story) is ContactState.UNIT_SENT
    story.given(EndCall("c-1"), at=4)
    assert state_of(story) is ContactState.UNIT_SENT, "the incident is open"
    story.given(CancelMission("m-1", "nothing found"), CloseIncident("i-1", "done"), at=5)
    assert state_of(story) is ContactState.CLOSED


def test_after_a_merge_the_survivor_says_how_far_it_is() -> None:
    story = alarm().given(AnswerCall("c-1"), OpenIncident("i-1"), OpenIncident("i-2"), at=2)
    story.given(LinkCall("c-1", "i-1"), MergeIncident("i-1", "i-2"), at=3)
    story.given(CreateMission("m-1", "i-2", "u-1"), DispatchMission("m-1"), at=4)
    assert state_of(story) is ContactState.UNIT_SENT


def test_an_unknown_call_has_no_state() -> None:
    assert state_of(alarm(), "c-9") is None
