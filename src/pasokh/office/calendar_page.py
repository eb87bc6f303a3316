"""The release calendar: what goes out when in the next year, and what one may change about it.

Whatever is changed here is published with its reason. Before its hour a release goes out only when
two people want it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from secrets import randbits
from typing import Any

import msgspec
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec import Struct

from pasokh.account.releases import Plan, PreAccess, Release, ReleaseKind
from pasokh.control_room.views_releases import ReleaseSheet
from pasokh.core.ids import time_ordered_id
from pasokh.core.people import Role, name_of
from pasokh.core.time import SECOND, Day, Instant, day_of, iso_day, start_of
from pasokh.office.models import OfficePerson
from pasokh.office.reference.seen import centre_clock, line_open
from pasokh.office.sign_in import later
from pasokh.sites.civil_time import said_at
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import ControlRoomAway, control_room
from pasokh.sites.languages import spoken
from pasokh.words.jalali import clock, long_day
from pasokh.words.jalali_typed import TypedWrong, parse_day, parse_time
from pasokh.words.say import say

MOVERS = (Role.SUPERVISOR, Role.PRESS_OFFICER, Role.ADMINISTRATOR)
_SHOWN_DAYS = 31
_REASON_MOST, _OFFICE_MOST = 500, 200
_EPOCH = date(1970, 1, 1)
_SHEET = msgspec.json.Decoder(ReleaseSheet)
_KINDS = {
    ReleaseKind.PROVISIONAL: "figure.provisional",
    ReleaseKind.FINAL: "figure.final",
    ReleaseKind.MONTH: "figures.release_month",
    ReleaseKind.REVISED: "figures.release_judged_anew",
}
_STEPS = {
    "move": "move-release",
    "confirm": "confirm-early-release",
    "give": "give-pre-access",
    "withdraw": "withdraw-pre-access",
}


class ReleaseLine(Struct, frozen=True):
    """One line of the calendar as a person reads it. `kind`: the message that names it."""

    release: Release
    kind: str
    when: str
    about: str
    asked: str
    seen: Sequence[PreAccess]


class _CalendarForm(forms.Form):
    """What a page of the calendar sends: words that are published."""

    reason = forms.CharField(
        max_length=_REASON_MOST, error_messages={"required": later("office.error.release_reason")}
    )


class _AtForm(_CalendarForm):
    """A time of day."""

    time = forms.CharField(error_messages={"required": later("office.error.release_time")})

    def clean_time(self) -> int:
        """Read it as the second of the day."""
        return int(_typed(parse_time, self.cleaned_data["time"]))


class _MoveForm(_AtForm):
    """A civil day with a time."""

    day = forms.CharField(error_messages={"required": later("office.error.release_day")})

    def clean_day(self) -> Day:
        """Read it in either calendar."""
        return Day((_typed(parse_day, self.cleaned_data["day"]) - _EPOCH).days)


class _SeenForm(_CalendarForm):
    """An office or role."""

    to = forms.CharField(
        max_length=_OFFICE_MOST, error_messages={"required": later("office.error.release_office")}
    )


_FORMS: dict[str, type[forms.Form]] = {
    "move": _MoveForm,
    "confirm": forms.Form,
    "give": _SeenForm,
    "withdraw": _SeenForm,
}


def _typed(read: Any, text: str) -> Any:
    try:
        return read(text)
    except TypedWrong as wrong:
        raise forms.ValidationError(say(spoken(), wrong.message_id, **wrong.details)) from wrong


class Calendar:
    """The calendar as it stands now, in the language that is spoken."""

    def __init__(self) -> None:
        """Read it at the control room."""
        self.sheet = _SHEET.decode(control_room().look("/views/releases"))
        self.now: Instant = centre_clock().now
        self.offset = self.sheet.utc_offset_minutes
        self.today = day_of(self.now, self.offset)
        self.months = settings.PASOKH_MONTHS(self.today)
        self.plan = Plan(self.sheet.desk, self.offset, self.sheet.opened_day, self.months)

    def to_come(self) -> list[Release]:
        """List what is not out by its hour, for a year."""
        return [one for one in self.plan.year_from(self.now) if one.due_at > self.now]

    def find(self, release_id: str) -> Release:
        """Find a release of the calendar; 404 without one."""
        every = self.plan.year_from(self.now)
        found = next((one for one in every if one.release_id == release_id), None)
        if found is None:
            raise Http404
        return found

    def line(self, release: Release) -> ReleaseLine:
        """Say a release in words."""
        desk = self.sheet.desk
        asked = desk.asked_early.get(release.release_id)
        early = asked is not None and asked.due_at < release.due_at
        return ReleaseLine(
            release,
            _KINDS[release.kind],
            said_at(spoken(), release.due_at),
            self.about(release.from_day, release.to_day),
            said_at(spoken(), asked.due_at) if asked and early else "",
            self.plan.seen_before(release),
        )

    def about(self, first: Day, last: Day) -> str:
        """Name the days that a release is about."""
        days = {"first": long_day(spoken(), first), "last": long_day(spoken(), last)}
        return days["last"] if first == last else say(spoken(), "office.calendar.days", **days)

    def spans(self, releases: Sequence[Release]) -> Iterator[tuple[str, str]]:
        """Yield the months in which something goes out: first day, and how it is called."""
        days = [day_of(one.due_at, self.offset) for one in releases]
        for begun, after in zip(self.months.begins, self.months.begins[1:], strict=False):
            if any(begun <= day < after for day in days):
                yield iso_day(begun), self.about(begun, after - 1)

    def within(self, releases: Sequence[Release], month: str) -> list[Release]:
        """Keep what goes out in a month, by its first day; without one, in the next weeks."""
        begins = self.months.begins
        first = next((day for day in begins if iso_day(day) == month), self.today)
        after = next((day for day in begins if first < day), first) if month else 0
        until = max(after, first + 1) if month else self.today + _SHOWN_DAYS
        return [one for one in releases if first <= day_of(one.due_at, self.offset) < until]

    def blocked(self) -> list[tuple[str, str, str]]:
        """Say what could not go out at its hour: its id, since when, and why."""
        return [
            (
                release,
                said_at(spoken(), one.due_at),
                say(
                    spoken(),
                    f"office.blocked.{one.by.value}",
                    number=one.number,
                    said=one.said,
                    held=one.held,
                ),
            )
            for release, one in sorted(self.sheet.desk.blocked.items())
        ]


def held_back() -> int:
    """Count what could not go out at its hour; 0 when the control room does not answer."""
    try:
        return len(_SHEET.decode(control_room().look("/views/releases")).desk.blocked)
    except ControlRoomAway:
        return 0


@line_open
def calendar(request: HttpRequest) -> HttpResponse:
    """List what goes out in a month, what is late, and the hour."""
    return _listed(request)


@require_POST
@line_open
def calendar_hour(request: HttpRequest) -> HttpResponse:
    """Set the hour."""
    form = _AtForm(request.POST)
    if not form.is_valid():
        return _listed(request, error=_first_error(form))
    minute = form.cleaned_data["time"] // 60
    fields = {"minute": minute, "reason": form.cleaned_data["reason"]}
    refused = _given(request, "set-release-hour", fields)
    return _listed(request, error=refused) if refused else redirect("calendar")


@line_open
def calendar_release(request: HttpRequest, release_id: str) -> HttpResponse:
    """Show a release, and what may be changed about it."""
    return _release(request, release_id)


@require_POST
@line_open
def calendar_step(request: HttpRequest, release_id: str, step: str) -> HttpResponse:
    """Move a release, confirm that it goes out early, or say who sees it before everybody."""
    if step not in _STEPS:
        raise Http404
    found = Calendar()
    release = found.find(release_id)
    form = _FORMS[step](request.POST)
    if not form.is_valid():
        return _release(request, release_id, step, _first_error(form))
    fields = {"kind": release.kind.value, "day": release.to_day}
    told = form.cleaned_data
    if step == "move":
        due_at = start_of(told["day"], found.offset) + told["time"] * SECOND
        fields |= {"due_at": due_at, "reason": told["reason"]}
    elif step != "confirm":
        fields |= {"to": told["to"], "why": told["reason"]}
    refused = _given(request, _STEPS[step], fields)
    if refused:
        return _release(request, release_id, step, refused)
    return redirect("calendar-release", release_id=release_id)


def _given(request: HttpRequest, command: str, fields: dict[str, Any]) -> str:
    """Give a command as this person; say why not, when it was refused."""
    told = control_room().give(
        time_ordered_id(instant_now(), randbits(74)),
        command,
        fields,
        session_key=request.opened.session_key,
    )
    return told.sentence


def _first_error(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _listed(request: HttpRequest, error: str = "") -> HttpResponse:
    found = Calendar()
    releases = found.to_come()
    month = request.GET.get("month", "")
    desk = found.sheet.desk
    ahead = sorted((day, minute) for day, minute in desk.minutes.items() if day > found.today)
    shown: dict[str, Any] = {
        "lines": [found.line(one) for one in found.within(releases, month)],
        "months": list(found.spans(releases)),
        "month": month,
        "all": len(releases),
        "hour": clock(spoken(), desk.minute_on(found.today) * 60, seconds=False),
        "hours_ahead": [
            (long_day(spoken(), day), clock(spoken(), minute * 60, seconds=False))
            for day, minute in ahead
        ],
        "blocked": found.blocked(),
        "may_set_hour": request.user.has(Role.ADMINISTRATOR),
        "typed": request.POST,
        "error": error,
        "reason_most": _REASON_MOST,
    }
    return render(request, "office/calendar.html", shown, status=400 if error else 200)


def _release(
    request: HttpRequest, release_id: str, step: str = "", error: str = ""
) -> HttpResponse:
    found = Calendar()
    release = found.find(release_id)
    asked = found.sheet.desk.asked_early.get(release_id)
    by = name_of(asked.by) if asked else ""
    people = dict(OfficePerson.objects.filter(person_id=by).values_list("person_id", "name"))
    to_come = release.due_at > found.now
    shown: dict[str, Any] = {
        "line": found.line(release),
        "announced": said_at(spoken(), release.announced_at),
        "asked": asked,
        "asked_by": people.get(by, by),
        "own": by == request.user.person_id,
        "may": to_come and request.user.has(*MOVERS),
        "to_come": to_come,
        "step": step,
        "error": error,
        "typed": request.POST if error else {},
        "reason_most": _REASON_MOST,
        "office_most": _OFFICE_MOST,
    }
    return render(request, "office/release.html", shown, status=400 if error else 200)
