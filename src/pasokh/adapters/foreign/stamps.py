"""Times as foreign logs write them, read as milliseconds since 1970 (UTC)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from pasokh.core.time import MINUTE, SECOND, Instant

StampReader: TypeAlias = Callable[[str], Instant]

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - civil time of the source; the offset is added
_MILLISECOND = timedelta(milliseconds=1)


def stamp_reader(time_format: str, utc_offset_minutes: int) -> StampReader:
    """Give a function that reads a stamp, or raises ValueError.

    `iso` reads ISO 8601 with or without an offset, `epoch_s` and `epoch_ms` read numbers, and
    anything else is a pattern of strptime. A stamp without an offset is civil time of the source.
    """
    behind = utc_offset_minutes * MINUTE
    if time_format == "epoch_s":
        return lambda text: int(float(text) * SECOND)
    if time_format == "epoch_ms":
        return int
    if time_format == "iso":
        return lambda text: _instant(datetime.fromisoformat(text), behind)
    return lambda text: _instant(
        datetime.strptime(text, time_format),  # noqa: DTZ007 - see _instant
        behind,
    )


def _instant(moment: datetime, behind: int) -> Instant:
    if moment.tzinfo is not None:
        return (moment.astimezone(UTC).replace(tzinfo=None) - _EPOCH) // _MILLISECOND
    return (moment - _EPOCH) // _MILLISECOND - behind
