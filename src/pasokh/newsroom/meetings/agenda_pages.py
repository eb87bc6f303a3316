"""The agenda as everybody reads it, and how one registers: an outlet at once, others by a link.

A link that is only looked at does nothing: mail programs look too. It registers by its button.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie
from msgspec import Struct

from pasokh.core.time import HOUR
from pasokh.newsroom.counties import county_name
from pasokh.newsroom.meetings.forms import JournalistForm
from pasokh.newsroom.meetings.journalists import Journalist, journalist_of, opened
from pasokh.newsroom.meetings.letters import door_address, prove_address
from pasokh.newsroom.meetings.links import why_no_link
from pasokh.newsroom.meetings.models import Meeting, MeetingMaterial, MeetingPromise, MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import (
    Seating,
    give_up,
    is_open,
    place_of,
    seated,
    seating,
    take_seat,
)
from pasokh.newsroom.meetings.telling import language_told, told
from pasokh.newsroom.qr_codes import drawn
from pasokh.newsroom.taken import moved_on, told_of
from pasokh.newsroom.unlisted import unlisted
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.digits import digits
from pasokh.words.say import say

_PAST_SHOWN = 30


class PromiseLine(Struct, frozen=True):
    """A promise as everybody reads it."""

    row: MeetingPromise
    what: str
    who: str
    outcome: str
    late: bool


class MaterialLine(Struct, frozen=True):
    """What was given out, as everybody reads it."""

    row: MeetingMaterial
    title: str
    alt: str


class MeetingLine(Struct, frozen=True):
    """A meeting as everybody reads it. `title_in`: its language; `open`: one may register."""

    row: Meeting
    title: str
    title_in: str
    place: str
    county: str
    about: str
    speakers: list[str]
    transcript: str
    seating: Seating
    open: bool
    over: bool

    @property
    def free(self) -> int:
        """How many seats nobody has."""
        return self.row.seats - self.seating.given


def line_of(meeting: Meeting) -> MeetingLine:
    """Tell a meeting in the language that is spoken."""
    now, language = instant_now(), spoken()
    return MeetingLine(
        meeting,
        told(meeting, "title", language),
        language_told(meeting, "title", language),
        told(meeting, "place", language),
        county_name(meeting.county, language),
        told(meeting, "about", language),
        [line.strip() for line in told(meeting, "speakers", language).splitlines() if line.strip()],
        told(meeting, "transcript", language),
        seating(meeting),
        is_open(meeting, now),
        now >= meeting.ends_at,
    )


def promises_of(meeting: Meeting) -> list[PromiseLine]:
    """Tell what was promised at a meeting, what is due first at the top."""
    now, language = instant_now(), spoken()
    return [
        PromiseLine(
            row,
            told(row, "what", language),
            told(row, "who", language),
            told(row, "outcome", language),
            row.kept_at is None and row.due_at < now,
        )
        for row in meeting.promises.order_by("due_at", "pk")
    ]


def materials_of(meeting: Meeting) -> list[MaterialLine]:
    """Tell what was given out at a meeting, in its order."""
    language = spoken()
    return [
        MaterialLine(row, told(row, "title", language), told(row, "alt", language))
        for row in meeting.materials.select_related("file").defer("file__raw").order_by("pk")
    ]


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """List what is to come and what was, each with its seats."""
    out = Meeting.objects.exclude(announced_at=None)
    now = instant_now()
    to_come = out.filter(ends_at__gt=now).order_by("begins_at", "pk")
    past = out.filter(ends_at__lte=now).order_by("-begins_at", "-pk")[:_PAST_SHOWN]
    shown = {"to_come": [line_of(one) for one in to_come], "past": [line_of(one) for one in past]}
    return render(request, "newsroom/meetings/agenda.html", shown)


@vary_on_cookie
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a meeting, and how to come."""
    return _meeting(request, _announced(meeting_id), JournalistForm())


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_ask(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Send the link that proves an address; an outlet that is signed in takes the seat at once."""
    found = _announced(meeting_id)
    if request.method != "POST":
        return _asked(request, found)
    outlet = journalist_of(request)
    if outlet is not None:
        return _taken(request, found, outlet)
    form = JournalistForm(request.POST)
    if not form.is_valid():
        return _meeting(request, found, form)
    now = instant_now()
    error = why_no_link(request, now) if is_open(found, now) else "agenda.refused.closed"
    if error:
        return _meeting(request, found, form, say(spoken(), error))
    guest = Journalist(**form.cleaned_data, language=spoken())
    prove_address(guest, found, now // HOUR)
    return moved_on("meeting", request.path, {"meeting": meeting_id, "email": guest.email})


def _asked(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Say to whoever has just asked that the letter was sent."""
    told = told_of(request, "meeting")
    if told is None or told["meeting"] != found.pk:
        return redirect("meeting", meeting_id=found.pk)
    shown = {"line": line_of(found), "email": told["email"]}
    return render(request, "newsroom/meetings/letter_sent.html", shown)


def meeting_register(request: HttpRequest, meeting_id: int, token: str) -> HttpResponse:
    """Ask once more, then take the seat for the address that the link has proved."""
    found = _announced(meeting_id)
    guest = opened(token)
    if guest is None:
        return unlisted(request, "newsroom/meetings/link_over.html", {"line": line_of(found)}, 404)
    shown: dict[str, Any] = {"line": line_of(found), "guest": guest}
    if request.method != "POST":
        return unlisted(request, "newsroom/meetings/register.html", shown)
    try:
        seat = take_seat(meeting_id, guest, instant_now())
    except MeetingRefused as refused:
        shown["error"] = say(spoken(), refused.message_id, **refused.details)
        return unlisted(request, "newsroom/meetings/register.html", shown, 400)
    return redirect("meeting-seat", meeting_id=meeting_id, code=seat.code)


def meeting_seat(request: HttpRequest, meeting_id: int, code: str) -> HttpResponse:
    """Show whoever has the code where they stand, and let them give it up."""
    found = _announced(meeting_id)
    seat = get_object_or_404(MeetingSeat, meeting=found, code=code)
    if request.method == "POST":
        give_up(meeting_id, code, instant_now())
        return redirect("meeting-seat", meeting_id=meeting_id, code=code)
    has = seated(seat)
    shown = {
        "line": line_of(found),
        "seat": seat,
        "seated": has,
        "code": digits(spoken(), seat.code),
        "qr": drawn(door_address(seat)) if has else "",
        "place": 0 if has else place_of(seat) - found.seats,
    }
    return unlisted(request, "newsroom/meetings/seat.html", shown)


def _taken(request: HttpRequest, found: Meeting, outlet: Journalist) -> HttpResponse:
    try:
        seat = take_seat(found.pk, outlet, instant_now())
    except MeetingRefused as refused:
        error = say(spoken(), refused.message_id, **refused.details)
        return _meeting(request, found, JournalistForm(), error)
    return redirect("meeting-seat", meeting_id=found.pk, code=seat.code)


def _announced(meeting_id: int) -> Meeting:
    found = Meeting.objects.exclude(announced_at=None).filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found


def _meeting(
    request: HttpRequest, found: Meeting, form: JournalistForm, error: str = ""
) -> HttpResponse:
    shown = {
        "line": line_of(found),
        "promises": promises_of(found),
        "materials": materials_of(found),
        "changes": found.changes.order_by("pk"),
        "invited": found.invitations.order_by("-pk").first(),
        "outlet": journalist_of(request),
        "form": form,
        "error": error,
    }
    bad = error or form.errors
    return render(request, "newsroom/meetings/meeting.html", shown, status=400 if bad else 200)
