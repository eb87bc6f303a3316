"""Makes audio of packets: both sides as two channels, each where it was in time.

Kept is what was heard, in G.711, the caller left and the centre right. It is spelled out to 16 bits
for whoever plays it: not every browser reads G.711.
"""

import struct
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pasokh.adapters.telephony.rtpengine.capture import VoicePacket
from pasokh.core.time import Instant, Span

RATE = 8000
_PER_MS = RATE // 1000
U_LAW, A_LAW = 0, 8
_SILENCE = {U_LAW: b"\xff", A_LAW: b"\xd5"}
# WAV's names of the two laws.
_TAGS = {U_LAW: 7, A_LAW: 6}
_CHANNELS = 2
# A stamp that is further off than this does not tell where its piece belongs.
_OFF_SAMPLES = RATE
_WRAP = 1 << 32
# No call of ours lasts longer; a clock that jumps must not fill the memory.
_LONGEST_SAMPLES = 6 * 3600 * RATE
_HEADER = struct.Struct("<4sI4s4sIHHIIHHH4sI")


class Audio(Struct, frozen=True):
    """A voice as it is kept: a WAV file, from when on it was heard, and how long (ms)."""

    wav: bytes
    began_at: Instant
    duration: Span


def audio_of(
    found: Sequence[VoicePacket], offerer_door: int, *, back: bool = False
) -> Audio | None:
    """Put packets together; None when there is no G.711 among them.

    `offerer_door`: where the carrier hears who called, which is the centre when it calls `back`.
    """
    spoken = [packet for packet in found if packet.kind in _SILENCE]
    if not spoken:
        return None
    began_at = min(packet.at for packet in spoken)
    laws = {packet.kind for packet in spoken}
    law = U_LAW if laws == {U_LAW} else A_LAW
    caller = _side((p for p in spoken if (p.door == offerer_door) is not back), law, began_at)
    taker = _side((p for p in spoken if (p.door == offerer_door) is back), law, began_at)
    length = max(len(caller), len(taker))
    both = bytearray(_SILENCE[law] * (_CHANNELS * length))
    both[: 2 * len(caller) : 2] = caller
    both[1 : 2 * len(taker) : 2] = taker
    return Audio(_wav(bytes(both), law), began_at, length // _PER_MS)


def _side(spoken: Iterable[VoicePacket], law: int, began_at: Instant) -> bytearray:
    """Lay one side's pieces where their stamps say; a stamp that leapt is laid where it came."""
    side = bytearray()
    origin: int | None = None
    for packet in sorted(spoken, key=lambda packet: packet.at):
        came = (packet.at - began_at) * _PER_MS
        place = came if origin is None else (packet.stamp - origin) % _WRAP
        if origin is None or abs(place - came) > _OFF_SAMPLES:
            place = came
            origin = (packet.stamp - place) % _WRAP
        voice = packet.voice if packet.kind == law else packet.voice.translate(_U_TO_A)
        if place + len(voice) > _LONGEST_SAMPLES:
            break
        if len(side) < place:
            side += _SILENCE[law] * (place - len(side))
        side[place : place + len(voice)] = voice
    return side


def plain_of(wav: bytes) -> bytes:
    """Spell a kept WAV out to 16 bits a sample."""
    law = U_LAW if wav[20] == _TAGS[U_LAW] else A_LAW
    return _header(1, 2, len(wav) - _HEADER.size) + samples(wav[_HEADER.size :], law)


def samples(voice: bytes, law: int) -> bytes:
    """Spell G.711 out: 16 bits a sample, little end first."""
    spelled = bytearray(2 * len(voice))
    low, high = _SPELLED[law]
    spelled[0::2] = voice.translate(low)
    spelled[1::2] = voice.translate(high)
    return bytes(spelled)


def _wav(voice: bytes, law: int) -> bytes:
    return _header(_TAGS[law], 1, len(voice)) + voice


def _header(tag: int, width: int, count: int) -> bytes:
    """Write the head of a WAV file of `count` samples, each `width` bytes."""
    size = count * width
    return _HEADER.pack(
        *(b"RIFF", _HEADER.size - 8 + size, b"WAVE", b"fmt ", 18, tag, _CHANNELS, RATE),
        *(RATE * _CHANNELS * width, _CHANNELS * width, 8 * width, 0, b"data", size),
    )


def _a_law(code: int) -> int:
    """Spell one A-law code (ITU-T G.711)."""
    code ^= 0x55
    mantissa, exponent = code & 0x0F, code >> 4 & 7
    sample = (mantissa << 4) + 8
    if exponent:
        sample = sample + 0x100 << exponent - 1
    return sample if code & 0x80 else -sample


def _u_law(code: int) -> int:
    """Spell one mu-law code (ITU-T G.711)."""
    code = ~code & 0xFF
    sample = ((code & 0x0F) * 8 + 132 << (code >> 4 & 7)) - 132
    return -sample if code & 0x80 else sample


def _tables(spelled: Sequence[int]) -> tuple[bytes, bytes]:
    return bytes(s & 0xFF for s in spelled), bytes(s >> 8 & 0xFF for s in spelled)


_A_LAW = [_a_law(code) for code in range(256)]
_U_LAW = [_u_law(code) for code in range(256)]
_SPELLED = {A_LAW: _tables(_A_LAW), U_LAW: _tables(_U_LAW)}
# The A-law code nearest to each mu-law code.
_U_TO_A = bytes(
    min((abs(spelled - sample), code) for code, spelled in enumerate(_A_LAW))[1]
    for sample in _U_LAW
)
