"""Finds who outlived a killed supervisor, so that the next one watches them and ends nobody.

A child carries in its environment who started it and as what. One whose parent is another by now
is an orphan: it goes on serving, and whoever starts a supervisor anew must not start a second.
"""

import os
import select
import signal
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

MARK = "PASOKH_CHILD"
_PROC = Path("/proc")


def mark_of(command_line: Sequence[str]) -> str:
    """Name what is started, and where: two centres of one machine differ in it."""
    named = "\0".join([str(Path.cwd()), *command_line])
    return sha256(named.encode()).hexdigest()[:32]


def environment_of(command_line: Sequence[str]) -> dict[str, str]:
    """Give the environment of a child that this process starts."""
    return {**os.environ, MARK: f"{os.getpid()} {mark_of(command_line)}"}


class Orphan:
    """A process that another supervisor started. Its file descriptor is no other process's."""

    def __init__(self, pid: int, descriptor: int) -> None:
        """`descriptor` is the process's own (pidfd): its number may be given out again."""
        self.pid = pid
        self._descriptor = descriptor

    def send_signal(self, number: int) -> None:
        """Hand a signal on; nothing happens when it has ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, signal.Signals(number))

    def wait(self) -> None:
        """Return when it has ended."""
        ends = select.poll()
        ends.register(self._descriptor, select.POLLIN)
        ends.poll()
        os.close(self._descriptor)


def orphan_of(command_line: Sequence[str]) -> Orphan | None:
    """Find the one who runs this command line for a supervisor that is gone."""
    mark = mark_of(command_line)
    for place in _PROC.glob("[0-9]*"):
        pid = int(place.name)
        with suppress(OSError):  # ended meanwhile, or another person's
            # First the descriptor: what is read afterwards is about its process.
            descriptor = os.pidfd_open(pid)
            if _is_orphan(place, mark):
                return Orphan(pid, descriptor)
            os.close(descriptor)
    return None


def _is_orphan(place: Path, mark: str) -> bool:
    """Tell whether it is the head of a session, of this mark, and has lost its parent."""
    try:
        told = (place / "environ").read_bytes().split(b"\0")
        # pid (name) state parent group session ...; the name may hold anything.
        state, parent, _, session = (place / "stat").read_text().rpartition(") ")[2].split()[:4]
    except OSError:
        return False
    marks = [entry.partition(b"=")[2].decode() for entry in told if entry.startswith(_KEY)]
    starter, _, named = (marks or [""])[0].partition(" ")
    return named == mark and session == place.name and parent != starter and state != "Z"


_KEY = f"{MARK}=".encode()
