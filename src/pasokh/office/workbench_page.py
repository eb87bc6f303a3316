"""The analyst's workbench: a definition over settled days, split by two columns, to see or take.

Whatever is asked comes from a fixed grammar (`account.workbench`). The public reading counts what
is published; the exact one counts single rows, says why, and stands in the log as a read that
another person reviews.
"""

from contextlib import suppress
from secrets import randbits
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.series import marks_between
from pasokh.account.workbench import (
    CountQuestion,
    CountReading,
    CountWrong,
    TooMuchAsked,
    columns_for,
    question_of,
)
from pasokh.account.workbench_days import DaysTold
from pasokh.control_room.lists_published import lives_of
from pasokh.core.ids import time_ordered_id
from pasokh.core.people import Role
from pasokh.core.time import DAY, day_from_iso, day_of, iso_day
from pasokh.office.reference.seen import centre_clock, line_open, list_seen
from pasokh.office.workbench_table import CodeNames, CountTable, TableWriter, told_with
from pasokh.reference.entries import AreaEntry, ListName, TypeEntry
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import control_room
from pasokh.sites.languages import spoken
from pasokh.words.jalali import long_day
from pasokh.words.jalali_typed import TypedWrong, parse_day, typed_day
from pasokh.words.say import say

_EXACT = (Role.SUPERVISOR, Role.ANALYST, Role.AUDITOR)
_REASON_MOST = 200
_LOGGED_MOST = 500
_USUAL_DAYS = 30
# The columns whose codes a list of the centre names.
_NAMED = {"county": ListName.AREA, "incident_type": ListName.INCIDENT_TYPE}
_ASKED = ("rows", "columns", "from", "to", "county", "incident_type", "call_class", "hour")
_TAKEN = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


@line_open
def workbench(request: HttpRequest) -> HttpResponse:
    """Show the form, and below it the answer to what was asked; or give it as a file."""
    sent = request.POST if request.method == "POST" else request.GET
    fields = {name: str(text) for name, text in sent.items()}
    if "figure" not in fields:
        return _drawn(request, fields)
    if request.user.county and fields.get("reading") == CountReading.EXACT:
        fields["county"] = request.user.county
    question = question_of(fields | _days_read(fields))
    if isinstance(question, CountWrong):
        details = {name: str(text) for name, text in question.details.items()}
        message = say(spoken(), f"office.bench.wrong.{question.message}", **details)
        return _drawn(request, fields, error=message, wrong=question.field)
    refused = _refused(request, question, fields)
    if refused:
        return _drawn(request, fields, error=refused, wrong="reason")
    try:
        found = settings.PASOKH_WORKBENCH.count(question)
        told = settings.PASOKH_WORKBENCH.days_told(question)
    except TooMuchAsked as much:
        return _drawn(request, fields, error=say(spoken(), f"office.bench.much.{much.what}"))
    table = TableWriter(spoken(), _code_names()).table(question, found)
    kind = fields.get("as", "")
    if kind in _TAKEN:
        return _taken(question, table, kind)
    return _drawn(request, fields, table, told=told)


def _days_read(fields: dict[str, str]) -> dict[str, str]:
    """Read days of either calendar and of three kinds of digits; what is none stays as typed."""
    read = {}
    for name in ("from", "to"):
        with suppress(TypedWrong):
            read[name] = parse_day(fields.get(name, "")).isoformat()
    return read


def _code_names() -> CodeNames:
    """Name counties and types as they are called now, or were last."""
    now, language = centre_clock().now, spoken()
    return {
        column: {
            line.code: entry.name_fa if language == "fa" else entry.name_en
            for line in list_seen(name).lines
            if isinstance(entry := line.shown(now), AreaEntry | TypeEntry)
        }
        for column, name in _NAMED.items()
    }


def _refused(request: HttpRequest, question: CountQuestion, fields: dict[str, str]) -> str:
    """Enter an exact reading into the log before anything is counted; say why it may not be."""
    if not settings.PASOKH_WORKBENCH.has(question.reading):
        return say(spoken(), f"office.bench.nothing.{question.reading.value}")
    if question.reading is CountReading.PUBLIC:
        return ""
    reason = fields.get("reason", "").strip()[:_REASON_MOST]
    if request.method != "POST" or not reason:
        return say(spoken(), "office.bench.wrong.reason")
    told = control_room().give(
        time_ordered_id(instant_now(), randbits(74)),
        "read-words",
        {
            "thing": "archive",
            "thing_id": question.definition.definition_id,
            "reason": f"{reason} · {question.text}"[:_LOGGED_MOST],
        },
        session_key=request.opened.session_key,
    )
    return told.sentence


def _taken(question: CountQuestion, table: CountTable, kind: str) -> HttpResponse:
    bench = settings.PASOKH_WORKBENCH
    write = bench.csv if kind == "csv" else bench.parquet
    raw = write(table.names, table.lines, told_with(question))
    answer = HttpResponse(raw, content_type=_TAKEN[kind])
    name = f"{question.definition.definition_id}-{question.days[0]}-{question.days[-1]}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _drawn(
    request: HttpRequest,
    fields: dict[str, str],
    table: CountTable | None = None,
    error: str = "",
    wrong: str = "",
    *,
    told: DaysTold | None = None,
) -> HttpResponse:
    clock = centre_clock()
    last = day_of(clock.now - DAY, clock.utc_offset_minutes)
    first = last - _USUAL_DAYS + 1
    usual = {
        "from": typed_day(spoken(), first),
        "to": typed_day(spoken(), last),
        "reading": "public",
    }
    may = request.user.has(*_EXACT)
    readings = [one.value for one in CountReading if may or one is CountReading.PUBLIC]
    shown: dict[str, Any] = {
        "typed": usual | fields,
        "readings": readings,
        "figures": [
            (one.name, say(spoken(), f"definition.{one.definition_id}.name"))
            for one in DEFINITIONS
            if may or columns_for(one, CountReading.PUBLIC)
        ],
        "columns": _columns(),
        "codes": _code_names(),
        "asked": [
            ("reading", CountReading.EXACT.value),
            *((name, fields[name]) for name in ("figure", *_ASKED) if name in fields),
        ],
        "reason_most": _REASON_MOST,
        "table": table,
        "told": _told(table.question, told) if table and told else [],
        "marks": _marks(table.question, clock.utc_offset_minutes) if table else [],
        "error": error,
        "wrong": wrong,
    }
    return render(request, "office/workbench.html", shown, status=400 if error else 200)


def _told(question: CountQuestion, told: DaysTold) -> list[str]:
    """Say how far the answer is of the days asked."""

    def day(text: str) -> str:
        return long_day(spoken(), day_from_iso(text))

    lines = []
    if told.without:
        days = {"counted": told.counted, "asked": len(question.days)}
        lines.append(say(spoken(), "office.bench.days.without", **days))
    lines += [
        say(spoken(), "office.bench.days.joined", first=day(first), last=day(last))
        for first, last in told.joined
    ]
    lines += [say(spoken(), "office.bench.days.waiting", day=day(one)) for one in told.waiting]
    return lines


def _columns() -> list[str]:
    """Name every column by which something may be split, each once."""
    every = (columns_for(one, CountReading.EXACT) for one in DEFINITIONS)
    return list(dict.fromkeys(column for columns in every for column in columns))


def _marks(question: CountQuestion, utc_offset_minutes: int) -> list[tuple[str, str]]:
    """Say where the days break: another version of the definition, a county that was split."""
    lives = [
        life
        for line in list_seen(ListName.AREA).lines
        for life in lives_of(line.code, line.versions, utc_offset_minutes)
    ]
    marks = marks_between(question.definition.definition_id, question.first, question.last, lives)
    return [
        (
            iso_day(mark.day),
            say(
                spoken(),
                f"office.bench.mark.{mark.kind.value}",
                before=mark.before,
                after=", ".join(mark.after),
            ),
        )
        for mark in marks
    ]
