"""The views as a table: each with its path, what it takes, what it gives and how it looks."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from pasokh.account.answering import DayAnswering, answering
from pasokh.account.minutes import LastHour, last_hour
from pasokh.adapters.api.problems import Answer, ProblemRaised, bad_input
from pasokh.control_room import views_things as things
from pasokh.control_room.fold import state_hash
from pasokh.control_room.state import Centre
from pasokh.control_room.views_appeals import (
    AppealNow,
    AppealPage,
    appeal_now,
    appeals_at_work,
)
from pasokh.control_room.views_contacts import ContactNow, contact_now
from pasokh.control_room.views_holds import HoldPage, holds_now
from pasokh.control_room.views_lists import ListSheet, list_sheet
from pasokh.control_room.views_marks import MarkPage, marks_in_force
from pasokh.control_room.views_news import NewsSheet, news_now
from pasokh.control_room.views_reads import ReadPage, unreviewed
from pasokh.control_room.views_releases import ReleaseSheet, releases_now
from pasokh.control_room.views_survey import SurveySheet, survey_now
from pasokh.core.ids import Id
from pasokh.core.log import Head
from pasokh.core.time import Day, day_from_iso, day_of
from pasokh.drivers.ports_live import Control, OutcomeUnknown

_ENCODE = msgspec.json.Encoder().encode
_Input = TypeVar("_Input", bound=Struct)
# Stands for the day on which the last entry was written.
TODAY = "today"
_RETRY = ((b"retry-after", b"1"),)


class NoInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A view that takes nothing."""


class PageInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of a list: at most `limit` things, behind the one whose id is `after`."""

    limit: Annotated[int, Meta(ge=1, le=1000)] = 200
    after: Id = ""


class LimitInput(Struct, frozen=True, forbid_unknown_fields=True):
    """At most so many things of a list."""

    limit: Annotated[int, Meta(ge=1, le=1000)] = 50


class StateHash(Struct, frozen=True):
    """The digest of the whole state after the entry `seq` (SHA-256 of its canonical bytes)."""

    seq: int
    sha256: str


class View(Struct, frozen=True):
    """A look at a centre. `look` gets the state, the parsed query and the path's id."""

    path: str
    title: str
    given: type[Struct]
    look: Callable[[Centre, Any, str], Struct | None]
    taken: type[Struct] = NoInput


def _figures(centre: Centre, _ask: NoInput, day: str) -> Struct | None:
    return things.figures(centre, _day(day))


def _answering(centre: Centre, _ask: NoInput, day: str) -> Struct | None:
    account = centre.account
    number = day_of(centre.known_at, account.utc_offset_minutes) if day == TODAY else _day(day)
    forgotten = account.forgotten_day is not None and number <= account.forgotten_day
    return None if forgotten else answering(account, number, centre.known_at)


def _day(day: str) -> Day:
    try:
        return day_from_iso(day)
    except ValueError as error:
        raise ProblemRaised("bad-input", detail=f"{error}", where="day") from error


VIEWS: tuple[View, ...] = (
    View(
        "/views/queue",
        "The calls that ring, in the order in which they came",
        things.CallPage,
        lambda centre, ask, _: things.ringing(centre, ask.after, ask.limit),
        PageInput,
    ),
    View(
        "/views/calls/{call_id}",
        "One call",
        things.CallSheet,
        lambda centre, _, call_id: things.call(centre, call_id),
    ),
    View(
        "/views/contacts/{call_id}",
        "How far a call is, as its caller may know it",
        ContactNow,
        lambda centre, _, call_id: contact_now(centre, call_id),
    ),
    View(
        "/views/incidents",
        "The open incidents",
        things.IncidentPage,
        lambda centre, ask, _: things.open_incidents(centre, ask.after, ask.limit),
        PageInput,
    ),
    View(
        "/views/incidents/{incident_id}",
        "One incident with its calls and missions",
        things.IncidentSheet,
        lambda centre, _, incident_id: things.incident(centre, incident_id),
    ),
    View(
        "/views/missions",
        "The missions that are not over",
        things.MissionPage,
        lambda centre, ask, _: things.open_missions(centre, ask.after, ask.limit),
        PageInput,
    ),
    View(
        "/views/units",
        "The units that serve",
        things.UnitPage,
        lambda centre, ask, _: things.units(centre, ask.after, ask.limit),
        PageInput,
    ),
    View(
        "/views/positions",
        "The positions and who sits there",
        things.PositionPage,
        lambda centre, ask, _: things.positions(centre, ask.after, ask.limit),
        PageInput,
    ),
    View(
        "/views/days",
        "The days that have figures, the newest first",
        things.DayPage,
        lambda centre, _, __: things.days(centre),
    ),
    View("/views/figures/{day}", "The figures of a day", things.FigureSheet, _figures),
    View(
        "/views/answering/{day}",
        "How a day's calls were answered, by quarter of an hour and by position",
        DayAnswering,
        _answering,
    ),
    View(
        "/views/minutes",
        "The last hour by minute: calls, answered in time, who waits, missions, nuisance",
        LastHour,
        lambda centre, _, __: last_hour(centre.account, centre.known_at),
    ),
    View(
        "/views/reference/{list}",
        "A list of reference data, with what each entry was and will be",
        ListSheet,
        lambda centre, _, name: list_sheet(centre, name),
    ),
    View(
        "/views/marks",
        "The nuisance marks in force, those that wait for a person first",
        MarkPage,
        lambda centre, _, __: marks_in_force(centre),
    ),
    View(
        "/views/appeals",
        "The appeals of the public page that wait for a decision, or to be told it",
        AppealPage,
        lambda centre, ask, _: appeals_at_work(centre, ask.limit),
        LimitInput,
    ),
    View(
        "/doors/appeals/{appeal_id}",
        "How far an appeal is, as its writer may know it",
        AppealNow,
        lambda centre, _, appeal_id: appeal_now(centre, appeal_id),
    ),
    View(
        "/views/reads",
        "The reads behind broken glass that nobody has reviewed",
        ReadPage,
        lambda centre, _, __: unreviewed(centre),
    ),
    View(
        "/views/holds",
        "The legal holds that nobody has released, and the last report of erasures",
        HoldPage,
        lambda centre, _, __: holds_now(centre),
    ),
    View(
        "/views/releases",
        "What was decided about releases: hours, moves, who sees one before, what is held back",
        ReleaseSheet,
        lambda centre, _, __: releases_now(centre),
    ),
    View(
        "/views/news",
        "The versions of news releases that were approved, and for when: never their texts",
        NewsSheet,
        lambda centre, _, __: news_now(centre),
    ),
    View(
        "/views/survey",
        "How many callers the survey asked on each day; no call, no number, no answer",
        SurveySheet,
        lambda centre, _, __: survey_now(centre),
    ),
    View(
        "/state/hash",
        "The digest of the state, to compare with a refold of the log",
        StateHash,
        lambda centre, _, __: StateHash(centre.seq, state_hash(centre)),
    ),
)


async def shown(control: Control, view: View, query: Mapping[str, str], thing_id: str) -> Answer:
    """Answer a view, after the disk has everything that it shows."""
    centre = control.centre
    found = view.look(centre, taken(view.taken, query), thing_id)
    body = _ENCODE(found)  # before anything else can change the state
    await confirmed(control, centre.seq)
    if found is None:
        raise ProblemRaised("unknown-thing", detail=thing_id)
    return Answer(200, body)


async def head(control: Control) -> Head:
    """Give the end of the durable log."""
    await confirmed(control, control.durable_head.seq)
    return control.durable_head


async def confirmed(control: Control, seq: int) -> None:
    """Wait for the disk, or raise the problem that it failed."""
    try:
        await control.durable(seq)
    except OutcomeUnknown:
        raise ProblemRaised("unknown-outcome", headers=_RETRY) from None


def taken(kind: type[_Input], query: Mapping[str, str]) -> _Input:
    """Read a query string into its Struct; `language` belongs to every route."""
    asked = {name: value for name, value in query.items() if name != "language"}
    try:
        return msgspec.convert(asked, kind, strict=False)
    except msgspec.ValidationError as error:
        raise bad_input(error) from error
