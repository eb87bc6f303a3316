"""Captures and the audio that is made of them, against sox and a second reading of G.711."""

import shutil
import struct
import subprocess
import wave
from io import BytesIO
from pathlib import Path

import pytest

from pasokh.adapters.telephony.rtpengine.audio import A_LAW, U_LAW, audio_of, plain_of, samples
from pasokh.adapters.telephony.rtpengine.capture import VoicePacket, packets

BEGIN = 1_800_000_000_000
needs_sox = pytest.mark.skipif(not shutil.which("sox"), reason="no sox: apt-get install sox")
CALLER, TAKER = 41020, 41000


def captured(*sent: tuple[int, int, bytes]) -> bytes:
    """A capture of packets, each with when it came (ms), its door, and the RTP in it."""
    text = b"\xd4\xc3\xb2\xa1" + bytes(20)
    for at, door, rtp in sent:
        udp = struct.pack(">HHHH", 5000, door, 8 + len(rtp), 0) + rtp
        packet = b"\x45" + bytes(8) + b"\x11" + bytes(10) + udp
        text += struct.pack("<IIII", at // 1000, at % 1000 * 1000, len(packet), len(packet))
        text += packet
    return text


def rtp(number: int, voice: bytes, kind: int = A_LAW, stamp: int | None = None) -> bytes:
    stamp = number * 160 if stamp is None else stamp
    return struct.pack(">BBHII", 0x80, kind, number, stamp, 7) + voice


def spoken(at: int, door: int, voice: bytes, kind: int = A_LAW, stamp: int = 0) -> VoicePacket:
    return VoicePacket(BEGIN + at, door, kind, 0, stamp, voice)


def test_a_file_that_grows_is_read_up_to_its_last_whole_packet() -> None:
    whole = captured((BEGIN, CALLER, rtp(1, b"a" * 160)), (BEGIN + 20, CALLER, rtp(2, b"b" * 160)))
    first, place = packets(whole[:-1])
    assert [packet.number for packet in first] == [1]
    then, end = packets(whole, place)
    assert [(packet.number, packet.at) for packet in then] == [(2, BEGIN + 20)]
    assert end == len(whole)


@pytest.mark.parametrize("ill", [b"", b"\x80", b"\x80\xc8" + bytes(30), bytes(200), b"\xff" * 40])
def test_what_is_no_voice_is_passed_over(ill: bytes) -> None:
    assert packets(captured((BEGIN, CALLER, ill)))[0] == []


def test_extensions_sources_and_padding_are_no_voice() -> None:
    head = struct.pack(">BBHII", 0x80 | 0x30 | 1, A_LAW, 1, 0, 7)
    long = head + bytes(4) + b"\xbe\xde\x00\x01" + bytes(4) + b"voice" + b"\x00\x00\x03"
    assert packets(captured((BEGIN, CALLER, long)))[0][0].voice == b"voice"


def test_each_side_lies_where_it_was_in_time() -> None:
    found = [
        spoken(0, CALLER, b"\x2a" * 160, stamp=4_294_967_216),
        spoken(23, CALLER, b"\x2b" * 160, stamp=80),
        spoken(100, TAKER, b"\x2c" * 160, stamp=7),
    ]
    audio = audio_of(found, CALLER)
    assert audio is not None
    both = audio.wav[46:]
    caller, taker = both[0::2], both[1::2]
    assert caller[:160] == b"\x2a" * 160
    assert caller[160:320] == b"\x2b" * 160
    assert caller[320:] == b"\xd5" * (960 - 320)
    assert taker == b"\xd5" * 800 + b"\x2c" * 160
    assert (audio.began_at, audio.duration) == (BEGIN, 120)


def test_a_pause_stays_a_silence_of_its_length() -> None:
    found = [spoken(0, CALLER, b"\x2a" * 160), spoken(5000, CALLER, b"\x2b" * 160, stamp=160)]
    audio = audio_of(found, CALLER)
    assert audio is not None
    caller = audio.wav[46::2]
    assert caller[160:40_000] == b"\xd5" * (40_000 - 160)
    assert caller[40_000:] == b"\x2b" * 160


def test_without_g711_there_is_no_audio() -> None:
    assert audio_of([spoken(0, CALLER, b"\x2a" * 160, kind=96)], CALLER) is None


@needs_sox
@pytest.mark.parametrize(("law", "name"), [(A_LAW, "al"), (U_LAW, "ul")])
def test_both_laws_are_spelled_as_sox_spells_them(law: int, name: str) -> None:
    every = bytes(range(256))
    line = ["sox", "-D", "-t", name, "-r", "8000", "-c", "1", "-", "-t", "s16", "-"]
    assert (
        samples(every, law)
        == subprocess.run(line, input=every, stdout=subprocess.PIPE, check=True).stdout
    )


@needs_sox
def test_what_is_played_is_a_wav_that_others_read(tmp_path: Path) -> None:
    audio = audio_of([spoken(0, CALLER, bytes(range(160)), kind=U_LAW)], CALLER)
    assert audio is not None
    with wave.open(BytesIO(plain_of(audio.wav))) as played:
        assert played.getparams()[:4] == (2, 2, 8000, 160)
    (tmp_path / "kept.wav").write_bytes(audio.wav)
    told = subprocess.check_output(["soxi", tmp_path / "kept.wav"], text=True)
    assert "8-bit u-law" in told
    assert "Channels       : 2" in told
