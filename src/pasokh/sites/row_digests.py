"""What a row says, as one hash, whatever database it lies in."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

_AT_ONCE = 100


def row_digests(model: Any, alias: str) -> list[bytes]:
    """Give the SHA-256 of every row of a model, sorted: databases sort words each in its way."""
    names = [field.attname for field in model._meta.local_concrete_fields]  # noqa: SLF001 - Django's
    rows = QuerySet(model, using=alias).order_by().values_list(*names).iterator(_AT_ONCE)
    return sorted(sha256(_written(row)).digest() for row in rows)


def _written(row: tuple[Any, ...]) -> bytes:
    return json.dumps([_plain(value) for value in row], sort_keys=True).encode()


def _plain(value: Any) -> Any:
    """Write a value in the one way in which both databases have it.

    PostgreSQL keeps a number of a JSON by its value: 1e22 comes back with all its digits, and -0.0
    as 0.
    """
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, bool | int | float | str | None) else str(value)
