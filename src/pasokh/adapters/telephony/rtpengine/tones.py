"""The keys that callers press, as the carrier tells them (RFC 4733): one datagram a key.

What was said while nobody heard it here is lost; a tone is a sign, not a record.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import msgspec
from msgspec import Struct

from pasokh.answer.commands_voice import HearTone
from pasokh.answer.events_voice import Tone
from pasokh.core.ids import CallId, time_ordered_id
from pasokh.core.machine import Submission
from pasokh.core.people import Role, actor_of
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, "tones")
_TONES = tuple(Tone)
_DATAGRAM_BYTES = 4096
_AGAIN_SECONDS = 2.0


class TonePressed(Struct, frozen=True):
    """What the carrier says of a key; `source_tag` is of the side that pressed it."""

    callid: str
    source_tag: str
    event: int


async def hear_tones(
    control: Control, port: int, call_of: Callable[[str, str], CallId], say: Callable[[str], None]
) -> None:
    """Enter each key that a caller presses, until cancelled. `call_of` names a call by its tag."""
    hearing = await _bound(port, say)
    loop = asyncio.get_running_loop()
    count = 0
    try:
        while True:
            pressed = pressed_of(await loop.sock_recv(hearing, _DATAGRAM_BYTES))
            if pressed is not None:
                count += 1
                call_id = call_of(pressed.callid, pressed.source_tag)
                _enter(control, call_id, _TONES[pressed.event], count)
    finally:
        hearing.close()


async def _bound(port: int, say: Callable[[str], None]) -> socket.socket:
    """Take the port, as soon as whoever has it lets it go: calls go on meanwhile, without keys."""
    said = False
    while True:
        hearing = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        hearing.settimeout(0)
        try:
            hearing.bind(("127.0.0.1", port))
        except OSError as error:
            hearing.close()
            if not said:
                say(f"keys that callers press are not heard, port {port}: {error.strerror}")
            said = True
            await asyncio.sleep(_AGAIN_SECONDS)
        else:
            return hearing


def pressed_of(datagram: bytes) -> TonePressed | None:
    """Read what the carrier says; None when it is no key of a telephone."""
    try:
        pressed = msgspec.json.decode(datagram, type=TonePressed)
    except msgspec.DecodeError:
        return None
    return pressed if 0 <= pressed.event < len(_TONES) else None


def _enter(control: Control, call_id: CallId, tone: Tone, count: int) -> None:
    """Of a side that is no caller's there is no call, and nothing to enter."""
    if call_id not in control.centre.answer.calls:
        return
    command_id = time_ordered_id(control.clock.now(), count)
    with suppress(CommandParked, NotTaking, OutcomeUnknown):
        control.take(Submission(command_id, ACTOR, HearTone(call_id, tone)))
