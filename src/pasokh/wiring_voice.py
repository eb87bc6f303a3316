"""Where voices are joined: what the carrier writes, who listens, the keys, the log."""

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from pasokh.adapters.api.intake import Intake
from pasokh.adapters.api.playback import Playback
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.kamailio.calls import call_id_named
from pasokh.adapters.telephony.kamailio.config import Written
from pasokh.adapters.telephony.kamailio.line import Line
from pasokh.adapters.telephony.rtpengine.audio import plain_of
from pasokh.adapters.telephony.rtpengine.control import voices_heard
from pasokh.adapters.telephony.rtpengine.ears import Ears
from pasokh.adapters.telephony.rtpengine.keeper import RecordingKeeper
from pasokh.adapters.telephony.rtpengine.spool import in_memory, spool_folder
from pasokh.adapters.telephony.rtpengine.tones import hear_tones
from pasokh.core.ids import CallId
from pasokh.core.time import DAY, SECOND
from pasokh.drivers.ports_live import Control
from pasokh.settings import TelephoneSettings

VOICES_FOLDER = "voices"


def voices_of(data: Path, vault: SqliteVault) -> VoiceFiles:
    """Open a centre's kept voices."""
    return VoiceFiles(data / VOICES_FOLDER, vault)


def playback_of(data: Path, control: Control, intake: Intake, vault: SqliteVault) -> Playback:
    """Let kept voices be heard, whoever kept them."""
    return Playback(control, intake, vault, voices_of(data, vault), plain_of)


def written_of(telephone: TelephoneSettings, queue: str) -> Written:
    """Tell what is written of the voices of a queue."""
    voice = telephone.voice
    if not voice.carried:
        return Written.NOT
    if telephone.records(queue):
        return Written.RECORD
    return Written.LISTEN if voice.silence_seconds else Written.NOT


def join_voices(
    data: Path,
    telephone: TelephoneSettings,
    line: Line,
    control: Control,
    *,
    voices: VoiceFiles,
    say: Callable[[str], None],
    held: Callable[[CallId], bool],
) -> list[Coroutine[Any, Any, None]]:
    """Let a line's voices be kept and heard; give what does it. Nothing when none passes by us."""
    voice = telephone.voice
    if not voice.carried:
        return []
    spool = spool_folder(data, voice.spool)
    if not in_memory(spool):
        say(f"plain voice of calls is written to a disk, {spool}, until it is encrypted")
    port, kept_for = voice.control_port, voice.keep_days * DAY
    keeper = RecordingKeeper(
        control, voices, spool, port=port, kept_for=kept_for, say=say, held=held
    )
    line.written = lambda queue: written_of(telephone, queue)
    line.ends.heard = partial(voices_heard, port)
    line.ends.silence = voice.lost_seconds * SECOND
    tones = hear_tones(control, voice.tones_port, call_id_named, say)
    workers = [keeper.run(), tones]
    if voice.silence_seconds:
        ears = Ears(control, spool, port=port, seconds=voice.silence_seconds, say=say)
        line.answered = ears.answered
        workers += [ears.run(), ears.tidy()]
    return workers
