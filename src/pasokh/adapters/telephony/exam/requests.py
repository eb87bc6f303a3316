"""What a file says over a line: the kind of file, and the request in it that a centre would get."""

import re
from enum import StrEnum, unique

from msgspec import Struct

from pasokh.adapters.telephony.exam.sipp import Beside, filled, is_scenario, sent_by
from pasokh.adapters.telephony.signalling.header_values import read_address
from pasokh.adapters.telephony.signalling.message import read_message
from pasokh.adapters.telephony.signalling.multipart import split_head

FILE_BYTES_MAX = 4_194_304
_PIDF = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?(?:presence|geopriv|location-info|locationResponse)[\s/>]"
)
_SIPP_WORD = re.compile(rb"\[(?:call_id|local_ip|transport|len)\]")
_LENGTH = re.compile(rb"(?im)^(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?$")
_OPENS = ("INVITE", "MESSAGE")


@unique
class FileKind(StrEnum):
    """What a file is, by its first bytes and no name."""

    SIP = "sip"
    SCENARIO = "sipp-scenario"
    PIDF_LO = "pidf-lo"
    JSON = "json"
    XML = "xml"
    EMPTY = "empty"


class Request(Struct, frozen=True):
    """The request that opens a contact, and how many other messages came with it."""

    raw: bytes
    others: int = 0


def kind_of(data: bytes) -> FileKind:
    """Tell by content."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        return FileKind.EMPTY
    if start in (b"{", b"["):
        return FileKind.JSON
    if start == b"<":
        if is_scenario(data):
            return FileKind.SCENARIO
        return FileKind.PIDF_LO if _PIDF.search(data[:65_536]) else FileKind.XML
    return FileKind.SIP


def request_in(data: bytes, kind: FileKind, beside: Beside) -> Request:
    """Give the first INVITE or MESSAGE outside a dialog, else the first message; b"" for none."""
    if kind is FileKind.SCENARIO:
        messages = list(sent_by(data, beside))
    else:
        messages = [_as_sent(data, beside)]
    best = next((raw for raw in messages if _opens(raw)), (messages or [b""])[0])
    return Request(best, max(0, len(messages) - 1))


def _opens(raw: bytes) -> bool:
    message = read_message(raw)
    opening = raw.lstrip().split(b" ", 1)[0].decode("ascii", "replace").upper() in _OPENS
    return opening and not read_address(message.header("to")).parameters.get("tag")


def _as_sent(data: bytes, beside: Beside) -> bytes:
    """Undo what an editor does to a message: line feeds alone, and one more at the end."""
    if _SIPP_WORD.search(data):
        return filled(data.replace(b"\r\n", b"\n").strip(), beside)
    if b"\r\n" not in data:
        data = data.replace(b"\n", b"\r\n")
    head, body = split_head(data)
    counted = _LENGTH.search(head)
    length = None if counted is None else int(counted[1])
    if length is not None and len(body) > length and not body[length:].strip():
        body = body[:length]
    return head + b"\r\n\r\n" + body
