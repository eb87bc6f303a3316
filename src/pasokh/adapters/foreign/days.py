"""What only the whole file shows: days that are short, and hours in which nothing came."""

from statistics import median

from msgspec import Struct

from pasokh.core.time import DAY, HOUR, Day, Instant, Span, day_of, iso_day, iso_instant
from pasokh.drivers.ports_replay import Dirt

# A log with a longer hole than this is two logs; more likely the year is a slip of the pen.
FORWARD_MAX: Span = 366 * DAY


class _DayCount(Struct):
    first_row: int
    calls: int = 0


class DayWatch:
    """Watches the calls' own times go by. A gap is told at once, short days at the end."""

    def __init__(self, *, utc_offset_minutes: int, gap: Span | None, short_day: float) -> None:
        """Watch days at an offset; `short_day` is a share of the median day."""
        self._offset = utc_offset_minutes
        self._gap = gap
        self._short_day = short_day
        self._latest: Instant | None = None
        self._days: dict[Day, _DayCount] = {}

    def saw(self, row: int, offered: Instant) -> list[Dirt]:
        """Count a call; say so when nothing came for too long before it, or it comes late."""
        day = day_of(offered, self._offset)
        self._days.setdefault(day, _DayCount(row)).calls += 1
        latest = self._latest
        if latest is None or offered > latest:
            self._latest = offered
        if latest is None:
            return []
        if offered < latest:
            seconds = (latest - offered) // 1_000
            return [Dirt(row, "out_of_order", f"came {seconds} s before a row above it")]
        if self._gap is not None and offered - latest > self._gap:
            hours = (offered - latest) / HOUR
            says = f"nothing for {hours:.1f} h before {iso_instant(offered)}"
            return [Dirt(row, "gap", says)]
        return []

    def too_far(self, offered: Instant) -> str:
        """Say so when a call is so far ahead of all others that its year must be wrong."""
        if self._latest is None or offered - self._latest <= FORWARD_MAX:
            return ""
        return f"{iso_instant(offered)} is over a year after every row above it"

    def short_days(self) -> list[Dirt]:
        """Say which days have far fewer calls than the median day."""
        if not self._days:
            return []
        usual = median(count.calls for count in self._days.values())
        return [
            Dirt(
                count.first_row,
                "short_day",
                f"{iso_day(day)} has {count.calls} calls, the median day {usual:g}",
            )
            for day, count in sorted(self._days.items())
            if count.calls < self._short_day * usual
        ]
