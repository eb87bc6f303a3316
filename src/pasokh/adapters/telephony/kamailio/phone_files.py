"""The switch's two files about positions' telephones: their accounts, and where they are.

Both are tables of its own text database. An account is kept as its HA1 (RFC 7616, 3.4.2), from
which nobody reads the secret; it lets a telephone in all the same, so the file is its owner's only.
"""

import os
from collections.abc import Mapping
from hashlib import md5
from pathlib import Path
from secrets import token_urlsafe

ACCOUNTS = "accounts"
CONTACTS = "contacts"
REALM = "pasokh"
_SECRET_BYTES = 18
_VERSIONS = "table_name(string) table_version(int)"
_ACCOUNTS_HEAD = "username(string) ha1(string)"
# Debian's Kamailio 5.6: the table `location` in its version 9.
_LOCATION = "location"
_LOCATION_HEAD = (
    "id(int,auto) ruid(string) username(string) domain(string,null) contact(string) "
    "received(string,null) path(string,null) expires(int) q(double) callid(string) cseq(int) "
    "last_modified(int) flags(int) cflags(int) user_agent(string) socket(string,null) "
    "methods(int,null) instance(string,null) reg_id(int) server_id(int) connection_id(int) "
    "keepalive(int) partition(int)"
)
# A browser's window is reached only over the connection that it made.
_OF_A_CONNECTION = ("transport=ws", "transport=tcp", "transport=tls")


def ha1_of(account: str, secret: str) -> str:
    """Work out what the switch compares with; MD5, because desk telephones know nothing better."""
    text = f"{account}:{REALM}:{secret}"
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def new_secret() -> str:
    """Make a secret that nobody guesses (144 bits)."""
    return token_urlsafe(_SECRET_BYTES)


def prepare_files(folder: Path) -> None:
    """Make the files that are missing, and mend those that a crash left half written.

    The switch does not start with a damaged table, and callers would reach nobody: what cannot be
    read of the contacts is left out, because a telephone says again within a minute where it is.
    """
    for name, version in ((ACCOUNTS, (ACCOUNTS, 7)), (CONTACTS, (_LOCATION, 9))):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / name / "version", _VERSIONS, ["{}:{}".format(*version)])
    if not (folder / ACCOUNTS / ACCOUNTS).exists():
        write_accounts(folder, {})
    table = folder / CONTACTS / _LOCATION
    lines = table.read_bytes().decode("utf-8", "replace").splitlines() if table.exists() else []
    _write(table, _LOCATION_HEAD, [line for line in lines if _is_contact(line)])


def read_accounts(folder: Path) -> dict[str, str]:
    """Give the HA1 of each account."""
    path = folder / ACCOUNTS / ACCOUNTS
    lines = path.read_text().splitlines()[1:] if path.exists() else []
    pairs = (line.strip().partition(":") for line in lines)
    return {account: ha1 for account, _, ha1 in pairs if account and ha1}


def write_accounts(folder: Path, accounts: Mapping[str, str]) -> None:
    """Keep the accounts; the switch reads them anew at the next registration."""
    (folder / ACCOUNTS).mkdir(mode=0o700, parents=True, exist_ok=True)
    rows = [f"{account}:{ha1}" for account, ha1 in sorted(accounts.items())]
    _write(folder / ACCOUNTS / ACCOUNTS, _ACCOUNTS_HEAD, rows)


def _is_contact(line: str) -> bool:
    columns = line.replace("\\\\", "").replace("\\:", "").count(":") + 1
    whole = columns == len(_LOCATION_HEAD.split()) and line.partition(":")[0].isdigit()
    return whole and not any(word in line for word in _OF_A_CONNECTION)


def _write(path: Path, head: str, rows: list[str]) -> None:
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join([head, *rows, ""]))
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
