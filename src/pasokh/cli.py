"""The command `pasokh`: what a person types. Imports of a subcommand wait until it is called."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.adapters.storage.log_reader import LogReader
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

    log = commands.add_parser("log", help="check a log or say where it ends")
    log_commands = log.add_subparsers(required=True, metavar="DEED")
    verify = log_commands.add_parser("verify", help="check that it is dense, ordered and chained")
    verify.add_argument("log", type=Path, help="the log's file")
    verify.add_argument("--heads", type=Path, help="heads written down earlier, one a line")
    verify.set_defaults(run=_log_verify)
    head = log_commands.add_parser("head", help="print the head, to be written down elsewhere")
    head.add_argument("log", type=Path, help="the log's file")
    head.set_defaults(run=_log_head)

    figure = commands.add_parser("figure", help="print a day's figures, or make one again")
    figure.add_argument("log", type=Path, help="the log's file")
    wanted = figure.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--day", help="a civil day, as 2026-11-03")
    wanted.add_argument("--check", metavar="ID", help="recompute this figure, compare the bytes")
    figure.set_defaults(run=_figure)
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


def _log_verify(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.storage.verify import verify_file

    verdict = verify_file(arguments.log, arguments.heads)
    if verdict.fault is not None:
        print(f"{arguments.log}: {verdict.fault}", file=sys.stderr)
        return NO
    print(
        f"{arguments.log}: {verdict.head.seq} entries, dense, ordered and chained; "
        f"{verdict.heads_met} noted heads met; ends in {verdict.head.chain}"
    )
    if not arguments.heads:
        print("Not proved without --heads: that nothing was cut off the end.")
    return 0


def _log_head(arguments: argparse.Namespace) -> int:
    def show(log: "LogReader") -> int:
        head = log.head()
        print(f"{head.seq} {head.known_at} {head.chain}")
        return 0

    return _reading(arguments.log, show)


def _figure(arguments: argparse.Namespace) -> int:
    def by_day(log: "LogReader") -> int:
        return _print_figures(log, arguments.day)

    def by_id(log: "LogReader") -> int:
        return _check_figure(log, arguments.check)

    return _reading(arguments.log, by_day if arguments.day else by_id)


def _print_figures(log: "LogReader", text: str) -> int:
    from pasokh.core.time import day_from_iso
    from pasokh.drivers.refigure import document, figures_of

    try:
        figures = figures_of(log.read(), day_from_iso(text))
    except ValueError:
        print(f"{text!r} is no day; write it as 2026-11-03", file=sys.stderr)
        return BAD_INPUT
    for figure in figures:
        print(document(figure).decode())
    if not figures:
        print(f"no figure of {text} is in the log", file=sys.stderr)
    return 0 if figures else NO


def _check_figure(log: "LogReader", figure_id: str) -> int:
    from pasokh.drivers.refigure import refigure

    again = refigure(log.read(), figure_id)
    if again is None:
        print(f"no figure {figure_id} is in the log", file=sys.stderr)
        return NO
    print(again.recomputed.decode())
    said = "the same bytes as published" if again.same else "NOT the bytes that were published"
    print(said, file=sys.stderr)
    return 0 if again.same else NO


def _reading(path: Path, use: "Callable[[LogReader], int]") -> int:
    from pasokh.adapters.storage.log_reader import read_only
    from pasokh.adapters.storage.schema import StorageRefused

    try:
        log = read_only(path)
    except StorageRefused as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    try:
        return use(log)
    finally:
        log.close()


if __name__ == "__main__":
    sys.exit(main())
