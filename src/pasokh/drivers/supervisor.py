"""Starts the centre as a child and starts it again after a crash, saying why. Decides nothing else.

A clean end (exit code 0) ends the supervisor too. SIGTERM, SIGINT and SIGHUP are handed to the
child, which drains; after that nothing is started again. Children beside the centre (the office)
live and crash for themselves: what becomes of them never ends the centre. Nor does what becomes of
the supervisor: who outlived a killed one is watched by the next one, and not started a second time.
"""

import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import IO

from msgspec import Struct

from pasokh.drivers.supervisor_orphans import Orphan, environment_of, orphan_of

# The child's exit code for what no new start mends (EX_CONFIG of sysexits.h): a damaged log, a
# wrong setting. A person has to look.
EXIT_CANNOT_START = 78

# A child that lived this long was healthy: its next crash waits the shortest time again.
HEALTHY_SECONDS = 30.0
WAITS_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)
_LAST_LINES = 5
# How long the others may take to end after the centre.
_LAST_SECONDS = 10.0


class Ending(Struct, frozen=True):
    """How a child ended: its exit code (negative: the signal that killed it) and last words."""

    code: int
    last_message: str
    lived_seconds: float

    def why(self) -> str:
        """Say it in a sentence for the operator of the machine."""
        ended = f"exit code {self.code}"
        if self.code < 0:
            ended = f"killed by {signal.Signals(-self.code).name}"
        said = f": {self.last_message}" if self.last_message else ""
        return f"{ended} after {self.lived_seconds:.1f} s{said}"


class Supervisor:
    """Runs one command line again and again until it ends well or somebody says stop."""

    def __init__(
        self,
        command_line: Sequence[str],
        say: Callable[[str], None],
        waits_seconds: Sequence[float] = WAITS_SECONDS,
        *,
        name: str = "the centre",
        before: Callable[[], None] | None = None,
    ) -> None:
        """`say` gets a line for each start and end; the child's own words go through it too.

        `before` is called before each start, and must not raise.
        """
        self._name = name
        self._before = before
        self._command_line = list(command_line)
        self._say = say
        self._waits_seconds = waits_seconds
        self._stopping = Event()
        self._child: subprocess.Popen[str] | None = None
        self._orphan: Orphan | None = None

    def pass_on(self, number: int, _frame: object = None) -> None:
        """Hand a signal to the child, and start nothing again afterwards."""
        self._stopping.set()
        if self._orphan is not None:
            self._orphan.send_signal(number)
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(number)

    def run(self) -> int:
        """Return the exit code for the shell: 0 after a clean end."""
        crashes = 0
        ending = self._watch_orphan()
        while True:
            ending = ending or self._live_once()
            if ending.code in {0, EXIT_CANNOT_START} or self._stopping.is_set():
                self._say(f"{self._name} ended ({ending.why()})")
                return max(ending.code, 0)
            crashes = 1 if ending.lived_seconds >= HEALTHY_SECONDS else crashes + 1
            wait = self._waits_seconds[min(crashes, len(self._waits_seconds)) - 1]
            self._say(f"{self._name} crashed ({ending.why()}); starting it again in {wait} s")
            if self._stopping.wait(wait):
                return 0
            ending = None

    def _watch_orphan(self) -> Ending | None:
        """Wait for the end of one that outlived another supervisor; None when there is none."""
        orphan = orphan_of(self._command_line)
        if orphan is None:
            return None
        started = monotonic()
        self._say(f"{self._name} runs already (process {orphan.pid}), its supervisor is gone")
        self._orphan = orphan
        if self._stopping.is_set():  # the signal came before it was found
            orphan.send_signal(signal.SIGTERM)
        orphan.wait()
        self._orphan = None
        _end_session(orphan.pid)
        code = 0 if self._stopping.is_set() else 1
        return Ending(code, "not our child, its own code is not known", monotonic() - started)

    def _live_once(self) -> Ending:
        if self._before is not None:
            self._before()
        started = monotonic()
        with subprocess.Popen(  # noqa: S603 - our own command line, no shell
            self._command_line,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=environment_of(self._command_line),
        ) as child:
            self._child = child
            if self._stopping.is_set():  # the signal came before there was a child
                child.terminate()
            last: deque[str] = deque(maxlen=_LAST_LINES)
            listener = Thread(target=self._listen, args=(child.stderr, last), daemon=True)
            listener.start()
            code = child.wait()
            _end_session(child.pid)
            listener.join(1.0)
        words = [line for line in last if line.strip()]
        return Ending(code, words[-1] if words else "", monotonic() - started)

    def _listen(self, stream: IO[str] | None, last: deque[str]) -> None:
        for line in stream or ():
            last.append(line.rstrip())
            self._say(line.rstrip())


def _end_session(head: int) -> None:
    """End whoever outlives a killed head (a switch's workers do): they have its addresses."""
    with suppress(ProcessLookupError):
        os.killpg(head, signal.SIGKILL)


class Household:
    """The centre and those beside it: each has its own supervisor, and one signal ends all."""

    def __init__(
        self,
        command_line: Sequence[str],
        say: Callable[[str], None],
        beside: Mapping[str, Sequence[str]],
        waits_seconds: Sequence[float] = WAITS_SECONDS,
        before: Callable[[], None] | None = None,
    ) -> None:
        """`beside` gives the command lines of the others by their names."""
        self._centre = Supervisor(command_line, say, waits_seconds, before=before)
        self._others = [
            Supervisor(line, say, waits_seconds, name=name) for name, line in beside.items()
        ]

    def pass_on(self, number: int, _frame: object = None) -> None:
        """Hand a signal to everybody."""
        for supervisor in (self._centre, *self._others):
            supervisor.pass_on(number)

    def run(self) -> int:
        """Run all; when the centre has ended the others are told to. Give the centre's code."""
        threads = [Thread(target=other.run, daemon=True) for other in self._others]
        for thread in threads:
            thread.start()
        code = self._centre.run()
        for other in self._others:
            other.pass_on(signal.SIGTERM)
        for thread in threads:
            thread.join(_LAST_SECONDS)
        return code


def supervise(
    command_line: Sequence[str],
    say: Callable[[str], None],
    beside: Mapping[str, Sequence[str]] | None = None,
    before: Callable[[], None] | None = None,
    waits_seconds: Sequence[float] = WAITS_SECONDS,
) -> int:
    """Supervise command lines from this process's main thread, signals included."""
    household = Household(command_line, say, beside or {}, waits_seconds, before=before)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, household.pass_on)
    return household.run()
