"""Moves the rows of sites from one database into another: all of them as they are, or none.

Each site's new database has the site's own name in Django's settings, the one before another.
Values go as they lie there: no time is set anew, and no deed of a model is done.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    connections,
    router,
    transaction,
)
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import AutoField, BinaryField, QuerySet
from django.db.models.sql import InsertQuery
from msgspec import Struct

from pasokh.sites.row_digests import row_digests

_AT_ONCE, _LARGE_AT_ONCE = 500, 4
_NAMED_MOST = 20
# What the alias of a database before has behind the site's own.
BEFORE = "_before"
_STEPS = "django_migrations"
# What laying the tables fills by itself, each time with numbers of its own.
_LAID = ("auth_permission", "django_content_type")


class MoveRefused(Exception):
    """Rows that cannot be moved so; nothing has changed. The text says why and what to do."""


class SiteMoved(Struct, frozen=True):
    """A site whose rows move.

    `alias`: of its new database in Django's settings. `lay`: makes the tables there.
    """

    name: str
    alias: str
    lay: Callable[[], None]

    @property
    def before(self) -> str:
        """The alias of the database that it has now."""
        return f"{self.alias}{BEFORE}"


class MovedTable(Struct, frozen=True):
    """A table with as many rows on both sides. `digest`: SHA-256 of the sorted ones of its rows."""

    name: str
    rows: int
    digest: str


def move_rows(sites: Sequence[SiteMoved]) -> list[MovedTable]:
    """Copy every table of these sites, and compare each row; MoveRefused leaves no row there.

    Two databases cannot say yes at one moment. One that has exactly these rows, because the last
    attempt was ended between the two, is left as it is.
    """
    with ExitStack() as whole:
        for site in sites:
            whole.enter_context(_read_alone(site))
        there = {site.alias for site in sites if _is_there(site)}
        for site in sites:
            if site.alias not in there:
                site.lay()
            _same_steps(site)
            whole.enter_context(transaction.atomic(using=site.alias))
        for site in sites:
            if site.alias not in there:
                _copy(site)
        return [_compared(site, model) for site in sites for model in _models(site)]


@contextmanager
def _read_alone(site: SiteMoved) -> Iterator[None]:
    """Read one state of what is there before, and of a file keep everybody else away meanwhile."""
    connection = connections[site.before]
    try:
        with transaction.atomic(using=site.before):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            try:
                filled = set(_filled(site.before))
            except OperationalError as error:
                raise MoveRefused(
                    f"somebody else reads the rows of the {site.name}: {first_line(error)}; "
                    "end the centre first"
                ) from error
            strange = filled - {_STEPS, *(_meta(model).db_table for model in _models(site))}
            if strange:
                raise MoveRefused(f"another program's tables lie there: {_named(strange)}")
            yield
    finally:
        connection.close()


def _models(site: SiteMoved) -> list[Any]:
    """Give the models whose tables are of a site."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if _meta(model).managed
        and not _meta(model).proxy
        and router.allow_migrate_model(site.alias, model)
    ]


def _meta(model: Any) -> Any:
    return model._meta  # noqa: SLF001 - Django's


def _filled(alias: str) -> list[str]:
    """Name the tables that have rows."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        filled = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                filled.append(table)
    return filled


def _is_there(site: SiteMoved) -> bool:
    """Tell whether all is there already; MoveRefused when something else is."""
    filled = set(_filled(site.alias)) - {_STEPS, *_LAID}
    if not filled:
        return False
    if _steps(site.alias) == _steps(site.before) and all(
        row_digests(model, site.alias) == row_digests(model, site.before) for model in _models(site)
    ):
        return True
    raise MoveRefused(
        f"the database for the {site.name} has rows: {_named(filled)}; give an empty one"
    )


def _steps(alias: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def _same_steps(site: SiteMoved) -> None:
    differ = _steps(site.alias) ^ _steps(site.before)
    if differ:
        steps = _named(".".join(step) for step in differ)
        raise MoveRefused(
            f"the rows of the {site.name} are of another version than this ({steps}); start the "
            "centre once with this one"
        )


def _copy(site: SiteMoved) -> None:
    models = _models(site)
    for table in _LAID:
        for model in models:
            if _meta(model).db_table == table:
                QuerySet(model, using=site.alias).delete()
    unfit: list[str] = []
    for model in models:
        rows = QuerySet(model, using=site.before).order_by("pk").iterator(_size(model))
        while batch := list(islice(rows, _size(model, site.alias))):
            unfit += _insert(model, batch, site.alias)
        _carry_number(model, site)
    if unfit:
        raise MoveRefused("the server takes these rows not as they are: " + _named(unfit, "\n  "))
    try:
        connections[site.alias].check_constraints()
    except IntegrityError as error:
        raise MoveRefused(
            f"a row of the {site.name} names one that is gone: {first_line(error)}"
        ) from error


def _size(model: Any, alias: str = "") -> int:
    """Say how many rows are read, or written into a database, at once: few that may be files."""
    fields = _meta(model).local_concrete_fields
    large = any(isinstance(one, BinaryField) for one in fields)
    most = _LARGE_AT_ONCE if large else _AT_ONCE
    if not alias:
        return most
    taken: int = connections[alias].ops.bulk_batch_size(fields, range(most))
    return min(most, taken)


def _insert(model: Any, batch: list[Any], alias: str) -> list[str]:
    """Write rows; name those that the database does not take, and why, without their words."""
    query = InsertQuery(model)
    query.insert_values(_meta(model).local_concrete_fields, batch, raw=True)
    try:
        with transaction.atomic(using=alias):
            query.get_compiler(using=alias).execute_sql()
    except (DataError, IntegrityError, ValueError) as error:
        if len(batch) > 1:
            return [found for one in batch for found in _insert(model, [one], alias)]
        return [f"{_meta(model).db_table} {batch[0].pk}: {first_line(error)}"]
    return []


def _carry_number(model: Any, site: SiteMoved) -> None:
    """Let the next row get the number that it would have got: none is given twice."""
    field = _meta(model).auto_field
    if not isinstance(field, AutoField) or field not in _meta(model).local_fields:
        return
    last = _last_number(_meta(model).db_table, field.column, site.before)
    if last:
        _set_number(_meta(model).db_table, field.column, last, site.alias)


def _last_number(table: str, column: str, alias: str) -> int | None:
    """Give the last number that a table gave out; nothing when it gave none."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [connection.ops.quote_name(table), column],
            )
        found: tuple[int | None] | None = cursor.fetchone()
    return found[0] if found else None


def _set_number(table: str, column: str, last: int, alias: str) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # It keeps the largest that it has seen: keys that are drawn by lot are above the last.
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table]
            )
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, last])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [connection.ops.quote_name(table), column, last],
            )


def _compared(site: SiteMoved, model: Any) -> MovedTable:
    name = _meta(model).db_table
    before, after = row_digests(model, site.before), row_digests(model, site.alias)
    if before != after:
        lost, other = len(set(before) - set(after)), len(set(after) - set(before))
        raise MoveRefused(f"{name}: {lost} rows of {len(before)} came out as {other} others")
    return MovedTable(name, len(after), sha256(b"".join(after)).hexdigest())


def _named(names: Iterable[str], between: str = ", ") -> str:
    found = sorted(names)
    more = len(found) - _NAMED_MOST
    told = [*found[:_NAMED_MOST], *([f"and {more} more"] if more > 0 else [])]
    return between.join(told)


def first_line(error: Exception) -> str:
    """Give what a database says first: what comes after may be words of the row."""
    return str(error).partition("\n")[0]
