"""Reads what the carrier writes of a voice: packets in a capture file, also while it grows.

The carrier writes raw IP packets in pcap's own order of bytes. Never raises on what is in there: a
torn end is read again later, what is no RTP is passed over.
"""

import struct
from collections.abc import Iterator

from msgspec import Struct

from pasokh.core.time import Instant

_FILE_HEAD = 24
_HEAD = struct.Struct("<IIII")
_NANOSECONDS = b"\x4d\x3c\xb2\xa1"
_UDP = 17
_IP4, _IP6 = 4, 6
_IP6_HEAD, _UDP_HEAD = 40, 8
_RTP = struct.Struct(">BBHII")
_PACKET_MAX = 1 << 16


class VoicePacket(Struct, frozen=True, gc=False):
    """A piece of voice as it came: `door` is the carrier's port that heard it, `at` when (ms)."""

    at: Instant
    door: int
    kind: int
    number: int
    stamp: int
    voice: bytes


def packets(capture: bytes, start: int = 0) -> tuple[list[VoicePacket], int]:
    """Read whole packets from a place on; give them and the place up to where they reach.

    Place 0 is the beginning of the file.
    """
    found: list[VoicePacket] = []
    place = max(start, _FILE_HEAD)
    parts = 1_000_000 if capture[:4] == _NANOSECONDS else 1_000
    while place + _HEAD.size <= len(capture):
        seconds, fraction, length, _ = _HEAD.unpack_from(capture, place)
        end = place + _HEAD.size + length
        if length > _PACKET_MAX or end > len(capture):
            break
        found.extend(_rtp(capture[place + _HEAD.size : end], seconds * 1000 + fraction // parts))
        place = end
    return found, place


def _rtp(packet: bytes, at: Instant) -> Iterator[VoicePacket]:
    udp = _udp(packet)
    if len(udp) < _UDP_HEAD + _RTP.size:
        return
    door = int.from_bytes(udp[2:4])
    first, second, number, stamp, _source = _RTP.unpack_from(udp, _UDP_HEAD)
    # RTP is of version 2; payload types 64 to 95 are RTCP on the same port (RFC 5761).
    kind = second & 0x7F
    if first >> 6 != 2 or 64 <= kind <= 95:  # noqa: PLR2004 - RFC 3550, RFC 5761
        return
    voice = udp[_UDP_HEAD + _RTP.size + (first & 0x0F) * 4 :]
    if first & 0x10:
        voice = voice[4 + int.from_bytes(voice[2:4]) * 4 :]
    if first & 0x20 and voice:
        voice = voice[: -voice[-1]] if voice[-1] <= len(voice) else b""
    yield VoicePacket(at, door, kind, number, stamp, voice)


def _udp(packet: bytes) -> bytes:
    version = packet[0] >> 4 if packet else 0
    if version == _IP4 and len(packet) > 9 and packet[9] == _UDP:  # noqa: PLR2004 - RFC 791
        return packet[(packet[0] & 0x0F) * 4 :]
    if version == _IP6 and len(packet) > _IP6_HEAD and packet[6] == _UDP:
        return packet[_IP6_HEAD:]
    return b""
