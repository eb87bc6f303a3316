"""Drafts that wait for another person's look."""

from pasokh.core.time import Instant
from pasokh.newsroom.drafts.deeds import REVIEW
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.waiting import Waiting

DOOR = "press-drafts"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - no hour is promised
    """Count those in review that somebody else wrote."""
    return Waiting(Draft.objects.filter(state=REVIEW).exclude(author=person_id).count())
