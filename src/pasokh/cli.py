"""The command `pasokh`: what a person types. Imports of a subcommand wait until it is called."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.drivers.cases.form import Case

# Exit codes: 0 done, 1 done and the answer is no, 2 could not be done as asked.
NO = 1
BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code."""
    if not __debug__:
        print("pasokh keeps its assertions: start Python without -O", file=sys.stderr)
        return BAD_INPUT
    parsed = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = parsed.run
    return run(parsed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pasokh", description="The open emergency call centre.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    cases = commands.add_parser("cases", help="run judged cases on the machine")
    cases.add_argument("file", type=Path, help="a file of cases (JSON)")
    cases.set_defaults(run=_cases)
    return parser


def _cases(arguments: argparse.Namespace) -> int:
    from pasokh.drivers.cases.form import CaseFileError, read_cases

    try:
        cases = read_cases(arguments.file.read_bytes())
        return max([_judge(case) for case in cases], default=0)
    except (CaseFileError, OSError) as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return BAD_INPUT


def _judge(case: "Case") -> int:
    from pasokh.adapters.storage.sqlite_log import SqliteLog
    from pasokh.drivers.cases.judge import answer, differences, run

    with tempfile.TemporaryDirectory(prefix="pasokh-case-") as folder:
        log = SqliteLog(Path(folder) / "log.sqlite")
        refusals = run(case, log)
        given = answer(case, log.read())
        log.close()
    print(json.dumps(given, ensure_ascii=False))
    found = differences(case, given)
    for line in (*refusals, *found):
        print(line, file=sys.stderr)
    return NO if found else 0


if __name__ == "__main__":
    sys.exit(main())
