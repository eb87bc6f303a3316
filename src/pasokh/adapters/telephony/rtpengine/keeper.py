"""Keeps recordings: what the carrier wrote becomes audio, encrypted, in the log, and plain no more.

The order is the promise. The encrypted voice is on the disk, then the log says so, then the plain
one goes. After a crash between any two of them the same is done again: the log tells what is kept
already, and a voice that was written twice is one file. What is gone without that is said.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from pasokh.adapters.telephony.rtpengine.audio import audio_of
from pasokh.adapters.telephony.rtpengine.control import (
    CarrierAway,
    start_recording,
    stop_recording,
)
from pasokh.adapters.telephony.rtpengine.spool import Captured, captured
from pasokh.answer.commands_voice import EraseRecording, KeepRecording, LoseRecording
from pasokh.answer.events_voice import (
    LostWhy,
    RecordingErased,
    RecordingMarked,
    RecordingPaused,
    RecordingResumed,
)
from pasokh.answer.finding import spoken_of
from pasokh.answer.views import Spoken, recordings_erased, recordings_open, recordings_settled
from pasokh.control_room.holding import is_held
from pasokh.core.ids import CallId
from pasokh.core.log import Entry
from pasokh.core.machine import Command, Fact, Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.time import DAY, SECOND, Instant, Span
from pasokh.drivers.ports import Voices
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, "recordings")
EVERY_SECONDS = 1.0
# After a call is over its capture is closed within a second; a carrier that died closes none.
_CLOSED_AFTER: Span = 10 * SECOND
_CLASS_A = "class A: its time is over"


class KeptVoice(Struct, frozen=True):
    """A voice on the disk, and what the log has to say of it."""

    command: KeepRecording
    secret: str


class RecordingKeeper:
    """Turns in the control room's loop; reading and encrypting are done beside it."""

    def __init__(
        self,
        control: Control,
        voices: Voices,
        spool: Path,
        *,
        port: int,
        kept_for: Span,
        say: Callable[[str], None],
        held: Callable[[CallId], bool] = lambda _call_id: False,
    ) -> None:
        """`port` is the carrier's, `kept_for` how long a recording of class A is kept (ms).

        `held` tells of a call that is long over whether a legal hold keeps it.
        """
        self._control = control
        self._voices = voices
        self._spool = spool
        self._port = port
        self._kept_for = kept_for
        self._say = say
        self._held = held
        self._beside = ThreadPoolExecutor(1, "recordings")

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        self._control.follow(self._follow)
        await self._take_up()
        while True:
            await self.look()
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Keep what is over, erase what is due."""
        try:
            opened = recordings_open(self._control.centre.answer)
            over = {spoken.trace for spoken in opened if spoken.ended_at is not None}
            found = await self._do(captured, self._spool, over) if over else {}
            for spoken in opened:
                if spoken.ended_at is not None:
                    await self._settle(spoken, spoken.ended_at, found.get(spoken.trace))
            for call_id in await self._do(self._voices.due, self._control.clock.now()):
                if not await self._do(self._is_held, call_id):
                    await self._erase(call_id)
        except (NotTaking, OutcomeUnknown, CommandParked):
            return  # the next process looks again
        except OSError as error:
            self._say(f"a recording stays plain for now, the disk refused it: {error}")

    async def _settle(self, spoken: Spoken, ended_at: Instant, found: Captured | None) -> None:
        """End a recording: kept, or lost and why. Then the plain voice goes."""
        late = self._control.clock.now() - ended_at > _CLOSED_AFTER
        if found is None:
            if late:
                await self._ask(LoseRecording(spoken.call_id, LostWhy.SPOOL_GONE))
            return
        if not late and (not found.over or await self._do(found.torn)):
            return
        kept = await self._do(self._keep, spoken, found)
        if kept is None:
            await self._ask(LoseRecording(spoken.call_id, LostWhy.UNREADABLE))
        else:
            await self._ask(kept.command, Words(text=kept.secret))
        await self._do(found.remove)

    def _keep(self, spoken: Spoken, found: Captured) -> KeptVoice | None:
        call_id = spoken.call_id
        audio = audio_of(found.packets(), found.offerer_door(), back=spoken.back)
        if audio is None:
            return None
        erase_at = audio.began_at + self._kept_for
        secret = self._voices.keep(call_id, audio.wav, erase_at)
        digest = sha256(audio.wav).hexdigest()
        told = (digest, len(audio.wav), audio.began_at, audio.duration, erase_at)
        return KeptVoice(KeepRecording(call_id, *told), secret)

    async def _erase(self, call_id: CallId) -> None:
        """Erase what is due; what the log calls evidence leaves the timetable instead."""
        if await self._ask(EraseRecording(call_id, _CLASS_A), day=True):
            await self._do(self._voices.erase, call_id)
        else:
            await self._do(self._voices.hold, call_id)

    def _is_held(self, call_id: CallId) -> bool:
        """Tell whether a hold keeps a voice: then its day comes when the hold is over."""
        control = self._control
        return is_held(control.centre, call_id, control.clock.now()) or self._held(call_id)

    async def _take_up(self) -> None:
        """After a start: end what a crash left half done, and tell the carrier who pauses."""
        answer = self._control.centre.answer
        settled = recordings_settled(answer)
        found = await self._do(captured, self._spool)
        for spoken in recordings_open(answer):
            one = found.pop(spoken.trace, None)
            if one is not None and spoken.ended_at is None:
                await self._do(self._tell, one, paused=spoken.paused)
        for trace, one in found.items():
            if trace in settled or one.borrowed():
                await self._do(one.remove)
            else:
                self._say(f"{one.captures[0]} is the voice of a call that the log does not know")
        for call_id in recordings_erased(answer):
            await self._do(self._voices.erase, call_id)

    def _follow(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        for fact in facts:
            event = fact.event
            if isinstance(event, RecordingPaused | RecordingResumed):
                spoken = spoken_of(self._control.centre.answer, event.call_id)
                trace = spoken.recording.trace if spoken and spoken.recording else ""
                paused = isinstance(event, RecordingPaused)
                self._beside.submit(self._pause, trace, paused=paused)
            elif isinstance(event, RecordingErased):
                self._beside.submit(self._voices.erase, event.call_id)
            elif isinstance(event, RecordingMarked):
                self._beside.submit(self._voices.hold, event.call_id)

    def _pause(self, trace: str, *, paused: bool) -> None:
        found = captured(self._spool, {trace}).get(trace)
        if found is not None:
            self._tell(found, paused=paused)

    def _tell(self, found: Captured, *, paused: bool) -> None:
        try:
            (stop_recording if paused else start_recording)(self._port, found.sip_call_id)
        except CarrierAway as away:
            self._say(f"{away}; it carries no voice either")

    async def _ask(
        self, command: Command, words: Words | None = None, *, day: bool = False
    ) -> bool:
        """Ask once, and wait for the disk; True when it is so."""
        now = self._control.clock.now()
        named = f"{type(command).__name__} {getattr(command, 'call_id', '')} {day and now // DAY}"
        command_id = f"voice-{sha256(named.encode()).hexdigest()[:32]}"
        receipt = await self._control.submit(Submission(command_id, ACTOR, command, None, words))
        return receipt.refusal is None

    async def _do(self, deed: Callable[..., Any], *given: Any, **named: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._beside, partial(deed, *given, **named))
