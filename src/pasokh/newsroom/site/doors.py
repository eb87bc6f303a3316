"""Who may read under embargo: asked of the room that knows the outlets."""

from django.http import HttpRequest

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.signed_in import accredited_of


def may_read_under_embargo(outlet_id: str, now: Instant) -> bool:
    """Tell whether this outlet is accredited now."""
    outlet = Outlet.objects.filter(outlet_id=outlet_id, left_at=None).first()
    return outlet is not None and bool(outlet.accredited(now))


def outlet_that_reads(asked: HttpRequest) -> str:
    """Give the id of the accredited outlet whose cookie came along; empty for everybody else."""
    outlet = accredited_of(asked)
    return "" if outlet is None else str(outlet.outlet_id)
