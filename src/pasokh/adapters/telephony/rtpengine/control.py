"""Words to the carrier of voices: one question, one answer, over UDP on this machine (ng)."""

import socket
from collections.abc import Iterator
from secrets import token_hex
from typing import Any

from msgspec import Struct

from pasokh.core.time import SECOND, Instant

_TRIES = 3
_TRY_SECONDS = 0.2
_ANSWER_BYTES = 1 << 16


class CarrierAway(Exception):
    """The carrier did not answer."""


class HeardVoices(Struct, frozen=True):
    """Of how many sides of a call the carrier heard anything, and when of any of them last."""

    sides: int
    last_at: Instant


def voices_heard(port: int, sip_call_id: str) -> HeardVoices | None:
    """Tell when a call's voices were heard; None for a call that the carrier does not know.

    CarrierAway without an answer.
    """
    told = _read(_ask(port, "query", sip_call_id))
    if told.get(b"result") != b"ok":
        return None
    sides = [list(_last_packets(side)) for side in told.get(b"tags", {}).values()]
    spoke = [max(side) for side in sides if side]
    return HeardVoices(len(spoke), max(spoke, default=0) * SECOND)


def _last_packets(side: dict[bytes, Any]) -> Iterator[int]:
    """When each stream brought something last, in seconds; those that brought nothing are none."""
    for media in side.get(b"medias", []):
        for stream in media.get(b"streams", []):
            if stream.get(b"stats", {}).get(b"packets", 0):
                yield stream[b"last packet"]


def start_recording(port: int, sip_call_id: str) -> None:
    """Let a call's voice be written from now on; CarrierAway without an answer."""
    _ask(port, "start recording", sip_call_id)


def stop_recording(port: int, sip_call_id: str) -> None:
    """Let nothing of a call's voice be written any more; CarrierAway without an answer."""
    _ask(port, "stop recording", sip_call_id)


def _ask(port: int, command: str, sip_call_id: str) -> bytes:
    # The carrier answers a cookie that it has heard lately as before, and does nothing again.
    cookie = token_hex(8).encode()
    body = b"".join(map(_text, ("call-id", sip_call_id, "command", command)))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(_TRY_SECONDS)
        for _ in range(_TRIES):
            try:
                asking.connect(("127.0.0.1", port))
                asking.send(b"%s d%se" % (cookie, body))
                if answer := asking.recv(_ANSWER_BYTES):
                    return answer
            except OSError:
                continue
    raise CarrierAway(f"the carrier of voices did not answer: {command}")


def _read(answer: bytes) -> dict[bytes, Any]:
    """Read an answer: the question's cookie, and a dictionary (bencode). {} when it is none."""
    try:
        found, _ = _value(answer, answer.index(b" ") + 1)
    except (ValueError, IndexError):
        return {}
    return found if isinstance(found, dict) else {}


def _value(text: bytes, at: int) -> tuple[Any, int]:
    kind = text[at : at + 1]
    if kind == b"i":
        end = text.index(b"e", at)
        return int(text[at + 1 : end]), end + 1
    if kind in (b"l", b"d"):
        return _values(text, at + 1, pairs=kind == b"d")
    colon = text.index(b":", at)
    end = colon + 1 + int(text[at:colon])
    if end > len(text):
        raise ValueError(end)
    return text[colon + 1 : end], end


def _values(text: bytes, at: int, *, pairs: bool) -> tuple[Any, int]:
    found = []
    while text[at : at + 1] != b"e":
        one, at = _value(text, at)
        found.append(one)
    both = dict(zip(found[::2], found[1::2], strict=True)) if pairs else found
    return both, at + 1


def _text(word: str) -> bytes:
    text = word.encode()
    return b"%d:%s" % (len(text), text)
