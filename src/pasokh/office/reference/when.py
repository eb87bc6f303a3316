"""From when a change counts: typed in either calendar with three kinds of digits, said in words."""

from collections.abc import Mapping
from datetime import date

from pasokh.core.time import SECOND, Instant, day_of, start_of
from pasokh.office.reference.rows import Mistake
from pasokh.office.reference.seen import CentreClock
from pasokh.words.jalali import clock, long_day
from pasokh.words.jalali_typed import TypedWrong, parse_day, parse_time
from pasokh.words.say import say

DAY_FIELD, TIME_FIELD = "effective_day", "effective_time"
_EPOCH = date(1970, 1, 1)


def read_when(typed: Mapping[str, str], at: CentreClock) -> Instant | Mistake | None:
    """Read the two fields; None: at once. A time that is over is a mistake."""
    day, time = (typed.get(field, "").strip() for field in (DAY_FIELD, TIME_FIELD))
    if not day and not time:
        return None
    try:
        begins = start_of((parse_day(day) - _EPOCH).days, at.utc_offset_minutes)
    except TypedWrong as wrong:
        return Mistake(DAY_FIELD, wrong.message_id, dict(wrong.details))
    try:
        begins += parse_time(time) * SECOND if time else 0
    except TypedWrong as wrong:
        return Mistake(TIME_FIELD, wrong.message_id, dict(wrong.details))
    if begins <= at.now:
        return Mistake(DAY_FIELD, "lists.when.past", {"typed": f"{day} {time}".strip()})
    return begins


def said_when(language: str, instant: Instant, utc_offset_minutes: int) -> str:
    """Say an instant as the centre's civil day and time."""
    day = day_of(instant, utc_offset_minutes)
    second = (instant - start_of(day, utc_offset_minutes)) // SECOND
    return say(
        language,
        "lists.when.at",
        day=long_day(language, day),
        time=clock(language, second, seconds=bool(second % 60)),
    )
