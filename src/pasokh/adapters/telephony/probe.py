"""A probe call: an INVITE of our own to the switch, from wherever the callers come.

Only the distributor's word counts as heard. Nothing here knows the control room: the program may
run on another machine, with the switch's key alone.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from secrets import token_hex
from time import monotonic

from msgspec import Struct

from pasokh.answer.events_watch import ProbeEnd

HEADER = "X-Pasokh-Probe"
HEARD = (480, "Heard By The Distributor")
_UNAVAILABLE = 503
_FINAL = 200
_PATIENCE_SECONDS = 8.0
_FIRST_RESEND_SECONDS, _RESEND_MAX_SECONDS = 0.5, 4.0
_READ_BYTES = 65_535


class Probed(Struct, frozen=True):
    """What came of a probe call; `ring_ms` until the final word, or until patience ended."""

    probe_id: str
    end: ProbeEnd
    ring_ms: int
    code: int


def mark_of(key: str, call_id: str) -> str:
    """Give the mark by which the switch knows our probe of this Call-ID."""
    return sha256(f"{key}{call_id}".encode()).hexdigest()


def probe(host: str, port: int, key: str, patience: float = _PATIENCE_SECONDS) -> Probed:
    """Call once; OSError only when this machine has no network at all."""
    call_id, tag = f"probe-{token_hex(12)}", token_hex(4)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as way:
        way.connect((host, port))
        call = _ProbeCall(way, call_id, tag)
        began = monotonic()
        found = None
        for code, phrase, to in call.invited(mark_of(key, call_id), began + patience):
            if code >= _FINAL:
                found = code, phrase
                call.send("ACK", to)
                break
        else:
            call.send("CANCEL", "")
        took = round((monotonic() - began) * 1000)
    code = 0 if found is None else found[0]
    return Probed(call_id, _end_of(found), took, code)


def _end_of(found: tuple[int, str] | None) -> ProbeEnd:
    if found is None:
        return ProbeEnd.NO_ANSWER
    if found == HEARD:
        return ProbeEnd.HEARD
    return ProbeEnd.NOBODY_DISTRIBUTES if found[0] == _UNAVAILABLE else ProbeEnd.REFUSED


class _ProbeCall:
    """One call over one socket."""

    def __init__(self, way: socket.socket, call_id: str, tag: str) -> None:
        self._way = way
        self._call_id = call_id
        self._tag = tag
        self._branch = f"z9hG4bK{token_hex(8)}"

    def invited(self, mark: str, until: float) -> Iterator[tuple[int, str, str]]:
        """Send the INVITE, again while nobody says a word; yield each reply with its To."""
        pause, quiet = _FIRST_RESEND_SECONDS, True
        resend = monotonic()
        while (now := monotonic()) < until:
            if quiet and now >= resend:
                self.send("INVITE", "", f"{HEADER}: {mark}\r\n")
                resend, pause = now + pause, min(pause * 2, _RESEND_MAX_SECONDS)
            self._way.settimeout(max(0.01, min(until, resend if quiet else until) - now))
            try:
                text = self._way.recv(_READ_BYTES).decode("utf-8", "replace")
            except OSError:  # nobody listens there, or nobody has spoken yet
                continue
            reply = _read(text, self._call_id)
            if reply is not None:
                quiet = False
                yield reply

    def send(self, method: str, to: str, more: str = "") -> None:
        """Send a request of this call."""
        host, port = self._way.getsockname()[:2]
        host = f"[{host}]" if ":" in host else host
        # A switch that is not there is heard of when its word does not come.
        with suppress(OSError):
            self._way.send(
                f"{method} urn:service:test.sos SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP {host}:{port};branch={self._branch};rport\r\n"
                f"From: <sip:pasokh-probe@{host}>;tag={self._tag}\r\n"
                f"To: {to or '<urn:service:test.sos>'}\r\n"
                f"Call-ID: {self._call_id}\r\nCSeq: 1 {method}\r\nMax-Forwards: 20\r\n"
                f"Contact: <sip:pasokh-probe@{host}:{port}>\r\n{more}"
                "Content-Length: 0\r\n\r\n".encode()
            )


def _read(text: str, call_id: str) -> tuple[int, str, str] | None:
    """Read a reply to this call: its code, its phrase and its To."""
    first, *lines = text.split("\r\n")
    version, _, rest = first.partition(" ")
    code, _, phrase = rest.partition(" ")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
    }
    if version != "SIP/2.0" or not code.isdigit() or headers.get("call-id") != call_id:
        return None
    return int(code), phrase, headers.get("to", "")
