"""The machine whole: tables without gaps, states that freeze and thaw, causes that are written."""

from pasokh.account.fold import FOLD as ACCOUNT
from pasokh.answer import events as answer_events
from pasokh.answer.commands import AnswerCall, LinkCall, OfferCall
from pasokh.answer.fold import FOLD as ANSWER
from pasokh.control_room.codec import KINDS
from pasokh.control_room.decide import COMMANDS
from pasokh.control_room.fold import freeze, state_hash, thaw
from pasokh.core.machine import Command, CommandRefused
from pasokh.core.refusal import Reason
from pasokh.dispatch.commands import OpenIncident
from pasokh.dispatch.fold import FOLD as DISPATCH
from pasokh.press.fold import FOLD as PRESS
from pasokh.reference.fold import FOLD as REFERENCE
from pasokh.staff.fold import FOLD as STAFF
from tests.stories.story import Story

# Events that leave no trace in the state: their fact stands in the log alone.
LOG_ONLY = {"CommandRefused", "SignInFailed"}


def leaves(kind: type[Command]) -> list[type[Command]]:
    children = kind.__subclasses__()
    return [leaf for child in children for leaf in leaves(child)] if children else [kind]


def test_every_command_has_its_row() -> None:
    assert set(leaves(Command)) == set(COMMANDS)


def test_every_event_is_folded_or_known_to_leave_no_trace() -> None:
    tables = (ANSWER, DISPATCH, ACCOUNT, STAFF, REFERENCE, PRESS)
    folded = {kind.__name__ for table in tables for kind in table}
    assert set(KINDS) - folded == LOG_ONLY
    assert folded <= set(KINDS)


def test_a_state_thaws_to_the_same_bytes_and_the_same_order() -> None:
    story = Story().given(OfferCall("late"), at=9).given(OfferCall("early"), at=1)
    story.given(OpenIncident("i1"), AnswerCall("late"), LinkCall("late", "i1"))
    again = thaw(freeze(story.centre))
    assert freeze(again) == freeze(story.centre)
    assert list(again.answer.calls) == ["late", "early"]
    assert state_hash(again) == state_hash(story.centre)


def test_a_refusal_is_recorded_with_what_it_names() -> None:
    story = Story().when(LinkCall("c1", "i1")).refused(Reason.INCIDENT_UNKNOWN)
    event = story.last.facts[0].event
    assert isinstance(event, CommandRefused)
    assert (event.command, event.details) == ("LinkCall", {"incident": "i1"})
    assert story.last.receipt.first_seq == story.last.receipt.last_seq == 1


def test_sealed_words_are_the_only_words_in_events() -> None:
    assert "name" not in answer_events.CallOffered.__struct_fields__
    assert "number" not in answer_events.CallOffered.__struct_fields__
