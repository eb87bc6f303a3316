"""Telephones of ours that call back: whom they reach is for the log to say, never for who dials.

A telephone dials "back", no number: its call taker has begun a call-back at the desk, and that
caller's number is opened here and put to the switch. With nobody to ask, the switch says no.
"""

import re
from collections.abc import Callable

from pasokh.adapters.telephony.kamailio.calls import (
    LINE,
    MISSED,
    POLICY,
    RECORDED,
    call_id_of,
)
from pasokh.adapters.telephony.kamailio.config import Written
from pasokh.adapters.telephony.kamailio.wire import StepKind, SwitchWord
from pasokh.adapters.telephony.rtpengine.spool import trace_of
from pasokh.answer.commands import DialCallBack, HangUpCallBack, PickUpCallBack
from pasokh.answer.commands_voice import LoseRecording, StartRecording
from pasokh.answer.events_voice import LostWhy
from pasokh.core.ids import CallId, Id
from pasokh.core.machine import Command, KeptWhat, Receipt, Submission
from pasokh.core.people import Role, actor_of
from pasokh.drivers.ports import EnvelopeDamaged, Vault
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, LINE)
STEPS = frozenset({StepKind.DIAL, StepKind.PICKED, StepKind.OVER})
# A caller's network may have said anything: only a number leaves the centre as an address.
_DIALLED = re.compile(r"\+?[0-9]{2,20}")
_SWITCH_RESTARTED = "switch restarted"


class Dialling:
    """Makes dials of what the switch tells. Belongs to the control room's loop."""

    def __init__(
        self, control: Control, vault: Vault, trunk: str, say: Callable[[str], None]
    ) -> None:
        """`trunk` is the host, and its port, by which calls leave the centre."""
        self._control = control
        self._vault = vault
        self._trunk = trunk
        self._say = say
        self._boots: dict[Id, int] = {}

    def hear(self, step: SwitchWord, written: Callable[[str], Written]) -> str:
        """Take a step of a dial; give the word that the switch waits for, or "".

        `written` tells what is to be written of the voices of the queue in which the call waited.
        """
        dial_id = call_id_of(step)
        if step.kind is StepKind.DIAL:
            return self._dial(step, dial_id, written)
        if step.kind is StepKind.PICKED:
            self._ask("picked", PickUpCallBack(dial_id), step)
            self._recorded(step, dial_id)
        else:
            self._boots.pop(dial_id, None)
            self._ask("over", HangUpCallBack(dial_id, (*step.said, "")[0]), step)
        return ""

    def begin(self, step: SwitchWord) -> None:
        """End the dials of a switch's earlier life: it has forgotten them."""
        for dial_id in tuple(self._control.centre.answer.dials):
            if self._boots.get(dial_id) != step.boot:
                ended = HangUpCallBack(dial_id, _SWITCH_RESTARTED)
                self._ask(f"forgotten {step.boot}", ended, step, dial_id)

    def _recorded(self, step: SwitchWord, dial_id: Id) -> None:
        """Say of a dial that is to be recorded whether its voice is written."""
        voice = (*step.said, "")[0]
        if voice == RECORDED:
            self._ask("record", StartRecording(dial_id, POLICY, trace_of(step.sip_call_id)), step)
        elif voice == MISSED:
            self._ask("record", LoseRecording(dial_id, LostWhy.NOT_CARRIED), step)

    def _dial(self, step: SwitchWord, dial_id: Id, written: Callable[[str], Written]) -> str:
        index, label, position = (*step.said, "", "", "")[:3]
        self._boots[dial_id] = step.boot
        receipt = self._ask("dial", DialCallBack(position, dial_id), step)
        dial = self._control.centre.answer.dials.get(dial_id)
        address = "" if receipt is None or dial is None else self._address(dial.call_id)
        if dial is None or not address:
            return f"DIAL {index} {label}"
        record = written(self._control.centre.answer.calls[dial.call_id].queue)
        # Nobody has to find out whether somebody speaks whom we called.
        record = record if record is Written.RECORD else Written.NOT
        return f"DIAL {index} {label} {address} {record.value}"

    def _address(self, call_id: CallId) -> str:
        """Open the caller's number. A machine that dials is no reader of it."""
        call = self._control.centre.answer.calls[call_id]
        offered = next((kept for kept in call.words if kept.what == KeptWhat.OFFERED), None)
        try:
            words = None if offered is None else self._vault.open(offered.sealed)
        except EnvelopeDamaged as damage:
            self._say(f"a caller cannot be called back: {damage}")
            return ""
        if words is None or not _DIALLED.fullmatch(words.number):
            return ""
        return f"sip:{words.number}@{self._trunk}"

    def _ask(
        self, name: str, command: Command, step: SwitchWord, dial_id: Id = ""
    ) -> Receipt | None:
        at = min(step.at, self._control.clock.now())
        submission = Submission(f"{LINE}-{dial_id or call_id_of(step)}-{name}", ACTOR, command, at)
        try:
            return self._control.take(submission)
        except CommandParked:
            self._say(f"{submission.command_id} broke the machine once and is not taken again")
        except (NotTaking, OutcomeUnknown):
            pass  # the journal has it: the next process hears it again
        return None
