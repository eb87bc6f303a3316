"""Pauses members of Asterisk's queues as their desks say: only where the settings ask for it."""

from collections.abc import Sequence

from pasokh.adapters.telephony.asterisk.desk import ACTOR, ACTOR_OF_SECONDS
from pasokh.adapters.telephony.asterisk.line import AsteriskLine
from pasokh.adapters.telephony.asterisk.packet import action
from pasokh.answer.events import CallTakerAway, CallTakerReady, CallTakerSignedOut
from pasokh.core.log import Entry
from pasokh.core.machine import Fact

_OURS = (ACTOR, ACTOR_OF_SECONDS)
_REASON = "desk"


class Pauses:
    """Follows what the centre's desks do."""

    def __init__(self, line: AsteriskLine) -> None:
        """`line` knows the members, and the connection while there is one."""
        self._line = line

    def follow(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        """Pass on what persons did; what Asterisk did itself it knows."""
        for fact in facts:
            event = fact.event
            known = fact.actor in _OURS
            if known or not isinstance(event, CallTakerReady | CallTakerAway | CallTakerSignedOut):
                continue
            interface = self._line.book.members.interface_of(event.position_id)
            if interface:
                paused = "false" if isinstance(event, CallTakerReady) else "true"
                self._line.send(
                    action(
                        "QueuePause", "pause", Interface=interface, Paused=paused, Reason=_REASON
                    )
                )
