"""The commands `definitions` and `count`: what each figure counts, and counting it. See `cli`."""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.account.catalogue import FigureDefinition
    from pasokh.adapters.archive.country import CountryReader
    from pasokh.adapters.archive.reader import ArchiveReader

LANGUAGES = ("fa", "en")
BAD_INPUT = 2


def add_definitions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    shown = commands.add_parser("definitions", help="print what each figure counts")
    shown.add_argument("--language", choices=LANGUAGES, default="en", help="of the words (en)")
    shown.add_argument("--json", action="store_true", help="as data, with the words of both")
    shown.set_defaults(run=_definitions)
    count = commands.add_parser("count", help="count in archives, in this process or in Spark")
    count.add_argument("archive", help="the archive's folder; for Spark any address that it reads")
    count.add_argument("name", nargs="*", help="definitions, as operational-share/1.0; or all")
    count.add_argument("--by", default="", metavar="COLUMN,...", help="a line for each group")
    count.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    count.add_argument("--master", default="local[*]", help="of Spark, as spark-submit takes it")
    count.set_defaults(run=_count)


def _definitions(arguments: argparse.Namespace) -> int:
    from pasokh.account.catalogue import PUBLISHED, FigureDefinition
    from pasokh.account.sql import sql_of
    from pasokh.adapters.archive.definitions import definitions_json
    from pasokh.words.say import say

    if arguments.json:
        sys.stdout.buffer.write(definitions_json())
        return 0
    for one in PUBLISHED:
        print(f"{one.name}  {say(arguments.language, f'definition.{one.definition_id}.name')}")
        print(f"  {say(arguments.language, f'definition.{one.definition_id}.says')}")
        sql = sql_of(one.expression) if isinstance(one, FigureDefinition) else ""
        print("  " + sql.replace("\n", "\n  ") if sql else "", end="\n\n" if sql else "\n")
    return 0


def _count(arguments: argparse.Namespace) -> int:
    """Print a line a group: the definition, the keys, part, base and quantiles."""
    from pasokh.account.sql import UnknownColumnError
    from pasokh.adapters.archive.country import CountryFault

    by = tuple(filter(None, arguments.by.split(",")))
    try:
        asked = _asked(arguments.name)
        engine = _engine(arguments)
        try:
            for one in asked:
                for found in engine.evaluate(one.expression, by):
                    cells = (one.name, *found.key, found.part, found.base, *found.points)
                    print("\t".join(map(str, cells)))
        finally:
            engine.close()
    except (UnknownColumnError, LookupError, CountryFault, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return 0


def _asked(names: list[str]) -> "list[FigureDefinition]":
    from pasokh.account.catalogue import DEFINITIONS, definition_of

    unknown = [name for name in names if definition_of(name) is None]
    if unknown:
        raise LookupError(f"there is no {', '.join(unknown)}: pasokh definitions lists them")
    return [one for one in DEFINITIONS if not names or one.name in names]


def _engine(arguments: argparse.Namespace) -> "ArchiveReader | CountryReader":
    from pathlib import Path

    from pasokh.adapters.archive.country import CountryReader
    from pasokh.adapters.archive.reader import ArchiveReader

    if arguments.engine == "spark":
        return CountryReader(arguments.archive, arguments.master)
    if not Path(arguments.archive, "days").is_dir():
        raise FileNotFoundError(f"{arguments.archive}: no archive lies there")
    return ArchiveReader(Path(arguments.archive))
