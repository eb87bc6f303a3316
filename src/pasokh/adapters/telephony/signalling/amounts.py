"""Numbers and moments as networks write them: finite, bounded, or None."""

import re
from math import isfinite

from pasokh.core.time import Instant, instant_from_iso

_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?", re.ASCII)
_INSTANT_MAX: Instant = 253_402_300_799_999


def number(text: str) -> float | None:
    """Read a decimal number; None for anything else (nan, inf, 1_000, Persian digits)."""
    found = _NUMBER.fullmatch(text.strip()[:64])
    if found is None:
        return None
    value = float(found[0])
    return value if isfinite(value) else None


def numbers(text: str, most: int) -> list[float] | None:
    """Read numbers between blanks or commas; None if one is none or there are more than `most`."""
    words = text.replace(",", " ").split(maxsplit=most)
    if len(words) > most:
        return None
    read = [number(word) for word in words]
    return [value for value in read if value is not None] if None not in read else None


def whole(text: str) -> int | None:
    """Read a whole number of at most 18 digits."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text.strip(), re.ASCII) else None


def instant(text: str) -> Instant | None:
    """Read RFC 3339 with an offset; None for anything else."""
    try:
        return bounded(instant_from_iso(text.strip()))
    except (ValueError, OverflowError):
        return None


def bounded(at: int) -> Instant | None:
    """The instant itself if it lies between 1970 and the year 9999."""
    return at if 0 <= at <= _INSTANT_MAX else None
