"""How often an address knocked of late. It orders what comes, and refuses nobody."""

from collections import OrderedDict, deque
from collections.abc import Callable

from pasokh.core.time import MINUTE, Instant

_WITHIN = 10 * MINUTE
_ADDRESSES_MAX = 10_000


class Often:
    """Counts by address. Of too many addresses it forgets those that came longest ago."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        """Begin without an address."""
        self._now = now
        self._came: OrderedDict[str, deque[Instant]] = OrderedDict()

    def count(self, address: str) -> int:
        """Count how often an address came within the last minutes, this time too."""
        now = self._now()
        times = self._came.setdefault(address, deque())
        self._came.move_to_end(address)
        times.append(now)
        while times[0] <= now - _WITHIN:
            times.popleft()
        if len(self._came) > _ADDRESSES_MAX:
            self._came.popitem(last=False)
        return len(times)
