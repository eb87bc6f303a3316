"""A centre as a real process, with its supervisor when a test wants to kill it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import randbelow
from socket import SOCK_DGRAM, socket
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from time import monotonic, sleep

import httpx

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.core.people import Role

# For what is asked in the clear: reading the authorities takes httpx 45 ms for each client.
CLEAR = SSLContext(PROTOCOL_TLS_CLIENT)
_PORTS = range(61_000, 65_536)
_SERVE = (
    "import sys; from pathlib import Path; from pasokh.settings import Settings; "
    "from pasokh.wiring import serve; "
    "at = {'data': Path(sys.argv[1]), 'port': int(sys.argv[2]), 'behind': tuple(sys.argv[3:])}; "
    "sys.exit(serve(Settings(**at)))"
)
# Whoever kills it ten times need not wait five seconds after each as its operator would.
SUPERVISE = (
    "import sys; from pasokh.drivers.supervisor import supervise; "
    "sys.exit(supervise(sys.argv[1:], lambda line: print(line, file=sys.stderr, flush=True), "
    "waits_seconds=(0.1, 0.5)))"
)


def free_port() -> int:
    """A port beyond those that the system gives out by itself: it stays free until it is used."""
    while True:
        port = _PORTS.start + randbelow(len(_PORTS))
        with socket() as tcp, socket(type=SOCK_DGRAM) as udp, suppress(OSError):
            tcp.bind(("127.0.0.1", port))
            udp.bind(("127.0.0.1", port))
            return port


def wait_until_healthy(url: str, seconds: float = 60.0) -> None:
    until = monotonic() + seconds
    while monotonic() < until:
        try:
            if httpx.get(f"{url}/health", verify=CLEAR).status_code == 200:
                return
        except httpx.TransportError:
            sleep(0.05)
    raise AssertionError(f"{url} did not answer within {seconds} s")


def headers_of(folder: Path) -> dict[str, str]:
    token = add_token(folder, name="gate", role=Role.SUPERVISOR, scopes=tuple(Scope), now=1)
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def running(
    folder: Path,
    *,
    supervised: bool = False,
    port: int | None = None,
    behind: tuple[str, ...] = (),
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a centre on a free port; give its address and the process that was started."""
    port = port or free_port()
    line = [sys.executable, "-c", _SERVE, str(folder), str(port), *behind]
    if supervised:
        line = [sys.executable, "-c", SUPERVISE, *line]
    with (folder / "words.txt").open("wb") as words:
        process = subprocess.Popen(line, stderr=words)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(20)
