"""The command `pasokh definitions`: what each figure counts, in words and as SQL. See `cli`."""

import argparse
import sys

LANGUAGES = ("fa", "en")


def add_definitions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    shown = commands.add_parser("definitions", help="print what each figure counts")
    shown.add_argument("--language", choices=LANGUAGES, default="en", help="of the words (en)")
    shown.add_argument("--json", action="store_true", help="as data, with the words of both")
    shown.set_defaults(run=_definitions)


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
