"""What a crash between any two steps of keeping a recording leaves: one recording, none plain."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from time import time
from types import SimpleNamespace
from typing import Any

import pytest

from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.rtpengine.keeper import RecordingKeeper
from pasokh.adapters.telephony.rtpengine.spool import captured, trace_of
from pasokh.answer.commands import AnswerCall, EndCall, OfferCall
from pasokh.answer.commands_voice import MarkRecording, StartRecording
from pasokh.answer.state import RecordingPhase
from pasokh.core.machine import Submission
from pasokh.core.time import DAY, MINUTE, SECOND, Instant
from pasokh.staff.commands_holds import (
    AskHold,
    AskHoldRelease,
    ConfirmHold,
    ConfirmHoldRelease,
)
from pasokh.staff.events_holds import HeldThing
from tests.adapters.storage.test_voices import Keys
from tests.adapters.telephony.test_captures import CALLER, rtp
from tests.adapters.telephony.test_captures import captured as capture
from tests.stories.story import Story

LINE = "machine:kamailio"
CALL, SIP = "k-1", "sip call/1@here"


class Desk:
    """A control room that is a story: it takes at once, and its clock is set by hand."""

    def __init__(self) -> None:
        self.story = Story()
        self.clock = SimpleNamespace(now=lambda: self.time)
        self.time: Instant = 100 * SECOND
        self.known: dict[str, Any] = {}

    @property
    def centre(self) -> Any:
        return self.story.centre

    async def submit(self, asked: Submission) -> Any:
        if asked.command_id not in self.known:
            at = self.time / SECOND
            self.story.when(asked.command, at=at, actor=asked.actor, words=asked.words)
            self.known[asked.command_id] = self.story.last.receipt
        return self.known[asked.command_id]

    def follow(self, _follower: Callable[..., None]) -> None:
        """Nobody is told anything here."""


class Dies(Exception):
    """The process ends here."""


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """A spool with one closed recording, as the carrier leaves it."""
    name = "sip%20call%2F1%40here-0123456789abcdef"
    for folder in ("pcaps", "metadata", "tmp"):
        (tmp_path / "spool" / folder).mkdir(parents=True)
    pieces = [(1_800_000_000_000 + 20 * n, CALLER, rtp(n, b"\x2a" * 160)) for n in range(50)]
    (tmp_path / "spool" / "pcaps" / f"{name}.pcap").write_bytes(capture(*pieces))
    note = tmp_path / "spool" / "metadata" / f"rtpengine-meta-{name}.txt"
    note.write_text(f"x\n\nSDP mode: answer\nSDP before\n\nm=audio {CALLER} RTP/AVP 8\n")
    os.utime(note, (time() - 5, time() - 5))
    return tmp_path / "spool"


def desk() -> Desk:
    found = Desk()
    found.story.given(OfferCall(CALL), AnswerCall(CALL), actor=LINE)
    found.story.given(StartRecording(CALL, "policy", trace_of(SIP)), actor=LINE)
    found.story.given(EndCall(CALL), at=90, actor=LINE)
    return found


def keeper(desk: Desk, tmp_path: Path, voices: Any = None, **more: Any) -> RecordingKeeper:
    voices = voices or VoiceFiles(tmp_path / "voices", Keys(tmp_path))
    said: list[str] = []
    told: dict[str, Any] = {"port": 9, "kept_for": 90 * DAY, "say": said.append, **more}
    return RecordingKeeper(desk, voices, tmp_path / "spool", **told)  # type: ignore[arg-type] # a story


def phase(desk: Desk) -> RecordingPhase:
    recording = desk.centre.answer.calls[CALL].recording
    found: RecordingPhase = recording.phase
    return found


def events(desk: Desk) -> int:
    return len(desk.centre.answer.calls[CALL].trail)


def files(tmp_path: Path) -> int:
    return len(list((tmp_path / "voices").rglob("*.voice")))


def test_a_recording_is_kept_once_and_its_plain_voice_goes(tmp_path: Path, spool: Path) -> None:
    room = desk()
    for _ in range(3):
        asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.KEPT
    assert captured(spool) == {}
    assert list(spool.rglob("*.*")) == []
    assert files(tmp_path) == 1


def test_an_end_that_the_carrier_has_not_written_yet_is_waited_for(
    tmp_path: Path, spool: Path
) -> None:
    room = desk()
    room.time = 95 * SECOND
    (file,) = (spool / "pcaps").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-300])
    asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.RUNNING
    file.write_bytes(whole)
    asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.KEPT
    assert room.centre.answer.calls[CALL].recording.duration == 1 * SECOND


@pytest.mark.parametrize("step", ["keep", "submit", "remove"])
def test_a_crash_between_any_two_steps_leaves_one_recording(
    tmp_path: Path, spool: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk()

    def dies(*_given: Any, **_named: Any) -> None:
        raise Dies

    where = {
        "keep": "pasokh.adapters.telephony.rtpengine.keeper.KeepRecording",
        "submit": "tests.adapters.telephony.test_recording_keeper.Desk.submit",
        "remove": "pasokh.adapters.telephony.rtpengine.spool.Captured.remove",
    }
    with monkeypatch.context() as patch:
        patch.setattr(where[step], dies)
        with pytest.raises(Dies):
            asyncio.run(keeper(room, tmp_path).look())
    assert captured(spool)
    before = events(room)
    again = keeper(room, tmp_path)
    asyncio.run(again._take_up())
    asyncio.run(again.look())
    assert phase(room) is RecordingPhase.KEPT
    assert events(room) == before + (step != "remove")
    assert captured(spool) == {}
    assert files(tmp_path) == 1


def test_a_spool_that_a_power_cut_emptied_is_said_after_a_while(tmp_path: Path) -> None:
    room = desk()
    room.time = 95 * SECOND
    asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.RUNNING
    room.time = 2 * MINUTE
    asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.LOST


def test_a_carrier_that_died_closes_nothing_and_is_not_waited_for(
    tmp_path: Path, spool: Path
) -> None:
    for note in (spool / "metadata").iterdir():
        note.rename(spool / "tmp" / f"{note.stem}.tmp")
    room = desk()
    room.time = 95 * SECOND
    asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.RUNNING
    room.time = 2 * MINUTE
    asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is RecordingPhase.KEPT
    assert captured(spool) == {}


@pytest.mark.parametrize("evidence", ["", "a court asks"])
def test_after_its_days_a_recording_is_erased_unless_it_is_evidence(
    tmp_path: Path, spool: Path, evidence: str
) -> None:
    room = desk()
    asyncio.run(keeper(room, tmp_path).look())
    if evidence:
        room.story.given(MarkRecording(CALL, evidence), at=100)
    room.time = 1_800_000_000_000 + 92 * DAY
    for _ in range(2):
        asyncio.run(keeper(room, tmp_path).look())
    assert phase(room) is (RecordingPhase.KEPT if evidence else RecordingPhase.ERASED)
    assert files(tmp_path) == (1 if evidence else 0)
    assert captured(spool) == {}


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_hold_keeps_a_recording_in_its_place_until_it_is_over(
    tmp_path: Path,
    spool: Path,
    forgotten: bool,  # noqa: FBT001
) -> None:
    """Of a call that the state has forgotten only the book of what is kept knows."""
    room, held = desk(), [CALL] if forgotten else []
    asyncio.run(keeper(room, tmp_path).look())
    assert captured(spool) == {}
    if not forgotten:
        asked = AskHold("h-1", HeldThing.CALL, CALL, "court")
        room.story.given(asked, at=100, actor="supervisor:s-1")
        room.story.given(ConfirmHold("h-1", "seen"), at=100, actor="auditor:a-1")
    room.time = 1_800_000_000_000 + 92 * DAY
    watched = keeper(room, tmp_path, held=lambda call_id: call_id in held)
    asyncio.run(watched.look())
    assert phase(room) is RecordingPhase.KEPT
    (file,) = (tmp_path / "voices").rglob("*.voice")
    assert file.parent.name != "evidence"
    held.clear()
    for command in (AskHoldRelease("h-1", "over"), ConfirmHoldRelease("h-1", "seen")):
        if not forgotten:
            person = "supervisor:s-1" if isinstance(command, AskHoldRelease) else "auditor:a-1"
            room.story.given(command, at=room.time / SECOND, actor=person)
    asyncio.run(watched.look())
    assert phase(room) is RecordingPhase.ERASED
    assert not file.exists()
