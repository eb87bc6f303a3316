"""At which positions a call can ring now.

No entry of the log: only the switch knows it, says all of it anew at every connection and every
second, and an entry would be wrong after each restart until the telephones have registered again.
What follows from it (who was rung, who did not take the call) is in the log.
"""

from collections.abc import Iterable, Mapping

from pasokh.adapters.telephony.kamailio.window_keys import WindowKeys
from pasokh.core.ids import Id, PositionId
from pasokh.drivers.ports_live import WindowKey

# What stands in the place of an address for a telephone that says itself where it is.
REGISTERED = "registered"


class Phones:
    """The telephones of a line's positions."""

    def __init__(self, addresses: Mapping[PositionId, str], windows: WindowKeys) -> None:
        """`addresses` gives a SIP address, or REGISTERED, for each position."""
        self.addresses = addresses
        self.windows = windows
        self._fixed = frozenset(p for p, a in addresses.items() if a != REGISTERED)
        self._found: frozenset[PositionId] = frozenset()

    @property
    def reachable(self) -> frozenset[PositionId]:
        """The positions at which a call would ring. A fixed address is taken at its word."""
        return self._fixed | self._found

    def key(self, position: PositionId, window: Id, *, take: bool) -> WindowKey | None:
        """Give a window its position's key, as `WindowKeys.issue`."""
        return self.windows.issue(position, window, take=take)

    def opens_windows(self, position: PositionId) -> bool:
        """Tell whether a window may be this position's telephone."""
        return bool(self.windows.url) and self.addresses.get(position) == REGISTERED

    def hear(self, found: Iterable[PositionId]) -> None:
        """Take the switch's word for who has registered; nobody else has."""
        self._found = frozenset(found) & self.addresses.keys()
