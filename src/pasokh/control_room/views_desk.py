"""What the desks show, as objects: which things are on a desk, until when, and how each looks.

Looks only, and each object by itself: a stream builds the few that changed, a snapshot all. A
thing leaves the desks a while after it is settled; that is the one way in which an object changes
without a fact, and `stays_until` says when.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from pasokh.answer.call_backs import LIMIT_KEY
from pasokh.answer.finding import line_of
from pasokh.answer.state import Call, HandoffState, Phase, Recording
from pasokh.answer.views import mark_of
from pasokh.control_room.desk_objects import (
    NOWHERE,
    DeskBroadcast,
    DeskCall,
    DeskCallBack,
    DeskEntry,
    DeskIncident,
    DeskKey,
    DeskMark,
    DeskMission,
    DeskObject,
    DeskPosition,
    DeskRecording,
    DeskSpokenBack,
    DeskUnit,
    Place,
    ThingKind,
)
from pasokh.control_room.overdue import limits_of
from pasokh.control_room.state import Centre
from pasokh.control_room.views_threads import desk_thread
from pasokh.core.ids import AreaCode, CallId, Id, IncidentId
from pasokh.core.machine import Kept, Sealed
from pasokh.core.time import HOUR, MINUTE, Instant, Span
from pasokh.dispatch.timers import Limits, incident_due_at, mission_due_at
from pasokh.reference.entries import ListName
from pasokh.reference.views import current

# What is settled stays for so long, so that nothing vanishes under somebody's hands.
SETTLED_KEPT: Span = 15 * MINUTE
# A call that ended with nothing said about it waits for that; the figures count it as pending.
UNSETTLED_KEPT: Span = 4 * HOUR
# Of the calls about one incident a desk names so many, the newest.
CALLS_SHOWN = 20
# Until something happens to the thing.
FOREVER: Instant = 253_402_300_799_999
GONE: Instant = 0
# Nobody reads a gazetteer on a desk: it is asked.
_NOT_SENT = frozenset({ListName.PLACE})


class Look(Struct, frozen=True):
    """One look at a centre: at `now` (milliseconds), with the words that may be shown."""

    centre: Centre
    now: Instant
    places: Mapping[DeskKey, Place]
    limits: Limits


def look_at(centre: Centre, now: Instant, places: Mapping[DeskKey, Place] | None = None) -> Look:
    """Begin a look; what all objects need is worked out once."""
    return Look(centre, now, places or {}, limits_of(centre.reference, now))


def desk_objects(look: Look) -> Iterator[tuple[DeskKey, DeskObject]]:
    """Yield everything that is on the desks, figures apart."""
    for key in desk_keys(look.centre):
        found = object_of(look, key)
        if found is not None:
            yield key, found


def desk_keys(centre: Centre) -> Iterator[DeskKey]:
    """Yield the key of everything that may be on a desk: ask `object_of` whether it is."""
    answer, dispatch = centre.answer, centre.dispatch
    yield from ((ThingKind.CALL, thing_id) for thing_id in answer.calls)
    yield from ((ThingKind.INCIDENT, thing_id) for thing_id in dispatch.incidents)
    yield from ((ThingKind.MISSION, thing_id) for thing_id in dispatch.missions)
    yield from ((ThingKind.UNIT, thing_id) for thing_id in dispatch.units)
    yield from ((ThingKind.POSITION, thing_id) for thing_id in answer.positions)
    yield from ((ThingKind.BROADCAST, thing_id) for thing_id in centre.staff.broadcasts)
    for name, lines in centre.reference.lists.items():
        if name not in _NOT_SENT:
            yield from ((ThingKind.ENTRY, f"{name.value}:{code}") for code in lines)


def object_of(look: Look, key: DeskKey) -> DeskObject | None:
    """Build one object; None when it is on no desk."""
    if stays_until(look, key) <= look.now:
        return None
    kind, thing_id = key
    return _BUILT[kind](look, thing_id, look.places.get(key, NOWHERE))


def stays_until(look: Look, key: DeskKey) -> Instant:
    """Say when a thing leaves the desks if nothing happens: FOREVER, or GONE already."""
    kind, thing_id = key
    return _STAYS[kind](look, thing_id)


def county_of(centre: Centre, key: DeskKey) -> AreaCode:
    """Name the county whose desks see a thing; the empty code: every desk."""
    found = _COUNTIES.get(key[0])
    return "" if found is None else found(centre, key[1])


def sealed_of(centre: Centre, key: DeskKey) -> Sequence[Sealed]:
    """Name the sealed words that may tell an open thing's place, newest first.

    Of a broadcast it is the one that holds its text. What has closed shows no place any more.
    """
    found = _SEALED.get(key[0])
    return () if found is None else found(centre, key[1])


def calls_of(centre: Centre, incident_id: IncidentId) -> tuple[CallId, ...]:
    """Name the calls about an incident; after a merge the survivor has those of both."""
    record = centre.account.incidents.get(incident_id)
    return () if record is None else tuple(record.calls)


def newest_calls_of(centre: Centre, incident_id: IncidentId) -> tuple[tuple[CallId, ...], int]:
    """Name the last calls about an incident, and count those before them.

    A fire above a town has thousands, and each change of it goes to every desk.
    """
    record = centre.account.incidents.get(incident_id)
    if record is None:
        return (), 0
    newest = tuple(islice(reversed(record.calls), CALLS_SHOWN))[::-1]
    return newest, len(record.calls) - len(newest)


def settled(call: Call) -> bool:
    """Tell whether somebody said what an ended call was, or sent it on."""
    if call.phase is Phase.ABANDONED and not call.reached:
        return call.code is not None
    known = call.code is not None or call.incident_id is not None
    return known or HandoffState.ACCEPTED in call.handoffs.values()


def _call_stays(look: Look, call_id: str) -> Instant:
    call = look.centre.answer.calls.get(call_id)
    if call is None:
        return GONE
    if call.ended_at is None or line_of(look.centre.answer, call) is not None:
        return FOREVER
    return call.ended_at + (SETTLED_KEPT if settled(call) else UNSETTLED_KEPT)


def _incident_stays(look: Look, incident_id: str) -> Instant:
    incident = look.centre.dispatch.incidents.get(incident_id)
    if incident is None:
        return GONE
    return FOREVER if incident.closed_at is None else incident.closed_at + SETTLED_KEPT


def _mission_stays(look: Look, mission_id: str) -> Instant:
    mission = look.centre.dispatch.missions.get(mission_id)
    if mission is None:
        return GONE
    return FOREVER if mission.over_at is None else _incident_stays(look, mission.incident_id)


def _unit_stays(look: Look, unit_id: str) -> Instant:
    unit = look.centre.dispatch.units.get(unit_id)
    return GONE if unit is None or unit.retired else FOREVER


def _position_stays(look: Look, position_id: str) -> Instant:
    return FOREVER if position_id in look.centre.answer.positions else GONE


def _broadcast_stays(look: Look, broadcast_id: str) -> Instant:
    return FOREVER if broadcast_id in look.centre.staff.broadcasts else GONE


def _entry_stays(look: Look, entry_id: str) -> Instant:
    name, _, code = entry_id.partition(":")
    entry = current(look.centre.reference, ListName(name), code, look.now)
    return GONE if entry is None or name in _NOT_SENT else FOREVER


def _call(look: Look, call_id: str, place: Place) -> DeskCall:
    call = look.centre.answer.calls[call_id]
    incident_id = call.incident_id
    return DeskCall(
        id=call_id,
        channel=call.channel,
        origin=call.origin,
        phase=call.phase,
        offered_at=call.offered_at,
        county=call.county,
        test=call.test,
        queue=call.queue,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        position=call.position_id,
        type=call.call_type,
        incident=incident_id and look.centre.dispatch.survivor_of(incident_id),
        code=call.code,
        silent=call.silent,
        tones=call.tones,
        toned_at=call.toned_at,
        asked_for_sign=call.asked_for_sign,
        sign=call.sign,
        recording=_recording(call.recording),
        spoken_back=tuple(_spoken_back(look, dial_id) for dial_id in call.spoken_back),
        reached=call.reached,
        handoffs=dict(call.handoffs),
        answers={protocol: dict(given) for protocol, given in (call.answers or {}).items()},
        left=call.left,
        nuisance=call_id in look.centre.answer.nuisances,
        line=call.line,
        rung=call.rung,
        earlier=_earlier(look, call),
        call_back=_call_back(look, call),
        mark=_mark(look, call),
        thread=desk_thread(call),
        has_words=len(call.words),
        place=place.text,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _recording(found: Recording | None) -> DeskRecording | None:
    return None if found is None else _recorded(found)


def _recorded(found: Recording) -> DeskRecording:
    return DeskRecording(
        found.phase, found.duration, found.erase_at, found.evidence, found.lost, found.found
    )


def _spoken_back(look: Look, dial_id: Id) -> DeskSpokenBack:
    back = look.centre.answer.spoken_back[dial_id]
    return DeskSpokenBack(dial_id, back.at, _recorded(back.recording), back.ended_at)


def _call_back(look: Look, call: Call) -> DeskCallBack | None:
    """The line of a number stands at its newest call only, so that nobody is called twice."""
    line = line_of(look.centre.answer, call)
    if line is None or line.newest != call.call_id:
        return None
    dials = look.centre.answer.dials.values()
    dial = next((dial for dial in dials if dial.call_id in line.calls), None)
    return DeskCallBack(
        due_at=line.since + look.limits[LIMIT_KEY],
        calls=len(line.calls),
        attempts=len(line.attempts),
        last=line.attempts[-1].result if line.attempts else None,
        needs_help=line.needs_help,
        begun_by=line.begun_by,
        begun_at=line.begun_at,
        dialled_at=dial.at if dial else 0,
        picked_up_at=dial.picked_up_at if dial else 0,
        reply=line.reply,
    )


def _mark(look: Look, call: Call) -> DeskMark | None:
    mark = mark_of(look.centre.answer, call)
    if mark is None:
        return None
    return DeskMark(
        call=mark.call_id,
        code=mark.code,
        by=mark.marked_by,
        reason=mark.reason,
        until=mark.expires_at,
        proposed_until=mark.proposed_until,
        appealed=mark.appealed,
    )


def _earlier(look: Look, call: Call) -> int:
    """Count the caller's calls before this one, as far as they are remembered."""
    calls = look.centre.answer.callers.get(call.caller, ()) if call.caller else ()
    return calls.index(call.call_id) if call.call_id in calls else 0


def _incident(look: Look, incident_id: str, place: Place) -> DeskIncident:
    incident = look.centre.dispatch.incidents[incident_id]
    survives = look.centre.dispatch.survivor_of(incident_id) == incident_id
    calls, more_calls = newest_calls_of(look.centre, incident_id)
    return DeskIncident(
        id=incident_id,
        origin=incident.origin,
        opened_at=incident.opened_at,
        number=incident.number,
        type=incident.incident_type,
        priority=incident.priority,
        county=incident.county,
        beat=incident.beat,
        test=incident.test,
        closed_at=incident.closed_at,
        disposition=incident.disposition,
        # Two that were merged into each other are one: only the other one leads away.
        merged_into=None if survives else incident.merged_into,
        linked=incident.linked,
        owner=incident.owner,
        missions=tuple(incident.missions),
        calls=calls,
        more_calls=more_calls,
        overdue=incident.overdue,
        due_at=incident_due_at(look.centre.dispatch, incident, look.limits),
        has_words=len(incident.words),
        place=place.text,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _mission(look: Look, mission_id: str, _place: Place) -> DeskMission:
    mission = look.centre.dispatch.missions[mission_id]
    return DeskMission(
        id=mission_id,
        incident=mission.incident_id,
        unit=mission.unit_id,
        stage=mission.stage,
        created_at=mission.created_at,
        stage_at=mission.stage_at,
        dispatched_at=mission.dispatched_at,
        on_scene_at=mission.on_scene_at,
        over_at=mission.over_at,
        outcome=mission.outcome,
        overdue=mission.overdue,
        due_at=mission_due_at(look.centre.dispatch, mission, look.limits),
    )


def _unit(look: Look, unit_id: str, _place: Place) -> DeskUnit:
    unit = look.centre.dispatch.units[unit_id]
    return DeskUnit(
        id=unit_id,
        availability=unit.availability,
        call_sign=unit.call_sign,
        station=unit.station,
        county=unit.county,
        capabilities=unit.capabilities,
        secondary=unit.secondary,
        missions=tuple(unit.missions),
        retired=unit.retired,
    )


def _position(look: Look, position_id: str, _place: Place) -> DeskPosition:
    position = look.centre.answer.positions[position_id]
    return DeskPosition(
        id=position_id,
        state=position.state,
        since=position.since,
        name=position.name,
        person=position.person_id,
        call=position.call_id,
    )


def _broadcast(look: Look, broadcast_id: str, place: Place) -> DeskBroadcast:
    notice = look.centre.staff.broadcasts[broadcast_id]
    return DeskBroadcast(
        id=broadcast_id,
        at=notice.at,
        actor=notice.actor,
        expires_at=notice.expires_at,
        county=notice.county,
        acknowledged=tuple(notice.acknowledged),
        text=place.text,
    )


def _entry(look: Look, entry_id: str, _place: Place) -> DeskEntry | None:
    name, _, code = entry_id.partition(":")
    line = look.centre.reference.lists[ListName(name)][code]
    entry = line.at(look.now)
    if entry is None:
        return None
    # An answer names the version that it was given to.
    begun_at = line.begun_at(look.now) if name == ListName.PROTOCOL else None
    return DeskEntry(entry_id, ListName(name), code, entry, begun_at or 0)


def _call_sealed(centre: Centre, call_id: str) -> Sequence[Sealed]:
    call = centre.answer.calls.get(call_id)
    return () if call is None or call.over else _newest_first(call.words)


def _incident_sealed(centre: Centre, incident_id: str) -> Sequence[Sealed]:
    incident = centre.dispatch.incidents.get(incident_id)
    if incident is None or incident.closed_at is not None:
        return ()
    return _newest_first(incident.words)


def _broadcast_sealed(centre: Centre, broadcast_id: str) -> Sequence[Sealed]:
    notice = centre.staff.broadcasts.get(broadcast_id)
    return () if notice is None else (notice.words,)


def _newest_first(words: Sequence[Kept]) -> tuple[Sealed, ...]:
    return tuple(kept.sealed for kept in reversed(words))


def _call_county(centre: Centre, call_id: str) -> AreaCode:
    call = centre.answer.calls.get(call_id)
    return "" if call is None else call.county


def _incident_county(centre: Centre, incident_id: str) -> AreaCode:
    incident = centre.dispatch.incidents.get(incident_id)
    return "" if incident is None else incident.county


def _mission_county(centre: Centre, mission_id: str) -> AreaCode:
    mission = centre.dispatch.missions.get(mission_id)
    return "" if mission is None else _incident_county(centre, mission.incident_id)


def _unit_county(centre: Centre, unit_id: str) -> AreaCode:
    unit = centre.dispatch.units.get(unit_id)
    return "" if unit is None else unit.county


def _broadcast_county(centre: Centre, broadcast_id: str) -> AreaCode:
    notice = centre.staff.broadcasts.get(broadcast_id)
    return "" if notice is None else notice.county


_STAYS: dict[ThingKind, Callable[[Look, str], Instant]] = {
    ThingKind.CALL: _call_stays,
    ThingKind.INCIDENT: _incident_stays,
    ThingKind.MISSION: _mission_stays,
    ThingKind.UNIT: _unit_stays,
    ThingKind.POSITION: _position_stays,
    ThingKind.BROADCAST: _broadcast_stays,
    ThingKind.ENTRY: _entry_stays,
}
_BUILT: dict[ThingKind, Callable[[Look, str, Place], DeskObject | None]] = {
    ThingKind.CALL: _call,
    ThingKind.INCIDENT: _incident,
    ThingKind.MISSION: _mission,
    ThingKind.UNIT: _unit,
    ThingKind.POSITION: _position,
    ThingKind.BROADCAST: _broadcast,
    ThingKind.ENTRY: _entry,
}
_COUNTIES: dict[ThingKind, Callable[[Centre, str], AreaCode]] = {
    ThingKind.CALL: _call_county,
    ThingKind.INCIDENT: _incident_county,
    ThingKind.MISSION: _mission_county,
    ThingKind.UNIT: _unit_county,
    ThingKind.BROADCAST: _broadcast_county,
}
_SEALED: dict[ThingKind, Callable[[Centre, str], Sequence[Sealed]]] = {
    ThingKind.CALL: _call_sealed,
    ThingKind.INCIDENT: _incident_sealed,
    ThingKind.BROADCAST: _broadcast_sealed,
}
