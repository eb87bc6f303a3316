"""The newsroom's pages of figures and of their calendar, and how all of this is made."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from msgspec import Struct

from pasokh.account.definitions import FigureVersion
from pasokh.account.release_notes import LATE_PATH
from pasokh.core.time import DAY, Instant, Span, instant_from_iso
from pasokh.newsroom.comments.rules import ADDRESS_KEPT, REFUSED_KEPT, UNCONFIRMED_KEPT
from pasokh.newsroom.meetings.deeds import SEATS_KEPT
from pasokh.newsroom.outlets.rules import ERASED_AFTER
from pasokh.newsroom.public_folder import figures_file
from pasokh.newsroom.questions.deeds import ASKERS_KEPT
from pasokh.newsroom.site.figures_shown import newest_figures
from pasokh.newsroom.site.kept_pages import kept
from pasokh.newsroom.syndication.calendar_of_releases import (
    AnnouncedRelease,
    announced_releases,
)
from pasokh.newsroom.trust.complaints import KEPT_AFTER_ANSWER
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken

_COMING_MOST = 30


class ComingRelease(Struct, frozen=True):
    """A release of statistics that is announced, in the language of the page."""

    due: Instant
    name: str
    days: str
    reason: str


class _LateOne(Struct, frozen=True):
    due_at: str
    because: str


class _LateFile(Struct, frozen=True):
    late: tuple[_LateOne, ...]


def coming_releases(most: int) -> list[ComingRelease]:
    """Give what is announced and has not come, the next first."""
    now, language = instant_now(), spoken()
    coming = sorted(
        (one for one in announced_releases() if one.due >= now), key=lambda one: one.due
    )
    return [_coming(one, language) for one in coming[:most]]


@kept
def figures(asked: HttpRequest) -> HttpResponse:
    """Show the newest figures."""
    return render(asked, "newsroom/site/figures.html", {"newest": newest_figures(spoken())})


def calendar(asked: HttpRequest) -> HttpResponse:
    """Show when which figures go out."""
    told = {"coming": coming_releases(_COMING_MOST), "late": _late()}
    return render(asked, "newsroom/site/calendar.html", told)


@kept
def method(asked: HttpRequest) -> HttpResponse:
    """Say how releases and figures are made, and by which rules this site works."""
    told = {
        "parts": _PARTS,
        "steps": _STEPS,
        "kinds": [one.value for one in NewsKind],
        "standings": [one.value for one in FigureVersion],
        "mistakes": [one.value for one in NewsMistake],
        "keeping": [(name, span // DAY) for name, span in _KEEPING],
    }
    return render(asked, "newsroom/site/method.html", told)


def about(asked: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Lead from where the method stood before."""
    return redirect("newsroom-site-method", permanent=True)


# The sections of the method, and the steps of a release, as their messages are called.
_PARTS = (
    "made",
    "kinds",
    "rounding",
    "corrected",
    "embargo",
    "search",
    "suggested",
    "coverage",
    "kept",
)
_STEPS = ("draft", "checked", "review", "eyes", "hour", "log")
# What is kept of whom, and for how long, as the messages about it are called.
_KEEPING: tuple[tuple[str, Span], ...] = (
    ("comment.unconfirmed", UNCONFIRMED_KEPT),
    ("comment.address", ADDRESS_KEPT),
    ("comment.refused", REFUSED_KEPT),
    ("seat", SEATS_KEPT),
    ("question", ASKERS_KEPT),
    ("complaint", KEPT_AFTER_ANSWER),
    ("outlet", ERASED_AFTER),
)


def _coming(one: AnnouncedRelease, language: str) -> ComingRelease:
    return ComingRelease(one.due, one.named(language), one.days(language), one.reason)


def _late() -> list[tuple[Instant, str]]:
    """Give the announced hours of what did not come out then, each with the message that says why.

    It is told here and on the calendar of figures alike: what is late is not hidden.
    """
    file = figures_file(LATE_PATH)
    if file is None:
        return []
    found = msgspec.json.decode(file.read_bytes(), type=_LateFile).late
    return [(instant_from_iso(one.due_at), f"figures.late_{one.because}") for one in found]
