"""Keeps the listening program running, and makes marks of what it says.

It is another process: when it dies it is started again, calls go on, and what it had begun to
listen to is told to it again.
"""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pasokh.adapters.telephony.kamailio.config import Written
from pasokh.adapters.telephony.rtpengine.control import CarrierAway, stop_recording
from pasokh.adapters.telephony.rtpengine.spool import captured
from pasokh.answer.commands import MarkSilent
from pasokh.answer.commands_voice import HearSpeech
from pasokh.core.ids import CallId
from pasokh.core.machine import Command, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import SECOND
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, "ear")
_AGAIN_SECONDS = 1.0
_EVERY_SECONDS = 1.0
_PROGRAM = "pasokh.adapters.telephony.rtpengine.ear"
_SPEAKS, _SILENT = "speaks", "silent"


class Ears:
    """Which calls are listened to, and what is heard. Turns in the control room's loop."""

    def __init__(
        self,
        control: Control,
        spool: Path,
        *,
        port: int,
        seconds: float,
        say: Callable[[str], None],
    ) -> None:
        """`seconds` without speech mark a call; `port` is the carrier's."""
        self._control = control
        self._spool = spool
        self._port = port
        self._seconds = seconds
        self._say = say
        self._calls: dict[CallId, str] = {}
        # Captures that were made to listen and for nothing else: gone as soon as they are heard.
        self._borrowed: dict[str, CallId] = {}
        self._program: asyncio.subprocess.Process | None = None

    def answered(self, call_id: CallId, trace: str, written: Written) -> None:
        """Begin to listen to a call."""
        self._calls[call_id] = trace
        if written is Written.LISTEN:
            self._borrowed[trace] = call_id
        self._tell(self._words(call_id, trace))

    async def run(self) -> None:
        """Keep the program running, until cancelled."""
        line = (sys.executable, "-m", _PROGRAM, str(self._spool), str(self._seconds))
        while True:
            pipe = asyncio.subprocess.PIPE
            program = await asyncio.create_subprocess_exec(*line, stdin=pipe, stdout=pipe)
            self._program = program
            try:
                for call_id, trace in self._calls.items():
                    self._tell(self._words(call_id, trace))
                await self._hear(program)
            finally:
                self._program = None
                with suppress(ProcessLookupError):
                    program.kill()
            self._say("the program that listens for speech ended, and is started again")
            await asyncio.sleep(_AGAIN_SECONDS)

    async def tidy(self) -> None:
        """Leave calls that are over, and take away what was written only to be heard."""
        while True:
            calls = self._control.centre.answer.calls
            for call_id in [c for c in self._calls if c not in calls or calls[c].over]:
                self._leave(call_id)
            if self._borrowed:
                await asyncio.to_thread(self._give_back)
            await asyncio.sleep(_EVERY_SECONDS)

    async def _hear(self, program: asyncio.subprocess.Process) -> None:
        while program.stdout is not None and (line := await program.stdout.readline()):
            word, call_id = line.decode().split()
            if word == _SPEAKS:
                self._speaks(call_id)
            elif word == _SILENT:
                self._ask(MarkSilent(call_id))

    def _speaks(self, call_id: CallId) -> None:
        call = self._control.centre.answer.calls.get(call_id)
        if call is not None and call.silent:
            self._ask(HearSpeech(call_id))
        self._leave(call_id)

    def _leave(self, call_id: CallId) -> None:
        self._calls.pop(call_id, None)
        self._tell(f"leave {call_id}")

    def _give_back(self) -> None:
        """Stop the carrier's writing for calls that were heard, and remove what it wrote."""
        left = [trace for trace, call_id in self._borrowed.items() if call_id not in self._calls]
        found = captured(self._spool, frozenset(left)) if left else {}
        for trace in left:
            one = found.get(trace)
            if one is None:
                del self._borrowed[trace]
                continue
            if not one.closed:
                with suppress(CarrierAway):
                    stop_recording(self._port, one.sip_call_id)
            elif one.over:
                one.remove()

    def _words(self, call_id: CallId, trace: str) -> str:
        """Say how long ago the call was answered: who starts anew begins no new eight seconds."""
        call = self._control.centre.answer.calls.get(call_id)
        answered_at = call.answered_at if call is not None else None
        now = self._control.clock.now()
        age = max(0, now - (now if answered_at is None else answered_at))
        return f"hear {call_id} {trace} {age / SECOND}"

    def _tell(self, line: str) -> None:
        if self._program is not None and self._program.stdin is not None:
            self._program.stdin.write(f"{line}\n".encode())

    def _ask(self, command: Command) -> None:
        """A mark is for the call taker: it ends nothing, and a no to it is no trouble."""
        call_id = getattr(command, "call_id", "")
        now = self._control.clock.now()
        named = f"{type(command).__name__} {call_id} {now}"
        command_id = f"ear-{sha256(named.encode()).hexdigest()[:32]}"
        with suppress(CommandParked, NotTaking, OutcomeUnknown):
            self._control.take(Submission(command_id, ACTOR, command))
