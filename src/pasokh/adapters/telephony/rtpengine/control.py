"""Words to the carrier of voices: one question, one answer, over UDP on this machine (ng)."""

import socket
from secrets import token_hex

_TRIES = 3
_TRY_SECONDS = 0.2
_ANSWER_BYTES = 1 << 16


class CarrierAway(Exception):
    """The carrier did not answer."""


def start_recording(port: int, sip_call_id: str) -> None:
    """Let a call's voice be written from now on; CarrierAway without an answer."""
    _ask(port, "start recording", sip_call_id)


def stop_recording(port: int, sip_call_id: str) -> None:
    """Let nothing of a call's voice be written any more; CarrierAway without an answer."""
    _ask(port, "stop recording", sip_call_id)


def _ask(port: int, command: str, sip_call_id: str) -> None:
    # The carrier answers a cookie that it has heard lately as before, and does nothing again.
    cookie = token_hex(8).encode()
    body = b"".join(map(_text, ("call-id", sip_call_id, "command", command)))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(_TRY_SECONDS)
        for _ in range(_TRIES):
            try:
                asking.connect(("127.0.0.1", port))
                asking.send(b"%s d%se" % (cookie, body))
                if asking.recv(_ANSWER_BYTES):
                    return
            except OSError:
                continue
    raise CarrierAway(f"the carrier of voices did not answer: {command}")


def _text(word: str) -> bytes:
    text = word.encode()
    return b"%d:%s" % (len(text), text)
