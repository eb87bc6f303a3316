"""Clocks of the live driver: the wall's, and one that runs at a pace for a drill."""

import time

from pasokh.core.time import Instant

_NANOSECONDS = 1_000_000
PACES = (0, 1, 10, 60)


class WallClock:
    """Civil time of this machine. It may jump."""

    def now(self) -> Instant:
        """Give the time in milliseconds since 1970 (UTC)."""
        return time.time_ns() // _NANOSECONDS


class PacedClock:
    """A drill's time: begins where it is told and runs at a pace; 0 stands still."""

    def __init__(self, start: Instant, pace: int = 1) -> None:
        """Begin at `start` (milliseconds), `pace` times as fast as the wall."""
        self._from = start
        self._since = time.monotonic_ns()
        self._pace = pace

    @property
    def pace(self) -> int:
        """The factor now."""
        return self._pace

    def set_pace(self, pace: int) -> None:
        """Run at this factor from now on; a pace outside PACES is a ValueError."""
        if pace not in PACES:
            raise ValueError(f"a pace is one of {PACES}, not {pace}")
        self._from = self.now()
        self._since = time.monotonic_ns()
        self._pace = pace

    def now(self) -> Instant:
        """Give the drill's time in milliseconds."""
        return self._from + (time.monotonic_ns() - self._since) * self._pace // _NANOSECONDS
