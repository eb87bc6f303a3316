"""Where recordings are joined: what the carrier writes, the keys, the log."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.rtpengine.keeper import RecordingKeeper
from pasokh.adapters.telephony.rtpengine.spool import in_memory, spool_folder
from pasokh.core.time import DAY
from pasokh.drivers.ports_live import Control
from pasokh.settings import TelephoneSettings

VOICES_FOLDER = "voices"


def voices_of(data: Path, vault: SqliteVault) -> VoiceFiles:
    """Open a centre's kept voices."""
    return VoiceFiles(data / VOICES_FOLDER, vault)


def voice_workers(
    data: Path,
    telephone: TelephoneSettings,
    control: Control,
    voices: VoiceFiles,
    say: Callable[[str], None],
) -> list[Coroutine[Any, Any, None]]:
    """Give what keeps recordings; nothing when no voice passes through us."""
    voice = telephone.voice
    if not voice.carried:
        return []
    spool = spool_folder(data, voice.spool)
    if telephone.records_any() and not in_memory(spool):
        say(f"plain voice of calls is written to a disk, {spool}, until it is encrypted")
    port, kept_for = voice.control_port, voice.keep_days * DAY
    keeper = RecordingKeeper(control, voices, spool, port=port, kept_for=kept_for, say=say)
    return [keeper.run()]
