"""Recordings of the past, an hour at a time: heard with a reason that another person reviews.

The control room says which there are and enters each listening; this page only asks it.
"""

from datetime import date
from secrets import randbits
from typing import Any

import msgspec
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from pasokh.core.ids import time_ordered_id
from pasokh.core.time import HOUR, SECOND, Day, day_from_iso, day_of, hour_of, iso_day, start_of
from pasokh.office.reference.seen import centre_clock, line_open
from pasokh.office.sign_in import later
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import control_room
from pasokh.sites.languages import spoken
from pasokh.words.digits import digits
from pasokh.words.jalali import clock, jalali, long_day, stopwatch
from pasokh.words.jalali_typed import TypedWrong, parse_day
from pasokh.words.say import say

_REASON_MAX = 500
_HOURS = range(24)


class RecordingSeen(Struct, frozen=True):
    """A recording as the control room tells it. Times in milliseconds."""

    call_id: str
    kept: int
    began_at: int
    duration: int
    erase_at: int

    @property
    def lasts(self) -> str:
        """How long it lasts."""
        return stopwatch(spoken(), self.duration // SECOND)


class HourSeen(Struct, frozen=True):
    """The recordings of an hour."""

    since: int
    recordings: list[RecordingSeen]
    more: bool


class ListenForm(forms.Form):
    """Which recording, and why."""

    call_id = forms.CharField(max_length=64)
    kept = forms.IntegerField(min_value=1)
    reason = forms.CharField(
        max_length=_REASON_MAX, error_messages={"required": later("office.error.listen_reason")}
    )


_HOUR = msgspec.json.Decoder(HourSeen)


@line_open
def recordings(request: HttpRequest) -> HttpResponse:
    """List those of an hour; enter a listening, and give its player."""
    if request.user.county:  # nobody knows the county of a call that is forgotten
        raise Http404
    shown: dict[str, Any] = {"reason_max": _REASON_MAX, "hours": _hours()}
    if request.method == "POST":
        shown |= _listening(request)
    return _listed(request, shown)


def _listening(request: HttpRequest) -> dict[str, Any]:
    """Ask for a voice under this person's name; what to say of it on the page."""
    form = ListenForm(request.POST)
    said = {"chosen": request.POST.get("call_id", ""), "typed": request.POST.get("reason", "")}
    if not form.is_valid():
        return {**said, "error": next(iter(form.errors.values()))[0]}
    order_id = time_ordered_id(instant_now(), randbits(74))
    order = {"id": order_id, **form.cleaned_data}
    audio, sentence = control_room().listen(order, request.opened.session_key)
    return {**said, "audio": audio, "error": sentence}


def _listed(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    now = centre_clock()
    offset = now.utc_offset_minutes
    sent = request.POST if request.method == "POST" else request.GET
    day, hour = day_of(now.now, offset), hour_of(now.now, offset)
    if sent.get("day"):
        try:
            day = day_from_iso(parse_day(sent["day"]).isoformat())
        except TypedWrong as wrong:
            message = say(spoken(), wrong.message_id, **wrong.details)
            shown |= {"day_error": message, "day": sent["day"], "hour": hour}
            return render(request, "office/recordings.html", shown, status=400)
    asked = sent.get("hour", "")
    hour = int(asked) if asked.isdecimal() and int(asked) in _HOURS else hour
    found = _HOUR.decode(
        control_room().look(f"/desk/recordings?since={start_of(day, offset) + hour * HOUR}")
    )
    shown |= {
        "day": _typed(day),
        "long_day": long_day(spoken(), day),
        "hour": hour,
        "lines": found.recordings,
        "more": found.more,
    }
    status = 400 if shown.get("error") else 200
    return render(request, "office/recordings.html", shown, status=status)


def _typed(day: Day) -> str:
    """Write a day as somebody would type it."""
    if spoken() != "fa":
        return iso_day(day)
    return digits("fa", "/".join(map(str, jalali(date.fromisoformat(iso_day(day))))))


def _hours() -> list[tuple[int, str]]:
    """The hours of a day, as the clock says them."""
    return [(hour, clock(spoken(), hour * HOUR // SECOND, seconds=False)) for hour in _HOURS]
