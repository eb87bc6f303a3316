"""The press office's pages about meetings: the editor, and what follows an announcement."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.core.time import Instant
from pasokh.newsroom.meetings import deeds, inviting, seating
from pasokh.newsroom.meetings.agenda_pages import line_of, materials_of, promises_of
from pasokh.newsroom.meetings.forms import (
    DraftForm,
    MaterialForm,
    MoveForm,
    OutcomeForm,
    PromiseForm,
    ReasonForm,
    SeatsForm,
    TranscriptForm,
    WordsForm,
)
from pasokh.newsroom.meetings.models import Meeting, MeetingPromise
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.site.shown import topic_names
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_Step = Callable[[Meeting, dict[str, Any], str, Instant], object]


@require_safe
def meetings_desk(request: HttpRequest) -> HttpResponse:
    """List every meeting, what comes next first; drafts too."""
    now = instant_now()
    to_come = Meeting.objects.filter(ends_at__gt=now).order_by("begins_at", "pk")
    past = Meeting.objects.filter(ends_at__lte=now).order_by("-begins_at", "-pk")[:100]
    shown = {"to_come": [line_of(one) for one in to_come], "past": [line_of(one) for one in past]}
    return render(request, "newsroom/meetings/desk.html", shown)


def meeting_new(request: HttpRequest) -> HttpResponse:
    """Begin a meeting."""
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = Meeting(made_by=request.user.person_id)
        _put(row, form)
        return redirect("meeting-desk", meeting_id=row.pk)
    status = 400 if form.errors else 200
    return render(request, "newsroom/meetings/draft.html", {"form": form}, status=status)


@require_safe
def meeting_desk(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a meeting with everything that may be done about it now."""
    return _desk(request, get_object_or_404(Meeting, pk=meeting_id))


def meeting_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Mend a draft, or the words of what is announced."""
    row = get_object_or_404(Meeting, pk=meeting_id)
    kind = DraftForm if row.announced_at is None else WordsForm
    names = kind.base_fields
    known = {name: getattr(row, name) for name in names}
    topics = ", ".join(topic_names(row.topics, spoken()).values())
    form = kind(request.POST or None, initial=known | {"topics": topics})
    if request.method == "POST" and form.is_valid():
        _put(row, form)
        return redirect("meeting-desk", meeting_id=row.pk)
    status = 400 if form.errors else 200
    shown = {"form": form, "line": line_of(row)}
    return render(request, "newsroom/meetings/draft.html", shown, status=status)


@require_POST
def meeting_step(request: HttpRequest, meeting_id: int, step: str) -> HttpResponse:
    """Announce, invite, move, cancel, set the seats, or add what was given, said and promised."""
    row = get_object_or_404(Meeting, pk=meeting_id)
    if step not in _STEPS:
        raise Http404
    kind, deed = _STEPS[step]
    form = kind(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, row, step, form)
    try:
        deed(row, form.cleaned_data, request.user.person_id, instant_now())
    except MeetingRefused as refused:
        form.add_error(None, say(spoken(), refused.message_id, **refused.details))
        return _desk(request, row, step, form)
    return redirect("meeting-desk", meeting_id=row.pk)


@require_POST
def promise_kept(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Note what became of a promise."""
    promise = get_object_or_404(MeetingPromise, pk=promise_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _desk(request, promise.meeting, f"kept-{promise.pk}", form)
    outcome = {one: form.cleaned_data[f"outcome_{one}"] for one in ("fa", "en")}
    deeds.keep_promise(promise, outcome, instant_now())
    return redirect("meeting-desk", meeting_id=promise.meeting_id)


def _put(row: Meeting, form: forms.Form) -> None:
    for name, value in form.cleaned_data.items():
        setattr(row, name, value)
    row.changed_at = instant_now()
    row.revision += 1 if row.announced_at is not None else 0
    row.save()


def _announce(row: Meeting, _typed: dict[str, Any], _by: str, now: Instant) -> None:
    deeds.announce(row.pk, now)


def _invite(row: Meeting, _typed: dict[str, Any], by: str, now: Instant) -> None:
    inviting.invite(row.pk, by, now)


def _move(row: Meeting, typed: dict[str, Any], by: str, now: Instant) -> None:
    times = deeds.Times(typed["begins_at"], typed["ends_at"], typed["register_until"])
    places = (typed["place_fa"], typed["place_en"])
    deeds.move(row.pk, times, places, typed["reason"], by=by, now=now)


def _cancel(row: Meeting, typed: dict[str, Any], by: str, now: Instant) -> None:
    deeds.cancel(row.pk, typed["reason"], by=by, now=now)


def _seats(row: Meeting, typed: dict[str, Any], _by: str, now: Instant) -> None:
    seating.set_seats(row.pk, typed["seats"], now)


def _material(row: Meeting, typed: dict[str, Any], by: str, now: Instant) -> None:
    words = {name: value for name, value in typed.items() if name != "file"}
    deeds.give_out(row, words, typed["file"], by=by, now=now)


def _transcript(row: Meeting, typed: dict[str, Any], _by: str, now: Instant) -> None:
    Meeting.objects.filter(pk=row.pk).update(**typed, changed_at=now)


def _promise(row: Meeting, typed: dict[str, Any], by: str, now: Instant) -> None:
    row.promises.create(**typed, at=now, by=by)


# step -> what is typed for it, and the deed
_STEPS: dict[str, tuple[type[forms.Form], _Step]] = {
    "announce": (forms.Form, _announce),
    "invite": (forms.Form, _invite),
    "move": (MoveForm, _move),
    "cancel": (ReasonForm, _cancel),
    "seats": (SeatsForm, _seats),
    "material": (MaterialForm, _material),
    "transcript": (TranscriptForm, _transcript),
    "promise": (PromiseForm, _promise),
}
# Steps that change what is there; the others add to it.
_CHANGED = ("move", "seats", "transcript")


def _desk(
    request: HttpRequest, row: Meeting, step: str = "", typed: forms.Form | None = None
) -> HttpResponse:
    shown: dict[str, Any] = {
        "line": line_of(row),
        "draft": row.announced_at is None,
        "to_come": deeds.to_come(row, instant_now()),
        "changes": row.changes.order_by("pk"),
        "invitations": row.invitations.order_by("pk"),
        "materials": materials_of(row),
        "promises": [
            (promise, typed if step == f"kept-{promise.row.pk}" else _outcome(promise.row.pk))
            for promise in promises_of(row)
        ],
        "forms": {name: typed if name == step else _named(name, row) for name in _STEPS},
    }
    return render(request, "newsroom/meetings/one.html", shown, status=400 if step else 200)


def _outcome(promise_id: int) -> forms.Form:
    return OutcomeForm(auto_id=f"kept-{promise_id}-%s")


def _named(step: str, row: Meeting) -> forms.Form:
    """Give a step's form, with what the meeting says already; each has ids of its own."""
    kind = _STEPS[step][0]
    names = [name for name in kind.base_fields if name != "reason"] if step in _CHANGED else []
    known = {name: getattr(row, name) for name in names}
    return kind(initial=known, auto_id=f"{step}-%s")
