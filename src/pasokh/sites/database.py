"""Where a site's rows lie: an SQLite file of the centre's folder, or a PostgreSQL server."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Eight threads may write: each transaction asks for the lock at once, and waits for it.
# What is deleted is overwritten: a name that was erased must not lie in a page that is free.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;"
)

# Whoever waits for another's transaction gives up as it would at a file, and a server that went
# away is noticed. What the address says after "?" goes before these.
_SERVER = {"connect_timeout": "5", "options": "-c lock_timeout=5s"}
_SCHEMES = {"postgresql", "postgres"}


def make_private(path: Path) -> None:
    """Make a database's file, readable by its owner only from its first byte.

    One that is there is not even opened: whoever closes the file of an open database drops all
    locks that the process has on it (POSIX), and another process may take its log away.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def why_no_database(url: str) -> str:
    """Say what is wrong with the address of a database; empty for one that may be, or for none."""
    if not url:
        return ""
    at = urlsplit(url)
    if at.scheme not in _SCHEMES or not at.path.strip("/"):
        # Not the address itself: a password may stand in it.
        return 'database_url is as "postgresql://pasokh@db.example/newsroom"'
    return ""


def same_database(one: str, other: str) -> bool:
    """Tell whether two addresses name one database: there each site would miss its tables."""
    return bool(one) and _place(one) == _place(other)


def _place(url: str) -> tuple[object, ...]:
    at, options = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    return at.hostname or options.get("host"), at.port or options.get("port"), at.path


def closed_to_others(database: dict[str, Any]) -> dict[str, Any]:
    """Give the settings by which a database is only read, and a file by nobody else meanwhile.

    In WAL the first read of a connection with this mode takes the whole file, or says "locked".
    """
    if database["ENGINE"].endswith("sqlite3"):
        alone = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA query_only=ON;"
        return {**database, "OPTIONS": {"init_command": alone, "timeout": 5}}
    return database


def database_of(url: str, file: Path) -> dict[str, Any]:
    """Give Django's settings of a database: at `url` (postgresql://...), or `file` without one.

    What stands after "?" are options of libpq: sslmode, sslrootcert, passfile, a socket's `host`.
    """
    if url:
        at = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(at.path.lstrip("/")),
            "USER": unquote(at.username or ""),
            "PASSWORD": unquote(at.password or ""),
            "HOST": at.hostname or "",
            "PORT": str(at.port or ""),
            "OPTIONS": {**_SERVER, **dict(parse_qsl(at.query))},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 5},
        # A test's database is a file too: in memory, threads would not see the same one.
        "TEST": {"NAME": str(file)},
    }
