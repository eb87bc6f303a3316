"""Text messages as calls: read out of the spool, joined, and put to the centre.

A message that a telephone sends by itself with its location (AML) is no thread: it goes to whoever
ties locations to calls.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256

from pasokh.adapters.telephony.signalling.aml_sms import is_aml, is_aml_data
from pasokh.adapters.telephony.text.sms_joining import Joined, Joining
from pasokh.adapters.telephony.text.sms_parts import SmsPart
from pasokh.answer.commands import ReceiveMessage
from pasokh.core.machine import Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown
from pasokh.drivers.ports_spool import AmlTexts, Raw

LINE = "sms"
_LOOKED_EVERY_SECONDS = 1.0
_NUMBER_MAX = 64


class SmsReader:
    """The spool's reader of text messages, from whichever gateway: `parsed` by the raw's kind."""

    def __init__(
        self,
        parsers: Mapping[str, Callable[[bytes], SmsPart | None]],
        aml: AmlTexts,
        line: str = LINE,
    ) -> None:
        """`parsers` make a part of a raw thing, or None; `line` is where replies go out."""
        self._line = line
        self._parsers = parsers
        self._aml = aml
        self._joining = Joining()

    def read(self, raw: Raw) -> Sequence[Submission]:
        """Say what follows from a raw message."""
        part = self._parsers[raw.kind](raw.body)
        if part is None:
            return ()
        return self._asked(self._joining.add(part, f"{raw.kind} {raw.key}", raw.at))

    def waits(self, key: str) -> bool:
        """Tell whether a part waits for another; the spool names it without its kind."""
        return any(self._joining.waits(f"{kind} {key}") for kind in self._parsers)

    def overdue(self, now: Instant) -> Sequence[Submission]:
        """Say what follows from messages of which a part did not come."""
        return self._asked(self._joining.overdue(now))

    def _asked(self, messages: Iterable[Joined]) -> list[Submission]:
        asked: list[Submission] = []
        for message in messages:
            name = name_of(message)
            sender, at = message.sender, message.at
            if is_aml_data(message.data):
                asked.extend(self._aml.located_data(sender, message.data, name, at))
            elif is_aml(message.text):
                asked.extend(self._aml.located(sender, message.text, name, at))
            else:
                asked.append(_received(self._line, message, name))
        return asked


def name_of(message: Joined) -> str:
    """Name a message by the names of its parts: the same parts are the same message."""
    return sha256("\n".join(message.keys).encode()).hexdigest()[:24]


def _received(line: str, message: Joined, name: str) -> Submission:
    command = ReceiveMessage(f"{line}-{name}", name, line)
    words = Words(number=message.sender[:_NUMBER_MAX], text=message.text)
    actor = actor_of(Role.MACHINE, line)
    return Submission(f"{line}-in-{name}", actor, command, message.at, words)


async def keep_joining(reader: SmsReader, control: Control, say: Callable[[str], None]) -> None:
    """Show messages of which a part is late, until cancelled."""
    with suppress(NotTaking, OutcomeUnknown):  # the spool has them: the next process shows them
        while True:
            for submission in reader.overdue(control.clock.now()):
                try:
                    control.take(submission)
                except CommandParked:
                    say(f"{submission.command_id} broke the machine once and is not taken again")
            await asyncio.sleep(_LOOKED_EVERY_SECONDS)
