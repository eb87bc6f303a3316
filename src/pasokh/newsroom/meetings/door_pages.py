"""The door of a meeting, for the press office: codes one after the other, or one by its QR."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pasokh.newsroom.meetings.agenda_pages import line_of
from pasokh.newsroom.meetings.at_door import arrive, at_door, walk_in
from pasokh.newsroom.meetings.forms import WalkInForm
from pasokh.newsroom.meetings.models import Meeting
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import standing
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
def meeting_door(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take codes at the door, one after the other: a scanner types each and presses Enter."""
    row = _announced(meeting_id)
    shown: dict[str, Any] = {}
    if request.method == "POST":
        typed = request.POST.get("code", "")
        try:
            shown["arrival"] = arrive(row, typed, request.user.person_id, instant_now())
        except MeetingRefused as refused:
            shown["error"] = _said(refused)
    return _door(request, row, shown)


@_FORM
def meeting_door_seat(request: HttpRequest, meeting_id: int, code: str) -> HttpResponse:
    """Show whose the code of a QR is; one press notes that they came, and looking notes nothing."""
    row = _announced(meeting_id)
    shown: dict[str, Any] = {}
    try:
        if request.method == "POST":
            shown["arrival"] = arrive(row, code, request.user.person_id, instant_now())
        else:
            shown["arrival"] = at_door(row, code)
    except MeetingRefused as refused:
        shown["error"] = _said(refused)
    shown["line"] = line_of(row)
    status = 400 if "error" in shown else 200
    return render(request, "newsroom/meetings/door_seat.html", shown, status=status)


@require_POST
def meeting_walk_in(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Note somebody who comes without having registered."""
    row = _announced(meeting_id)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _door(request, row, {"walk_in": form})
    try:
        walk_in(row, **form.cleaned_data, by=request.user.person_id, now=instant_now())
    except MeetingRefused as refused:
        return _door(request, row, {"error": _said(refused)})
    return redirect("meeting-door", meeting_id=row.pk)


def _announced(meeting_id: int) -> Meeting:
    return get_object_or_404(Meeting.objects.exclude(announced_at=None), pk=meeting_id)


def _said(refused: MeetingRefused) -> str:
    return say(spoken(), refused.message_id, **refused.details)


def _door(request: HttpRequest, row: Meeting, shown: dict[str, Any]) -> HttpResponse:
    people = [(place, one, place <= row.seats) for place, one in enumerate(standing(row), 1)]
    people += [(0, one, True) for one in row.asked.filter(walked_in=True).order_by("pk")]
    wrong = "error" in shown or "walk_in" in shown
    shown = {"walk_in": WalkInForm()} | shown | {"line": line_of(row), "people": people}
    return render(request, "newsroom/meetings/door.html", shown, status=400 if wrong else 200)
