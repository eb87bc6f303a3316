"""Bodies in parts (RFC 2046), nested, each leaf with its Content-ID. Bounded, never raises."""

import base64
import binascii
import quopri
import re

from msgspec import Struct

from pasokh.adapters.telephony.signalling.header_values import read_parameters
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble

PARTS_MAX = 64
NESTING_MAX = 4
_PART_HEAD_BYTES_MAX = 8_192

Headers = tuple[tuple[str, str], ...]
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(r"\r\n|\n|\r")
_FOLD = re.compile(r"(?:\r\n|\n)[ \t]+")


class BodyPart(Struct, frozen=True):
    """One leaf of a body: media type in lower case, Content-ID without angles, decoded bytes."""

    media_type: str
    content_id: str
    disposition: str
    data: bytes
    parameters: dict[str, str]


class OpenedBody(Struct, frozen=True):
    """The leaves of a body in order, and what was wrong with it."""

    parts: tuple[BodyPart, ...]
    troubles: tuple[SignalTrouble, ...]


def header_lines(head: bytes) -> tuple[Headers, list[str]]:
    """Read `Name: value` lines, folded ones joined, names in lower case; and all other lines."""
    headers: list[tuple[str, str]] = []
    strange = []
    for line in _LINE_END.split(_FOLD.sub(" ", head.decode("utf-8", "replace"))):
        name, colon, value = line.partition(":")
        if colon and name.strip() and " " not in name.strip():
            headers.append((name.strip().lower(), value.strip()))
        elif line.strip():
            strange.append(line)
    return tuple(headers), strange


def split_head(data: bytes) -> tuple[bytes, bytes]:
    """Split at the first blank line, which belongs to neither."""
    if data.startswith((b"\r\n", b"\n")):
        return b"", data.split(b"\n", 1)[1]
    found = _BLANK_LINE.search(data)
    return (data[: found.start()], data[found.end() :]) if found else (data, b"")


def open_body(content_type: str, headers: Headers, body: bytes) -> OpenedBody:
    """Give the leaves of a body with this Content-Type; its other headers name it."""
    walk = _Walk()
    if body:
        walk.enter(content_type or "application/sdp", dict(headers), body, 0)
    return OpenedBody(tuple(walk.leaves), tuple(walk.troubles))


class _Walk:
    """Collects leaves; stops opening when there are too many or they lie too deep."""

    def __init__(self) -> None:
        self.leaves: list[BodyPart] = []
        self.troubles: list[SignalTrouble] = []

    def enter(self, content_type: str, headers: dict[str, str], data: bytes, depth: int) -> None:
        media, _, tail = content_type.partition(";")
        media, parameters = media.strip().lower(), read_parameters(f";{tail}")
        if not media.startswith("multipart/"):
            self.leaf(media, parameters, headers, data)
        elif depth >= NESTING_MAX:
            self.flaw(Wrong.TOO_DEEP, f"depth {depth}")
        elif not parameters.get("boundary"):
            self.flaw(Wrong.NO_BOUNDARY, media)
        else:
            self.split(parameters["boundary"].encode(), data, depth)

    def split(self, boundary: bytes, data: bytes, depth: int) -> None:
        marks = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|$)")
        start = None
        for mark in marks.finditer(data):
            if start is not None and not self.piece(data[start : mark.start()], depth):
                return
            start = mark.end()
            if mark[1] is not None:
                return
        if start is None:
            self.flaw(Wrong.NO_PARTS, f"depth {depth}")
            return
        self.flaw(Wrong.BOUNDARY_UNCLOSED, f"depth {depth}")
        self.piece(data[start:], depth)

    def piece(self, piece: bytes, depth: int) -> bool:
        """Open what lies between two boundaries; False when there were too many before it."""
        if len(self.leaves) >= PARTS_MAX:
            self.flaw(Wrong.TOO_MANY_PARTS, f"over {PARTS_MAX} parts at depth {depth}")
            return False
        head, data = split_head(piece.removeprefix(b"\r").removeprefix(b"\n"))
        if len(head) > _PART_HEAD_BYTES_MAX:
            self.flaw(Wrong.HEADER_LINE, f"{len(head)} bytes of headers in a part")
            head = head[:_PART_HEAD_BYTES_MAX]
        headers = dict(reversed(header_lines(head)[0]))
        self.enter(headers.get("content-type", "text/plain"), headers, data, depth + 1)
        return True

    def leaf(
        self, media: str, parameters: dict[str, str], headers: dict[str, str], data: bytes
    ) -> None:
        coding = headers.get("content-transfer-encoding", "").strip().lower()
        self.leaves.append(
            BodyPart(
                media_type=media,
                content_id=headers.get("content-id", "").strip().strip("<>").strip(),
                disposition=headers.get("content-disposition", "").partition(";")[0].strip(),
                data=self.decoded(coding, data),
                parameters=parameters,
            )
        )

    def decoded(self, coding: str, data: bytes) -> bytes:
        if coding in ("", "7bit", "8bit", "binary"):
            return data
        try:
            if coding == "base64":
                return base64.b64decode(data, validate=False)
            if coding == "quoted-printable":
                return quopri.decodestring(data)
        except (binascii.Error, ValueError):
            pass
        self.flaw(Wrong.ENCODING, coding)
        return data

    def flaw(self, what: Wrong, detail: str) -> None:
        self.troubles.append(trouble(what, "body", detail))
