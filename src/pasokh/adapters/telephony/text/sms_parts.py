"""One text message as a network hands it over: its words, and which part of how many it is.

Never raises: what a network sends is shown as well as it can be read, whatever it is.
"""

from msgspec import Struct

from pasokh.adapters.telephony.signalling.gsm import GSM_ALPHABET

# A part holds 160 letters; a payload beside it at most 64 KiB. What is longer is cut.
TEXT_MAX = 10_000
_REFERENCE_8, _REFERENCE_16 = 0x00, 0x08
_SIZES = {_REFERENCE_8: 3, _REFERENCE_16: 4}
_ESCAPE = "\x1b"
_EXTENDED = dict(zip("\x0a\x14\x28\x29\x2f\x3c\x3d\x3e\x40\x65", "\f^{}\\[~]|€", strict=True))
# The three kinds of a gateway.
GSM, BINARY, _UCS2 = 0, 1, 2


class PartPlace(Struct, frozen=True):
    """Which part this is: the sender's number for the whole, how many parts, and which one."""

    reference: int
    count: int
    number: int


class SmsPart(Struct, frozen=True):
    """A text message, or one part of it. `place` is None when it is whole.

    `data` are the octets of a message that is no text, without its header: what a program sent.
    """

    sender: str
    to: str
    text: str
    place: PartPlace | None = None
    data: bytes = b""


def place_in(header: bytes) -> PartPlace | None:
    """Read a user data header (3GPP TS 23.040): None when it says nothing of parts."""
    end = min(len(header), 1 + header[0]) if header else 0
    at = 1
    while at + 2 <= end:
        kind, size = header[at], header[at + 1]
        data = header[at + 2 : min(at + 2 + size, end)]
        if len(data) == _SIZES.get(kind):
            return placed(int.from_bytes(data[:-2]), data[-2], data[-1])
        at += 2 + size
    return None


def placed(reference: int, count: int, number: int) -> PartPlace | None:
    """Give the place, when it is one: a part beyond the last is taken for a whole message."""
    return PartPlace(reference, count, number) if 1 <= number <= count and count > 1 else None


def read_text(coding: int, body: bytes) -> str:
    """Decode by a gateway's three kinds: its own UTF-8, octets, or UCS-2."""
    if coding == _UCS2:
        return cleaned(body.decode("utf-16-be", "replace"))
    if coding == BINARY:
        return octets(body)
    return cleaned(body.decode("utf-8", "replace"))


def octets(body: bytes) -> str:
    """Show a data message, as far as it is text."""
    return cleaned(body.decode("utf-8", "replace"))


def seven_bits(body: bytes) -> str:
    """Decode septets that lie in an octet each, with their second table."""
    found = []
    letters = iter(body[:TEXT_MAX])
    for octet in letters:
        if octet == ord(_ESCAPE):
            found.append(_EXTENDED.get(chr(next(letters, 0) & 0x7F), " "))
        else:
            found.append(GSM_ALPHABET[octet & 0x7F])
    return cleaned("".join(found))


def cleaned(text: str) -> str:
    """Take out what no screen can show; line feeds stay."""
    shown = (letter for letter in text[:TEXT_MAX] if letter >= " " or letter in "\n\t")
    return "".join(shown)
