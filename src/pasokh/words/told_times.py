"""Days and instants among a sentence's details: written by ISO 8601, told by the reader's calendar.

What the machine keeps of a refusal is exact and the same for everybody; who reads it has a calendar
and a clock of their own.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pasokh.words.jalali import clock, long_day
from pasokh.words.say import say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_EPOCH = date(1970, 1, 1)


def refusal_sentence(
    language: str, reason: str, details: Mapping[str, str | int], offset: int
) -> str:
    """Say why the machine said no, with times by the centre's clock: `offset` minutes from UTC."""
    told = {name: told_time(language, value, offset) for name, value in details.items()}
    return say(language, f"refusal.{reason}", **told)


def told_time(language: str, value: str | int, offset: int) -> str | int:
    """Tell a day or an instant in words; anything else stays what it is."""
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        return long_day(language, (date.fromisoformat(value) - _EPOCH).days)
    if not _INSTANT.fullmatch(value):
        return value
    moment = datetime.fromisoformat(value) + timedelta(minutes=offset)
    second = moment.hour * 3600 + moment.minute * 60 + moment.second
    day = long_day(language, (moment.date() - _EPOCH).days)
    time = clock(language, second, seconds=moment.second > 0)
    return say(language, "office.at", day=day, time=time)
