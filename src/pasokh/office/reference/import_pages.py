"""The pages of a CSV file: choosing it, its dry run row by row, its progress and result."""

from hashlib import sha256
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from msgspec import Struct

from pasokh.office.models import ListImport
from pasokh.office.reference.columns import COLUMNS
from pasokh.office.reference.doors import for_keepers
from pasokh.office.reference.importing import begin, is_sending, verdicts_of
from pasokh.office.reference.list_pages import changed_fields
from pasokh.office.reference.rows import Mistake
from pasokh.office.reference.seen import centre_clock
from pasokh.office.reference.table import FILE_BYTES_MAX, ROWS_MAX, TableWrong, table_of
from pasokh.office.reference.verdicts import RowVerdict, VerdictKind, counted
from pasokh.office.reference.when import DAY_FIELD, TIME_FIELD, read_when, said_when
from pasokh.reference.entries import ListName
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_SHOWN_MOST = 200
_AGAIN_SECONDS = "2"


class VerdictShown(Struct, frozen=True):
    """A row of the dry run as the page shows it."""

    row: int
    code: str
    kind: str
    mistakes: list[tuple[str, str]]
    fields: list[tuple[str, str, str]]


@for_keepers
def reference_import(request: HttpRequest, name: ListName) -> HttpResponse:
    """Take a file or pasted rows, and go to the dry run. Nothing is sent from here."""
    if request.method != "POST":
        return _choose(request, name, [])
    file = request.FILES.get("file")
    data = file.read(FILE_BYTES_MAX + 1) if file else request.POST.get("rows", "").encode()
    begins = read_when(request.POST, centre_clock())
    if isinstance(begins, Mistake):
        return _choose(request, name, [say(spoken(), begins.message_id, **begins.details)])
    try:
        table_of(name, data)
    except TableWrong as wrong:
        return _choose(request, name, [say(spoken(), wrong.message_id, **wrong.details)])
    imported = _kept(request, name, data, begins)
    return redirect("reference-import-file", name=name.value, number=imported.pk)


@for_keepers
def reference_import_file(request: HttpRequest, name: ListName, number: int) -> HttpResponse:
    """Show the dry run; confirmed, send it; then show how far it is and what was refused."""
    imported = ListImport.objects.filter(
        pk=number, list_name=name.value, person=request.user
    ).first()
    if imported is None:
        raise Http404
    if is_sending(imported) or imported.done:
        return _progress(request, imported)
    clock = centre_clock()
    verdicts = verdicts_of(imported, clock)
    counts, shown = counted(verdicts), _digest(verdicts)
    warning = ""
    if request.method == "POST" and not counts[VerdictKind.WRONG]:
        if request.POST.get("shown") == shown:
            begin(imported, verdicts, request.session.session_key)
            return redirect(request.path)
        warning = "lists.changed_meanwhile"
    offset = clock.utc_offset_minutes
    effective = imported.effective_at
    listed = sorted(
        (verdict for verdict in verdicts if verdict.kind is not VerdictKind.SAME),
        key=lambda verdict: verdict.kind is not VerdictKind.WRONG,
    )
    page = {
        "name": name.value,
        "counts": counts,
        "sends": counts[VerdictKind.NEW] + counts[VerdictKind.CHANGED],
        "wrong": counts[VerdictKind.WRONG],
        "verdicts": [_shown(name, verdict) for verdict in listed[:_SHOWN_MOST]],
        "hidden": max(0, len(listed) - _SHOWN_MOST),
        "when": effective and said_when(spoken(), effective, offset),
        "shown": shown,
        "stopped": imported.begun,
        "accepted": imported.accepted,
        "total": imported.total,
        "warning": warning,
    }
    return render(request, "reference/dry_run.html", page)


def _choose(request: HttpRequest, name: ListName, errors: list[str]) -> HttpResponse:
    page: dict[str, Any] = {
        "name": name.value,
        "columns": COLUMNS[name],
        "errors": errors,
        "rows": request.POST.get("rows", ""),
        "day": request.POST.get(DAY_FIELD, ""),
        "time": request.POST.get(TIME_FIELD, ""),
        "rows_max": ROWS_MAX,
        "megabytes_max": FILE_BYTES_MAX // 1_000_000,
        "open": ListImport.objects.filter(
            list_name=name.value, person=request.user, begun=True, done=False
        ),
    }
    return render(request, "reference/import.html", page, status=422 if errors else 200)


def _kept(
    request: HttpRequest, name: ListName, data: bytes, effective_at: int | None
) -> ListImport:
    """Keep a file; the same one that was begun and not finished goes on where it was."""
    mine = ListImport.objects.filter(list_name=name.value, person=request.user, done=False)
    digest = sha256(data).hexdigest()
    again = mine.filter(digest=digest, effective_at=effective_at).first()
    if again is not None:
        return again
    mine.filter(begun=False).delete()  # dry runs that led to nothing
    return ListImport.objects.create(
        list_name=name.value,
        person=request.user,
        digest=digest,
        table=data,
        made_at=instant_now(),
        effective_at=effective_at,
    )


def _progress(request: HttpRequest, imported: ListImport) -> HttpResponse:
    answer = render(
        request,
        "reference/progress.html",
        {
            "name": imported.list_name,
            "done": imported.done,
            "accepted": imported.accepted,
            "total": imported.total,
            "refused": imported.refused,
        },
    )
    if not imported.done:
        answer["Refresh"] = _AGAIN_SECONDS
    return answer


def _shown(name: ListName, verdict: RowVerdict) -> VerdictShown:
    mistakes = [
        (mistake.column, say(spoken(), mistake.message_id, **mistake.details))
        for mistake in verdict.mistakes
    ]
    fields = (
        changed_fields(name, verdict.code, verdict.before, verdict.entry) if verdict.sends else []
    )
    return VerdictShown(verdict.row, verdict.code, verdict.kind.value, mistakes, fields)


def _digest(verdicts: list[RowVerdict]) -> str:
    """Stand for what the page shows: when it is another at the confirmation, nothing is sent."""
    return sha256(msgspec.json.encode(verdicts)).hexdigest()
