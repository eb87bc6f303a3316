"""The way of a topic: which step may follow which, and by whom."""

from itertools import pairwise, product

from pasokh.newsroom.topics.states import OPEN, TopicNow, TopicState, next_steps, why_not_step


def test_a_topic_goes_its_way_and_no_other() -> None:
    way = ["proposed", "accepted", "produced", "published", "measured"]
    allowed = {
        (one.value, step.value)
        for one, step in product(TopicState, TopicState)
        if step in next_steps(one)
    }
    declined = {(one.value, "declined") for one in OPEN}
    assert allowed == {*pairwise(way), *declined, ("measured", "measured")}
    assert next_steps(TopicState.ACCEPTED)[0] is TopicState.PRODUCED, "on, before out"
    assert why_not_step(TopicNow(TopicState.PROPOSED), TopicState.PUBLISHED, "p-1") == "not_now"


def test_what_the_office_proposes_needs_an_outlet_and_a_second_person() -> None:
    own = TopicNow(TopicState.PROPOSED, by_office="p-1")
    assert why_not_step(own, TopicState.ACCEPTED, "p-1") == "own_proposal"
    assert why_not_step(own, TopicState.ACCEPTED, "p-2") == "no_outlet_wants"
    wanted = TopicNow(TopicState.PROPOSED, by_office="p-1", wanted_by=1)
    assert why_not_step(wanted, TopicState.ACCEPTED, "p-2") == ""
    assert why_not_step(own, TopicState.DECLINED, "p-1") == ""
    assert why_not_step(TopicNow(TopicState.PROPOSED), TopicState.ACCEPTED, "p-1") == ""
