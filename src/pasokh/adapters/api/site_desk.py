"""The slow routes of the desks: who asks, what lies beside a call or an incident, sealed words."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from pasokh.adapters.api.desk_figure import Figure
from pasokh.adapters.api.door import json_body_only, language_for
from pasokh.adapters.api.door_threads import DoorThreadPage, DoorThreads, DoorThreadsInput
from pasokh.adapters.api.gazetteer import FoundPlace, Gazetteer, PlaceInput
from pasokh.adapters.api.playback import RECORDING_AT, ListenOrder, ListenSheet, Playback
from pasokh.adapters.api.problems import ProblemRaised, parsed
from pasokh.adapters.api.reading import NotePage, Reading, ReadOrder, WordsSheet
from pasokh.adapters.api.recordings import RECORDINGS_AT, HourInput, RecordingHour
from pasokh.adapters.api.scopes import Grant
from pasokh.adapters.api.site_phone import PHONE_AT, PhoneOrder, PhoneSheet, phone_route
from pasokh.adapters.api.site_recording import recording_routes
from pasokh.adapters.api.suggestions import NearInput, SuggestionPage, Suggestions
from pasokh.adapters.api.views import NoInput, confirmed, taken
from pasokh.control_room.desk_objects import DeskDoors, DoorConservation
from pasokh.control_room.views_beside import EarlierCall, TrailStep, earlier_calls, steps, trail_of
from pasokh.core.ids import AreaCode, Id
from pasokh.core.log import Entry
from pasokh.core.people import Role, name_of, role_of
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import Control, Telephones
from pasokh.staff.events import DeskKind

_Asked: TypeAlias = Request[Any, Any, Any]
_Told: TypeAlias = Response[bytes]

_ENCODE = msgspec.json.Encoder().encode
_decode_tally = msgspec.json.Decoder(DoorConservation).decode
_ORDER_BYTES_MAX = 8 * 1024


class Me(Struct, frozen=True):
    """Who asks, and by which clock the centre runs. A machine has no session."""

    session_id: Id | None
    person: Id
    roles: tuple[Role, ...]
    county: AreaCode
    station: str
    locked: bool
    desk: DeskKind | None
    expires_at: Instant | None
    training: bool
    now: Instant
    utc_offset_minutes: int


class CallInput(Struct, frozen=True, forbid_unknown_fields=True):
    """About which call."""

    call_id: Id


class IncidentInput(Struct, frozen=True, forbid_unknown_fields=True):
    """About which incident."""

    incident_id: Id


class DeskRoute(Struct, frozen=True):
    """A desk's route for the document: what it takes in its query or its body, what it gives."""

    method: str
    path: str
    title: str
    given: type[Struct]
    taken: type[Struct] = NoInput
    sent: type[Struct] | None = None
    many: bool = False


DESK_ROUTES: tuple[DeskRoute, ...] = (
    DeskRoute("GET", "/desk/me", "Who asks", Me),
    DeskRoute("POST", "/desk/words", "Sealed words, read and recorded", WordsSheet, sent=ReadOrder),
    DeskRoute(
        "POST", RECORDING_AT, "A recording, its hearing recorded", ListenSheet, sent=ListenOrder
    ),
    DeskRoute("GET", RECORDINGS_AT, "Recordings of an hour", RecordingHour, HourInput),
    DeskRoute("GET", "/desk/nearby", "What this may be about", SuggestionPage, NearInput),
    DeskRoute(
        "GET", "/desk/earlier", "Earlier calls of a caller", EarlierCall, CallInput, many=True
    ),
    DeskRoute("GET", "/desk/timeline", "An incident's steps", TrailStep, IncidentInput, many=True),
    DeskRoute("GET", "/desk/places", "Places of the gazetteer", FoundPlace, PlaceInput, many=True),
    DeskRoute("GET", "/desk/notes", "Notes for the next shift", NotePage),
    DeskRoute(
        "GET", "/doors/threads", "Threads of the public doors", DoorThreadPage, DoorThreadsInput
    ),
    DeskRoute(
        "POST", "/doors/tally", "The public doors' own count", DeskDoors, sent=DoorConservation
    ),
    DeskRoute(
        "POST", PHONE_AT, "A window as the position's telephone", PhoneSheet, sent=PhoneOrder
    ),
)


def desk_kinds() -> list[type[Struct]]:
    """Name the Structs of these routes that the document must describe."""
    return [kind for route in DESK_ROUTES for kind in (route.given, route.sent) if kind is not None]


class DeskSite(Struct, frozen=True):
    """What the desks' routes need. `training`: the centre is a drill."""

    control: Control
    reading: Reading
    gazetteer: Gazetteer
    suggestions: Suggestions
    threads: DoorThreads
    figure: Figure
    training: bool = False
    telephones: Telephones | None = None
    playback: Playback | None = None


def desk_routes(site: DeskSite) -> list[HTTPRouteHandler]:
    """Build the handlers; the guard of the whole site is their door."""
    routes = (_me, _words, _nearby, _earlier, _timeline, _places, _notes, _threads, _tally)
    made = [route(site) for route in routes]
    spoken = recording_routes(site.playback)
    return [*made, *spoken, phone_route(site.control, site.telephones)]


def _threads(site: DeskSite) -> HTTPRouteHandler:
    async def show_threads(request: _Asked) -> _Told:
        asked = taken(DoorThreadsInput, request.query_params)
        return _told(await site.threads.told(asked.of))

    return _routed("/doors/threads")(show_threads)


def _tally(site: DeskSite) -> HTTPRouteHandler:
    async def hear_tally(request: _Asked) -> _Told:
        taken(NoInput, request.query_params)
        told = parsed(await request.body(), _decode_tally)
        site.figure.hear_doors(told)
        return _told(DeskDoors(told, told.residual, site.control.clock.now()))

    path = "/doors/tally"
    return post(path, opt={"path": path}, status_code=200)(hear_tally)


def _me(site: DeskSite) -> HTTPRouteHandler:
    async def show_me(request: _Asked) -> _Told:
        taken(NoInput, request.query_params)
        return _told(_me_of(site, _grant(request)))

    return _routed("/desk/me")(show_me)


def _me_of(site: DeskSite, grant: Grant) -> Me:
    session = grant.session
    return Me(
        session_id=session.session_id if session else None,
        person=session.person_id if session else name_of(grant.actor),
        roles=session.roles if session else (role_of(grant.actor),),
        county=session.county if session else "",
        station=session.station if session else "",
        locked=session is not None and session.locked,
        desk=session.desk if session else None,
        expires_at=session.expires_at if session else None,
        training=site.training,
        now=site.control.clock.now(),
        utc_offset_minutes=site.control.centre.account.utc_offset_minutes,
    )


def _words(site: DeskSite) -> HTTPRouteHandler:
    async def read_words(request: _Asked) -> _Told:
        taken(NoInput, request.query_params)
        headers = dict(request.scope["headers"])
        json_body_only(headers)
        language = language_for(request.scope["query_string"], headers)
        answer = await site.reading.answer(await request.body(), _grant(request), language)
        return Response(answer.body, status_code=answer.status, media_type=answer.media.decode())

    path = "/desk/words"
    return post(path, opt={"path": path}, request_max_body_size=_ORDER_BYTES_MAX)(read_words)


def _nearby(site: DeskSite) -> HTTPRouteHandler:
    async def show_nearby(request: _Asked) -> _Told:
        asked = taken(NearInput, request.query_params)
        return _told(await site.suggestions.about(asked, _grant(request)))

    return _routed("/desk/nearby")(show_nearby)


def _earlier(site: DeskSite) -> HTTPRouteHandler:
    async def show_earlier(request: _Asked) -> _Told:
        call_id = taken(CallInput, request.query_params).call_id
        found = earlier_calls(site.control.centre, call_id, _grant(request).sees)
        return await _shown(site, call_id, found)

    return _routed("/desk/earlier")(show_earlier)


def _timeline(site: DeskSite) -> HTTPRouteHandler:
    async def show_timeline(request: _Asked) -> _Told:
        incident_id = taken(IncidentInput, request.query_params).incident_id
        centre = site.control.centre
        trail = trail_of(centre, incident_id, _grant(request).sees)
        if trail is None:
            return await _shown(site, incident_id, None)
        seqs = list(trail)
        await confirmed(site.control, centre.seq)
        entries = await asyncio.to_thread(lambda: list(_read(site.control, seqs)))
        return _told(steps(centre, entries))

    return _routed("/desk/timeline")(show_timeline)


def _places(site: DeskSite) -> HTTPRouteHandler:
    async def show_places(request: _Asked) -> _Told:
        asked = taken(PlaceInput, request.query_params)
        found = await site.gazetteer.find(asked, _grant(request))
        return await _shown(site, asked.q, found)

    return _routed("/desk/places")(show_places)


def _notes(site: DeskSite) -> HTTPRouteHandler:
    async def show_notes(request: _Asked) -> _Told:
        taken(NoInput, request.query_params)
        return _told(await site.reading.notes())

    return _routed("/desk/notes")(show_notes)


async def _shown(
    site: DeskSite, asked: str, found: Sequence[EarlierCall | FoundPlace | TrailStep] | None
) -> _Told:
    """Answer once the disk has everything that it shows; what is another county's is unknown."""
    body = _ENCODE(found)
    await confirmed(site.control, site.control.centre.seq)
    if found is None:
        raise ProblemRaised("unknown-thing", detail=asked)
    return Response(body, media_type="application/json")


def _read(control: Control, seqs: Sequence[int]) -> Iterator[Entry]:
    """Read entries by their places, those that lie side by side at once."""
    start = 0
    for at, seq in enumerate(seqs):
        if at + 1 == len(seqs) or seqs[at + 1] != seq + 1:
            yield from control.read(seqs[start] - 1, seq)
            start = at + 1


def _grant(request: _Asked) -> Grant:
    grant: Grant = request.state.grant
    return grant


def _told(found: object) -> _Told:
    return Response(_ENCODE(found), media_type="application/json")


def _routed(path: str) -> Callable[..., HTTPRouteHandler]:
    return get(path, opt={"path": path})
