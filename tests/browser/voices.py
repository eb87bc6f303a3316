"""Voices that lie in a centre's folder before it starts, encrypted with its own keys."""

import math
from hashlib import sha256
from pathlib import Path
from typing import Any

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.rtpengine.audio import audio_of
from pasokh.adapters.telephony.rtpengine.capture import VoicePacket
from pasokh.wiring_voice import VOICES_FOLDER
from tests.browser.desks import DeskCentre

# An A-law tone that swells once a second: what a person hears moves, and so does what axe sees.
_FRAME, _RATE, _CALLER = 160, 8_000, 4_000


def voice(seconds: int) -> bytes:
    """A caller's voice of so many seconds, as it is kept."""
    packets = [
        VoicePacket(20 * n, _CALLER, 8, n, n * _FRAME, _sung(n)) for n in range(50 * seconds)
    ]
    audio = audio_of(packets, _CALLER)
    assert audio is not None
    return audio.wav


def keep_voices(data: Path, calls: dict[str, int], erase_at: int) -> dict[str, dict[str, Any]]:
    """Keep a voice of some seconds for each call; give what the keeper tells the log of it."""
    keys = KeyStore(data / "keys.sqlite", master_key(data / "master.key"))
    log = SqliteLog(data / "log.sqlite")
    voices = VoiceFiles(data / VOICES_FOLDER, SqliteVault(keys, log))
    told = {}
    for call_id, seconds in calls.items():
        wav = voice(seconds)
        secret = voices.keep(call_id, wav, erase_at)
        digest = sha256(wav).hexdigest()
        kept = {"sha256": digest, "byte_count": len(wav), "duration": seconds * 1000}
        told[call_id] = {"words": {"text": secret}, "kept": kept | {"erase_at": erase_at}}
    log.close()
    keys.close()
    return told


def tell_kept(centre: DeskCentre, call_id: str, told: dict[str, Any], **other: Any) -> None:
    """Let the log have it, as the keeper would after the call."""
    centre.ask(
        "keep-recording", told["words"], call_id=call_id, began_at=0, **(told["kept"] | other)
    )


def file_of(data: Path, call_id: str) -> Path:
    """Where a call's voice lies."""
    (found,) = (data / VOICES_FOLDER).rglob(f"{call_id}.voice")
    return found


def _sung(frame: int) -> bytes:
    swell = 40 + 40 * math.sin(frame / 8)
    return bytes(
        0xD5 ^ int(abs(swell * math.sin(2 * math.pi * 440 * n / _RATE))) for n in range(_FRAME)
    )
