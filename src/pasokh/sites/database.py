"""Where a site's rows lie: an SQLite file of the centre's folder, or a PostgreSQL server."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Eight threads may write: each transaction asks for the lock at once, and waits for it.
# What is deleted is overwritten: a name that was erased must not lie in a page that is free.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;"
)


def database_of(url: str, file: Path) -> dict[str, Any]:
    """Give Django's settings of a database: at `url` (postgresql://...), or `file` without one."""
    if url:
        at = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": at.path.lstrip("/"),
            "USER": unquote(at.username or ""),
            "PASSWORD": unquote(at.password or ""),
            "HOST": at.hostname or "",
            "PORT": str(at.port or ""),
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
