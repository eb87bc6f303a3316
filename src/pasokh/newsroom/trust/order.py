"""The order in which answers and used links lie on the disk. Nothing of a row is changed here."""

from typing import Any

from django.db import connections

from pasokh.newsroom.rows import ROWS, together
from pasokh.newsroom.trust.models import SurveyAnswer, SurveyTokenUsed


def forget_order() -> int:
    """Lay both tables anew by their keys, which were drawn by lot; give how many were.

    PostgreSQL keeps with each row the transaction that wrote it (`xmin`), and lays it behind the
    one before (`ctid`): both would join an answer with its link. SQLite lays rows by their keys.
    """
    if connections[ROWS].vendor != "postgresql":
        return 0
    return sum(_lay_anew(model) for model in (SurveyAnswer, SurveyTokenUsed))


def _lay_anew(model: Any) -> bool:
    table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001 - Django's
    with together(), connections[ROWS].cursor() as cursor:
        # Whether more than one transaction wrote what lies there.
        cursor.execute(f"SELECT count(DISTINCT xmin::text) > 1 FROM {table}")  # noqa: S608 - ours
        (told,) = cursor.fetchone()
        if told:
            cursor.execute(f"CREATE TEMPORARY TABLE anew AS SELECT * FROM {table}")  # noqa: S608
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM anew ORDER BY {key}")  # noqa: S608
            cursor.execute("DROP TABLE anew")
    return bool(told)
