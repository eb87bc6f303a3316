"""What the switch's configuration says about positions' telephones that register."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pasokh.adapters.telephony.kamailio.phone_files import ACCOUNTS, CONTACTS, REALM

# A telephone says again within so long where it is; one that fell silent is gone by then.
_EXPIRES_SECONDS = 120
_GUESSES = 5
_FORGIVEN_SECONDS = 60
_MODULES = "xhttp jsonrpcs db_text usrloc registrar auth auth_db nathelper".split()
_NONE = "# No position's telephone registers."


class WindowConfig(Struct, frozen=True):
    """Where windows reach the switch, on this machine only, and from which pages."""

    port: int
    origin: str


def phone_fields(
    registered: Sequence[str],
    folder: Path,
    host: str,
    window: WindowConfig | None,
    outgoing_from: str,
) -> dict[str, object]:
    """Give what is filled in for the positions whose telephones register."""
    block = [_block(folder.resolve())] if registered else [_NONE]
    outgoing = ["#!define OUTGOING"] if registered and outgoing_from else []
    return {
        "PHONES": "\n".join([*block, *_windows(window if registered else None), *outgoing]),
        "OUTGOING_FROM": outgoing_from,
        "WINDOW_PORT": window.port if window else 0,
        "WINDOW_ORIGIN": window.origin if window else "",
        "REALM": REALM,
        "GUESSES": _GUESSES,
        "REGISTERED": "|".join(position.replace(".", r"\.") for position in registered),
        "TOLD_PHONES": "\n".join(_told(position, host) for position in registered),
    }


def _block(folder: Path) -> str:
    modules = [f'loadmodule "{name}.so"' for name in _MODULES]
    parameters = {
        ("jsonrpcs", "transport"): 1,
        ("db_text", "db_mode"): 1,
        ("usrloc", "db_url"): f'"text://{folder / CONTACTS}"',
        ("usrloc", "db_mode"): 1,
        ("usrloc", "timer_interval"): 2,
        ("uac", "restore_mode"): '"auto"',
        ("uac", "restore_dlg"): 1,
        ("usrloc", "handle_lost_tcp"): 1,
        ("registrar", "default_expires"): _EXPIRES_SECONDS // 2,
        ("registrar", "max_expires"): _EXPIRES_SECONDS,
        ("registrar", "max_contacts"): 8,
        ("registrar", "gruu_enabled"): 0,
        ("nathelper|registrar", "received_avp"): '"$avp(received)"',
        ("auth_db", "db_url"): f'"text://{folder / ACCOUNTS}"',
        ("auth_db", "calculate_ha1"): 0,
        ("auth_db", "password_column"): '"ha1"',
        ("auth_db", "version_table"): 0,
        ("htable", "htable"): f'"guesses=>size=8;initval=0;autoexpire={_FORGIVEN_SECONDS}"',
        ("pv", "shvset"): '"dumped=i:0"',
    }
    lines = [f'modparam("{module}", "{name}", {v})' for (module, name), v in parameters.items()]
    return "\n".join(["#!define REGISTERING", *modules, *lines])


def _windows(window: WindowConfig | None) -> list[str]:
    """TLS is the work of the front that holds it, as for every page: here it is this machine."""
    if window is None:
        return []
    return [
        "#!define WINDOWS",
        f"listen=tcp:127.0.0.1:{window.port}",
        "tcp_accept_no_cl=yes",
        'loadmodule "websocket.so"',
        'modparam("websocket", "keepalive_mechanism", 1)',
        'modparam("websocket", "keepalive_timeout", 20)',
        'modparam("htable", "htable", "windows=>size=8;autoexpire=900")',
    ]


def _told(position: str, host: str) -> str:
    is_there = f'registered("location", "sip:{position}@{host}")'
    return f'    if ({is_there}) $var(line) = $var(line) + " {position}";'
