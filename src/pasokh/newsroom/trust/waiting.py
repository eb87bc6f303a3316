"""Complaints that have not been passed on to 197."""

from pasokh.core.time import Instant
from pasokh.newsroom.trust.complaints import PASSED_WITHIN
from pasokh.newsroom.trust.models import Complaint
from pasokh.newsroom.waiting import Waiting

DOOR = "complaints-desk"


def waiting(person_id: str, now: Instant) -> Waiting:  # noqa: ARG001 - any inspector may
    """Count them; late is what came before the days that the page promises."""
    here = Complaint.objects.filter(passed_at=None, answered_at=None)
    return Waiting(here.count(), here.filter(received_at__lt=now - PASSED_WITHIN).count())
