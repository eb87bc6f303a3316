"""What packets and lines share: whose queues, which channels, and calls whose end is undecided.

A Hangup after an answer that went unheard looks like a caller who gave up. So whoever did not
expressly give up is undecided until queue_log has been read to its end.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from msgspec import Struct

from pasokh.adapters.telephony.asterisk.calls import Floor, LineDeed, Steps, When, call_id_of, deed
from pasokh.adapters.telephony.asterisk.channels import CallerChannel, Channels
from pasokh.adapters.telephony.asterisk.lists import Present
from pasokh.adapters.telephony.asterisk.members import Members
from pasokh.answer.commands import RejectCall
from pasokh.core.ids import CallId, PositionId

# A switch that starts anew has forgotten who was ringing.
RESTARTED = "switch restarted"


class EndAwaited(Struct, frozen=True):
    """How a call ends if queue_log says nothing else."""

    when: When
    restarted: bool = False


class Book:
    """Joins what two sources tell of a call."""

    def __init__(
        self,
        floor: Callable[[], Floor],
        mapping: Mapping[str, PositionId],
        queues: Collection[str],
        contexts: Collection[str] = (),
    ) -> None:
        """`queues` are ours; a channel that begins in one of `contexts` is a call before any."""
        self.members = Members(mapping)
        self.channels = Channels()
        self.steps = Steps(floor)
        self.queues = frozenset(queues)
        self.contexts = frozenset(contexts)
        self.undecided: dict[CallId, EndAwaited] = {}
        self.present = Present()

    def channel(self, uniqueid: str) -> CallerChannel:
        """Give what is known of a channel, if only its name."""
        return self.channels.get(call_id_of(uniqueid), uniqueid)

    def gone(self, call_id: CallId, when: When, *, restarted: bool = False) -> None:
        """A call that was known is not among the switch's channels."""
        self.undecided.setdefault(call_id, EndAwaited(when, restarted))

    def decide(self, call_ids: Collection[CallId]) -> Iterator[LineDeed]:
        """Yield how these end, now that queue_log has been read."""
        for call_id in call_ids:
            verdict = self.undecided.pop(call_id, None)
            if verdict is not None:
                yield from self._decided(call_id, verdict)
                self.channels.forget(call_id)

    def _decided(self, call_id: CallId, verdict: EndAwaited) -> Iterator[LineDeed]:
        when, channel = verdict.when, self.channels.find(call_id)
        if channel is not None and channel.elsewhere is not None:
            yield from self.steps.fell_back(call_id, When(channel.elsewhere, "elsewhere"))
        if verdict.restarted and self.steps.rings(call_id):
            yield deed("end", call_id, RejectCall(call_id, RESTARTED), when)
        if channel is not None and channel.completed is not None:
            when = When(channel.completed, "completed", exact=False)
        yield from self.steps.ended(call_id, when)
