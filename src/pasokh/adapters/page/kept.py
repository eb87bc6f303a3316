"""How long something is kept and why, and what a night erased, in words: lines for a terminal."""

from collections.abc import Iterator

from pasokh.control_room.retention import Retention
from pasokh.core.time import DAY, iso_instant
from pasokh.staff.commands_holds import ReportErasures
from pasokh.staff.events_holds import ErasedClass
from pasokh.words.digits import number
from pasokh.words.say import say


def kept_line(language: str, row: Retention) -> tuple[str, ...]:
    """Give a row's cells: its name, what it is, how long, since when, by whom, then, ground."""
    kind = row.kind.value
    if row.keep is None:
        kept = say(language, "retention.no_end")
    else:
        kept = say(language, "retention.days", days=row.keep // DAY)
    return (
        kind,
        say(language, f"retention.{kind}.what"),
        kept,
        say(language, f"retention.{kind}.since"),
        say(language, f"retention.ended_by.{row.ended_by.value}"),
        say(language, f"retention.{kind}.then"),
        say(language, f"retention.{kind}.basis"),
    )


def report_lines(language: str, report: ReportErasures, *, done: bool) -> Iterator[str]:
    """Say a report of erasures, or what one would do: a line, then one for each class."""
    run, until = number(language, report.run), iso_instant(report.until)
    if done:
        yield say(language, "erase.done", run=run, until=until)
    else:
        yield say(language, "erase.would", run=run, until=until)
    yield from (_class_line(language, row) for row in report.classes)
    if not report.classes:
        yield say(language, "erase.nothing")


def _class_line(language: str, row: ErasedClass) -> str:
    gone, held, left = (number(language, n) for n in (row.erased, row.held, row.left))
    what = say(language, f"retention.{row.kind}.what")
    line = say(language, "erase.line", kind=row.kind, what=what, gone=gone, held=held, left=left)
    if row.oldest is None:
        return line
    return line + say(language, "erase.since", oldest=iso_instant(row.oldest))
