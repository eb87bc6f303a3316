"""Suggestions which incident a call may be about: near, just now, the same words however spelt."""

import asyncio
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pasokh.adapters.api.place_book import PlaceBook
from pasokh.adapters.api.problems import ProblemRaised
from pasokh.adapters.api.scopes import Grant
from pasokh.adapters.api.views import confirmed
from pasokh.control_room.desk_objects import DeskKey, ThingKind
from pasokh.control_room.views_desk import county_of
from pasokh.control_room.views_nearby import beside, candidates, sought
from pasokh.core.ids import CallId, Id, IncidentId
from pasokh.core.time import Instant
from pasokh.dispatch.nearby import Candidate, Ground, Near, Sought, nearby
from pasokh.drivers.ports_live import Control
from pasokh.words.spelling import key


class NearInput(Struct, frozen=True, forbid_unknown_fields=True):
    """About which call, or about which incident: one of the two."""

    call_id: CallId | None = None
    incident_id: IncidentId | None = None


class Suggestion(Struct, frozen=True):
    """An open incident with everything that speaks for it: shares and scores are 0 to 1."""

    incident: Id
    score: float
    metres: int | None
    minutes: int
    text_share: float
    same_type: bool
    grounds: Sequence[Ground]


class SuggestionPage(Struct, frozen=True):
    """The likeliest incidents, the likeliest first."""

    near: Sequence[Suggestion]


class Suggestions:
    """Looks beside what the desks show: the places are those that the desks have open."""

    def __init__(self, control: Control, places: PlaceBook) -> None:
        """Take the places from the book that the desks' stream keeps."""
        self._control = control
        self._places = places

    async def about(self, asked: NearInput, grant: Grant) -> SuggestionPage:
        """Suggest incidents; ProblemRaised for what is not there or another county's."""
        thing = _key_of(asked)
        centre, now = self._control.centre, self._control.clock.now()
        places = self._places.of([thing, *beside(centre)])
        question = sought(centre, thing, places)
        if question is None or not grant.sees(county_of(centre, thing)):
            raise ProblemRaised("unknown-thing", detail=thing[1])
        others = candidates(centre, thing, places, grant.sees)
        await confirmed(self._control, centre.seq)
        # Two thousand places take long enough to be looked through beside the loop.
        found = await asyncio.to_thread(_found, question, others, now)
        return SuggestionPage([_suggestion(near) for near in found])


def _key_of(asked: NearInput) -> DeskKey:
    if asked.call_id is not None and asked.incident_id is None:
        return ThingKind.CALL, asked.call_id
    if asked.incident_id is not None and asked.call_id is None:
        return ThingKind.INCIDENT, asked.incident_id
    raise ProblemRaised("bad-input", detail="Expected call_id or incident_id", where="$")


def _found(question: Sought, others: Sequence[Candidate], now: Instant) -> list[Near]:
    keyed = (replace(other, text=key(other.text)) for other in others)
    return nearby(replace(question, text=key(question.text)), keyed, now)


def _suggestion(near: Near) -> Suggestion:
    return Suggestion(
        near.incident_id,
        near.score,
        near.metres,
        near.minutes,
        near.text_share,
        near.same_type,
        near.grounds,
    )
