"""Outlets about whose accreditation somebody has to decide."""

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import waits
from pasokh.newsroom.waiting import Waiting

DOOR = "outlets-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - who may, the rules say
    """Count those who asked, or object to a refusal."""
    outlets = Outlet.objects.filter(left_at=None).prefetch_related("decisions", "appeals")
    return Waiting(sum(waits(one.known(), now) for one in outlets))
