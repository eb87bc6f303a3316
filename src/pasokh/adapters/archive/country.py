"""Counts in the archives of many provinces with Apache Spark, which lives in a place of its own.

Spark is heavier than all of a centre, so it is no part of it: `script/country` makes the place, and
what runs there (`tools/count_in_spark.py`) knows only SQL. The texts are those that DuckDB reads.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

import msgspec

from pasokh.account.expressions import Expression, Found, Table
from pasokh.account.sql import found_of, sql_of
from pasokh.adapters.archive.engine import columns_in

PLACE_VARIABLE = "PASOKH_COUNTRY"
PROGRAM = "count_in_spark.py"
# In an installed package, and in a checkout.
_ROOTS = (Path(__file__).parents[2], Path(__file__).parents[4])
_KINDS = {"VARCHAR": "STRING"}
_TOLD_LINES = 8


class CountryFault(Exception):
    """Spark is not there, did not start, or did not take a query; the message says which."""


def country_python() -> Path:
    """Give the interpreter that has PySpark; CountryFault when nobody has made the place."""
    named = os.environ.get(PLACE_VARIABLE)
    for place in [Path(named)] if named else [root / ".country" for root in _ROOTS]:
        python = place / "bin" / "python"
        if (place / "pasokh-country").is_file() and python.exists():
            return python
    raise CountryFault(
        f"there is no Apache Spark here: make it with script/country, or name its place in "
        f"{PLACE_VARIABLE}"
    )


class CountryReader:
    """Runs expressions in Spark over all archives below an address, until it is closed."""

    def __init__(self, archive: str, master: str) -> None:
        """Start Spark: some ten seconds. `master`: as spark-submit takes it."""
        program = next(path for root in _ROOTS if (path := root / "tools" / PROGRAM).is_file())
        shapes = {table.value: _shape(table) for table in Table}
        told = (archive, master, msgspec.json.encode(shapes).decode())
        self._said = TemporaryFile()  # noqa: SIM115 - lives as long as the program
        self._program = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [country_python(), program, *told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        self._asked = cast("IO[bytes]", self._program.stdin)
        self._told = cast("IO[bytes]", self._program.stdout)
        self.version = str(self._answer())

    def evaluate(self, expression: Expression, by: Sequence[str] = ()) -> list[Found]:
        """Give what `expressions.evaluate` gives for the same rows."""
        return found_of(self.ask(sql_of(expression, by)), by)

    def ask(self, sql: str) -> list[list[Any]]:
        """Run a query over the tables; CountryFault with Spark's words when it does not take it."""
        self._asked.write(msgspec.json.encode(sql) + b"\n")
        self._asked.flush()
        answer = self._answer()
        if isinstance(answer, dict):
            raise CountryFault(answer["fault"])
        return list(answer)

    def close(self) -> None:
        """Let Spark end."""
        self._program.communicate()
        self._said.close()

    def _answer(self) -> Any:
        line = self._told.readline()
        if line:
            return msgspec.json.decode(line)
        self._program.wait()
        self._said.seek(0)
        words = self._said.read().decode(errors="replace").splitlines()[-_TOLD_LINES:]
        raise CountryFault("\n".join(["Spark ended:", *words]))


def _shape(table: Table) -> str:
    return ", ".join(f"{name} {_KINDS.get(kind, kind)}" for name, kind in columns_in(table))
