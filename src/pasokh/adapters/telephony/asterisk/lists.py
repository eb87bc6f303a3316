"""Lists of what goes on in the switch: which channels there are, and so which calls are over.

A list is made at once and told row by row, with events between its rows. So only what was there
before it was asked for, and is in none of its rows, is gone.
"""

from collections.abc import Iterable

from msgspec import Struct

from pasokh.adapters.telephony.asterisk.calls import call_id_of
from pasokh.core.ids import CallId


class Listing(Struct):
    """A list that is being told: of what is not in a row yet, the channels and the open calls."""

    action_id: str
    channels: set[str]
    calls: set[CallId]


class Present:
    """The channels that the switch has now, as lists and packets tell; None: nobody knows."""

    def __init__(self) -> None:
        """Know nothing."""
        self.now: set[str] | None = None
        self._listing: Listing | None = None

    @property
    def listing(self) -> bool:
        """Tell whether a list was asked for and is not at its end."""
        return self._listing is not None

    def begin(self, action_id: str, calls: Iterable[CallId]) -> None:
        """A list is asked for, while these calls are open."""
        self.now = self.now or set()
        self._listing = Listing(action_id, set(self.now), set(calls))

    def lose(self) -> None:
        """The connection is gone."""
        self.now, self._listing = None, None

    def began(self, uniqueid: str) -> None:
        """A channel is there."""
        if self.now is not None:
            self.now.add(uniqueid)

    def ended(self, uniqueid: str) -> None:
        """A channel is no more."""
        if self.now is not None:
            self.now.discard(uniqueid)

    def row(self, uniqueid: str) -> None:
        """A row of the list names a channel."""
        self.began(uniqueid)
        if self._listing is not None:
            self._listing.channels.discard(uniqueid)
            self._listing.calls.discard(call_id_of(uniqueid))

    def complete(self, action_id: str) -> set[CallId]:
        """The list is at its end: give the calls that are no more."""
        listing = self._listing
        if listing is None or listing.action_id != action_id:
            return set()
        self._listing = None
        if self.now is not None:
            self.now -= listing.channels
        return listing.calls

    def refuse(self, action_id: str) -> None:
        """The switch does not give the list: what is over is known by packets and lines alone."""
        if self._listing is not None and self._listing.action_id == action_id:
            self.lose()

    def has(self, uniqueid: str) -> bool:
        """Tell whether a channel is known to go on."""
        return self.now is not None and uniqueid in self.now
