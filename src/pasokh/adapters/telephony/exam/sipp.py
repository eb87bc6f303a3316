"""Scenarios of SIPp: the messages that one sends, with its [keywords] filled in.

Read as SIPp reads them and no XML parser would: only <send> and its CDATA count, a DOCTYPE and
entities mean nothing, blanks before and after each line are dropped, and lines end in CRLF.
"""

import re
from collections.abc import Callable, Iterator

from pasokh.adapters.telephony.signalling.multipart import split_head

SENDS_MAX = 64
_PIECE = re.compile(rb"<!--.*?-->|<send\b[^>]*>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_KEYWORD = re.compile(rb"\[([$A-Za-z_][^\[\]\r\n]{0,80})\]")
_FILE = re.compile(rb'\[file\s+name="?([^"\]\r\n]{1,200})"?\s*\]')
_DROPPED_LINE = re.compile(
    rb"^\[(?:routes|last_[^\]\r\n]*|authentication[^\]\r\n]*)\]\n?", re.MULTILINE
)
_COUNTED = re.compile(rb"(remote_port|local_port|media_port|auto_media_port|cseq)([+-]\d{1,4})?")
_WORDS = {
    b"transport": b"UDP",
    b"local_ip": b"127.0.0.1",
    b"remote_ip": b"127.0.0.1",
    b"media_ip": b"127.0.0.1",
    b"server_ip": b"127.0.0.1",
    b"local_ip_type": b"4",
    b"media_ip_type": b"4",
    b"local_host": b"127.0.0.1",
    b"remote_host": b"127.0.0.1",
    b"service": b"service",
    b"call_id": b"1-1@127.0.0.1",
    b"call_number": b"1",
    b"pid": b"1",
    b"branch": b"z9hG4bK-1-1-0",
    b"msg_index": b"0",
    b"clock_tick": b"0",
    b"sipp_version": b"1",
    b"peer_tag_param": b"",
    b"routes": b"",
}
_NUMBERS = {
    b"local_port": 5060,
    b"remote_port": 5060,
    b"media_port": 6000,
    b"auto_media_port": 6000,
    b"cseq": 1,
}

Beside = Callable[[str], bytes | None]


def is_scenario(data: bytes) -> bool:
    """Whether a file is one."""
    return re.search(rb"<scenario\b", data[:65_536]) is not None


def sent_by(data: bytes, beside: Beside) -> Iterator[bytes]:
    """Yield what a scenario sends, in order; `beside` reads a file that it refers to."""
    sending, count = False, 0
    for piece in _PIECE.finditer(data):
        if piece[0].startswith(b"<send"):
            sending = True
        elif piece[1] is not None and sending and count < SENDS_MAX:
            sending, count = False, count + 1
            yield filled(_cleaned(piece[1]), beside)


def filled(text: bytes, beside: Beside) -> bytes:
    """Fill in the keywords of a message whose lines end in a line feed, and put CRLF there."""
    text = _FILE.sub(
        lambda found: _cleaned(beside(found[1].decode("utf-8", "replace")) or b""), text
    )
    text = _DROPPED_LINE.sub(b"", text)
    length = b"[len]" in text
    text = _KEYWORD.sub(_value, text.replace(b"[len]", b"\0")).replace(b"\n", b"\r\n")
    if b"\r\n\r\n" not in text:
        text += b"\r\n\r\n"
    return text.replace(b"\0", b"%d" % len(split_head(text)[1])) if length else text


def _read(name: bytes, beside: Beside) -> bytes:
    found = beside(name.decode("utf-8", "replace"))
    return (found or b"").replace(b"\r\n", b"\n").rstrip(b"\n")


def _cleaned(text: bytes) -> bytes:
    lines = [line.strip(b" \t\r") for line in text.strip().split(b"\n")]
    joined = b"\n".join(lines)
    # A message that is all headers ends in a blank line, whatever its file says.
    return joined if b"\n\n" in joined else joined + b"\n\n"


def _value(found: re.Match[bytes]) -> bytes:
    word = found[1].strip()
    if counted := _COUNTED.fullmatch(word):
        return b"%d" % (_NUMBERS[counted[1]] + int(counted[2] or b"0"))
    if word.startswith(b"$"):
        return b"https://unset.invalid/" + word[1:].strip()
    if word.startswith(b"field"):
        return b"1000"
    # What is none of SIPp's stands as it is: an IPv6 address has brackets too.
    return _WORDS.get(word, found[0])
