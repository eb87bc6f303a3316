"""The pages that change an entry: a form, a preview of what would happen, and the confirmation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from pasokh.core.time import Instant
from pasokh.office.reference import asking
from pasokh.office.reference.asking import ChangeUnreadable, EntryChange
from pasokh.office.reference.columns import CODE, COLUMNS, NAMED
from pasokh.office.reference.doors import for_keepers
from pasokh.office.reference.follows import LEANING, deeds_of, followers
from pasokh.office.reference.forms import draw_end, draw_form, errors_of
from pasokh.office.reference.list_pages import changed_fields, label_of
from pasokh.office.reference.questions_told import questions_told
from pasokh.office.reference.rows import Mistake, RowRead, cells_of, known_of, read_row
from pasokh.office.reference.seen import CentreClock, LineSeen, centre_clock, list_seen, lists_seen
from pasokh.office.reference.when import DAY_FIELD, TIME_FIELD, read_when, said_when
from pasokh.office.trouble import trouble
from pasokh.reference.entries import ListName
from pasokh.sites.languages import spoken

_WHEN = (DAY_FIELD, TIME_FIELD)


@for_keepers
def reference_set(request: HttpRequest, name: ListName) -> HttpResponse:
    """Show the form of an entry, or the preview of what was typed into it."""
    clock = centre_clock()
    line = _line(name, request.GET.get("code", ""))
    if request.method != "POST":
        entry = None if line is None else line.shown(clock.now)
        code = "" if line is None else line.code
        return draw_form(request, name, line, cells_of(name, code, entry), {})
    if "change" in request.POST:  # back from the preview
        return _typed_again(request, name, line)
    typed = _typed(request, name, line)
    begins = read_when(typed, clock)
    instant = begins if isinstance(begins, int) else clock.now
    lists = {other: seen.at(instant) for other, seen in lists_seen({name, *NAMED[name]}).items()}
    read = read_row(name, typed, known_of(name, lists))
    mistakes = _mistakes(name, read, line, begins)
    if mistakes or isinstance(begins, Mistake):
        return draw_form(request, name, line, typed, errors_of(mistakes))
    return _preview(
        request,
        EntryChange(
            command_id=asking.new_command_id(),
            person_id=request.user.person_id,
            list_name=name,
            code=read.code,
            entry=read.entry,
            effective_at=begins,
            seq=0 if line is None else line.seq,
            typed=typed,
        ),
        line,
        clock,
    )


def _mistakes(
    name: ListName, read: RowRead, line: LineSeen | None, begins: Instant | Mistake | None
) -> tuple[Mistake, ...]:
    """Gather what is wrong with the row, its instant, or a new code that is not new."""
    found = read.mistakes
    if isinstance(begins, Mistake):
        found = (*found, begins)
    if line is None and _line(name, read.code) is not None:
        found = (*found, Mistake(CODE, "lists.wrong.taken", {"typed": read.code}))
    return found


@for_keepers
def reference_end(request: HttpRequest, name: ListName) -> HttpResponse:
    """Ask from when an entry ends, and show what that means. Nothing is deleted."""
    clock = centre_clock()
    line = _line(name, request.GET.get("code", ""))
    if line is None:
        raise Http404
    typed = {field: request.POST.get(field, "") for field in _WHEN}
    begins = read_when(typed, clock) if request.method == "POST" else None
    if "change" in request.POST:  # back from the preview
        return _typed_again(request, name, line)
    if request.method != "POST" or isinstance(begins, Mistake):
        wrong = (begins,) if isinstance(begins, Mistake) else ()
        return draw_end(request, name, line, typed, errors_of(wrong))
    change = EntryChange(
        asking.new_command_id(),
        request.user.person_id,
        name,
        line.code,
        None,
        begins,
        line.seq,
        typed,
    )
    return _preview(request, change, line, clock)


@require_POST
@for_keepers
def reference_give(request: HttpRequest, name: ListName) -> HttpResponse:
    """Send what the preview showed, unless somebody changed the entry since."""
    try:
        change = asking.unsigned(request, name)
    except ChangeUnreadable:
        return trouble(request, "form", 403)
    line, clock = _line(name, change.code), centre_clock()
    came_to = 0 if line is None else line.seq
    if came_to != change.seq and not change.stands_in(line, clock.now):
        return _preview(request, _renewed(change, came_to), line, clock, "lists.changed_meanwhile")
    told = asking.send(change, request.session.session_key)
    if told.accepted or (told.reason == "entry_unchanged" and came_to != change.seq):
        return redirect(_entry_page(name, change.code))
    errors = errors_of((), asking.mistake_told(name, told), told.sentence)
    if change.ends and line is not None:
        return draw_end(request, name, line, change.typed, errors)
    return draw_form(request, name, line, change.typed, errors)


def _renewed(change: EntryChange, seq: int) -> EntryChange:
    return EntryChange(
        asking.new_command_id(),
        change.person_id,
        change.list_name,
        change.code,
        change.entry,
        change.effective_at,
        seq,
        change.typed,
    )


def _line(name: ListName, code: str) -> LineSeen | None:
    return list_seen(name).line(code) if code else None


def _entry_page(name: ListName, code: str) -> str:
    return f"{reverse('reference-entry', args=[name.value])}?{urlencode({'code': code})}"


def _typed(request: HttpRequest, name: ListName, line: LineSeen | None) -> dict[str, str]:
    """Gather what was typed; the code of an entry that is there already is fixed."""
    typed = {
        column.name: " ".join(request.POST.getlist(column.name)).replace("\r\n", "\n")
        for column in COLUMNS[name]
    }
    if line is not None:
        typed[CODE] = line.code
    return typed | {field: request.POST.get(field, "") for field in _WHEN}


def _typed_again(request: HttpRequest, name: ListName, line: LineSeen | None) -> HttpResponse:
    try:
        change = asking.unsigned(request, name)
    except ChangeUnreadable:
        return trouble(request, "form", 403)
    if change.ends and line is not None:
        return draw_end(request, name, line, change.typed, {})
    return draw_form(request, name, line, change.typed, {})


def _preview(
    request: HttpRequest,
    change: EntryChange,
    line: LineSeen | None,
    clock: CentreClock,
    warning: str = "",
) -> HttpResponse:
    """Show old and new, from when, what leans on it and what follows. Nothing is sent yet."""
    name, offset = change.list_name, clock.utc_offset_minutes
    begins: Instant = clock.now if change.effective_at is None else change.effective_at
    old = None if line is None else line.at(begins)
    planned = None if line is None else line.next_after(begins)
    leaning = {other: seen.at(begins) for other, seen in lists_seen(LEANING[name]).items()}
    entry = change.entry or old
    shown = {
        "name": name.value,
        "code": change.code,
        "label": "" if entry is None else label_of(change.code, entry),
        "ends": change.ends,
        "fresh": old is None,
        "fields": changed_fields(name, change.code, old, change.entry),
        "questions": questions_told(change.entry),
        "followers": followers(name, change.code, leaning),
        "deeds": deeds_of(name, ends=change.ends, fresh=old is None),
        "when": change.effective_at and said_when(spoken(), change.effective_at, offset),
        "planned": planned and said_when(spoken(), planned.effective_at, offset),
        "change": asking.signed(change),
        "warning": warning,
        "back": _back(change, line),
    }
    return render(request, "reference/preview.html", shown)


def _back(change: EntryChange, line: LineSeen | None) -> str:
    page = "reference-end" if change.ends else "reference-set"
    query = f"?{urlencode({'code': change.code})}" if line is not None else ""
    return f"{reverse(page, args=[change.list_name.value])}{query}"
