"""A PostgreSQL of our own for a test: a cluster in a new folder, reached by its socket only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

# PostgreSQL refuses root; Debian's package brings an account for it.
ACCOUNT = "postgres"
SETTINGS = "-c listen_addresses='' -c fsync=off -c unix_socket_directories={folder}"


def _program(name: str) -> Path:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = places[-1] if places else shutil.which(name)
    if not found:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    return Path(found)


def _account() -> str | None:
    """The account to run as; None when we are not root and may stay who we are."""
    return ACCOUNT if os.geteuid() == 0 else None


def _run(*command: str | Path, account: str | None) -> None:
    # Output goes to a file: the server keeps a pipe open for as long as it lives.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(command, user=account, cwd="/", stdout=said, stderr=said, check=False)
        said.seek(0)
        assert done.returncode == 0, said.read()


@contextmanager
def postgres() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Give a connection to a cluster that lives as long as the block."""
    initdb, pg_ctl, account = _program("initdb"), _program("pg_ctl"), _account()
    folder = Path(tempfile.mkdtemp(prefix="pasokh-pg-"))
    try:
        if account:
            os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
        data = folder / "data"
        arguments = ["-A", "trust", "-E", "UTF8", "--locale=C", "-U", ACCOUNT, "-N", "-D", data]
        _run(initdb, *arguments, account=account)
        log = ["-w", "-D", data, "-l", folder / "log"]
        _run(pg_ctl, "start", *log, "-o", SETTINGS.format(folder=folder), account=account)
        try:
            with psycopg.connect(host=str(folder), user=ACCOUNT, dbname="postgres") as connection:
                yield connection
        finally:
            _run(pg_ctl, "stop", "-m", "immediate", "-D", data, account=account)
    finally:
        shutil.rmtree(folder)
