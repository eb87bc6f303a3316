"""Comments that nobody has judged, and appeals about what another moderator refused."""

from pasokh.core.time import Instant
from pasokh.newsroom.comments.judging import appeals_to_judge, to_judge
from pasokh.newsroom.waiting import Waiting

DOOR = "comments-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - no hour is promised
    """Count both: of the appeals those that are this person's to decide."""
    appeals = sum(first.by != person_id for _, first in appeals_to_judge())
    return Waiting(len(to_judge()) + appeals)
