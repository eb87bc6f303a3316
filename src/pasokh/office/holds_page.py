"""Legal holds: one person asks that something is not erased, another confirms; it ends likewise."""

from secrets import randbits
from typing import Any

import msgspec
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec import Struct

from pasokh.control_room.retention import RetentionKind
from pasokh.core.ids import time_ordered_id
from pasokh.core.people import name_of
from pasokh.office.erasing import names_kept
from pasokh.office.models import OfficePerson
from pasokh.office.reference.seen import line_open
from pasokh.office.sign_in import later
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import control_room
from pasokh.staff.events_holds import ErasedClass, HeldThing

_REASON_MAX = 500
_ID_MAX = 64
_NEEDED = {"required": later("office.error.hold_reason")}
# What may be done next with a hold -> the command.
_STEPS = {
    "confirm": "confirm-hold",
    "release": "ask-hold-release",
    "release-confirm": "confirm-hold-release",
}


class HoldSeen(Struct, frozen=True):
    """A hold as the control room tells it. Times in milliseconds."""

    hold_id: str
    thing: str
    thing_id: str
    asked_at: int
    asked_by: str
    reason: str
    confirmed_by: str
    release_by: str
    release_reason: str
    stands: bool

    @property
    def step(self) -> str:
        """What is to be done next with it."""
        if self.release_by:
            return "release-confirm"
        return "release" if self.confirmed_by else "confirm"

    @property
    def first(self) -> str:
        """The person id of whom the next step must be another than; empty when it may be anyone."""
        if self.step == "release":
            return ""
        return name_of(self.release_by or self.asked_by)


class HoldsSeen(Struct, frozen=True):
    """All holds, and the last report of erasures."""

    holds: list[HoldSeen]
    erased_run: int
    erased_until: int
    erased: list[ErasedClass] = []


class StepForm(forms.Form):
    """Why the next step is right."""

    reason = forms.CharField(max_length=_REASON_MAX, error_messages=_NEEDED)


class AskForm(StepForm):
    """On what, and why."""

    thing = forms.ChoiceField(choices=[(thing.value, thing.value) for thing in HeldThing])
    thing_id = forms.CharField(
        max_length=_ID_MAX, error_messages={"required": later("office.error.hold_thing")}
    )


_HOLDS = msgspec.json.Decoder(HoldsSeen)


@line_open
def holds(request: HttpRequest) -> HttpResponse:
    """List them, with what this person may do next."""
    _whole_province(request)
    return _listed(request)


@require_POST
@line_open
def hold_ask(request: HttpRequest) -> HttpResponse:
    """Ask for a hold."""
    _whole_province(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _listed(request, error=next(iter(form.errors.values()))[0])
    hold_id = time_ordered_id(instant_now(), randbits(74))
    return _given(request, "", "ask-hold", {"hold_id": hold_id, **form.cleaned_data})


@require_POST
@line_open
def hold_step(request: HttpRequest, hold_id: str, step: str) -> HttpResponse:
    """Confirm a hold, ask for its end, or confirm that."""
    _whole_province(request)
    if step not in _STEPS or hold_id not in {hold.hold_id for hold in _seen().holds}:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        return _listed(request, hold_id, form["reason"].errors[0])
    return _given(request, hold_id, _STEPS[step], {"hold_id": hold_id, **form.cleaned_data})


def _whole_province(request: HttpRequest) -> None:
    """Say that there is no such page to who works for one county: holds name all of them."""
    if request.user.county:
        raise Http404


def _given(
    request: HttpRequest, hold_id: str, command: str, fields: dict[str, Any]
) -> HttpResponse:
    told = control_room().give(
        time_ordered_id(instant_now(), randbits(74)),
        command,
        fields,
        session_key=request.opened.session_key,
    )
    return redirect("holds") if told.accepted else _listed(request, hold_id, told.sentence)


def _seen() -> HoldsSeen:
    return _HOLDS.decode(control_room().look("/views/holds"))


def _listed(request: HttpRequest, hold_id: str = "", error: str = "") -> HttpResponse:
    """Show the list; beside a hold, or the form for a new one, why not, with what was typed."""
    found = _seen()
    actors = {name_of(a) for h in found.holds for a in (h.asked_by, h.confirmed_by, h.release_by)}
    names = dict(OfficePerson.objects.filter(person_id__in=actors).values_list("person_id", "name"))
    shown: dict[str, Any] = {
        "lines": [(hold, *_named(hold, names)) for hold in found.holds],
        "erased_run": found.erased_run,
        "erased_until": found.erased_until,
        "erased": [*found.erased, *_names_told()],
        "me": request.user.person_id,
        "wrong": hold_id,
        "error": error,
        "typed": request.POST,
        "things": [thing.value for thing in HeldThing],
        "reason_max": _REASON_MAX,
        "id_max": _ID_MAX,
    }
    return render(request, "office/holds.html", shown, status=400 if error else 200)


def _names_told() -> list[ErasedClass]:
    """Count the names of who left: the office erases them itself."""
    names = names_kept(instant_now())
    if not (names.erased or names.left):
        return []
    kind = RetentionKind.STAFF.value
    return [ErasedClass(kind, names.erased, names.held, names.left, names.oldest)]


def _named(hold: HoldSeen, names: dict[str, str]) -> tuple[str, str, str]:
    """Name who asked, who confirmed, and who wants the end."""
    asked, confirmed, release = map(name_of, (hold.asked_by, hold.confirmed_by, hold.release_by))
    asked, confirmed, release = (names.get(one) or one for one in (asked, confirmed, release))
    return asked, confirmed, release
