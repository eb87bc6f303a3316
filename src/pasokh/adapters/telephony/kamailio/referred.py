"""Where a line leaves the places that its calls give by reference."""

from collections.abc import Iterable
from typing import Protocol

from pasokh.adapters.telephony.kamailio.caller import as_it_came
from pasokh.core.ids import CallId
from pasokh.core.told_places import ToldPlace


class Referred(Protocol):
    """Whoever asks for the places that calls give by reference."""

    def kept(self, place: ToldPlace) -> ToldPlace:
        """Give what of a place may be kept with its call."""
        ...

    def refer(self, call_id: CallId, references: Iterable[str]) -> None:
        """Take the addresses of a call; nothing of the call waits for them."""
        ...


class NobodyAsks:
    """The centre knows no server of locations."""

    def kept(self, place: ToldPlace) -> ToldPlace:
        """Keep it as it came."""
        return as_it_came(place)

    def refer(self, call_id: CallId, references: Iterable[str]) -> None:
        """Leave them."""
