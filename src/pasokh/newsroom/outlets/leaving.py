"""What is held about an outlet, all of it, and how it goes when the outlet leaves."""

from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Any

from django.db.models import Q

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import CONFIRMED_WITHIN, ERASED_AFTER
from pasokh.newsroom.rows import together

# A secret's digest says nothing about the outlet; who of the staff decided is about the staff.
_UNSHOWN = frozenset({"id", "outlet", "token_sha256", "by"})


def held_about(outlet: Outlet) -> list[tuple[str, list[dict[str, Any]]]]:
    """Give every row about an outlet, table by table, as it is kept."""
    found = [(Outlet._meta.model_name, [_fields(outlet)])]  # noqa: SLF001 - Django's
    for relation in Outlet._meta.related_objects:  # noqa: SLF001 - Django's
        rows = relation.related_model.objects.filter(**{relation.field.name: outlet})
        found.append((relation.related_model._meta.model_name, [_fields(row) for row in rows]))  # noqa: SLF001
    return found


def leave(outlet: Outlet, now: Instant) -> None:
    """Let an outlet go: nothing is sent to it from now on, and who it was is not known any more.

    Its name stays beside what it read and what was decided, until `erase_gone` takes all of it.
    """
    with together():
        outlet.left_at = outlet.signed_out_at = now
        # The address is free for a new beginning; the column keeps something that is nobody's.
        outlet.email = f"left-{token_urlsafe(12)}"
        outlet.answers = outlet.feed = outlet.address = outlet.audience = ""
        outlet.feed_consent = False
        outlet.save()
        outlet.links.all().delete()
        outlet.wishes.all().delete()


def erase_gone(now: Instant) -> int:
    """Take away who left so long ago, and who never confirmed an address; say how many."""
    with together():
        left = Q(left_at__lt=now - ERASED_AFTER)
        never = Q(confirmed_at=None, registered_at__lt=now - CONFIRMED_WITHIN)
        gone: Sequence[Outlet] = list(Outlet.objects.filter(left | never))
        for one in gone:
            one.delete()
    return len(gone)


def _fields(row: Any) -> dict[str, Any]:
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001 - Django's
        if field.name not in _UNSHOWN
    }
