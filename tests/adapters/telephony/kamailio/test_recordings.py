"""Recordings of real calls: both sides, encrypted, hashed, and plain voice left nowhere."""

import json
import os
import re
import signal
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.rtpengine.spool import spool_folder
from pasokh.core.machine import Sealed
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import Switchboard, ask, staffed
from tests.adapters.telephony.kamailio.test_voices import Voices, pytestmark, talking

__all__ = ["pytestmark"]
KEPT = frozenset({"RecordingKept"})
CALLER, TAKER, CARD = b"\x2a" * 160, b"\x2b" * 160, b"\x2c" * 160
PIECES = 40
RECORD = 'voice.record = true\nvoice.spool = "{}"\n'


def say(voices: Voices, pieces: Sequence[bytes], begin: int) -> None:
    """Both sides speak, a piece every 20 ms."""
    due = monotonic()
    for number, piece in enumerate(pieces, begin):
        for voice, door, words in (
            (voices.caller, "caller", piece),
            (voices.taker, "taker", TAKER),
        ):
            head = b"\x80\x08" + number.to_bytes(2) + (number * 160).to_bytes(4) + b"\0\0\0\7"
            voice.sendto(head + words, ("127.0.0.1", voices.doors[door]))
        due += 0.02
        sleep(max(0, due - monotonic()))


def bodies(board: Switchboard, kind: str) -> list[dict[str, Any]]:
    return [json.loads(entry.body) for entry in board.entries() if entry.kind == kind]


def opened(folder: Path, kept: dict[str, Any]) -> bytes:
    """Open a kept voice as the centre would."""
    log = read_only(folder / "log.sqlite")
    keys = KeyStore(folder / "keys.sqlite", master_key(folder / "master.key"))
    vault = SqliteVault(keys, log)  # type: ignore[arg-type] - reads only
    words = vault.open(Sealed(**kept["words"]))
    assert words is not None
    audio = VoiceFiles(folder / "voices", vault).audio(kept["call_id"], words.text)
    keys.close()
    log.close()
    assert audio is not None
    return audio


def spoken(audio: bytes, piece: bytes) -> list[int]:
    """How many pieces follow each other without a gap, stretch by stretch."""
    side = audio[47 if piece == TAKER else 46 :: 2]
    return [len(run) // len(piece) for run in re.findall(re.escape(piece[:1]) + b"+", side)]


def plain_files(folder: Path) -> list[Path]:
    spool = folder / "spool"
    return [path for path in spool.rglob("*") if path.is_file()]


def recorded(folder: Path) -> str:
    return RECORD.format(folder / "spool")


def test_a_call_is_recorded_both_ways_and_only_its_key_opens_it(tmp_path: Path) -> None:
    with talking(tmp_path, more=recorded(tmp_path), talk_ms=8000) as (board, voices):
        say(voices, [CALLER] * PIECES, 0)
        board.wait_for(KEPT, 1, seconds=25)
        started, kept = bodies(board, "RecordingStarted"), bodies(board, "RecordingKept")
        until = monotonic() + 10
        while plain_files(tmp_path):
            assert monotonic() < until, plain_files(tmp_path)
            sleep(0.1)
    assert [one["why"] for one in started] == ["policy"]
    audio = opened(tmp_path, kept[0])
    assert sha256(audio).hexdigest() == kept[0]["sha256"]
    assert len(audio) == kept[0]["byte_count"]
    assert spoken(audio, CALLER) == [PIECES]
    assert spoken(audio, TAKER) == [PIECES]
    file = next((tmp_path / "voices").rglob("*.voice"))
    assert CALLER[:32] not in file.read_bytes()
    assert (tmp_path / "spool").stat().st_mode & 0o077 == 0


def test_what_is_said_while_it_pauses_is_written_nowhere(tmp_path: Path) -> None:
    with talking(tmp_path, more=recorded(tmp_path), talk_ms=16000) as (board, voices):
        call = bodies(board, "RecordingStarted")[0]["call_id"]
        say(voices, [CALLER] * PIECES, 0)
        sleep(1.5)  # a busy carrier hears later, and the pause is not to overtake the words
        pause = {"call_id": call, "reason": "a card"}
        ask(board.url, board.headers, "pause-recording", pause)
        sleep(1.5)  # the carrier's own word is not waited for by anybody else
        say(voices, [CARD] * PIECES, 100)
        sleep(1.5)
        ask(board.url, board.headers, "resume-recording", {"call_id": call})
        sleep(1.5)
        say(voices, [CALLER] * PIECES, 200)
        board.wait_for(KEPT, 1, seconds=25)
        kept = bodies(board, "RecordingKept")
    audio = opened(tmp_path, kept[0])
    assert spoken(audio, CALLER) == [PIECES, PIECES]
    assert spoken(audio, CARD) == []


@pytest.mark.parametrize("who", ["centre", "carrier", "both"])
def test_a_kill_while_they_speak_loses_no_recording(tmp_path: Path, who: str) -> None:
    with talking(tmp_path, supervised=True, more=recorded(tmp_path), talk_ms=8000) as found:
        board, voices = found
        say(voices, [CALLER] * PIECES, 0)
        if who != "centre":
            os.kill(board.carrier(), signal.SIGKILL)
        if who != "carrier":
            os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
        board.wait_for(KEPT, 1, seconds=30)
        kept = bodies(board, "RecordingKept")
    assert len(kept) == 1
    # What the carrier had not written yet when it was killed is less than half a second.
    assert sum(spoken(opened(tmp_path, kept[0]), CALLER)) > PIECES // 2


def test_without_a_carrier_the_call_goes_on_and_the_lost_recording_is_said(tmp_path: Path) -> None:
    with staffed(tmp_path, 1, more=recorded(tmp_path)) as board:
        os.kill(board.carrier(), signal.SIGSTOP)
        try:
            assert board.call("caller.xml", 1, 1).wait(20) == 0
            board.wait_for(frozenset({"RecordingLost"}), 1)
        finally:
            os.kill(board.carrier(), signal.SIGCONT)
        assert [one["why"] for one in bodies(board, "RecordingLost")] == ["not_carried"]


def test_plain_voice_lies_in_memory_where_there_is_such_a_folder(tmp_path: Path) -> None:
    if Path("/dev/shm").is_dir():  # noqa: S108 - asks, writes nothing
        assert spool_folder(tmp_path, "").parent == Path("/dev/shm")  # noqa: S108
    assert spool_folder(tmp_path, "/elsewhere") == Path("/elsewhere")
