"""The office's clock, in the house's measure: whole milliseconds since 1970 (UTC)."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from pasokh.core.time import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def instant_now() -> Instant:
    """Give the wall's time."""
    return Instant((timezone.now() - _EPOCH) // _MILLISECOND)
