"""What was told of callers' channels and is in no state: a memory that may be lost."""

from collections import OrderedDict

from msgspec import Struct, field

from pasokh.core.ids import CallId, PositionId
from pasokh.core.time import Instant

KEPT_MAX = 20_000


class CallerChannel(Struct):
    """A channel that waits, waited or may come to wait in a queue.

    `at` is when it began, None when nobody heard that. `ringing` gives the position that each of
    the telephones called for it stands on. `elsewhere` is when a telephone that is no member took
    it, `completed` when a queue had done with it.
    """

    uniqueid: str
    at: Instant | None = None
    number: str = ""
    name: str = ""
    context: str = ""
    told: dict[str, str] = field(default_factory=dict)
    ringing: dict[str, PositionId] = field(default_factory=dict)
    gave_up: bool = False
    elsewhere: Instant | None = None
    completed: Instant | None = None


class Channels:
    """The last channels that were heard of, by the id of the call that they are."""

    def __init__(self) -> None:
        """Know none."""
        self._kept: OrderedDict[CallId, CallerChannel] = OrderedDict()

    def get(self, call_id: CallId, uniqueid: str) -> CallerChannel:
        """Give what is known of a channel, if only its name."""
        found = self._kept.get(call_id)
        if found is None:
            found = self._kept[call_id] = CallerChannel(uniqueid)
            if len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)
        return found

    def find(self, call_id: CallId) -> CallerChannel | None:
        """Give what is known of a channel; None when that is nothing."""
        return self._kept.get(call_id)

    def forget(self, call_id: CallId) -> None:
        """Let go of a channel that is no more."""
        self._kept.pop(call_id, None)

    def names(self) -> list[tuple[CallId, str]]:
        """List the calls that channels are or would be, with their Uniqueids."""
        return [(call_id, channel.uniqueid) for call_id, channel in self._kept.items()]
