"""Proposed topics that the office has not answered."""

from pasokh.core.time import Instant
from pasokh.newsroom.topics.models import ProposedTopic
from pasokh.newsroom.topics.states import TopicState
from pasokh.newsroom.waiting import Waiting

DOOR = "proposals-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - no hour is promised
    """Count what outlets proposed; what the office proposed waits for them."""
    asked = ProposedTopic.objects.filter(state=TopicState.PROPOSED, by_office="")
    return Waiting(asked.count())
