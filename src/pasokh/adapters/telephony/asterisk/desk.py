"""Takes the deeds of a line to the centre, each at a time that fits what is known already."""

from collections.abc import Callable, Iterable

from pasokh.adapters.telephony.asterisk.calls import LINE, Floor, LineDeed
from pasokh.answer.commands import BeReady, GoAway, RingOut, RingPosition
from pasokh.core.machine import Command, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, LINE)
# Who tells what is known to the second only: queue_log, and lists of the switch.
ACTOR_OF_SECONDS = actor_of(Role.MACHINE, f"{LINE}-log")
# What telephones and positions do now; it means nothing when an old journal tells it again.
_ONLY_NOW: tuple[type[Command], ...] = (RingPosition, RingOut, BeReady, GoAway)


class Desk:
    """Where deeds are handed in."""

    def __init__(self, control: Control, say: Callable[[str], None]) -> None:
        """`say` gets a line for each command that broke the machine."""
        self._control = control
        self._say = say

    def floor(self) -> Floor:
        """The answer floor as it stands."""
        return self._control.centre.answer

    def take(self, deeds: Iterable[LineDeed], *, live: bool) -> None:
        """Do what follows. The journal has what a stopping centre does not take any more."""
        for deed in deeds:
            if live or not isinstance(deed.command, _ONLY_NOW):
                actor = ACTOR if deed.exact else ACTOR_OF_SECONDS
                at = self._placed(deed)
                try:
                    self._control.take(
                        Submission(deed.command_id, actor, deed.command, at, deed.words)
                    )
                except CommandParked:
                    self._say(f"{deed.command_id} broke the machine once and is not taken again")
                except (NotTaking, OutcomeUnknown):
                    return

    def _placed(self, deed: LineDeed) -> Instant:
        """Not after now, and not before what is known of its call and its position."""
        floor, command = self.floor(), deed.command
        known = 0
        call = floor.calls.get(getattr(command, "call_id", ""))
        if call is not None:
            known = max(call.offered_at, call.rung_at, call.answered_at or 0)
        position = floor.positions.get(getattr(command, "position_id", None) or "")
        if position is not None:
            known = max(known, position.since)
        return min(max(deed.at, known), self._control.clock.now())
