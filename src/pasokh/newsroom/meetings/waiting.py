"""Promises of press meetings that were not kept yet."""

from pasokh.core.time import Instant
from pasokh.newsroom.meetings.models import MeetingPromise
from pasokh.newsroom.waiting import Waiting

DOOR = "meetings-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - anybody may keep them
    """Count them; late is what was promised for an earlier day."""
    promised = MeetingPromise.objects.filter(kept_at=None)
    return Waiting(promised.count(), promised.filter(due_at__lt=now).count())
