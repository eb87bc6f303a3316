"""How far the readers' clock is from universal time."""

from django.conf import settings


def offset_minutes() -> int:
    """Give it in minutes, as the centre was told."""
    minutes: int = settings.PASOKH_NEWSROOM.utc_offset_minutes
    return minutes
