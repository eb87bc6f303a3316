"""The command `pasokh protocols`: a file of guided questions checked before it is brought in."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

NO = 1
BAD_INPUT = 2


def add_protocols(commands: "Commands") -> None:
    """Add the subcommand."""
    protocols = commands.add_parser("protocols", help="check files of guided questions")
    deeds = protocols.add_subparsers(required=True, metavar="DEED")
    check = deeds.add_parser("check", help="say whether each protocol can be walked to its end")
    check.add_argument("file", type=Path, help="protocols, parted by --- (YAML)")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from pasokh.office.reference.cells_wrong import CellWrong
    from pasokh.office.reference.protocol_text import read_protocols
    from pasokh.reference.protocol_checks import ill_formed
    from pasokh.words.say import say

    try:
        found = read_protocols(arguments.file.read_text("utf-8"))
    except CellWrong as wrong:
        told = say("en", wrong.message_id, **wrong.details)
        print(f"pasokh: {arguments.file}: {told}", file=sys.stderr)
        return NO
    except (OSError, UnicodeDecodeError) as error:
        print(f"pasokh: {error}", file=sys.stderr)
        return BAD_INPUT
    flaws = [flaw for code, entry in found.items() if (flaw := ill_formed(code, entry))]
    for flaw in flaws:
        print(say("en", f"refusal.{flaw.reason}", **flaw.details), file=sys.stderr)
    for code, entry in found.items():
        print(f"{code}: {len(entry.steps)} questions for {', '.join(entry.types)}")
    return NO if flaws else 0
