"""Questions that nobody has answered."""

from pasokh.core.time import Instant
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.newsroom.waiting import Waiting

DOOR = "questions-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - anybody may answer
    """Count them; late is what was promised for an earlier hour."""
    found = PressQuestion.objects.filter(answered_at=None, refused_at=None)
    return Waiting(found.count(), found.filter(due_at__lt=now).count())
