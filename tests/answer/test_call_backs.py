"""The call-back list: one line a number, and nothing leaves it without a person's word."""

from collections.abc import Mapping

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pasokh.account import commands as account
from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.call_backs import BEGUN_FOR, PLACE_KEPT
from pasokh.answer.distribute import Rules, distribute
from pasokh.answer.events import CallBackResult, CallCode, Origin
from pasokh.answer.finding import listed
from pasokh.control_room.desk_objects import DeskCallBack, ThingKind
from pasokh.control_room.views_desk import FOREVER, look_at, object_of, stays_until
from pasokh.core.refusal import Reason
from pasokh.core.time import MINUTE, SECOND
from pasokh.dispatch.commands import OpenIncident
from tests.stories.story import MACHINE, Story

REACHED, NO_ANSWER, BUSY, WRONG, HELP = CallBackResult
OTHER = "call_taker:reza"


def missed(story: Story, call: str, number: str = "n1", at: float = 0) -> Story:
    """A call of a number rings for ten seconds and ends unanswered."""
    story.given(c.OfferCall(call), at=at, actor=MACHINE, caller=number)
    return story.given(c.EndCall(call), at=at + 10)


def lines(story: Story) -> Mapping[str, list[str]]:
    return {number: list(line.calls) for number, line in story.centre.answer.call_backs.items()}


def shown(story: Story, call: str) -> DeskCallBack | None:
    found = object_of(look_at(story.centre, story.centre.known_at), (ThingKind.CALL, call))
    return None if found is None else found.call_back  # type: ignore[union-attr] # a call


def test_a_number_has_one_line_however_often_it_called() -> None:
    story = missed(missed(missed(Story(), "c1"), "c2", at=20), "c3", "n2", at=40)
    assert lines(story) == {"n1": ["c1", "c2"], "n2": ["c3"]}
    assert shown(story, "c1") is None
    assert shown(story, "c2") == DeskCallBack(due_at=10 * SECOND + 5 * MINUTE, calls=2)


def test_a_line_waits_on_the_desks_however_long_it_takes() -> None:
    story = missed(Story(), "c1")
    assert stays_until(look_at(story.centre, 0), (ThingKind.CALL, "c1")) == FOREVER
    story.given(c.CallBack("c1", result=NO_ANSWER), at=60)
    assert lines(story) == {"n1": ["c1"]}
    assert shown(story, "c1") == DeskCallBack(360 * SECOND, 1, 1, NO_ANSWER)
    story.given(c.CallBack("c1", result=BUSY), at=70).given(c.CallBack("c1", result=WRONG), at=80)
    assert lines(story) == {}


def sat(story: Story) -> Story:
    """Two people sit down."""
    for person in ("p-1", "reza"):
        story.given(c.OpenPosition(f"at-{person}"), actor="supervisor:s-1")
        story.given(c.SignIn(f"at-{person}", person))
    return story


def test_a_telephone_dials_whom_its_call_taker_has_begun_to_call_back() -> None:
    story = sat(missed(Story(), "c1")).given(c.BeginCallBack("c1"), at=60)
    story.when(c.DialCallBack("at-p-1", "d1"), at=61)
    story.then(e.CallBackDialled("c1", "d1", "at-p-1"))
    line = shown(story, "c1")
    assert line is not None
    assert (line.dialled_at, line.picked_up_at) == (61 * SECOND, 0)
    story.when(c.PickUpCallBack("d1"), at=70).then(e.CallBackPickedUp("c1", "d1"))
    line = shown(story, "c1")
    assert line is not None
    assert line.picked_up_at == 70 * SECOND
    story.when(c.PickUpCallBack("d1"), at=71).refused(Reason.DIAL_NOT_RINGING)
    story.given(c.CallBack("c1", result=REACHED), at=80)
    story.when(c.HangUpCallBack("d1"), at=90).then(e.CallBackHungUp("c1", "d1"))
    assert story.centre.answer.dials == {}
    story.when(c.HangUpCallBack("d1"), at=91).refused(Reason.DIAL_UNKNOWN)


def test_a_telephone_dials_nobody_else() -> None:
    story = sat(missed(Story(), "c1")).given(c.BeginCallBack("c1"), at=60)
    story.when(c.DialCallBack("at-reza", "d1"), at=61).refused(Reason.CALL_BACK_NOT_BEGUN)
    story.when(c.DialCallBack("nowhere", "d1"), at=61).refused(Reason.POSITION_UNKNOWN)
    story.given(c.CallBack("c1", result=NO_ANSWER), at=62)
    story.when(c.DialCallBack("at-p-1", "d1"), at=63).refused(Reason.CALL_BACK_NOT_BEGUN)


def test_what_the_network_said_stays_until_the_next_dial() -> None:
    story = sat(missed(Story(), "c1")).given(c.BeginCallBack("c1"), at=60)
    story.given(c.DialCallBack("at-p-1", "d1"), at=61).given(c.HangUpCallBack("d1", "486"), at=65)
    line = shown(story, "c1")
    assert line is not None
    assert (line.dialled_at, line.reply) == (0, "486")
    story.given(c.DialCallBack("at-p-1", "d2"), at=70)
    line = shown(story, "c1")
    assert line is not None
    assert (line.dialled_at, line.reply) == (70 * SECOND, "")


def test_one_calls_back_at_a_time() -> None:
    story = missed(Story(), "c1")
    story.when(c.BeginCallBack("c1"), at=20).then(e.CallBackBegun("c1"))
    story.when(c.BeginCallBack("c1"), at=30, actor=OTHER).refused(Reason.CALL_BACK_BEGUN)
    story.when(c.BeginCallBack("c1"), at=30).then(e.CallBackBegun("c1"))
    later = 30 + BEGUN_FOR / SECOND
    story.when(c.BeginCallBack("c1"), at=later, actor=OTHER).then(e.CallBackBegun("c1"))
    story.given(c.CallBack("c1", result=REACHED), at=later, actor=OTHER)
    story.when(c.BeginCallBack("c1"), at=later).refused(Reason.CALL_BACK_NOT_LISTED)


def test_whoever_needs_help_stays_until_there_is_help() -> None:
    story = missed(Story(), "c1").given(c.CallBack("c1", result=HELP), at=60)
    assert story.centre.answer.calls["c1"].reached
    assert lines(story) == {"n1": ["c1"]}
    story.given(OpenIncident("i1"), c.LinkCall("c1", "i1"), at=90)
    assert lines(story) == {}


def test_a_redial_that_is_answered_ends_the_line_and_one_that_is_not_joins_it() -> None:
    story = missed(missed(Story(), "c1"), "c2", at=30)
    story.given(c.OfferCall("c3"), at=60, actor=MACHINE, caller="n1").given(c.AnswerCall("c3"))
    assert lines(story) == {}


def test_a_redial_keeps_its_place_in_the_queue() -> None:
    story = missed(Story(), "c1", at=1)
    story.given(c.OfferCall("other", line="l"), at=20, actor=MACHINE, caller="n2")
    story.given(c.OfferCall("again", line="l"), at=30, actor=MACHINE, caller="n1")
    story.given(c.OpenPosition("p1"), c.SignIn("p1", "sara"), c.BeReady("p1"), at=31)
    given = list(distribute(story.centre.answer, 31 * SECOND, Rules(phones=frozenset({"p1"}))))
    assert given == [c.RingPosition("again", "p1")]
    late = missed(Story(), "c1")
    at = 10 + PLACE_KEPT / SECOND
    late.given(c.OfferCall("other", line="l"), at=at, actor=MACHINE, caller="n2")
    late.given(c.OfferCall("again", line="l"), at=at + 1, actor=MACHINE, caller="n1")
    assert late.centre.answer.calls["again"].queued_since == (at + 1) * SECOND


@pytest.mark.parametrize(
    "call",
    [c.OfferCall("c1", test=True), c.OfferCall("c1", origin=Origin.AGENCY)],
    ids=["an exercise", "another agency"],
)
def test_whom_nobody_has_to_call_back(call: c.OfferCall) -> None:
    story = Story().given(call, at=0, actor=MACHINE, caller="n1").given(c.EndCall("c1"), at=9)
    assert lines(story) == {}


def test_what_is_said_of_a_call_takes_it_and_those_before_it_off_the_list() -> None:
    story = missed(missed(missed(Story(), "c1"), "c2", at=20), "c3", at=40)
    story.given(c.ClassCall("c2", CallCode.SILENT, "pocket"), at=60)
    assert lines(story) == {"n1": ["c3"]}
    story.given(c.FlagTest("c3", test=True, reason="exercise"), at=61)
    assert lines(story) == {}
    story.given(c.FlagTest("c3", test=False, reason="a real one"), at=62)
    assert lines(story) == {"n1": ["c3"]}


def test_a_listed_call_is_not_forgotten_with_its_day() -> None:
    story = Story().given(account.OpenCentre("invented", 0, keep_days=1))
    missed(story, "c1")
    for day in (0, 1):
        story.given(account.FigureDay(day, "final"), at=(day + 8) * 86_400)  # type: ignore[arg-type]
    assert "c1" in story.centre.answer.calls
    assert lines(story) == {"n1": ["c1"]}


class NobodyIsLost(RuleBasedStateMachine):
    """A number that nobody has spoken to, or said a word of, is listed whatever happens."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.at = 0
        self.made = 0
        # By number: its unanswered calls since a person spoke to it or said what they were.
        self.owed: dict[str, list[str]] = {}

    def ask(self, command: object, **more: object) -> bool:
        self.at += 1
        self.story.when(command, at=self.at, **more)  # type: ignore[arg-type]
        return self.story.last.receipt.refusal is None

    @rule(number=st.sampled_from("abc"))
    def gives_up(self, number: str) -> None:
        self.made += 1
        call = f"c{self.made}"
        assert self.ask(c.OfferCall(call), actor=MACHINE, caller=number)
        assert self.ask(c.EndCall(call))
        self.owed.setdefault(number, []).append(call)

    @rule(number=st.sampled_from("abc"))
    def is_answered(self, number: str) -> None:
        self.made += 1
        assert self.ask(c.OfferCall(f"c{self.made}"), actor=MACHINE, caller=number)
        assert self.ask(c.AnswerCall(f"c{self.made}"))
        self.owed.pop(number, None)

    @rule(number=st.sampled_from("abc"), result=st.sampled_from(CallBackResult))
    def is_called_back(self, number: str, result: CallBackResult) -> None:
        if not self.owed.get(number):
            return
        if self.ask(c.CallBack(self.owed[number][-1], result=result)) and result in (
            REACHED,
            WRONG,
        ):
            del self.owed[number]

    @rule(number=st.sampled_from("abc"), which=st.integers(0, 3))
    def is_classed(self, number: str, which: int) -> None:
        owed = self.owed.get(number, [])
        if which < len(owed) and self.ask(c.ClassCall(owed[which], CallCode.SILENT, "pocket")):
            self.owed[number] = owed[which + 1 :]

    @rule(result=st.sampled_from(CallBackResult), number=st.sampled_from("abc"))
    def a_machine_calls_back(self, result: CallBackResult, number: str) -> None:
        if self.owed.get(number) and result not in (REACHED, HELP):
            self.ask(c.CallBack(self.owed[number][-1], result=result), actor=MACHINE)

    @invariant()
    def nobody_is_hidden(self) -> None:
        assert set(listed(self.story.centre.answer)) == {
            call for owed in self.owed.values() for call in owed
        }


TestNobodyIsLost = NobodyIsLost.TestCase
TestNobodyIsLost.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
