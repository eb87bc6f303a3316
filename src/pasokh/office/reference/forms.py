"""The forms of a change as they are drawn: fields with what was typed and what was wrong."""

from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from pasokh.office.reference.columns import CODE, COLUMNS, Column, ColumnKind
from pasokh.office.reference.list_pages import label_of, labels_of
from pasokh.office.reference.rows import Mistake
from pasokh.office.reference.seen import LineSeen, centre_clock
from pasokh.office.reference.when import DAY_FIELD, TIME_FIELD
from pasokh.reference.entries import ListName
from pasokh.sites.languages import spoken
from pasokh.words.say import say

# Sentences by field; those of no field are under the empty name.
Errors: TypeAlias = dict[str, list[str]]


class FieldShown(Struct, frozen=True):
    """A field of the form: what was typed, what may be chosen, what was wrong with it."""

    name: str
    kind: str
    value: str
    fixed: bool
    needed: bool
    chosen: tuple[str, ...]
    choices: list[tuple[str, str]]
    options: tuple[str, ...]
    errors: list[str]


def draw_form(
    request: HttpRequest,
    name: ListName,
    line: LineSeen | None,
    typed: dict[str, str],
    errors: Errors,
) -> HttpResponse:
    """Draw the form of an entry with what was typed, and what was wrong with it."""
    choices = labels_of(name, centre_clock().now)
    fixed = line is not None
    shown = {
        "name": name.value,
        "code": "" if line is None else line.code,
        "fields": [
            _field(column, typed, choices, errors, fixed=fixed and column.name == CODE)
            for column in COLUMNS[name]
        ],
        "errors": errors.get("", []),
        **_when_shown(typed, errors),
    }
    code = 422 if errors else 200
    return render(request, "reference/set.html", shown, status=code)


def draw_end(
    request: HttpRequest,
    name: ListName,
    line: LineSeen,
    typed: dict[str, str],
    errors: Errors,
) -> HttpResponse:
    """Draw the form of an end."""
    entry = line.shown(centre_clock().now)
    shown = {
        "name": name.value,
        "code": line.code,
        "label": "" if entry is None else label_of(line.code, entry),
        "errors": errors.get("", []),
        **_when_shown(typed, errors),
    }
    return render(request, "reference/end.html", shown, status=422 if errors else 200)


def _when_shown(typed: dict[str, str], errors: Errors) -> dict[str, Any]:
    return {
        "day": typed.get(DAY_FIELD, ""),
        "time": typed.get(TIME_FIELD, ""),
        "when_errors": errors.get(DAY_FIELD, []) + errors.get(TIME_FIELD, []),
    }


def errors_of(mistakes: tuple[Mistake, ...], field: str = "", sentence: str = "") -> Errors:
    """Put the sentences of mistakes, and of a refusal, under their fields."""
    found: Errors = {}
    for mistake in mistakes:
        told = say(spoken(), mistake.message_id, **mistake.details)
        found.setdefault(mistake.column, []).append(told)
    if sentence:
        found.setdefault(field, []).append(sentence)
    return found


def _field(
    column: Column,
    typed: dict[str, str],
    choices: dict[ListName, list[tuple[str, str]]],
    errors: Errors,
    *,
    fixed: bool,
) -> FieldShown:
    value = typed.get(column.name, "")
    offered = choices.get(column.refers, []) if column.refers else []
    chosen = tuple(value.split()) if column.kind is ColumnKind.REFERS_MANY else (value,)
    known = {code for code, _ in offered}
    lost = [(code, code) for code in chosen if column.refers and code and code not in known]
    return FieldShown(
        column.name,
        column.kind.value,
        value,
        fixed,
        column.needed,
        chosen,
        [*offered, *lost],
        column.choices,
        errors.get(column.name, []),
    )
