"""At which positions a call can ring now.

No entry of the log: only the switch knows it, says all of it anew at every connection and every
second, and an entry would be wrong after each restart until the telephones have registered again.
What follows from it (who was rung, who did not take the call) is in the log.
"""

from collections.abc import Iterable, Mapping

from pasokh.core.ids import PositionId

# What stands in the place of an address for a telephone that says itself where it is.
REGISTERED = "registered"


class Phones:
    """The telephones of a line's positions."""

    def __init__(self, addresses: Mapping[PositionId, str]) -> None:
        """`addresses` gives a SIP address, or REGISTERED, for each position."""
        self.addresses = addresses
        self._fixed = frozenset(p for p, a in addresses.items() if a != REGISTERED)
        self._found: frozenset[PositionId] = frozenset()

    @property
    def reachable(self) -> frozenset[PositionId]:
        """The positions at which a call would ring. A fixed address is taken at its word."""
        return self._fixed | self._found

    def hear(self, found: Iterable[PositionId]) -> None:
        """Take the switch's word for who has registered; nobody else has."""
        self._found = frozenset(found) & self.addresses.keys()
