"""The first page: the doors that a person may open, and what waits behind them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from msgspec import Struct

from pasokh.newsroom.waiting import Waiting, waiting_behind
from pasokh.office.calendar_page import held_back
from pasokh.office.desks import DESKS
from pasokh.office.matrix import MATRIX
from pasokh.sites.clock import instant_now

# What belongs together stands together, in the order in which a day needs it.
_DOORS = {
    "desks": tuple(f"desk-{desk}" for desk in DESKS),
    "press": (
        "press-drafts",
        "questions-desk",
        "comments-desk",
        "outlets-desk",
        "proposals-desk",
        "topics-desk",
        "coverage-desk",
        "meetings-desk",
        "calendar",
        "embargo-reads",
        "deliveries",
        "survey-texts",
    ),
    "centre": (
        "complaints-desk",
        "recordings",
        "reads",
        "holds",
        "workbench",
        "reference",
        "people",
    ),
    "own": ("sessions",),
}
# Doors to what is of no single county.
_OF_THE_PROVINCE = ("holds", "recordings", "complaints-desk")


class HomeDoor(Struct, frozen=True):
    """A way in. `waits` is None where nothing waits."""

    name: str
    path: str
    waits: Waiting | None


def home(request: HttpRequest) -> HttpResponse:
    """Show the doors that this person may open, and how much waits behind each."""
    open_here = {
        name
        for group in _DOORS.values()
        for name in group
        if name in MATRIX and request.user.has(*MATRIX[name].roles)
        if not (name in _OF_THE_PROVINCE and request.user.county)
    }
    waits = waiting_behind(open_here, request.user.person_id, instant_now())
    groups = [
        (
            group,
            [
                HomeDoor(name, reverse(name), (waits or {}).get(name))
                for name in names
                if name in open_here
            ],
        )
        for group, names in _DOORS.items()
    ]
    shown = {
        "groups": [(group, doors) for group, doors in groups if doors],
        "waits_unknown": waits is None,
        "held_back": held_back() if "calendar" in open_here else 0,
    }
    return render(request, "office/home.html", shown)
