"""The command `pasokh check`: which numbers of a text, or of records, contradict each other."""

import argparse
import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

CONTRADICTION = 1
BAD_INPUT = 2
MARKS = {True: "+", False: "-", None: "?"}
TEXT_BYTES_MAX = 4 * 1024 * 1024
_NAME_MAX = 255
# No published number has more digits than this.
_DIGITS_MAX = 60


class InputUnfit(ValueError):
    """What was given cannot be read: a word for why, and the details that its sentence names."""

    def __init__(self, why: str, **details: str | Fraction) -> None:
        super().__init__(why)
        self.details = details

    def said(self, language: str) -> str:
        """Say what is wrong and how to mend it."""
        from pasokh.checker.sentences import sentence

        return sentence(language, f"given.{self}", self.details)


def add_check(commands: "Commands") -> None:
    """Add the subcommand."""
    check = commands.add_parser("check", help="say which numbers of a text contradict each other")
    check.add_argument("text", nargs="?", help="a file, - for standard input, or the words")
    check.add_argument("--figures", type=Path, help="figures that the text names (JSON)")
    check.add_argument("--records", type=Path, help="judge a file of published figures (JSON)")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.add_argument("--language", choices=("fa", "en"), default="en", help="of the sentences")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from pasokh.checker.inputs import CheckUnfit
    from pasokh.checker.sentences import sentence

    try:
        if arguments.records and arguments.text is None:
            return _check_records(arguments)
        return _check_text(arguments)
    except CheckUnfit as unfit:
        told = sentence(arguments.language, f"unfit.{unfit.why}", {"field": unfit.name})
        print(f"pasokh: {told}", file=sys.stderr)
        return BAD_INPUT
    except InputUnfit as unfit:
        print(f"pasokh: {unfit.said(arguments.language)}", file=sys.stderr)
        return BAD_INPUT


def _check_text(arguments: argparse.Namespace) -> int:
    from pasokh.checker.report import INCONSISTENT
    from pasokh.checker.text import check_text, report_json

    if arguments.text is None or arguments.records:
        raise InputUnfit("either")
    report = check_text(_text_in(arguments.text), _figures_in(arguments.figures))
    if arguments.json:
        print(json.dumps(report_json(report), ensure_ascii=False, indent=1))
    else:
        print("\n".join(text_lines(report, arguments.language)))
    return CONTRADICTION if report.verdict == INCONSISTENT else 0


def text_lines(report: Any, language: str) -> list[str]:
    """Say a report line by line."""
    from pasokh.checker.report import outcome_words
    from pasokh.checker.sentences import sentence
    from pasokh.checker.text import label_of, remark_words

    lines = [sentence(language, f"verdict.{report.verdict}", {})]
    for check in report.checks:
        lines.append(f"{MARKS[check.outcome.consistent]} {label_of(report, check)}")
        lines.append(f"    {outcome_words(check.outcome, language)}")
        if check.outcome.consistent is False:
            lines.append(f"    « {report.quoted(check)} »")
    lines += [f"! {remark_words(report, remark, language)}" for remark in report.remarks]
    return lines


def _text_in(given: str) -> str:
    """Read standard input, a file of that name, or the words themselves."""
    path = Path(given)
    try:
        if given == "-":
            data = sys.stdin.buffer.read(TEXT_BYTES_MAX + 1)
        elif _may_be_name(given) and path.is_file():
            with path.open("rb") as file:
                data = file.read(TEXT_BYTES_MAX + 1)
        else:
            data = given.encode("utf-8", "replace")
        if len(data) > TEXT_BYTES_MAX:
            raise InputUnfit("long", most=Fraction(TEXT_BYTES_MAX))
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputUnfit("no-utf8", field=given, at=Fraction(error.start)) from error
    except OSError as error:
        raise InputUnfit("unread", field=given, kind=str(error.strerror)) from error
    if not text.strip():
        raise InputUnfit("empty")
    return text


def _may_be_name(given: str) -> bool:
    parts = given.split("/")
    return not {"\n", "\0"} & set(given) and all(len(one.encode()) <= _NAME_MAX for one in parts)


def _figures_in(path: Path | None) -> list[Any]:
    if path is None:
        return []
    figures = _json_in(path)
    listed = figures.get("figures") if isinstance(figures, dict) else figures
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise InputUnfit("no-figures", field=str(path))
    return listed


def _check_records(arguments: argparse.Namespace) -> int:
    from pasokh.checker.records import check_records, record_json
    from pasokh.checker.report import INCONSISTENT

    reports = check_records(_records_in(arguments.records))
    if arguments.json:
        told = {"records": [record_json(report) for report in reports]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            print("\n".join(_record_lines(report, arguments.language)))
    for report in reports:
        for trouble in report.troubles:
            print(f"pasokh: {trouble.said(arguments.language)}", file=sys.stderr)
    if any(report.troubles for report in reports):
        return BAD_INPUT
    return CONTRADICTION if any(one.verdict == INCONSISTENT for one in reports) else 0


def _record_lines(report: Any, language: str) -> list[str]:
    from pasokh.checker.report import outcome_words
    from pasokh.checker.sentences import sentence
    from pasokh.checker.text import label_of

    verdict = sentence(language, f"record.{report.verdict}", {})
    lines = [f"{report.id}: {verdict}"] + [
        f"  {MARKS[one.consistent]} {one.label or one.called or one.kind}: "
        f"{outcome_words(one, language)}"
        for one in report.outcomes
    ]
    for found in (*filter(None, [report.facts]), *report.texts.values()):
        for check in found.checks:
            # what bears the facts out is told only of a record without checks
            if check.outcome.consistent is False or not report.outcomes:
                mark, words = (
                    MARKS[check.outcome.consistent],
                    outcome_words(check.outcome, language),
                )
                lines.append(f"  {mark} {label_of(found, check)}: {words}")
    return lines


def _records_in(path: Path) -> list[object]:
    """Read a file: an object with a list `records`, or the list itself."""
    read = _json_in(path)
    records = read.get("records") if isinstance(read, dict) else read
    if not isinstance(records, list):
        raise InputUnfit("no-records", field=str(path))
    return records


def _json_in(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_float=Decimal, parse_int=_int, parse_constant=Decimal)
    except OSError as error:
        raise InputUnfit("unread", field=str(path), kind=str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise InputUnfit("no-utf8", field=str(path), at=Fraction(error.start)) from error
    except json.JSONDecodeError as error:
        raise InputUnfit(
            "no-json",
            field=str(path),
            kind=error.msg,
            line=Fraction(error.lineno),
            column=Fraction(error.colno),
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputUnfit("hard-json", field=str(path), kind=str(error)) from error


def _int(written: str) -> int | Decimal:
    """Leave a number that is too long to a check, which says what it is a field of."""
    return int(written) if len(written) <= _DIGITS_MAX else Decimal(written)
