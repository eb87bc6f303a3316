"""Messages over the switch (SIP MESSAGE): threads like those of any gateway, answered the same way.

A reply goes out through the neighbour that brought the message; which one that was is in the
journal for as long as the thread is open.
"""

import asyncio
import base64
import re
from collections.abc import Callable
from hashlib import sha256

from msgspec.structs import replace

from pasokh.adapters.telephony.kamailio.caller import words_of
from pasokh.adapters.telephony.kamailio.wire import SwitchWord
from pasokh.adapters.telephony.signalling.call_info import call_info
from pasokh.adapters.telephony.signalling.header_values import read_address
from pasokh.adapters.telephony.signalling.message import SipMessage, read_message
from pasokh.adapters.telephony.text.sending import SendLater, SendRefused
from pasokh.adapters.telephony.text.sms_parts import cleaned
from pasokh.answer.commands import EndCall, ReceiveMessage
from pasokh.core.ids import CallId
from pasokh.core.machine import Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

LINE = "sip_message"
_ACTOR = actor_of(Role.MACHINE, LINE)
# What goes into the switch's own language and onto the wire is one of these, or nothing.
_URI = re.compile(r"sips?:[A-Za-z0-9._~+%*#-]{1,64}@[A-Za-z0-9.\[\]:-]{1,128}")
_NEIGHBOUR = re.compile(r"sip:[0-9A-Fa-f.\[\]:]+;transport=(udp|tcp|tls)")
# ETSI TS 103 698: 256 and what the message does. What says nothing is no message.
_STOP = 2
_KIND_BITS = 255
_ANSWER_SECONDS = 10.0
_TOO_BUSY = frozenset({408, 480, 500, 503, 504})


class SipTexts:
    """Belongs to the loop of its centre; a Sender too. `put` gives the switch a word."""

    def __init__(
        self, control: Control, put: Callable[[str], bool], say: Callable[[str], None]
    ) -> None:
        """`put` tells whether a switch is there to hear it."""
        self._control = control
        self._put = put
        self._say = say
        self._ways: dict[CallId, tuple[str, str]] = {}
        self._awaited: dict[str, asyncio.Future[int]] = {}
        self._asked = 0

    def hear(self, step: SwitchWord) -> CallId:
        """Take a message that is on our disk; give the call of its thread."""
        message = read_message(step.raw)
        name = _name_of(step, message)
        call_id = f"m-{name}"
        info = call_info(message)
        way = read_address(message.header("from")).uri
        thread = _thread_named(info.value("callid"), way)
        text = text_of(message)
        words = words_of(step.raw) or Words()
        said = replace(words, number=words.number or way[:128], text=text)
        if text:
            command = ReceiveMessage(call_id, name, LINE, thread=thread)
            self._take(Submission(f"{LINE}-in-{name}", _ACTOR, command, step.at, said))
        found = self._thread_of(name) or self._open(thread) or call_id
        self._ways[found] = (way, (*step.said, "")[0])
        if _kind_of(info.value("msgtype")) == _STOP:
            self._take(Submission(f"{LINE}-stop-{name}", _ACTOR, EndCall(found), step.at))
        return found

    def answered(self, step: SwitchWord) -> None:
        """The switch says what came of a message of ours: its code, and our name for it."""
        code, name = (*step.said, "0", "")[:2]
        waiting = self._awaited.pop(name, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(int(code) if code.isdigit() else 0)

    async def send(self, number: str, text: str, name: str) -> str:
        """Send a reply through the switch."""
        call_id = name.partition(" ")[0]
        uri, neighbour = self._ways.get(call_id, ("", ""))
        if not _URI.fullmatch(uri) or not _NEIGHBOUR.fullmatch(neighbour):
            raise SendRefused(f"no way back{'' if number else ', no number'}")
        self._asked += 1
        ours = f"w{self._asked}"
        waiting = self._awaited[ours] = asyncio.get_running_loop().create_future()
        body = base64.b64encode(text.encode()).decode()
        if not self._put(f"WRITE {ours} {uri} {neighbour} {body}"):
            del self._awaited[ours]
            raise SendLater("the switch is not there")
        try:
            code = await asyncio.wait_for(waiting, _ANSWER_SECONDS)
        except TimeoutError:
            self._awaited.pop(ours, None)
            raise SendLater("the switch does not answer") from None
        if code in _TOO_BUSY:
            raise SendLater(f"the network answers {code}")
        if not 200 <= code < 300:  # noqa: PLR2004 - SIP's yes
            raise SendRefused(f"sip {code}")
        return ""

    def _take(self, submission: Submission) -> None:
        try:
            self._control.take(submission)
        except CommandParked:
            self._say(f"{submission.command_id} broke the machine once and is not taken again")
        except (NotTaking, OutcomeUnknown):
            return  # the journal has it: the next process hears it again

    def _thread_of(self, name: str) -> CallId:
        calls = self._control.centre.answer.calls
        for call_id in self._control.centre.answer.threads.values():
            thread = calls[call_id].thread
            if thread is not None and name in thread.received:
                return call_id
        return ""

    def _open(self, thread: str) -> CallId:
        """The open thread of a conversation, for a message that says nothing."""
        key = f"{LINE}\nthread {thread}"
        return self._control.centre.answer.threads.get(key, "") if thread else ""


def _name_of(step: SwitchWord, message: SipMessage) -> str:
    """Name a message so that its repetitions have the same name, and no stranger chooses it."""
    said = f"{step.sip_call_id}\n{step.from_tag}\n{message.header('cseq')}"
    return sha256(said.encode()).hexdigest()[:24]


def _thread_named(said: str, way: str) -> str:
    """Name a chat by its id and its writer: whoever learns an id joins no one else's chat."""
    return sha256(f"{said}\n{way}".encode()).hexdigest()[:32] if said else ""


def text_of(message: SipMessage) -> str:
    """Read what a person wrote: the plain part, or none."""
    part = next((one for one in message.parts if one.media_type == "text/plain"), None)
    return "" if part is None else cleaned(part.data.decode("utf-8", "replace")).strip()


def _kind_of(said: str) -> int:
    return int(said) & _KIND_BITS if said.isascii() and said.isdigit() and len(said) < 6 else 0  # noqa: PLR2004
