"""A deliver_sm of SMPP 3.4, read without trust: the raw octets are on the disk before this looks.

Whatever is cut or odd gives what can still be read; nothing raises.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from pasokh.adapters.telephony.text.sms_parts import (
    TEXT_MAX,
    PartPlace,
    SmsPart,
    cleaned,
    octets,
    place_in,
    placed,
    seven_bits,
)

HEAD_BYTES = 16
DELIVER_SM, DELIVER_SM_RESP = 0x00000005, 0x80000005
_HEADED, _RECEIPT, _KIND_BITS = 0x40, 0x04, 0x3C
_INTERNATIONAL = 1
_PAYLOAD, _REFERENCE, _TOTAL, _NUMBER = 0x0424, 0x020C, 0x020E, 0x020F
_RECEIPTED, _STATE = 0x001E, 0x0427
# Codings of SMPP: Latin-1, octets, UCS-2; what is left is the message centre's own alphabet.
_LATIN, _OCTETS, _UCS2 = (1, 3), (2, 4), (8,)
# A message class as networks write it (3GPP TS 23.038, group 1111): this bit says octets.
_CLASSED, _CLASSED_OCTETS = 0xF0, 0x04
_SEVEN_BITS_MAX = 0x7F
_STATES = {2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 8: "REJECTD"}
_WORD_MAX = 64
_TLV_HEAD = 4
# A message has a handful of them; a thousand are somebody's joke.
_MORE_MAX = 100


class Delivered(Struct, frozen=True):
    """A message, or what became of one of ours: `receipt` is its name at the message centre."""

    part: SmsPart | None
    receipt: str = ""
    state: str = ""


class _Octets:
    """What is left of a message; beyond its end there is nothing, which counts as zero."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def word(self) -> str:
        end = self.data.find(b"\0", self.at)
        end = len(self.data) if end < 0 else end
        said = self.data[self.at : end]
        self.at = end + 1
        return cleaned(said[:_WORD_MAX].decode("latin-1"))

    def take(self, count: int) -> bytes:
        found = self.data[self.at : self.at + count]
        self.at += count
        return found

    def number(self) -> int:
        return int.from_bytes(self.take(1))


def read_deliver_sm(pdu: bytes) -> Delivered:
    """Read one, head included."""
    left = _Octets(pdu[HEAD_BYTES:])
    left.word()  # the service
    sender, to = _address(left), _address(left)
    kind = left.number()
    left.take(2)
    left.word()  # two times that only an order to send has
    left.word()
    left.take(2)
    coding = left.number()
    left.number()
    body = left.take(left.number())
    more = dict(islice(_more(left), _MORE_MAX))
    body = more.get(_PAYLOAD, body)
    if kind & _KIND_BITS == _RECEIPT:
        return _receipt(body, more)
    place = _place(more)
    if kind & _HEADED and body:
        header, body = body[: 1 + body[0]], body[1 + body[0] :]
        place = place_in(header) or place
    if not sender:
        return Delivered(None)
    data = body[:TEXT_MAX] if _is_data(coding) else b""
    return Delivered(SmsPart(sender, to, _text(coding, body), place, data))


def _address(left: _Octets) -> str:
    kind = left.number()
    left.number()
    said = left.word().strip()
    return f"+{said}" if kind == _INTERNATIONAL and said.isdigit() else said


def _more(left: _Octets) -> Iterator[tuple[int, bytes]]:
    while left.at + _TLV_HEAD <= len(left.data):
        tag = int.from_bytes(left.take(2))
        yield tag, left.take(int.from_bytes(left.take(2)))


def _place(more: dict[int, bytes]) -> PartPlace | None:
    if not {_REFERENCE, _TOTAL, _NUMBER} <= more.keys():
        return None
    reference, count, number = (
        int.from_bytes(more[tag][:2]) for tag in (_REFERENCE, _TOTAL, _NUMBER)
    )
    return placed(reference, count, number)


def _is_data(coding: int) -> bool:
    classed = coding & _CLASSED == _CLASSED and coding & _CLASSED_OCTETS
    return coding in _OCTETS or bool(classed)


def _text(coding: int, body: bytes) -> str:
    if coding in _UCS2:
        return cleaned(body.decode("utf-16-be", "replace"))
    if _is_data(coding):
        return octets(body)
    if coding in _LATIN or any(octet > _SEVEN_BITS_MAX for octet in body):
        return cleaned(body.decode("latin-1"))
    return seven_bits(body)


def _receipt(body: bytes, more: dict[int, bytes]) -> Delivered:
    """Read a receipt: its fields of the protocol before the words that older centres write."""
    words = body[:512].decode("latin-1").split()
    said = dict(word.split(":", 1) for word in words if ":" in word)
    name = more.get(_RECEIPTED, b"").rstrip(b"\0").decode("latin-1") or said.get("id", "")
    state = _STATES.get(int.from_bytes(more.get(_STATE, b"")[:1])) or said.get("stat", "").upper()
    return Delivered(None, cleaned(name)[:_WORD_MAX], cleaned(state)[:_WORD_MAX])
