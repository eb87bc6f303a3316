"""When the figures of a day are due: provisional a day after it, final a week after it."""

from heapq import heappop, heappush

from pasokh.account.commands import FigureDay
from pasokh.account.definitions import CUTOFF, FigureVersion
from pasokh.core.time import Day, Instant, day_of, start_of

_VERSIONS = (FigureVersion.PROVISIONAL, FigureVersion.FINAL)


class FiguresDue:
    """Knows which figures of the days seen so far have yet to be made."""

    def __init__(self, utc_offset_minutes: int) -> None:
        """Begin with no day; days are civil days at this offset."""
        self._offset = utc_offset_minutes
        self._latest: Day | None = None
        self._due: list[tuple[Instant, Day, int]] = []

    def saw(self, at: Instant) -> None:
        """Take note of an instant whose day will be figured. Days come in their order."""
        day = day_of(at, self._offset)
        if self._latest is not None and day <= self._latest:
            return
        self._latest = day
        ends = start_of(day + 1, self._offset)
        for place, version in enumerate(_VERSIONS):
            heappush(self._due, (ends + CUTOFF[version], day, place))

    def next_due(self) -> Instant | None:
        """Say when the next figure is due; None when all are made."""
        return self._due[0][0] if self._due else None

    def pop(self) -> tuple[Instant, FigureDay]:
        """Give the next figure to make, and when."""
        due, day, place = heappop(self._due)
        return due, FigureDay(day, _VERSIONS[place])
