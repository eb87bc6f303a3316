"""Writes the switch's own configuration, and asks the switch whether it is one."""

import shutil
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from secrets import token_hex

from msgspec import Struct

from pasokh.adapters.telephony.kamailio.phone_config import WindowConfig, phone_fields
from pasokh.adapters.telephony.kamailio.phone_files import prepare_files

PROGRAM = "kamailio"
INSTALL = (
    "Kamailio is not installed; on Debian: "
    "apt-get install --no-install-recommends kamailio kamailio-extra-modules"
)
NAME = "kamailio.cfg"
# By this a probe call of ours is known; its maker has a copy.
PROBE_KEY = "probe.key"
_TEMPLATE = Path(__file__).with_name(NAME)
_ENDS = Path(__file__).with_name("ends.cfg")
_SHARED_MEGABYTES = "256"
_PRIVATE_MEGABYTES = "16"
_CHECK_SECONDS = 20
# Telephones that register are wherever they are: within a call that stands, they are heard.
_KNOWN_CALL = """\
    if (has_totag() && is_known_dlg()) return;
    if ($rm != "ACK") sl_send_reply("403", "Not From There");
    exit;"""
# How long a caller's telephone may ring in all, and how long one may wait for Pasokh's word.
_CALLER_WAITS_MS = 170_000
_CALLER_LASTS_MS = 180_000
_BEYOND_MS = 15_000
# Both ends have to leave so many questions in a row unanswered before a call counts as lost.
_ENDS_MISSED = 4
_ENDS_TIMER = """\
modparam("rtimer", "timer", "name=ends;interval={};mode=1;")
modparam("rtimer", "exec", "timer=ends;route=ENDS")"""

# A service that is nobody's here gets a definite no, so that the network can send it elsewhere.
_OTHER_SERVICES = """\
        if (!($mb =~ "^[A-Z]+ +urn:(service:(test[.:])?(sos@SERVICES@)[.: ]|@NENA@:service:)")) {
            $var(code) = "404 No Such Service";
            route(REFUSE);
        }"""


class SwitchRefused(Exception):
    """The switch cannot be started like this; the text says why and what to do."""


class Written(StrEnum):
    """What the switch has the carrier write of a call's voice."""

    RECORD = "record"
    # Only to hear whether anybody speaks: nothing of it is kept.
    LISTEN = "listen"
    NOT = "unrecorded"


class SwitchConfig(Struct, frozen=True):
    """What differs from centre to centre. Addresses were checked: they are written as they are."""

    host: str
    port: int
    events_port: int
    fallback: Sequence[str]
    trusted: Sequence[str]
    ring_ms: int
    queue_ms: int
    workers: int = 4
    # Where the carrier of voices hears the switch; None: voices pass directly.
    voice_port: int | None = None
    # The positions whose telephones register.
    registered: Sequence[str] = ()
    refuse_other_services: bool = True
    # What rings like sos: names after urn:service: (RFC 5031), with all that hangs under them.
    services: Sequence[str] = ()
    # What becomes of the voice of calls of which Pasokh says nothing.
    written: Written = Written.NOT
    window: WindowConfig | None = None
    # As whom the positions' telephones call back; "": they call nobody.
    outgoing_from: str = ""
    # How often both ends of a call are asked whether they are there; 0: never.
    ends_seconds: int = 15


def write_config(folder: Path, config: SwitchConfig) -> Path:
    """Write the configuration into a folder; give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    if config.registered:
        prepare_files(folder)
    path.write_text(config_text(config, folder))
    return path


def config_text(config: SwitchConfig, folder: Path) -> str:
    """Fill the template in; `folder` is where the switch keeps its own files."""
    text = _TEMPLATE.read_text().replace("@ENDS@", _ENDS.read_text())
    host = f"[{config.host}]" if ":" in config.host else config.host
    fields = {
        "WORKERS": config.workers,
        **phone_fields(config.registered, folder, host, config.window, config.outgoing_from),
        "HOST": host,
        "PORT": config.port,
        "EVENTS_PORT": config.events_port,
        "RING_MS": config.ring_ms,
        # Pasokh sends a call on before; the switch does it when Pasokh forgot.
        "QUEUE_LASTS_MS": config.queue_ms + _BEYOND_MS,
        "CALLER_WAITS_MS": _CALLER_WAITS_MS,
        "CALLER_LASTS_MS": _CALLER_LASTS_MS,
        "VOICE_PORT": config.voice_port or 0,
        "VOICE": "# Voices pass directly." if config.voice_port is None else "#!define CARRIED",
        "RECORD": config.written.value,
        "TRUSTED": _trusted(config.trusted),
        "TRUSTED_SOURCE": _trusted_source(config.trusted),
        "OTHER_SERVICES": _OTHER_SERVICES if config.refuse_other_services else "",
        "NENA": "(emergency|nena)",
        "SERVICES": "".join(f"|{name.replace('.', '[.:]')}" for name in config.services),
        "FALLBACK": _fallback(config.fallback),
        "ENDS_SECONDS": config.ends_seconds,
        "ENDS_MISSED": _ENDS_MISSED,
        "ENDS_TIMER": _ENDS_TIMER.format(config.ends_seconds) if config.ends_seconds else "",
        "PROBE_KEY": _probe_key(folder / PROBE_KEY),
    }
    for name, value in fields.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def command_line(path: Path) -> list[str]:
    """Start the switch in the foreground, speaking to its starter."""
    folder = str(path.parent)
    return [
        *(_program(), "-DD", "-E", "-f", str(path), "-Y", folder, "-w", folder),
        *("-m", _SHARED_MEGABYTES, "-M", _PRIVATE_MEGABYTES),
    ]


def check_config(path: Path) -> None:
    """Let the switch read its configuration; SwitchRefused with its words when it is wrong."""
    try:
        checked = subprocess.run(  # noqa: S603 - the switch, with a file that we wrote
            [_program(), "-c", "-f", str(path)],
            capture_output=True,
            text=True,
            timeout=_CHECK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SwitchRefused(f"{PROGRAM} -c did not end within {_CHECK_SECONDS} s") from None
    if checked.returncode != 0:
        raise SwitchRefused(f"{PROGRAM} does not take {path}:\n{checked.stderr.strip()}")


def _program() -> str:
    # Debian puts it where only administrators look.
    found = shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise SwitchRefused(INSTALL)
    return found


def _probe_key(path: Path) -> str:
    """Read the key of probe calls, or make it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
        path.write_text(token_hex(32))
    key = path.read_text().strip()
    if not key.isalnum():
        raise SwitchRefused(f"{path} is no key of probe calls; take it away, and one is made")
    return key


def _trusted(hosts: Sequence[str]) -> str:
    if not hosts:
        return "    return;"
    known = " || ".join(f'$si == "{host}"' for host in hosts)
    return f"    if ({known}) return;\n{_KNOWN_CALL}"


def _trusted_source(hosts: Sequence[str]) -> str:
    known = " || ".join(f'$sipdump(src_ip) == "{host}"' for host in hosts)
    return f"\n        && ({known})" if hosts else ""


def _fallback(addresses: Sequence[str]) -> str:
    first, *others = addresses
    lines = [f'    $ru = "{first}";', *(f'    append_branch("{other}");' for other in others)]
    return "\n".join(lines)
