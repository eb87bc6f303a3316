"""Reads that broke the glass: who read whose words and why, until another person has looked."""

from secrets import randbits
from typing import Any

import msgspec
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec import Struct

from pasokh.core.ids import time_ordered_id
from pasokh.core.people import name_of, role_of
from pasokh.office.models import OfficePerson
from pasokh.office.reference.seen import line_open
from pasokh.office.sign_in import later
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import control_room

_REASON_MAX = 500


class ReadSeen(Struct, frozen=True):
    """A read as the control room tells it. Times in milliseconds."""

    seq: int
    at: int
    actor: str
    thing: str
    thing_id: str
    reason: str
    county: str = ""
    number: int = 0

    @property
    def reader(self) -> str:
        """The person id of who read."""
        return name_of(self.actor)

    @property
    def role(self) -> str:
        """The role in which they read."""
        return role_of(self.actor).value

    @property
    def thing_name(self) -> str:
        """What the desks call the thing: an incident by its number."""
        return str(self.number) if self.number else self.thing_id


class ReadsSeen(Struct, frozen=True):
    """All reads that wait."""

    reads: list[ReadSeen]


class ReviewForm(forms.Form):
    """What came of looking at a read."""

    reason = forms.CharField(
        max_length=_REASON_MAX, error_messages={"required": later("office.error.review_reason")}
    )


_READS = msgspec.json.Decoder(ReadsSeen)


@line_open
def reads(request: HttpRequest) -> HttpResponse:
    """List those of the asker's county, or all."""
    return _listed(request)


@require_POST
@line_open
def read_review(request: HttpRequest, seq: int) -> HttpResponse:
    """Enter into the log that this person has looked at a read, and what came of it."""
    if seq not in {read.seq for read in _within_reach(request)}:
        raise Http404
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _listed(request, seq, form["reason"].errors[0])
    told = control_room().give(
        time_ordered_id(instant_now(), randbits(74)),
        "review-read",
        {"read_seq": seq, "reason": form.cleaned_data["reason"]},
        session_key=request.opened.session_key,
    )
    return redirect("reads") if told.accepted else _listed(request, seq, told.sentence)


def _listed(request: HttpRequest, seq: int = 0, error: str = "") -> HttpResponse:
    """Show the list; beside one of its lines why that was not reviewed, with what was typed."""
    found = _within_reach(request)
    names = dict(
        OfficePerson.objects.filter(person_id__in=[read.reader for read in found]).values_list(
            "person_id", "name"
        )
    )
    shown: dict[str, Any] = {
        "lines": [(read, names.get(read.reader) or read.reader) for read in found],
        "me": request.user.person_id,
        "wrong_seq": seq,
        "error": error,
        "typed": request.POST.get("reason", ""),
        "reason_max": _REASON_MAX,
    }
    return render(request, "office/reads.html", shown, status=400 if error else 200)


def _within_reach(request: HttpRequest) -> list[ReadSeen]:
    told = _READS.decode(control_room().look("/views/reads")).reads
    own = request.user.county
    return [read for read in told if not own or read.county in ("", own)]
