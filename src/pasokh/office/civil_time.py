"""When something was, as people at the centre say it: their calendar, their clock, their digits."""

from typing import TypeAlias

from django.conf import settings

from pasokh.core.time import MINUTE, SECOND, Instant, day_of, start_of
from pasokh.office.control_room import ControlRoomAway
from pasokh.office.reference.seen import centre_clock
from pasokh.words.jalali import clock, long_day
from pasokh.words.say import say

_Minutes: TypeAlias = int
# Said once when a centre opens and never changed; by the control room's address.
_offsets: dict[str, _Minutes] = {}


def said_at(language: str, at: Instant) -> str:
    """Say an instant; by the universal clock, and saying so, until the centre's own is known."""
    offset = _offset()
    day = day_of(at, offset or 0)
    second = (at - start_of(day, offset or 0)) // SECOND
    whole_minute = second - second % (MINUTE // SECOND)
    said = say(
        language,
        "office.at",
        day=long_day(language, day),
        time=clock(language, whole_minute, seconds=False),
    )
    return said if offset is not None else say(language, "office.at.universal", when=said)


def _offset() -> _Minutes | None:
    url = settings.PASOKH.control_room_url
    if url not in _offsets:
        try:
            _offsets[url] = centre_clock().utc_offset_minutes
        except ControlRoomAway:
            return None
    return _offsets[url]
