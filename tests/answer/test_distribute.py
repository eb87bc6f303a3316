"""Who gets the next call, by the rules of the house."""

from pasokh.answer import commands as c
from pasokh.answer.distribute import FALLBACK, QueueRule, Rules, distribute
from pasokh.answer.events import NotPickedUp
from pasokh.core.machine import Command
from pasokh.core.time import SECOND
from tests.stories.story import Story

LINE = "machine:kamailio"
PHONES = frozenset({"p1", "p2", "p3"})
RULES = Rules(
    queues={"urgent": QueueRule(1), "english": QueueRule(3, ("en",))},
    skills={"zahra": frozenset({"en"})},
    phones=PHONES,
    wrap_up=30 * SECOND,
)


def floor() -> Story:
    """p2 (Zahra) is idle longest, then p1 (Ali)."""
    story = Story()
    for position, person in (("p1", "ali"), ("p2", "zahra")):
        story.given(c.OpenPosition(position), c.SignIn(position, person))
    return story.given(c.BeReady("p2"), at=1).given(c.BeReady("p1"), at=2)


def ring(story: Story, call_id: str, at: int, queue: str = "") -> None:
    story.given(c.OfferCall(call_id, line="kamailio"), at=at, actor=LINE)
    if queue:
        story.given(c.QueueCall(call_id, queue), at=at, actor=LINE)


def given_out(story: Story, at: int, rules: Rules = RULES) -> list[Command]:
    return list(distribute(story.centre.answer, at * SECOND, rules))


def test_the_longest_idle_gets_who_waits_longest() -> None:
    story = floor()
    ring(story, "c1", 3)
    ring(story, "c2", 4)
    ring(story, "c3", 5)
    assert given_out(story, 6) == [c.RingPosition("c1", "p2"), c.RingPosition("c2", "p1")]


def test_an_urgent_queue_goes_first() -> None:
    story = floor()
    ring(story, "c1", 3)
    ring(story, "c2", 4, "urgent")
    assert given_out(story, 5)[0] == c.RingPosition("c2", "p2")


def test_a_queue_waits_for_the_skill_that_it_asks_for_until_it_overflows() -> None:
    story = floor().given(c.GoAway("p2", "tea"), at=2)
    ring(story, "c1", 3, "english")
    assert given_out(story, 5) == []
    assert given_out(story, 23) == [c.RingPosition("c1", "p1")]


def test_a_switch_that_gives_its_calls_out_by_itself_is_left_to_it() -> None:
    story = floor()
    ring(story, "c1", 3)
    assert given_out(story, 500, Rules(phones=PHONES, elsewhere=frozenset({"kamailio"}))) == []


def test_one_call_a_position() -> None:
    story = floor().given(c.GoAway("p2", "tea"), at=2)
    ring(story, "c1", 3)
    ring(story, "c2", 4)
    story.given(c.RingPosition("c1", "p1"), at=5)
    assert given_out(story, 5) == []


def test_a_position_without_a_telephone_and_a_call_without_a_line_are_left_alone() -> None:
    story = floor().given(c.OfferCall("c1"), at=3)
    ring(story, "c2", 4)
    assert given_out(story, 5, Rules()) == []
    assert given_out(story, 5) == [c.RingPosition("c2", "p2")]


def test_who_waits_too_long_goes_to_the_fallback_group_once() -> None:
    story = floor().given(c.GoAway("p1", "tea"), c.GoAway("p2", "tea"), at=2)
    ring(story, "c1", 3)
    assert given_out(story, 77) == []
    assert given_out(story, 78) == [c.QueueCall("c1", FALLBACK)]
    story.given(c.QueueCall("c1", FALLBACK), at=78, actor=LINE)
    assert given_out(story, 79) == []


def test_a_ring_whose_end_got_lost_is_ended() -> None:
    story = floor()
    ring(story, "c1", 3)
    story.given(c.RingPosition("c1", "p1"), at=4)
    assert given_out(story, 43) == []
    assert given_out(story, 44) == [c.RingOut("c1", NotPickedUp.UNREACHABLE)]


def test_the_wrap_up_ends_by_itself_where_the_rules_say_so() -> None:
    story = floor()
    ring(story, "c1", 3)
    story.given(c.AnswerCall("c1", "p1"), c.EndCall("c1"), at=10, actor=LINE)
    assert given_out(story, 39) == []
    assert given_out(story, 40) == [c.BeReady("p1")]
    assert given_out(story, 400, Rules(phones=PHONES)) == []
