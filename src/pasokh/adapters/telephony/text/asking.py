"""Asks callers of closed calls how it went: one text with a link, in the day's hours, no answer.

First the log says that a caller is asked, then the text goes out. A crash between both leaves one
who was counted and not asked: the published rate of answers is then too low, never too high.
"""

import asyncio
from collections.abc import Callable
from hashlib import sha256
from secrets import token_bytes

from msgspec import Struct

from pasokh.adapters.telephony.text.sending import Sender, SendLater, SendRefused
from pasokh.answer.commands_survey import AskCaller
from pasokh.control_room.survey_tokens import NONCE_BYTES, survey_token
from pasokh.control_room.views_survey import callers_to_ask
from pasokh.core.ids import CallId, Code
from pasokh.core.machine import KeptWhat, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import DAY, HOUR, MINUTE, Day
from pasokh.drivers.ports import EnvelopeDamaged, Vault
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown
from pasokh.words.phone import takes_texts
from pasokh.words.say import say

LINE = "survey"
_EVERY_SECONDS = 60.0
_TRIES, _AGAIN_SECONDS = 3, 20.0


class Asking(Struct, frozen=True):
    """What the survey's settings say. `page`: where it is answered, up to the token.

    `from_hour`, `until_hour`: of the centre's clock. `never_after`: types and dispositions.
    """

    page: str
    language: str
    from_hour: int
    until_hour: int
    never_after: frozenset[Code]


class SurveyAsker:
    """Asks through one way of sending texts."""

    def __init__(
        self, control: Control, vault: Vault, sender: Sender, key: bytes, asking: Asking
    ) -> None:
        """`key` makes the tokens."""
        self._control = control
        self._vault = vault
        self._sender = sender
        self._key = key
        self._asking = asking
        self._actor = actor_of(Role.MACHINE, LINE)
        # What cannot be asked about, until it is forgotten: no mobile telephone, erased words.
        self._left: set[CallId] = set()

    async def keep_asking(self, say_so: Callable[[str], None]) -> None:
        """Ask until cancelled; a gateway that is away is said."""
        while True:
            try:
                await self.ask_all()
            except SendLater as later:
                say_so(f"the survey waits: {later}")
            except (NotTaking, OutcomeUnknown, CommandParked) as away:
                say_so(f"the survey waits: {away}")
            await asyncio.sleep(_EVERY_SECONDS)

    async def ask_all(self) -> int:
        """Ask everybody who may be asked now, and give how many."""
        asked = 0
        if not self._in_hours():
            return asked
        centre, now = self._control.centre, self._control.clock.now()
        due = list(callers_to_ask(centre, now, self._asking.never_after))
        for call_id in due:
            if call_id not in self._left and self._in_hours():
                asked += await self._ask(call_id)
        self._left &= centre.answer.calls.keys()
        return asked

    def _in_hours(self) -> bool:
        offset = self._control.centre.account.utc_offset_minutes
        hour = (self._control.clock.now() + offset * MINUTE) % DAY // HOUR
        return self._asking.from_hour <= hour < self._asking.until_hour

    async def _ask(self, call_id: CallId) -> bool:
        number = await self._number(call_id)
        if number is None:
            self._left.add(call_id)
            return False
        name = sha256(call_id.encode()).hexdigest()[:24]
        ask = Submission(f"{LINE}-{name}", self._actor, AskCaller(call_id))
        receipt = await self._control.submit(ask)
        if receipt.refusal is not None:
            return False
        day = Day(self._control.clock.now() // DAY)
        token = survey_token(self._key, day, token_bytes(NONCE_BYTES))
        await self._send(
            number, f"{say(self._asking.language, 'survey.text')} {self._asking.page}{token}/"
        )
        return True

    async def _number(self, call_id: CallId) -> str | None:
        """Open the caller's number; None when a text cannot be sent to it."""
        call = self._control.centre.answer.calls.get(call_id)
        kept = () if call is None else call.words
        first = next((one for one in kept if one.what is KeptWhat.OFFERED), None)
        if first is None:
            return None
        try:
            words = await asyncio.to_thread(self._vault.open, first.sealed)
        except EnvelopeDamaged:
            return None
        return None if words is None else takes_texts(words.number)

    async def _send(self, number: str, text: str) -> None:
        for attempt in range(_TRIES):
            try:
                await self._sender.send(number, text, LINE)
            except SendRefused:
                return
            except SendLater:
                if attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return
