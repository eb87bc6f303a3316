"""The wire of AMI: packets of `Key: value` lines, each packet ended by an empty line.

What the switch itself says stands before what a dialplan or a caller wrote, so the first line of
a name counts: nobody renames a call from outside.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pasokh.core.time import Instant

# The largest packet of a real switch is a few KiB: whoever sends more is none.
PACKET_MAX = 1 << 18
FIELDS_MAX = 500
_END = b"\r\n\r\n"
_STAMP = re.compile(r"(\d{1,11})\.(\d{1,6})", re.ASCII)
_NAME = re.compile(rb"(?:.{0,99}\r\n)?Event: ([A-Za-z]{1,64})\r?(?:\n|\Z)")


class PacketFault(Exception):
    """What came is no packet; the text says what it was."""


class Packet(Struct, frozen=True):
    """One packet: its fields by lower-case name, and when the switch says that it happened."""

    fields: dict[str, str]
    at: Instant | None

    def said(self, name: str) -> str:
        """Give a field's text; "" when it is missing or `<unknown>`."""
        text = self.fields.get(name, "")
        return "" if text == "<unknown>" else text

    @property
    def event(self) -> str:
        """Its kind in lower case; "" for an answer to what we asked."""
        return self.fields.get("event", "").lower()


class Cutter:
    """Cuts a stream into packets, however it was torn on its way."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._rest = bytearray()
        self._looked = 0

    def feed(self, text: bytes) -> Iterator[bytes]:
        """Yield each packet that is whole now; PacketFault when one never ends."""
        self._rest += text if self._rest else text.lstrip(b"\r\n")
        begin = 0
        while (end := self._rest.find(_END, max(begin, self._looked))) >= 0:
            if found := bytes(self._rest[begin:end]).strip(b"\r\n"):
                yield found
            begin = self._looked = end + len(_END)
        del self._rest[:begin]
        self._looked = max(0, len(self._rest) - len(_END) + 1)
        if len(self._rest) > PACKET_MAX:
            raise PacketFault(f"{len(self._rest)} bytes without an end")


def event_of(raw: bytes) -> str:
    """Give the kind of a packet without reading all of it; "" when it is no event."""
    found = _NAME.match(raw)
    return found[1].decode().lower() if found else ""


def packet_of(raw: bytes) -> Packet:
    """Read a packet; PacketFault when it is none."""
    fields: dict[str, str] = {}
    lines = raw.split(b"\n", FIELDS_MAX)
    for line in lines[:FIELDS_MAX]:
        name, colon, text = line.rstrip(b"\r").partition(b":")
        if colon:
            key = name.decode("utf-8", "replace").strip().lower()
            fields.setdefault(key, text.decode("utf-8", "replace").strip())
    if len(raw) > PACKET_MAX or not fields:
        raise PacketFault(f"no packet: {raw[:60]!r}")
    return Packet(fields, instant_of(fields.get("timestamp", "")))


def instant_of(stamp: str) -> Instant | None:
    """Read seconds with a fraction as milliseconds; None when there is nothing of the kind."""
    found = _STAMP.fullmatch(stamp)
    return int(found[1]) * 1000 + int(found[2].ljust(6, "0")[:3]) if found else None


def action(name: str, action_id: str = "", **fields: str) -> bytes:
    """Write what we ask. A line end in a field would begin another line, so it becomes a blank."""
    lines = [f"Action: {name}", *([f"ActionID: {action_id}"] if action_id else [])]
    lines += [f"{key}: {' '.join(text.split())}" for key, text in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
