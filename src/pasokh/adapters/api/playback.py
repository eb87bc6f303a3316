"""Hearing a recording: first the listening becomes a fact on the disk, then the voice is given.

Nothing is given that is not, bit for bit, what the log has the digest of: the voice is opened and
measured before the listening is entered, and again before each answer. What is damaged is entered
as that, and is no audio for anybody.

A listening is one entry, however many parts a player asks for. It gives the voice to whom the
entry names, as long as the voice lasts and some minutes more.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, TypeAlias
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from pasokh.adapters.api.intake import Intake, Order
from pasokh.adapters.api.problems import Answer, ProblemRaised, parsed
from pasokh.adapters.api.reading import AGAIN, entered_read
from pasokh.adapters.api.recordings import Recordings
from pasokh.adapters.api.scopes import Grant
from pasokh.answer.commands_voice import CheckRecording
from pasokh.answer.events_voice import VoiceFound
from pasokh.answer.finding import call_of
from pasokh.answer.views import RecordingNow, recording_of
from pasokh.core.ids import CallId, CommandId
from pasokh.core.machine import Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant, Span
from pasokh.drivers.ports import EnvelopeDamaged, Vault, VoiceDamaged, VoiceMissing, Voices
from pasokh.drivers.ports_live import Control
from pasokh.staff.commands import ReadWords
from pasokh.staff.events import ReadThing

RECORDING_AT = "/desk/recording"
_ACTOR = actor_of(Role.MACHINE, "recordings")
_LOG = logging.getLogger(__name__)
_ENCODE = msgspec.json.Encoder().encode

# Spells a kept WAV out for whoever plays it.
PlainOf: TypeAlias = Callable[[bytes], bytes]
_Entry = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class ListenOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """Which call's recording somebody wants to hear, and why: needed when it is long over.

    `call_id`: the call's, or that of the dial by which its caller was called back.
    """

    id: CommandId
    call_id: CallId
    reason: Annotated[str, Meta(max_length=500)] = ""
    # The entry that says that it was kept: of a call that the desks have forgotten.
    kept: _Entry = 0


class ListenSheet(Struct, frozen=True):
    """A listening that is entered: where the voice is, and until when it is given."""

    call_id: CallId
    entry: int
    audio: str
    until: Instant
    duration: Span
    sha256: str


class ListenInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Of which call, under which entry of the log."""

    call_id: CallId
    entry: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    kept: _Entry = 0


class Heard(Struct, frozen=True):
    """A voice that is what the log says, as it is played (WAV, 16 bits)."""

    wav: bytes
    digest: str


class _Damaged(Exception):
    """What is kept is not what the log says."""

    def __init__(self, found: VoiceFound, ill: str) -> None:
        super().__init__(ill)
        self.found = found


_decode = msgspec.json.Decoder(ListenOrder).decode


class Playback:
    """Gives voices to whoever may hear them."""

    def __init__(
        self, control: Control, intake: Intake, vault: Vault, voices: Voices, plain_of: PlainOf
    ) -> None:
        """`vault` has the halves of the keys that `voices` does not have."""
        self._control = control
        self._intake = intake
        self._vault = vault
        self._voices = voices
        self._plain_of = plain_of
        self.recordings = Recordings(control, voices)

    async def begin(self, body: bytes, grant: Grant, language: str) -> Answer:
        """Enter a listening and say where the voice is; or say why not."""
        asked: ListenOrder = parsed(body, _decode)
        if self._seen(asked, grant):
            await self._measured(await self._recording(asked))
        elif call_of(self._control.centre.answer, asked.call_id) is None:
            raise ProblemRaised("unknown-thing", detail=asked.call_id)
        command = ReadWords(ReadThing.RECORDING, asked.call_id, asked.reason)
        receipt = await self._intake.take(Order(asked.id, command), grant)
        if receipt.refusal is not None:
            return self._intake.refused(receipt, receipt.refusal, language)
        known_at = await entered_read(self._control, receipt.first_seq, command, grant)
        if known_at is None:
            raise ProblemRaised("id-used", where="$.id")
        recording = await self._recording(asked)
        until = self._until(known_at, recording, "$.id")
        audio = f"{RECORDING_AT}?call_id={quote(asked.call_id, safe='')}&entry={receipt.first_seq}"
        audio += f"&kept={asked.kept}" if asked.kept else ""
        told = (audio, until, recording.duration, recording.sha256)
        return Answer(200, _ENCODE(ListenSheet(asked.call_id, receipt.first_seq, *told)))

    async def heard(self, asked: ListenInput, grant: Grant) -> Heard:
        """Give the voice under an entry that its listener made."""
        if not self._seen(asked, grant):
            raise ProblemRaised("unknown-thing", detail=asked.call_id)
        recording = await self._recording(asked)
        command = ReadWords(ReadThing.RECORDING, asked.call_id)
        known_at = await entered_read(self._control, asked.entry, command, grant)
        if known_at is None:
            raise ProblemRaised("unknown-thing", detail=str(asked.entry), where="entry")
        self._until(known_at, recording, "entry")
        wav = await self._measured(recording)
        return Heard(await asyncio.to_thread(self._plain_of, wav), recording.sha256)

    def _until(self, known_at: Instant, recording: RecordingNow, where: str) -> Instant:
        """Say until when a listening gives the voice; raise when that is past."""
        until = known_at + recording.duration + AGAIN
        if self._control.clock.now() > until:
            raise ProblemRaised("read-over", where=where)
        return until

    def _seen(self, asked: ListenOrder | ListenInput, grant: Grant) -> bool:
        """Tell whether a call is this person's; of a forgotten one nobody knows the county."""
        call = call_of(self._control.centre.answer, asked.call_id)
        if call is None:
            return bool(asked.kept) and grant.everywhere
        return grant.sees(call.county)

    async def _recording(self, asked: ListenOrder | ListenInput) -> RecordingNow:
        answer = self._control.centre.answer
        if call_of(answer, asked.call_id) is not None:
            found = recording_of(answer, asked.call_id)
        else:
            found = await self.recordings.of(asked.call_id, asked.kept)
        if found is None:
            raise ProblemRaised("recording-absent", detail=asked.call_id)
        return found

    async def _measured(self, recording: RecordingNow) -> bytes:
        """Open a voice and compare it with the log; raise the problem in its way."""
        call_id = recording.call_id
        if not (recording.kept or recording.erased):
            raise ProblemRaised("recording-absent", detail=call_id)
        await self._control.durable(self._control.centre.seq)
        try:
            wav = await asyncio.to_thread(self._opened, recording)
        except _Damaged as damage:
            await self._enter(recording, damage.found)
            _LOG.error("the recording of %s is not given: %s", call_id, damage)
            told = f"{call_id}: {damage.found.value}"
            raise ProblemRaised("recording-damaged", detail=told) from damage
        if wav is None:
            raise ProblemRaised("recording-erased", detail=call_id)
        await self._enter(recording, VoiceFound.WHOLE)
        return wav

    def _opened(self, recording: RecordingNow) -> bytes | None:
        """Open and measure; None when either half of the key is destroyed."""
        if recording.key is None:
            return None
        try:
            words = self._vault.open(recording.key)
            secret = words.text if words else None
            wav = None if secret is None else self._voices.audio(recording.call_id, secret)
        except VoiceMissing as ill:
            raise _Damaged(VoiceFound.MISSING, str(ill)) from ill
        except (EnvelopeDamaged, VoiceDamaged) as ill:
            raise _Damaged(VoiceFound.CHANGED, str(ill)) from ill
        if wav is not None and sha256(wav).hexdigest() != recording.sha256:
            raise _Damaged(VoiceFound.ANOTHER, "it is another voice than the log has; restore it")
        return wav

    async def _enter(self, recording: RecordingNow, found: VoiceFound) -> None:
        """Let the log say how the recording was found, when that is news."""
        known = call_of(self._control.centre.answer, recording.call_id) is not None
        if known and recording.found is not found:
            command = CheckRecording(recording.call_id, found)
            command_id = f"voice-found-{secrets.token_hex(16)}"
            await self._control.submit(Submission(command_id, _ACTOR, command))
