"""Members of Asterisk's queues and our positions: who is who, and who is paused.

Asterisk gives the calls out, so its word on a pause counts for the position too. A pause in one of
several queues is none yet: the telephone still rings.
"""

from collections.abc import Iterator, Mapping

from pasokh.adapters.telephony.asterisk.packet import Packet
from pasokh.answer.commands import BeReady, GoAway
from pasokh.core.ids import PositionId
from pasokh.core.machine import Command

PAUSED = "paused in the queue"
_REASON_MAX = 200
_YES = frozenset({"1", "true", "yes"})


class Members:
    """Knows the position of a member by its interface or its name, as the settings map them."""

    def __init__(self, mapping: Mapping[str, PositionId]) -> None:
        """`mapping` gives the position of an interface (PJSIP/op138) or a name (Op 138)."""
        self._mapping = mapping
        self._interfaces = {p: name for name, p in mapping.items() if "/" in name}
        self._paused: dict[PositionId, dict[str, bool]] = {}

    def position_of(self, *names: str) -> PositionId | None:
        """Give the position of the first name that is mapped."""
        return next((self._mapping[name] for name in names if name in self._mapping), None)

    def interface_of(self, position: PositionId) -> str:
        """Give the interface to name when we pause a position; "" when none was heard of yet."""
        return self._interfaces.get(position, "")

    def told(self, packet: Packet) -> tuple[PositionId, bool, str] | None:
        """Take a word on a member: its position, whether it is paused now, and the reason.

        None when nothing changed, or the member is none of ours.
        """
        interface = packet.said("interface") or packet.said("location")
        position = self.position_of(interface, packet.said("membername"), packet.said("name"))
        if position is None or not packet.said("paused"):
            return None
        self._interfaces.setdefault(position, interface)
        queues = self._paused.setdefault(position, {})
        before = bool(queues) and all(queues.values())
        heard_of = bool(queues)
        queues[packet.said("queue")] = packet.said("paused").lower() in _YES
        now = all(queues.values())
        if heard_of and now == before:
            return None
        reason = packet.said("pausedreason") or packet.said("reason")
        return position, now, (reason or PAUSED)[:_REASON_MAX]

    def left(self, packet: Packet) -> None:
        """Forget a member that a queue no longer has."""
        position = self.position_of(packet.said("interface"), packet.said("membername"))
        self._paused.get(position or "", {}).pop(packet.said("queue"), None)


def follow_pause(
    position: PositionId, state: str, *, paused: bool, reason: str
) -> Iterator[Command]:
    """Yield what makes a position agree with its member; `state` is how the position stands."""
    if paused and state in ("ready", "wrap_up"):
        yield GoAway(position, reason)
    elif not paused and state in ("away", "wrap_up"):
        yield BeReady(position)
