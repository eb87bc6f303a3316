"""Who may read under embargo: asked of the room that knows the outlets, and nobody until it says.

The lock must not hang on a room that may not be there: without an answer it is shut.
"""

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest

from pasokh.core.time import Instant

_SIGNED_IN = "pasokh.newsroom.outlets.signed_in"
_MODELS = "pasokh.newsroom.outlets.models"


def may_read_under_embargo(outlet_id: str, now: Instant) -> bool:
    """Tell whether this outlet is accredited now."""
    if not outlet_id or not _is_there(_MODELS):
        return False
    outlet = import_module(_MODELS).Outlet.objects.filter(outlet_id=outlet_id, left_at=None).first()
    return outlet is not None and bool(outlet.accredited(now))


def outlet_that_reads(asked: HttpRequest) -> str:
    """Give the id of the accredited outlet whose cookie came along; empty for everybody else."""
    if not asked.COOKIES or not _is_there(_SIGNED_IN):
        return ""
    outlet = import_module(_SIGNED_IN).accredited_of(asked)
    return "" if outlet is None else str(outlet.outlet_id)


def _is_there(module: str) -> bool:
    return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None
