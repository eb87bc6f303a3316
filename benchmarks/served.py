"""Servers in processes of their own: the centre as an operator starts it, and the yardstick."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, socket

from msgspec import Struct

from benchmarks.machine import pin
from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.core.people import Role
from pasokh.drivers.live_clock import WallClock

SERVER_CORE, CLIENT_CORE = 0, 1
_START_SECONDS = 30.0


class Served(Struct, frozen=True):
    """A server that answers: where, with which token, and as which process."""

    port: int
    token: str
    process_id: int


@contextmanager
def centre(folder: Path) -> Iterator[Served]:
    """Serve an empty centre with the real command, its log in this folder."""
    token = add_token(
        folder,
        name="benchmark",
        role=Role.CALL_TAKER,
        scopes=(Scope.ANSWER, Scope.DISPATCH, Scope.READ),
        now=WallClock().now(),
    )
    port = free_port()
    command = ["-m", "pasokh.cli", "serve", "--empty", "--data", str(folder), "--port", str(port)]
    with started([sys.executable, *command], port) as process_id:
        yield Served(port, token, process_id)


@contextmanager
def started(command: Sequence[str], port: int, **env: str) -> Iterator[int]:
    """Start a server on its core, wait until it listens, and end it."""
    with subprocess.Popen(
        command,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: pin(SERVER_CORE),  # noqa: PLW1509 - sets the core, starts no thread
    ) as server:
        try:
            _wait_for(port, server)
            yield server.pid
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    """Ask the system for a port that nobody has."""
    with socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not start within {_START_SECONDS:g} s")
