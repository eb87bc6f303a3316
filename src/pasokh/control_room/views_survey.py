"""Which callers it is right to ask how it went, and how many were asked on each day.

Never of exercises, of calls in silence, or where the centre's lists say that few calls tell on a
person: sexual offences, family violence, suicide. A centre names what else ends in grief.
"""

from collections.abc import Iterator

from msgspec import Struct

from pasokh.answer.events import CallCode, Channel, Origin
from pasokh.answer.state import Call
from pasokh.answer.survey import asked_of_late
from pasokh.control_room.state import Centre
from pasokh.core.ids import CallId, Code
from pasokh.core.time import DAY, HOUR, Day, Instant
from pasokh.dispatch.state import Incident
from pasokh.reference.entries import ListName, PublishedAs, TypeEntry

# Nobody is asked while it still goes on around them, nor when they have forgotten it.
_SOONEST, _LATEST = 2 * HOUR, 3 * DAY


class SurveySheet(Struct, frozen=True):
    """How many callers were asked on each day (UTC), after the entry `seq`."""

    seq: int
    asked: dict[Day, int]


def survey_now(centre: Centre) -> SurveySheet:
    """Count who was asked."""
    return SurveySheet(centre.seq, dict(centre.answer.surveys.days))


def callers_to_ask(centre: Centre, now: Instant, never: frozenset[Code]) -> Iterator[CallId]:
    """Yield the calls whose callers may be asked now, the oldest first; one of a caller.

    `never`: codes of types and dispositions after which nobody is asked, beside the sensitive.
    """
    met: set[str] = set()
    never |= _sensitive(centre, now)
    for call in centre.answer.calls.values():
        if call.caller not in met and _may_be_asked(centre, call, now, never):
            met.add(call.caller)
            yield call.call_id


def _may_be_asked(centre: Centre, call: Call, now: Instant, never: frozenset[Code]) -> bool:
    if not _of_a_speaker(call) or call.ended_at is None:
        return False
    if not _SOONEST <= now - call.ended_at <= _LATEST:
        return False
    if asked_of_late(centre.answer.surveys, call.caller, now) or _calls_again(centre, call):
        return False
    return _ended_well_enough(_incident(centre, call), call, never)


def _of_a_speaker(call: Call) -> bool:
    """Tell whether a person of the public spoke to somebody: who writes may have to be silent."""
    silent = call.silent or call.asked_for_sign or call.code is CallCode.SILENT
    public = call.origin is Origin.PUBLIC and call.channel is Channel.VOICE and not call.test
    return public and bool(call.caller) and call.answered_at is not None and not silent


def _calls_again(centre: Centre, call: Call) -> bool:
    """Tell whether the caller has a later or open call: that one is the one to ask about."""
    own = centre.answer.callers.get(call.caller, [])
    others = (centre.answer.calls.get(one) for one in own if one != call.call_id)
    return any(
        one is not None and (not one.over or one.offered_at > call.offered_at) for one in others
    )


def _ended_well_enough(incident: Incident | None, call: Call, never: frozenset[Code]) -> bool:
    if incident is None:
        return call.incident_id is None and call.call_type not in never
    told = {call.call_type, incident.incident_type, incident.disposition}
    return incident.closed_at is not None and not told & never


def _incident(centre: Centre, call: Call) -> Incident | None:
    if call.incident_id is None:
        return None
    return centre.dispatch.incidents.get(centre.dispatch.survivor_of(call.incident_id))


def _sensitive(centre: Centre, now: Instant) -> frozenset[Code]:
    """Name the types that are, or ever were, sensitive: what was told then is still so."""
    lines = centre.reference.lists.get(ListName.INCIDENT_TYPE, {})
    return frozenset(
        code
        for code, line in lines.items()
        for entry in line.during(0, now + 1)
        if isinstance(entry, TypeEntry) and entry.published_as is PublishedAs.SENSITIVE
    )
