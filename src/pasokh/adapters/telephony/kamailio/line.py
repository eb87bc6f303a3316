"""One line of the centre: journals what the switch tells, makes calls of it, sends calls to phones.

Turns in the control room's own loop. The order is the promise: on our disk, then confirmed to the
switch, then read.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.kamailio.caller import references_of
from pasokh.adapters.telephony.kamailio.calls import (
    LINE,
    LISTENED,
    OF_POSITION,
    RECORDED,
    SPEAKS,
    Deed,
    call_id_of,
    deeds_of,
    other_call_id_of,
    voice_of,
    waits_for_its_call,
)
from pasokh.adapters.telephony.kamailio.config import Written
from pasokh.adapters.telephony.kamailio.confirmed import Confirmed
from pasokh.adapters.telephony.kamailio.counts import Counts
from pasokh.adapters.telephony.kamailio.dialling import STEPS as OF_A_DIAL
from pasokh.adapters.telephony.kamailio.dialling import Dialling
from pasokh.adapters.telephony.kamailio.ends import Ends, Seeming
from pasokh.adapters.telephony.kamailio.lives import LOST, Lives, lost_deed
from pasokh.adapters.telephony.kamailio.phones import Phones
from pasokh.adapters.telephony.kamailio.referred import NobodyAsks, Referred
from pasokh.adapters.telephony.kamailio.texts import SipTexts
from pasokh.adapters.telephony.kamailio.wire import StepKind, SwitchWord, WireFault, step_of
from pasokh.adapters.telephony.kept_journal import KeptJournal
from pasokh.adapters.telephony.rtpengine.spool import trace_of
from pasokh.answer.commands import RejectCall
from pasokh.answer.distribute import FALLBACK
from pasokh.answer.events import CallQueued, CallRejected, PositionRung
from pasokh.answer.probes import PROBE
from pasokh.core.ids import CallId
from pasokh.core.log import Entry
from pasokh.core.machine import Fact, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, LINE)
# Steps that came before what they follow are kept for so many calls.
_EARLY_MAX = 10_000
# A switch that starts anew has forgotten who was ringing.
_SWITCH_RESTARTED = "switch restarted"
_WRITTEN = {RECORDED: Written.RECORD, LISTENED: Written.LISTEN}
_BRINGS_PLACES = frozenset({StepKind.INVITE, StepKind.FALLBACK})
# What the switch says about itself and not about a call: nothing of it is owed or journalled.
_OF_NO_CALL = (b"HELLO ", b"PHONES ", b"WROTE ", b"COUNTED ", b"CALLS ")


class Handle(Struct, frozen=True):
    """Where a waiting call is in the switch: its start, and the transaction's two numbers."""

    boot: int
    index: str = ""
    label: str = ""


class Line:
    """Joins a switch to a centre. `send` puts a word to the switch; without one it is not heard.

    `written` tells what is to be written of a queue's voices; `answered` is told of each call
    whose voice is, and what for. `references` is told where places may be asked for. `dialling`:
    where the positions' telephones may call back.
    """

    def __init__(
        self,
        control: Control,
        journal: Journal,
        phones: Phones,
        queue_of: Callable[[str], str],
        say: Callable[[str], None],
    ) -> None:
        """`phones` are those of the positions; `queue_of` gives the queue of a number."""
        self._control = control
        self._journal = KeptJournal(control, journal, self._needs)
        self._phones = phones
        self._queue_of = queue_of
        self._say = say
        self._handles: dict[CallId, Handle] = {}
        self._early: dict[CallId, list[SwitchWord]] = {}
        self._confirmed = Confirmed()
        self.send: Callable[[str], None] = _nowhere
        self.written: Callable[[str], Written] = _not_written
        self.answered: Callable[[CallId, str, Written], None] = _not_listened
        self.references: Referred = NobodyAsks()
        self.texts = SipTexts(control, self._put, say)
        self.counts = Counts(lambda word: self.whole and self._put(word))
        self._lives = Lives(self._put, self._is_open)
        self.ends = Ends(self._end_lost, self._speaks, control.clock.now)
        self._about_no_call: dict[StepKind, Callable[[SwitchWord], None]] = {
            StepKind.HELLO: self._greet,
            StepKind.PHONES: lambda step: self._phones.hear(step.said),
            StepKind.WROTE: self.texts.answered,
            StepKind.COUNTED: self.counts.hear,
            StepKind.CALLS: self._look_into,
        }
        self.dialling: Dialling | None = None

    def replay(self) -> None:
        """Hear again what the journal holds: what the log has already changes nothing."""
        for file, record in self._journal.replay():
            self._read(record, file)
        for name in self._journal.damaged():
            self._say(f"{name} of the telephone's journal is damaged; a copy is kept beside it")
        self._control.follow(self._follow)

    async def take(self, records: Sequence[bytes]) -> None:
        """Journal records, confirm them, and hear what they say. OSError when the disk failed."""
        steps = [record for record in records if not record.startswith(_OF_NO_CALL)]
        async with self._journal.between:
            file = await self._journal.append(steps) if steps else self._journal.file
            for record in records:
                self._read(record, file)
        self.confirm()

    def confirm(self) -> None:
        """Tell the switch up to where everything is on our disk; also our sign of life."""
        if self._confirmed.boot:
            self.send(f"KEPT {self._confirmed.boot} {self._confirmed.upto}")
            if self._confirmed.missing:
                self.send("AGAIN")

    def look(self) -> None:
        """Ask which calls the switch has, so that none is open here that it has no more."""
        if self.whole:
            self._lives.look(self._confirmed.boot)

    @property
    def whole(self) -> bool:
        """Tell whether no step is missing of those that the switch has told."""
        return bool(self._confirmed.boot) and not self._confirmed.missing

    def hang_up(self) -> None:
        """The connection is gone: the switch helps itself until the next one."""
        self.send = _nowhere

    async def clear(self) -> None:
        """Take journal files away whose calls are over in the durable log, again and again."""
        await self._journal.clear()

    def _needs(self, call_id: CallId) -> bool:
        """Tell whether the journal is still needed for a call: it is not over, or not begun."""
        return call_id in self._early or self._is_open(call_id)

    def _is_open(self, call_id: CallId) -> bool:
        answer = self._control.centre.answer
        call = answer.calls.get(call_id)
        return call_id in answer.dials or (call is not None and not call.over)

    def _speaks(self, call_id: CallId) -> bool:
        call = self._control.centre.answer.calls.get(call_id)
        return call is not None and call.phase == SPEAKS

    def _look_into(self, step: SwitchWord) -> None:
        """End the calls that the switch has no more; have those looked into where nobody is."""
        found = self._lives.hear(step)
        for call_id in found.lacked:
            self._end_lost(call_id, LOST)
        named = self._lives.sip_call_id
        left = [Seeming(call_id, named(call_id), left=True) for call_id in found.left]
        unsure = [Seeming(call_id, named(call_id), left=False) for call_id in found.unsure]
        self.ends.judge([*left, *unsure])

    def _end_lost(self, call_id: CallId, why: str) -> None:
        if not self._is_open(call_id):
            return
        self._say(f"call {call_id} is over, and nobody told its end: {why}")
        call = self._control.centre.answer.calls.get(call_id)
        self._do(lost_deed(call_id, why, call), self._control.clock.now())
        self._early.pop(call_id, None)

    def _read(self, record: bytes, file: int) -> None:
        try:
            step = step_of(record)
        except WireFault as fault:
            self._journal.park(file)
            self._say(f"the switch said what nobody understands; it is in the journal: {fault}")
            return
        about_no_call = self._about_no_call.get(step.kind)
        if about_no_call is not None:
            about_no_call(step)
        elif self._confirmed.take(step):
            self._journal.holds(file, self._hear(step))

    def _greet(self, step: SwitchWord) -> None:
        """A connection stands. Whoever rang in an earlier life of the switch rings no more."""
        self._confirmed.begin(step.boot, step.number)
        self._phones.windows.begin(self.send)
        if self.dialling is not None:
            self.dialling.begin(step)
        answer = self._control.centre.answer
        for call_id in tuple(answer.ringing):
            handle = self._handles.get(call_id)
            if answer.calls[call_id].line == LINE and (handle is None or handle.boot != step.boot):
                command = RejectCall(call_id, _SWITCH_RESTARTED)
                self._do(Deed(f"{LINE}-{step.boot}-{call_id}", command), step.at)

    def _hear(self, step: SwitchWord) -> CallId:
        if step.kind is StepKind.MESSAGE:
            return self.texts.hear(step)
        if step.kind in OF_A_DIAL:
            return self._hear_dial(step)
        calls = self._control.centre.answer.calls
        call_id = self._call_of(step)
        if waits_for_its_call(step, calls.get(call_id)):
            if len(self._early) < _EARLY_MAX:
                self._early.setdefault(call_id, []).append(step)
            return call_id
        self._note_handle(step, call_id)
        kept = self.references.kept
        for deed in deeds_of(step, call_id, calls.get(call_id), self._queue_of, kept):
            self._do(deed, step.at)
        if step.kind in _BRINGS_PLACES:
            self._lives.note(call_id, step.boot, step.sip_call_id)
            self.references.refer(call_id, references_of(step.raw))
        self._listen(step, call_id)
        for early in self._early.pop(call_id, ()):
            self._hear(early)
        return call_id

    def _call_of(self, step: SwitchWord) -> CallId:
        """Name the call of a step; whoever was called may end it too."""
        mine, other = call_id_of(step), other_call_id_of(step)
        if step.kind in OF_POSITION:
            return other
        calls = self._control.centre.answer.calls
        ends = step.kind is StepKind.BYE and mine not in calls and other in calls
        return other if ends else mine

    def _hear_dial(self, step: SwitchWord) -> CallId:
        if self.dialling is not None and (word := self.dialling.hear(step, self.written)):
            self.send(word)
        if step.kind is StepKind.DIAL:
            self._lives.note(call_id_of(step), step.boot, step.sip_call_id)
        return call_id_of(step)

    def _listen(self, step: SwitchWord, call_id: CallId) -> None:
        """Say of a call that was answered that its voice is written, and what for."""
        written = _WRITTEN.get(voice_of(step))
        call = self._control.centre.answer.calls.get(call_id)
        if written is not None and call is not None and not call.over:
            self.answered(call_id, trace_of(step.sip_call_id), written)

    def _note_handle(self, step: SwitchWord, call_id: CallId) -> None:
        if step.kind in (StepKind.INVITE, StepKind.PROBE, StepKind.MISSED):
            self._handles[call_id] = Handle(step.boot, *step.said[:2])
        elif step.kind in (StepKind.FALLBACK, StepKind.RESCUED):
            self._handles[call_id] = Handle(step.boot)
        elif step.kind in (StepKind.ANSWER, StepKind.GONE, StepKind.FAILED):
            self._handles.pop(call_id, None)

    def _do(self, deed: Deed, told_at: Instant) -> None:
        at = min(told_at, self._control.clock.now())
        try:
            receipt = self._control.take(
                Submission(deed.command_id, ACTOR, deed.command, at, deed.words)
            )
            if receipt.refusal is not None and deed.otherwise is not None:
                otherwise = Submission(f"{deed.command_id}-or", ACTOR, deed.otherwise, at)
                self._control.take(otherwise)
        except CommandParked:
            self._say(f"{deed.command_id} broke the machine once and is not taken again")
        except (NotTaking, OutcomeUnknown):
            # The journal has it: the next process hears it again.
            return

    def _follow(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        """Send a call where the log says that it goes."""
        for fact in facts:
            event = fact.event
            self._phones.windows.follow(event)
            addresses = self._phones.addresses
            if isinstance(event, PositionRung) and event.position_id in addresses:
                self._route(event.call_id, event.position_id, addresses[event.position_id])
            elif isinstance(event, CallQueued) and event.queue == FALLBACK:
                self._route(event.call_id, FALLBACK, "-")
            elif isinstance(event, CallRejected) and event.cause == PROBE:
                self._route(event.call_id, PROBE, "-")

    def _put(self, word: str) -> bool:
        self.send(word)
        return self.send is not _nowhere

    def _route(self, call_id: CallId, target: str, address: str) -> None:
        handle = self._handles.get(call_id)
        if handle is not None and handle.label:
            self._handles[call_id] = Handle(handle.boot)
            written = self.written(self._control.centre.answer.calls[call_id].queue).value
            self.send(f"ROUTE {handle.index} {handle.label} {target} {address} {written}")


def _not_written(_queue: str) -> Written:
    """Nobody asked for recordings."""
    return Written.NOT


def _not_listened(_call_id: CallId, _trace: str, _written: Written) -> None:
    """Nobody listens."""


def _nowhere(_word: str) -> None:
    """Nobody is connected: the switch has sent its calls to the fallback group."""
