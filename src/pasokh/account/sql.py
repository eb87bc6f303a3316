"""An expression as SQL, for whoever has the rows as tables: DuckDB, Apache Spark, a reader.

One text serves all: only what both engines read alike is used, and every result is an integer.
The tables carry the names and columns of the rows.
"""

from collections.abc import Sequence

from pasokh.account.expressions import (
    CountOf,
    Expression,
    Found,
    Only,
    QuantilesOf,
    ShareOf,
    Table,
    Value,
    columns_of,
)


class UnknownColumnError(ValueError):
    """An expression names a column that its table does not have."""

    def __init__(self, table: Table, column: str) -> None:
        """Say what, where and what there is."""
        known = ", ".join(columns_of(table))
        super().__init__(f"{table.value} has no column {column!r}; it has {known}")


def sql_of(expression: Expression, by: Sequence[str] = ()) -> str:
    """Write a query that gives, a line a group: the keys, `part`, `base` and the quantiles."""
    _check(expression, by)
    match expression:
        case CountOf():
            return _counting("count(*)", expression, by)
        case ShareOf():
            part = f"count(CASE WHEN {_where(expression.part)} THEN 1 END)"
            return _counting(part, expression, by)
        case QuantilesOf():
            return _ordering(expression, by)


def summed_sql_of(expression: CountOf | ShareOf, by: Sequence[str], table: str, size: str) -> str:
    """Write the same query over a table each of whose lines stands for `size` rows."""
    _check(expression, by)
    chosen = _where(expression.part) if isinstance(expression, ShareOf) else "true"
    part = f"sum(CASE WHEN {chosen} THEN {size} END)"
    return _counting(part, expression, by, f"sum({size})", table)


def found_of(lines: Sequence[Sequence[Value | None]], by: Sequence[str]) -> list[Found]:
    """Read the query's answer. A group without rows has nothing to tell."""
    width = len(by)
    return [
        Found(
            tuple(one for one in line[:width] if one is not None),
            int(line[width] or 0),
            int(line[width + 1] or 0),
            tuple(int(point) for point in line[width + 2 :] if point is not None),
        )
        for line in lines
    ]


def _counting(
    part: str,
    expression: CountOf | ShareOf,
    by: Sequence[str],
    base: str = "count(*)",
    table: str = "",
) -> str:
    keys = [*by, f"{part} AS part", f"{base} AS base"]
    lines = [f"SELECT {', '.join(keys)}", f"FROM {table or expression.table.value}"]
    if expression.base:
        lines.append(f"WHERE {_where(expression.base)}")
    return "\n".join([*lines, *_grouped(by)])


def _ordering(expression: QuantilesOf, by: Sequence[str]) -> str:
    column = expression.column
    over = f"PARTITION BY {', '.join(by)}" if by else ""
    known = (*expression.base, Only(column))
    points = [
        f"min(CASE WHEN place * 100 >= size * {percent} THEN value END) AS p{percent}"
        for percent in expression.percents
    ]
    return "\n".join(
        [
            f"SELECT {', '.join([*by, 'max(size) AS part', 'max(size) AS base', *points])}",
            f"FROM (SELECT {', '.join([*by, f'{column} AS value'])},",
            f"  row_number() OVER ({f'{over} ORDER BY {column}'.strip()}) AS place,",
            f"  count(*) OVER ({over}) AS size",
            f"  FROM {expression.table.value}",
            f"  WHERE {_where(known)}) AS ordered",
            *_grouped(by),
        ]
    )


def _grouped(by: Sequence[str]) -> list[str]:
    names = ", ".join(by)
    return [f"GROUP BY {names}", f"ORDER BY {names}"] if by else []


def _where(conditions: Sequence[Only]) -> str:
    return " AND ".join(_condition(one) for one in conditions)


def _condition(only: Only) -> str:
    said = [f"{only.column} IS NOT NULL"] if only == Only(only.column) else []
    if only.among:
        said.append(f"{only.column} IN ({', '.join(map(_literal, only.among))})")
    if only.at_least is not None:
        said.append(f"{only.column} >= {only.at_least}")
    if only.at_most is not None:
        said.append(f"{only.column} <= {only.at_most}")
    return " AND ".join(said)


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _words(value)


def _words(text: str) -> str:
    """Write words with no backslash between quotes: to Spark it escapes, to DuckDB it does not."""
    parts = ["'" + part.replace("'", "''") + "'" for part in text.split("\\")]
    return parts[0] if len(parts) == 1 else f"concat({', chr(92), '.join(parts)})"


def columns_named(expression: Expression, by: Sequence[str]) -> list[str]:
    """Name the columns that an answer needs, some perhaps more than once."""
    named = [*by, *(one.column for one in expression.base)]
    if isinstance(expression, ShareOf):
        named += [one.column for one in expression.part]
    if isinstance(expression, QuantilesOf):
        named.append(expression.column)
    return named


def _check(expression: Expression, by: Sequence[str]) -> None:
    for column in columns_named(expression, by):
        if column not in columns_of(expression.table):
            raise UnknownColumnError(expression.table, column)
