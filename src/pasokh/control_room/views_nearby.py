"""Which open incidents a call or an incident may be about: the candidates and what is looked for.

Places are opened words, so whoever looks brings them; nothing here keeps them.
"""

from collections.abc import Callable, Iterator, Mapping

from pasokh.control_room.desk_objects import NOWHERE, DeskKey, Place, ThingKind
from pasokh.control_room.state import Centre
from pasokh.control_room.views_desk import calls_of, county_of
from pasokh.core.ids import AreaCode, IncidentId
from pasokh.core.place import Area, Point
from pasokh.dispatch.nearby import Candidate, Sought


def sought(centre: Centre, key: DeskKey, places: Mapping[DeskKey, Place]) -> Sought | None:
    """Say what a call or an incident is known by; None when there is none."""
    kind, thing_id = key
    call = centre.answer.calls.get(thing_id) if kind is ThingKind.CALL else None
    incident = centre.dispatch.incidents.get(thing_id) if kind is ThingKind.INCIDENT else None
    if call is not None:
        place = places.get(key, NOWHERE)
        area = Area(county_of(centre, key))
        return Sought(_point(place), place.text, call.call_type, area)
    if incident is not None:
        place = _place_of(centre, thing_id, places)
        area = Area(incident.county, incident.beat)
        return Sought(_point(place), place.text, incident.incident_type, area)
    return None


def beside(centre: Centre) -> Iterator[DeskKey]:
    """Name everything whose place may matter: the open incidents and their calls."""
    for incident_id in centre.dispatch.open:
        yield ThingKind.INCIDENT, incident_id
        yield from ((ThingKind.CALL, call_id) for call_id in calls_of(centre, incident_id))


def candidates(
    centre: Centre,
    asked: DeskKey,
    places: Mapping[DeskKey, Place],
    sees: Callable[[AreaCode], bool],
) -> list[Candidate]:
    """Every open incident of the asker's counties but the one that is asked about."""
    return [
        _candidate(centre, incident_id, places)
        for incident_id in centre.dispatch.open
        if incident_id != _own(centre, asked)
        and sees(county_of(centre, (ThingKind.INCIDENT, incident_id)))
    ]


def _own(centre: Centre, asked: DeskKey) -> IncidentId:
    """The incident itself, or the one to which the call points already."""
    kind, thing_id = asked
    if kind is ThingKind.CALL:
        thing_id = centre.answer.calls[thing_id].incident_id or ""
    return centre.dispatch.survivor_of(thing_id)


def _candidate(
    centre: Centre, incident_id: IncidentId, places: Mapping[DeskKey, Place]
) -> Candidate:
    incident = centre.dispatch.incidents[incident_id]
    place = _place_of(centre, incident_id, places)
    return Candidate(
        incident_id,
        incident.opened_at,
        _point(place),
        place.text,
        incident.incident_type,
        Area(incident.county, incident.beat),
    )


def _place_of(centre: Centre, incident_id: IncidentId, places: Mapping[DeskKey, Place]) -> Place:
    """Its own place, else that of the first of its calls that has one."""
    keys = [(ThingKind.INCIDENT, incident_id)]
    keys += [(ThingKind.CALL, call_id) for call_id in calls_of(centre, incident_id)]
    return next((places[key] for key in keys if key in places), NOWHERE)


def _point(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)
