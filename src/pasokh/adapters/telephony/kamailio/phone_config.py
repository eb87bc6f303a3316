"""What the switch's configuration says about positions' telephones that register."""

from collections.abc import Sequence
from pathlib import Path

from pasokh.adapters.telephony.kamailio.phone_files import ACCOUNTS, CONTACTS, REALM

# A telephone says again within so long where it is; one that fell silent is gone by then.
_EXPIRES_SECONDS = 120
_GUESSES = 5
_FORGIVEN_SECONDS = 60
_MODULES = "xhttp jsonrpcs db_text usrloc registrar auth auth_db nathelper".split()
_NONE = "# No position's telephone registers."


def phone_fields(registered: Sequence[str], folder: Path, host: str) -> dict[str, object]:
    """Give what is filled in for the positions whose telephones register."""
    return {
        "PHONES": _block(folder.resolve()) if registered else _NONE,
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
        ("usrloc", "handle_lost_tcp"): 1,
        ("registrar", "default_expires"): _EXPIRES_SECONDS // 2,
        ("registrar", "max_expires"): _EXPIRES_SECONDS,
        ("registrar", "max_contacts"): 8,
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


def _told(position: str, host: str) -> str:
    is_there = f'registered("location", "sip:{position}@{host}")'
    return f'    if ({is_there}) $var(line) = $var(line) + " {position}";'
