"""What is held about an outlet, all of it, and how it goes when the outlet leaves."""

from collections.abc import Iterator
from secrets import token_urlsafe
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import CONFIRMED_WITHIN, ERASED_AFTER
from pasokh.newsroom.rooms import ROOMS
from pasokh.newsroom.rows import together

# A secret's digest says nothing about the outlet; who of the staff decided is about the staff.
# `name_key` is the name again, as it is sorted.
_UNSHOWN = frozenset(
    "id outlet outlet_id name_key token_sha256 webhook_secret secrets by by_office".split()
)
_KEY = "outlet_id"


def held_about(outlet: Outlet) -> list[tuple[str, list[dict[str, Any]]]]:
    """Give every row about an outlet in every room, table by table, as it is kept.

    Tables are found by their column `outlet_id`, so that a new one cannot be forgotten.
    """
    return [
        (model._meta.model_name, [_fields(row) for row in model._default_manager.filter(**mine)])  # noqa: SLF001 - Django's
        for model, mine in _tables(outlet)
    ]


def leave(outlet: Outlet, now: Instant) -> None:
    """Let an outlet go: nothing is sent to it from now on, and who it was is not known any more.

    Its name stays beside what it read and what was decided, until `erase_gone` takes all of it.
    """
    with together():
        outlet.left_at = outlet.signed_out_at = now
        # The address is free for a new beginning; the column keeps something that is nobody's.
        outlet.email = f"left-{token_urlsafe(12)}"
        outlet.answers = outlet.feed = outlet.address = outlet.audience = ""
        outlet.webhook = outlet.webhook_secret = ""
        outlet.feed_consent = False
        outlet.save()
        outlet.links.all().delete()
        outlet.wishes.all().delete()


def erase_gone(now: Instant) -> int:
    """Take away who left so long ago, and who never confirmed an address; say how many."""
    with together():
        left = Q(left_at__lt=now - ERASED_AFTER)
        never = Q(confirmed_at=None, registered_at__lt=now - CONFIRMED_WITHIN)
        gone = list(Outlet.objects.filter(left | never))
        for outlet in gone:
            for model, mine in _tables(outlet):
                # Those with a foreign key go with the outlet, or keep what is everybody's.
                if not _column(model).is_relation and model is not Outlet:
                    model._default_manager.filter(**mine).delete()  # noqa: SLF001 - Django's
            outlet.delete()
    return len(gone)


def _tables(outlet: Outlet) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            column = _column(model)
            if column is not None:
                known_by = column.target_field.attname if column.is_relation else _KEY
                yield model, {column.attname: getattr(outlet, known_by)}


def _column(model: type[Model]) -> Any:
    """Give the column by which rows know their outlet: a key, its id alone, or a row that is it."""
    columns = model._meta.concrete_fields  # noqa: SLF001 - Django's
    return next((one for one in columns if _leads_to_outlet(one)), None)


def _leads_to_outlet(column: Any) -> bool:
    through = column.related_model._meta.pk.attname if column.is_relation else ""  # noqa: SLF001
    return _KEY in (column.attname, through)


def _fields(row: Any) -> dict[str, Any]:
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001 - Django's
        if field.name not in _UNSHOWN
    }
