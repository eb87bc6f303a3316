"""A warm start: the morning of today is lived quickly, so that a demonstration is not empty.

From then on the drill goes at the pace of its clock (drivers.live_clock).
"""

from pasokh.core.time import Instant, day_of, start_of
from pasokh.drivers.drill.drill import Drill
from pasokh.drivers.drill.province import LivingProvince
from pasokh.drivers.room import Room


def warm_start(now: Instant, known_at: Instant, utc_offset_minutes: int) -> Instant:
    """Say from when on to live: today's first moment, or where the log ends when that is later."""
    return max(start_of(day_of(now, utc_offset_minutes), utc_offset_minutes), known_at)


def live_until(
    room: Room, province: LivingProvince, now: Instant, *, seal_words: bool = False
) -> Drill:
    """Live today up to `now` (milliseconds), durably; then let the drill `move_to` the house.

    About six seconds for a whole day; nothing but the log's own time is used, so the same seed,
    log and `now` give the same morning.
    """
    offset = province.scenario.utc_offset_minutes
    start = warm_start(now, room.centre.known_at, offset)
    drill = Drill(room, province, start, commit=room.commit, seal_words=seal_words)
    drill.advance(now)
    return drill
