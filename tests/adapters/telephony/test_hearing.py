"""Speech and what is none, on a telephone line; and who is marked silent, and when."""

import shutil
import struct
from pathlib import Path

import pytest

from pasokh.adapters.telephony.rtpengine.audio import A_LAW
from pasokh.adapters.telephony.rtpengine.spool import trace_of
from tests.adapters.telephony.clips import SILENT, SPOKEN, clip
from tests.adapters.telephony.test_captures import BEGIN, CALLER, TAKER, captured, rtp

ear = pytest.importorskip(
    "pasokh.adapters.telephony.rtpengine.ear", reason="no voice detection for this machine"
)
needs_sounds = pytest.mark.skipif(
    not (shutil.which("sox") and shutil.which("espeak-ng")),
    reason="no sounds: apt-get install sox espeak-ng",
)
NAME = "sip%20call-0123456789abcdef"
HEAR = f"hear k-1 {trace_of('sip call')} 0"


@pytest.mark.slow
@needs_sounds
@pytest.mark.parametrize("name", SPOKEN)
def test_speech_is_speech(name: str) -> None:
    assert ear.Hearing().speaks(clip(name), A_LAW)


@pytest.mark.slow
@needs_sounds
@pytest.mark.parametrize("name", SILENT)
def test_what_is_no_speech_is_none(name: str) -> None:
    assert not ear.Hearing().speaks(clip(name), A_LAW)


class Spool:
    """A capture that grows as the carrier's does, and an ear that is told the time."""

    def __init__(self, folder: Path) -> None:
        for name in ("pcaps", "tmp"):
            (folder / name).mkdir(parents=True)
        note = folder / "tmp" / f"rtpengine-meta-{NAME}.tmp"
        note.write_text(f"SDP mode: answer\n\nm=audio {CALLER} RTP/AVP 8\n")
        self.path = folder / "pcaps" / f"{NAME}.pcap"
        self.path.write_bytes(b"")
        self.said: list[str] = []
        self.ear = ear.Ear(folder, 8.0, self.said.append)
        self.number = 0

    def comes(self, voice: bytes, door: int = CALLER) -> None:
        pieces = [voice[n : n + 160] for n in range(0, len(voice), 160)]
        sent = [
            (BEGIN + 20 * (self.number + n), door, rtp(self.number + n, piece))
            for n, piece in enumerate(pieces)
        ]
        self.number += len(pieces)
        begun = self.path.stat().st_size > 0
        with self.path.open("ab") as file:
            file.write(captured(*sent)[24 if begun else 0 :])


@pytest.mark.slow
@needs_sounds
def test_a_caller_who_says_nothing_for_eight_seconds_is_silent_until_speech_comes(
    tmp_path: Path,
) -> None:
    spool = Spool(tmp_path)
    spool.ear.told(HEAR, 0)
    spool.comes(clip("silence"))
    spool.ear.listen(7.9)
    assert spool.said == []
    spool.comes(clip("en clean"), door=TAKER)
    spool.ear.listen(8.0)
    spool.ear.listen(9.0)
    assert spool.said == ["silent k-1"]
    spool.comes(clip("fa clean"))
    spool.ear.listen(10.0)
    spool.ear.listen(11.0)
    assert spool.said == ["silent k-1", "speaks k-1"]
    assert spool.ear.calls == {}


def test_a_capture_that_did_not_grow_is_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path)
    opened: list[set[str]] = []
    look = ear.captured
    monkeypatch.setattr(ear, "captured", lambda at, of: opened.append(of) or look(at, of))
    spool.ear.told(HEAR, 0)
    for second in range(3):
        spool.ear.listen(second)
    spool.comes(b"\xd5" * 320)
    spool.ear.listen(3)
    assert opened == [{trace_of("sip call")}] * 2


@pytest.mark.slow
@needs_sounds
def test_the_model_is_loaded_for_whoever_sends_a_voice_and_used_again_from_silence_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[object] = []
    load = ear.Hearing
    monkeypatch.setattr(ear, "Hearing", lambda: loaded.append(0) or load())
    spool = Spool(tmp_path)
    spool.ear.told("hear k-0 elsewhere 0", 0)
    spool.ear.told(HEAR, 0)
    spool.ear.listen(0)
    assert not loaded
    spool.comes(clip("fa clean"))
    spool.ear.listen(1)
    spool.ear.told(HEAR.replace("k-1", "k-2"), 1)
    spool.path.write_bytes(b"")
    spool.comes(clip("silence"))
    spool.ear.listen(2)
    assert (spool.said, len(loaded)) == (["speaks k-1"], 1)


@needs_sounds
def test_what_came_before_the_carrier_said_who_speaks_is_heard_all_the_same(
    tmp_path: Path,
) -> None:
    spool = Spool(tmp_path)
    [note] = (tmp_path / "tmp").iterdir()
    note.rename(tmp_path / "later")
    spool.ear.told(HEAR, 0)
    spool.comes(clip("fa clean"))
    spool.ear.listen(1)
    (tmp_path / "later").rename(note)
    spool.ear.listen(2)
    assert spool.said == ["speaks k-1"]


@needs_sounds
def test_who_speaks_is_left_alone_at_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.ear.told(HEAR, 0)
    for second, voice in enumerate(struct.iter_unpack("800s", clip("fa clean")[:40_000])):
        spool.comes(voice[0])
        spool.ear.listen(second / 10)
    assert spool.said == ["speaks k-1"]


def test_who_sends_nothing_at_all_is_silent_and_a_call_without_a_capture_is_not_judged(
    tmp_path: Path,
) -> None:
    spool = Spool(tmp_path)
    spool.ear.told(HEAR, 0)
    spool.ear.told("hear k-2 elsewhere 0", 0)
    spool.ear.listen(8.0)
    assert spool.said == ["silent k-1"]


def test_a_call_that_was_answered_before_we_came_begins_no_new_eight_seconds(
    tmp_path: Path,
) -> None:
    spool = Spool(tmp_path)
    spool.ear.told(HEAR.replace(" 0", " 60"), 0)
    spool.ear.listen(0)
    assert spool.said == ["silent k-1"]


@pytest.mark.parametrize("line", ["hear", "hear a b", "leave", "sing x", "leave nobody"])
def test_what_is_no_word_is_passed_over(tmp_path: Path, line: str) -> None:
    spool = Spool(tmp_path)
    spool.ear.told(line, 0)
    assert spool.ear.calls == {}
