"""What follows for the centre from a step of an Asterisk call: one outcome a call, whatever comes.

The centre's own state says how far a call has come, so what is heard twice, late or from two
sources means nothing more. Commands have ids that follow from what was heard: a journal that is
heard again changes nothing. Each function yields what follows, and is asked on after each deed.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Protocol

from msgspec import Struct

from pasokh.adapters.telephony.asterisk.caller import words_of
from pasokh.adapters.telephony.asterisk.channels import CallerChannel
from pasokh.adapters.telephony.asterisk.queue_log import born_at
from pasokh.adapters.telephony.command_ids import born_command_id, command_id_of
from pasokh.answer.commands import (
    AnswerCall,
    BeReady,
    EndCall,
    FallBackCall,
    OfferCall,
    QueueCall,
    RingOut,
    RingPosition,
)
from pasokh.answer.events import NotPickedUp
from pasokh.core.ids import CallId, CommandId, PersonId, PositionId
from pasokh.core.machine import Command, Words
from pasokh.core.time import HOUR, Instant

LINE = "asterisk"
# A channel waits no longer before its queue; an older second is of another clock.
_BORN_BEFORE_MAX = HOUR


class CallHere(Protocol):
    """What of the centre's call matters here."""

    @property
    def line(self) -> str: ...  # noqa: D102 - as in the state
    @property
    def offered_at(self) -> Instant: ...  # noqa: D102
    @property
    def answered_at(self) -> Instant | None: ...  # noqa: D102
    @property
    def phase(self) -> str: ...  # noqa: D102
    @property
    def queue(self) -> str: ...  # noqa: D102
    @property
    def rung(self) -> PositionId | None: ...  # noqa: D102
    @property
    def rung_at(self) -> Instant: ...  # noqa: D102


class PositionHere(Protocol):
    """What of the centre's position matters here."""

    @property
    def state(self) -> str: ...  # noqa: D102 - as in the state
    @property
    def since(self) -> Instant: ...  # noqa: D102
    @property
    def person_id(self) -> PersonId | None: ...  # noqa: D102
    @property
    def call_id(self) -> CallId | None: ...  # noqa: D102


class Floor(Protocol):
    """The answer floor as far as a line reads it."""

    @property
    def calls(self) -> Mapping[CallId, CallHere]: ...  # noqa: D102 - as in the state
    @property
    def ringing(self) -> Mapping[CallId, None]: ...  # noqa: D102
    @property
    def positions(self) -> Mapping[PositionId, PositionHere]: ...  # noqa: D102


class LineDeed(Struct, frozen=True):
    """A command that follows. `exact` is false when its time is known to the second only."""

    command_id: CommandId
    command: Command
    at: Instant
    exact: bool
    words: Words | None = None


class When(Struct, frozen=True):
    """When something was told to happen. `stamp` is that as it was written; it makes ids."""

    at: Instant
    stamp: str
    exact: bool = True


def call_id_of(uniqueid: str) -> CallId:
    """Name the call of a channel."""
    return f"a-{sha256(uniqueid.encode()).hexdigest()[:24]}"


def deed(name: str, call_id: CallId, command: Command, when: When) -> LineDeed:
    """Make the deed of a call that `name` tells from its others."""
    return LineDeed(command_id_of(LINE, call_id, name), command, when.at, when.exact)


class Steps:
    """Turns steps into deeds, by the floor as it stands when each deed is asked for."""

    def __init__(self, floor: Callable[[], Floor]) -> None:
        """`floor` gives the answer floor as it is now."""
        self._floor = floor

    def call(self, call_id: CallId) -> CallHere | None:
        """Give a call; None when the centre has none of this name."""
        return self._floor().calls.get(call_id)

    def position(self, position_id: PositionId) -> PositionHere | None:
        """Give a position; None when the centre has none of this name."""
        return self._floor().positions.get(position_id)

    def of_line(self) -> list[CallId]:
        """List the calls of this line that the centre has not forgotten."""
        calls = self._floor().calls
        return [call_id for call_id, call in calls.items() if call.line == LINE]

    def rings(self, call_id: CallId) -> bool:
        """Tell whether nobody has answered the call yet, and it is not over."""
        return call_id in self._floor().ringing

    def talks(self, call_id: CallId) -> bool:
        """Tell whether the call was answered and goes on."""
        call = self.call(call_id)
        return call is not None and call.phase in ("connected", "held")

    def offered(self, channel: CallerChannel, when: When) -> Iterator[LineDeed]:
        """A channel is a call: since it began, or as near to that as anybody knows."""
        call_id = call_id_of(channel.uniqueid)
        if self.call(call_id) is None:
            words = words_of(channel.number, channel.name, channel.told)
            command, since = OfferCall(call_id, line=LINE), _began(channel, when)
            made = deed("offer", call_id, command, since)
            yield LineDeed(made.command_id, command, since.at, since.exact, words)

    def queued(self, call_id: CallId, queue: str, when: When) -> Iterator[LineDeed]:
        """The call waits in a queue."""
        call = self.call(call_id)
        if call is not None and self.rings(call_id) and call.queue != queue:
            yield deed(f"queue {queue} {when.stamp}", call_id, QueueCall(call_id, queue), when)

    def rung(
        self, channel: CallerChannel, position_id: PositionId, telephone: str, when: When
    ) -> Iterator[LineDeed]:
        """A telephone rings for the call. Of several that ring together, the first is shown."""
        call_id = call_id_of(channel.uniqueid)
        call, position = self.call(call_id), self._floor().positions.get(position_id)
        if call is None or not self.rings(call_id) or position is None:
            return
        if call.rung is not None and call.rung in channel.ringing.values():
            return
        if position.person_id is None or position.call_id is not None:
            return
        yield from self._made_free(call_id, position_id, telephone, when)
        if position.state != "ready":
            # Asterisk rings who it takes for ready, and it is Asterisk that gives the calls out.
            yield deed(f"ready {telephone}", call_id, BeReady(position_id), when)
        yield deed(f"ring {telephone}", call_id, RingPosition(call_id, position_id), when)

    def _made_free(
        self, call_id: CallId, position_id: PositionId, telephone: str, when: When
    ) -> Iterator[LineDeed]:
        """End ringing that went unheard: of this call elsewhere, of another one here."""
        floor = self._floor()
        for other_id in [*floor.ringing]:
            rung = floor.calls[other_id].rung
            if rung is not None and (other_id == call_id) != (rung == position_id):
                ended = RingOut(other_id, NotPickedUp.WITHDRAWN)
                yield deed(f"withdrawn {telephone}", other_id, ended, when)

    def rang_out(
        self,
        channel: CallerChannel,
        position_id: PositionId,
        name: str,
        why: NotPickedUp,
        when: When,
    ) -> Iterator[LineDeed]:
        """A telephone rings for the call no more; if it was the one shown, show another."""
        call_id = call_id_of(channel.uniqueid)
        call = self.call(call_id)
        if call is None or not self.rings(call_id) or call.rung != position_id:
            return
        yield deed(f"out {name}", call_id, RingOut(call_id, why), when)
        for telephone, other in [*channel.ringing.items()]:
            yield from self.rung(channel, other, telephone, when)

    def answered(
        self, call_id: CallId, position_id: PositionId | None, when: When
    ) -> Iterator[LineDeed]:
        """Somebody took the call; at no position when the centre has none that is free."""
        position = self._floor().positions.get(position_id or "")
        if position is None or position.call_id is not None:
            position_id = None
        if self.rings(call_id):
            yield self._once("answer", call_id, AnswerCall(call_id, position_id), when)

    def fell_back(self, call_id: CallId, when: When) -> Iterator[LineDeed]:
        """Somebody took the call who is no member of a queue."""
        if self.rings(call_id):
            yield self._once("answer", call_id, FallBackCall(call_id), when)

    def ended(self, call_id: CallId, when: When) -> Iterator[LineDeed]:
        """The channel is no more: given up, or over."""
        if self.rings(call_id) or self.talks(call_id):
            yield self._once("end", call_id, EndCall(call_id), when)

    def _once(self, name: str, call_id: CallId, command: Command, when: When) -> LineDeed:
        """Make a deed that no call that has had it can have again."""
        command_id = born_command_id(call_id, name, self._floor().calls[call_id].offered_at)
        return LineDeed(command_id, command, when.at, when.exact)


def _began(channel: CallerChannel, when: When) -> When:
    if channel.at is not None:
        return When(channel.at, when.stamp)
    born = born_at(channel.uniqueid)
    if when.exact or born is None or not when.at - _BORN_BEFORE_MAX <= born <= when.at:
        return when
    return When(born, when.stamp, exact=False)
