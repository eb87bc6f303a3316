"""Reports with another number than ours, about which nobody has asked the outlet yet."""

from pasokh.core.time import Instant
from pasokh.newsroom.coverage.models import Coverage
from pasokh.newsroom.coverage.numbers_told import NumberVerdict
from pasokh.newsroom.waiting import Waiting

DOOR = "coverage-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - no hour is promised
    """Count them."""
    wrong = Coverage.objects.filter(verdict=NumberVerdict.WRONG, set_aside_by="", requests=None)
    return Waiting(wrong.count())
