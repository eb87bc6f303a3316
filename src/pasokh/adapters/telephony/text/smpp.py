"""Messages of a message centre (SMPP): which are the same, and what became of ours."""

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256

from pasokh.adapters.telephony.text.sending import reported
from pasokh.adapters.telephony.text.smpp_pdu import HEAD_BYTES, read_deliver_sm
from pasokh.adapters.telephony.text.sms import SmsReader
from pasokh.adapters.telephony.text.sms_parts import SmsPart
from pasokh.answer.events import Delivery
from pasokh.core.machine import Submission
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.drivers.ports_live import Control
from pasokh.drivers.ports_spool import Raw

KIND = LINE = "smpp"
# A centre that did not hear our answer sends the same octets again, under another number.
AGAIN: Span = 5 * MINUTE
_RECENT_MAX = 10_000
_FAILED = frozenset({"EXPIRED", "DELETED", "UNDELIV", "REJECTD"})


class Keys:
    """Which octets came lately, and under which key they lie."""

    def __init__(self) -> None:
        """Know nothing; a replay tells what came before."""
        self._recent: OrderedDict[str, tuple[str, Instant]] = OrderedDict()

    def key_of(self, pdu: bytes, now: Instant) -> str:
        """Name a message: what came already within five minutes is the same."""
        digest = sha256(pdu[HEAD_BYTES:]).hexdigest()[:24]
        key, at = self._recent.get(digest, ("", 0))
        if not key or now - at >= AGAIN:
            key = f"{digest}-{now}"
            self.note(key, now)
        return key

    def note(self, key: str, at: Instant) -> None:
        """Remember what lies in the spool."""
        self._recent[key.partition("-")[0]] = key, at
        while len(self._recent) > _RECENT_MAX:
            self._recent.popitem(last=False)


class SmppReader:
    """The spool's reader of what a message centre delivers: messages, and receipts of ours."""

    def __init__(self, control: Control, messages: SmsReader, keys: Keys) -> None:
        """`messages` makes calls of them."""
        self._control = control
        self._messages = messages
        self._keys = keys

    def read(self, raw: Raw) -> Sequence[Submission]:
        """Say what follows."""
        self._keys.note(raw.key, raw.at)
        found = read_deliver_sm(raw.body)
        if not found.receipt:
            return self._messages.read(raw)
        return self._receipt(found.receipt, found.state)

    def waits(self, key: str) -> bool:
        """Tell whether a part waits for another."""
        return self._messages.waits(key)

    def _receipt(self, name: str, state: str) -> list[Submission]:
        delivered = state == "DELIVRD"
        if not delivered and state not in _FAILED:
            return []
        to, why = (Delivery.DELIVERED, "") if delivered else (Delivery.FAILED, state)
        return [
            reported(LINE, call.call_id, message_id, to, why)
            for call in self._control.centre.answer.calls.values()
            if call.line == LINE and call.thread is not None
            for message_id, sending in call.thread.sent.items()
            if sending.why.lower() == name.lower() and sending.delivery == Delivery.SENT
        ]


def part_of(body: bytes) -> SmsPart | None:
    """Make a part of a deliver_sm."""
    return read_deliver_sm(body).part
