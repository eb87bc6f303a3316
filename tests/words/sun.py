"""The Jalali calendar of another library, which asks the sun: each equinox is reckoned once."""

from functools import cache

from convertdate import persian

# An equinox takes it ten milliseconds, and it asks for the same one again for every date.
persian.equinox_jd = cache(persian.equinox_jd)

__all__ = ["persian"]
