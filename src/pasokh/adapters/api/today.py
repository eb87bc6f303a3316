"""Today's count, kept for some seconds: it is the dear part of every screen that shows figures."""

from pasokh.account.figures import DayTally, day_tally
from pasokh.core.time import SECOND, Instant, day_of
from pasokh.drivers.ports import Clock
from pasokh.drivers.ports_live import Control

# Counting a whole day is done again after so many milliseconds.
TALLY_AGE_MAX = 5 * SECOND


class Today:
    """Counts the day once for all who ask."""

    def __init__(self, control: Control, wall: Clock) -> None:
        """`wall` says how old a count is, whatever the centre's own clock does."""
        self._control = control
        self._wall = wall
        self._counted: tuple[Instant, int, DayTally] | None = None
        # The entry up to which the last count goes.
        self.counted_seq = -1

    def tally(self, now: Instant) -> DayTally:
        """Count the civil day of `now`, or give a count that is some seconds old."""
        account = self._control.centre.account
        day = day_of(now, account.utc_offset_minutes)
        wall = self._wall.now()
        if self._counted is not None:
            counted_at, counted_day, tally = self._counted
            if counted_day == day and 0 <= wall - counted_at < TALLY_AGE_MAX:
                return tally
        tally = day_tally(account, day, now)
        self._counted = wall, day, tally
        self.counted_seq = self._control.centre.seq
        return tally
