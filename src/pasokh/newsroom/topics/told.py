"""A topic as a line that a person reads."""

from msgspec import Struct

from pasokh.core.time import day_from_iso
from pasokh.newsroom.counties import county_name
from pasokh.newsroom.topics.models import ProposedTopic
from pasokh.newsroom.topics.states import TopicState
from pasokh.sites.languages import spoken
from pasokh.words.jalali import long_day
from pasokh.words.say import say


class TopicLine(Struct, frozen=True):
    """A topic with its county's name, who proposed it, what became of it, and by when it is due."""

    topic: ProposedTopic
    county: str
    proposer: str
    reason: str
    due: str


def line_of(topic: ProposedTopic) -> TopicLine:
    """Say a topic in the language that is spoken."""
    steps = list(topic.steps.all())
    decided = [one for one in steps if one.step != TopicState.PROPOSED.value and one.reason]
    return TopicLine(
        topic,
        county_name(topic.county, spoken()),
        _proposer(topic),
        decided[-1].reason if decided else "",
        "" if topic.due_on is None else long_day(spoken(), topic.due_on),
    )


def _proposer(topic: ProposedTopic) -> str:
    if topic.by_office:
        return say(spoken(), "proposals.office")
    return topic.outlet.name if topic.outlet else say(spoken(), "proposals.outlet_gone")


def days_told(first: str, last: str) -> tuple[str, str]:
    """Say two ISO days in words; nothing for none."""
    if not first or not last:
        return "", ""
    told = [long_day(spoken(), day_from_iso(day)) for day in (first, last)]
    return told[0], told[1]
