"""Listens to callers for the first seconds after the answer, in a program of its own.

Told on its input, a line a word: `hear CALL TRACE AGE` and `leave CALL`. Says on its output
`silent CALL` when nobody spoke for so many seconds, and `speaks CALL` when somebody does. It
judges nobody, ends nothing, and when it dies calls go on without it.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from select import select
from time import monotonic

from msgspec import Struct

from pasokh.adapters.telephony.rtpengine.capture import VoicePacket, packets
from pasokh.adapters.telephony.rtpengine.hearing import Hearing
from pasokh.adapters.telephony.rtpengine.spool import Captured, captured, sizes

_EVERY_SECONDS = 0.25
_NICE = 10
_FREE_MAX = 32
_LAWS = frozenset({0, 8})
# Where nobody hears what is said any more, nothing is heard either.
_LONGEST_SECONDS = 3600.0
_READ_BYTES = 1 << 16


class Listening(Struct):
    """One call, how far its captures were heard, and whether it was called silent."""

    trace: str
    since: float
    # From the caller's first piece of voice on; most callers speak within a second.
    hearing: Hearing | None = None
    places: dict[str, int] = {}
    # How many bytes were there when it was heard last.
    size: int = -1
    silent: bool = False


class Ear:
    """All calls that are listened to now."""

    def __init__(self, spool: Path, seconds: float, say: Callable[[str], None]) -> None:
        """`seconds` without speech make a call silent."""
        self._spool = spool
        self._seconds = seconds
        self._say = say
        self.calls: dict[str, Listening] = {}
        self._free: list[Hearing] = []

    def told(self, line: str, now: float) -> None:
        """Take a word; what is none is passed over."""
        word, *rest = line.split()
        if word == "hear" and len(rest) == 3:  # noqa: PLR2004 - a call, its trace, its age
            self.calls.setdefault(rest[0], Listening(rest[1], now - float(rest[2])))
        elif word == "leave" and rest:
            self._leave(rest[0])

    def listen(self, now: float) -> None:
        """Hear what has come since the last time."""
        bytes_of = sizes(self._spool) if self.calls else {}
        grown = {c.trace for c in self.calls.values() if bytes_of.get(c.trace, c.size) != c.size}
        found = captured(self._spool, grown) if grown else {}
        for call_id, call in list(self.calls.items()):
            one = found.get(call.trace)
            if one is not None and self._speaks(call, _voice(call, one, bytes_of[call.trace])):
                self._say(f"speaks {call_id}")
                self._leave(call_id)
            elif now - call.since > _LONGEST_SECONDS:
                self._leave(call_id)
            elif call.trace in bytes_of and not call.silent and now - call.since >= self._seconds:
                call.silent = True
                self._say(f"silent {call_id}")

    def _speaks(self, call: Listening, came: list[VoicePacket]) -> bool:
        if not came:
            return False
        hearing = call.hearing = call.hearing or (self._free.pop() if self._free else Hearing())
        return any(hearing.speaks(packet.voice, packet.kind) for packet in came)

    def _leave(self, call_id: str) -> None:
        call = self.calls.pop(call_id, None)
        if call is not None and call.hearing is not None and len(self._free) < _FREE_MAX:
            call.hearing.forget()
            self._free.append(call.hearing)


def _voice(call: Listening, found: Captured, size: int) -> list[VoicePacket]:
    """Read what has come from the caller since the last time."""
    door = found.offerer_door()
    heard: list[VoicePacket] = []
    if door:
        call.size = size
    for path in found.captures if door else ():
        place = call.places.get(path.name, 0)
        with path.open("rb") as file:
            head = file.read(24)
            file.seek(max(place, len(head)))
            came, read = packets(head + file.read(), 0)
        call.places[path.name] = max(place, len(head)) + read - 24
        heard += [packet for packet in came if packet.door == door and packet.kind in _LAWS]
    return heard


def main(arguments: list[str]) -> int:
    """Listen until the input ends."""
    spool, seconds = Path(arguments[0]), float(arguments[1])
    # Whoever rings comes before whoever listens, where the machine has too little for both.
    os.nice(_NICE)
    ear = Ear(spool, seconds, _say)
    rest, due = "", monotonic()
    while True:
        # Words come as often as calls do: none of them is a reason to look at all captures.
        ready, _, _ = select([0], [], [], max(0.0, due - monotonic()))
        if ready:
            text = os.read(0, _READ_BYTES)
            if not text:
                return 0
            *lines, rest = (rest + text.decode()).split("\n")
            for line in filter(str.strip, lines):
                ear.told(line, monotonic())
        if monotonic() >= due:
            ear.listen(monotonic())
            due = monotonic() + _EVERY_SECONDS


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
