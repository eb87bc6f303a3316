"""Where the newsroom's rows lie: a database of their own, which both processes open."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from pasokh.newsroom.rooms import ROOMS
from pasokh.sites.database import make_private

ROWS = "newsroom"
ROWS_FILE = "newsroom.sqlite"
_LOCK_FILE = f"{ROWS}.lock"
# Any number, always the same: PostgreSQL's advisory locks are numbers of one database.
_TURN = 197


class NewsroomRouter:
    """Sends the newsroom's models to the newsroom's rows, and nothing else there."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """Name the database of a model; None: not ours to say."""
        return ROWS if model._meta.app_label in ROOMS else None  # noqa: SLF001 - Django's

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool | None:
        """Keep rows of the two databases apart."""
        ours = [row._meta.app_label in ROOMS for row in (one, other)]  # noqa: SLF001
        return None if not any(ours) else all(ours)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Lay each table in its own database only."""
        return (db == ROWS) == (app_label in ROOMS)


@contextmanager
def together() -> Iterator[None]:
    """Do what is inside whole or not at all, and one at a time: what was read inside stays true.

    A file of SQLite has one writer anyway. A server of PostgreSQL would let two find the last seat
    free, so it is asked for the same: who comes second waits until the first is done.
    """
    connection = connections[ROWS]
    outermost = not connection.in_atomic_block
    with transaction.atomic(using=ROWS):
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        yield


def on_commit(deed: Any) -> None:
    """Do something once what is around it is done."""
    transaction.on_commit(deed, using=ROWS)


def prepare_rows() -> None:
    """Bring the tables up to date. Office and newsroom may both begin: one does it at a time."""
    data = settings.PASOKH_NEWSROOM.data
    lock = os.open(data / _LOCK_FILE, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not settings.PASOKH_NEWSROOM.file.database_url:
            make_private(data / ROWS_FILE)
        executor = MigrationExecutor(connections[ROWS])
        # Of our rooms alone: to follow everybody else's steps, which lay no table here, takes
        # longer than to lay ours.
        last = [step for step in executor.loader.graph.leaf_nodes() if step[0] in ROOMS]
        executor.migrate(last)
    finally:
        os.close(lock)
