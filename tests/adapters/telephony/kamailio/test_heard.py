"""What is heard of real calls: silence, speech after it, and the keys that a caller presses."""

import json
import os
import signal
import struct
import subprocess
from pathlib import Path
from time import monotonic, sleep

from tests.adapters.telephony.clips import clip
from tests.adapters.telephony.kamailio.switchboard import Switchboard
from tests.adapters.telephony.kamailio.test_recordings import plain_files
from tests.adapters.telephony.kamailio.test_voices import Voices, pytestmark, talking
from tests.adapters.telephony.test_hearing import needs_sounds

__all__ = ["needs_sounds", "pytestmark"]
SILENT, SPEECH = frozenset({"CallMarkedSilent"}), frozenset({"SpeechHeard"})
LISTEN = 'voice.silence_seconds = 3\nvoice.spool = "{}"\n'
TALK_MS = 25_000


def speak(voices: Voices, voice: bytes, begin: int) -> None:
    """The caller's side alone, a piece every 20 ms."""
    due = monotonic()
    for number in range(len(voice) // 160):
        piece = voice[number * 160 : number * 160 + 160]
        head = struct.pack(">BBHII", 0x80, 8, begin + number, (begin + number) * 160, 7)
        voices.caller.sendto(head + piece, ("127.0.0.1", voices.doors["caller"]))
        due += 0.02
        sleep(max(0, due - monotonic()))


def press(voices: Voices, event: int, number: int) -> None:
    """A key, as RFC 4733 says it: it begins, lasts, and ends three times."""
    for n, end in enumerate((0, 0, 0x80, 0x80, 0x80)):
        kind = 101 | (0x80 if n == 0 else 0)
        head = struct.pack(">BBHII", 0x80, kind, number + n, number * 160, 7)
        body = struct.pack(">BBH", event, end | 10, 160 * (min(n, 2) + 1))
        voices.caller.sendto(head + body, ("127.0.0.1", voices.doors["caller"]))
        sleep(0.02)


def actors(board: Switchboard, kind: str) -> list[str]:
    return [entry.actor for entry in board.entries() if entry.kind == kind]


def listening(folder: Path) -> str:
    return LISTEN.format(folder / "spool")


@needs_sounds
def test_a_silent_caller_is_marked_by_the_machine_and_later_speech_takes_the_mark_away(
    tmp_path: Path,
) -> None:
    with talking(tmp_path, more=listening(tmp_path), talk_ms=TALK_MS) as (board, voices):
        speak(voices, clip("white noise")[: 4 * 8000], 0)
        board.wait_for(SILENT, 1)
        speak(voices, clip("fa clean"), 1000)
        board.wait_for(SPEECH, 1)
        assert actors(board, "CallMarkedSilent") == ["machine:ear"]
        assert actors(board, "CallEnded") == []
        until = monotonic() + 10
        while plain_files(tmp_path):  # nothing was to be recorded, and nothing is left
            assert monotonic() < until, plain_files(tmp_path)
            sleep(0.1)


@needs_sounds
def test_who_speaks_is_not_marked_and_the_keys_are_written_down(tmp_path: Path) -> None:
    with talking(tmp_path, more=listening(tmp_path), talk_ms=TALK_MS) as (board, voices):
        speak(voices, clip("en clean"), 0)
        spoken = len(clip("en clean")) // 160
        press(voices, 5, spoken)
        press(voices, 11, spoken + 5)
        board.wait_for(frozenset({"ToneHeard"}), 2)
        found = [json.loads(e.body)["tone"] for e in board.entries() if e.kind == "ToneHeard"]
        assert found == ["5", "#"]
        assert actors(board, "CallMarkedSilent") == []


@needs_sounds
def test_a_listener_that_dies_is_started_again_and_no_call_minds(tmp_path: Path) -> None:
    with talking(tmp_path, more=listening(tmp_path), talk_ms=TALK_MS) as (board, voices):
        pattern = f"rtpengine.ear {tmp_path}"
        os.kill(int(subprocess.check_output(["pgrep", "-f", pattern])), signal.SIGKILL)
        speak(voices, clip("silence")[: 4 * 8000], 0)
        board.wait_for(SILENT, 1)
        assert actors(board, "CallEnded") == []
