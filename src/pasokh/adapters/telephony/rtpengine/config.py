"""Writes the configuration of the carrier of voices, and starts it once to see that it is one."""

import shutil
import socket
import subprocess
from pathlib import Path
from time import monotonic

from msgspec import Struct

PROGRAM = "rtpengine"
INSTALL = (
    "rtpengine is not installed; on Debian: "
    "apt-get install --no-install-recommends rtpengine-daemon"
)
NAME = "rtpengine.conf"
_CHECK_SECONDS = 5.0
_ASKED_SECONDS = 0.1
# A telephone that sends nothing for an hour is gone. Nobody's silence ends a voice before that.
_SILENT_SECONDS = 3600
# An offer that nobody took up holds its ports a little longer than a call may ring.
_OFFER_SECONDS = 200


class CarrierRefused(Exception):
    """The carrier of voices cannot be started like this; the text says why and what to do."""


class CarrierConfig(Struct, frozen=True):
    """What differs from centre to centre. Addresses were checked: they are written as they are."""

    host: str
    control_port: int
    first_port: int
    last_port: int
    # Where recorded voices are written while people speak; a folder that is there.
    spool: Path
    # Where we hear which keys callers press.
    tones_port: int


def write_config(folder: Path, config: CarrierConfig) -> Path:
    """Write the configuration into a folder; give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.write_text(config_text(config))
    return path


def config_text(config: CarrierConfig) -> str:
    """Say it in the carrier's own words. In user space: no kernel module is asked for."""
    fields = {
        "table": -1,
        "interface": config.host,
        "listen-ng": f"127.0.0.1:{config.control_port}",
        "port-min": config.first_port,
        "port-max": config.last_port,
        "timeout": _SILENT_SECONDS,
        "silent-timeout": _SILENT_SECONDS,
        "offer-timeout": _OFFER_SECONDS,
        "delete-delay": 0,
        "dtmf-log-dest": f"127.0.0.1:{config.tones_port}",
        "recording-dir": config.spool,
        "recording-method": "pcap",
        "recording-format": "raw",
        "log-level": 4,
    }
    lines = [f"{name} = {value}" for name, value in fields.items()]
    return "\n".join(["[rtpengine]", *lines, ""])


def command_line(path: Path) -> list[str]:
    """Start the carrier in the foreground, speaking to its starter.

    It leaves no image of its memory when it crashes: plain voice would be in that.
    """
    words = ("--foreground", "--log-stderr", "--no-log-timestamps")
    limiting = shutil.which("prlimit")
    limit = [] if limiting is None else [limiting, "--core=0"]
    return [*limit, _program(), f"--config-file={path}", *words]


def check_config(path: Path) -> None:
    """Start the carrier once, beside one that may run; CarrierRefused with its words if it ends."""
    port = _free_port()
    line = [*command_line(path), f"--listen-ng=127.0.0.1:{port}"]
    with subprocess.Popen(  # noqa: S603 - the carrier, with a file that we wrote
        line, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as carrier:
        until = monotonic() + _CHECK_SECONDS
        while carrier.poll() is None and monotonic() < until:
            if answers(port):
                carrier.terminate()
                return
        carrier.kill()
        said = carrier.stderr.read() if carrier.stderr else ""
    raise CarrierRefused(f"{PROGRAM} does not take {path}:\n{said.strip()}")


def answers(port: int) -> bool:
    """Tell whether a carrier answers on its control port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(_ASKED_SECONDS)
        try:
            asking.connect(("127.0.0.1", port))
            asking.send(b"1 d7:command4:pinge")
            return b"pong" in asking.recv(1024)
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program() -> str:
    found = shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise CarrierRefused(INSTALL)
    return found
