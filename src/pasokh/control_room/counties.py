"""In which county a command's things lie: for persons whose work is in one county only."""

from collections.abc import Iterator

from pasokh.answer.finding import call_of, marks_of
from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode
from pasokh.core.machine import Command
from pasokh.dispatch.commands import RegisterUnit
from pasokh.staff.commands import Broadcast, PlacePerson, ReadWords, ReviewRead
from pasokh.staff.events import ReadThing

_INCIDENTS = ("incident_id", "other_id", "into")


def other_county(centre: Centre, command: Command, own: AreaCode) -> AreaCode | None:
    """Name a county beside `own` in which something of this command lies; None without one.

    What has no county yet is everybody's. A call or an incident may be moved into another county
    (that hands it over), so where it is moved to is not looked at.
    """
    if isinstance(command, PlacePerson) and command.county != own:
        return command.county  # the whole province too: nobody makes a right larger than their own
    for county in _counties(centre, command):
        if county not in ("", own):
            return county
    return None


def county_of(centre: Centre, thing: ReadThing, thing_id: str) -> AreaCode:
    """Give the county of a thing; empty without one, or when it was forgotten.

    An appeal lies where the first mark on its number does.
    """
    if thing is ReadThing.APPEAL:
        return next(_appeal_counties(centre, thing_id), "")
    found = _incident_county if thing is ReadThing.INCIDENT else _call_county
    return found(centre, thing_id)


def _counties(centre: Centre, command: Command) -> Iterator[AreaCode]:
    if isinstance(command, Broadcast | RegisterUnit):
        yield command.county
    if isinstance(command, ReadWords):
        yield county_of(centre, command.thing, command.thing_id)
    if isinstance(command, ReviewRead) and command.read_seq in centre.staff.unreviewed:
        read = centre.staff.unreviewed[command.read_seq]
        yield county_of(centre, read.thing, read.thing_id)
    yield _call_county(centre, getattr(command, "call_id", None))
    for field in _INCIDENTS:
        yield _incident_county(centre, getattr(command, field, None))
    mission = centre.dispatch.missions.get(getattr(command, "mission_id", ""))
    if mission is not None:
        yield _incident_county(centre, mission.incident_id)
    unit = centre.dispatch.units.get(getattr(command, "unit_id", ""))
    if unit is not None:
        yield unit.county
    yield from _appeal_counties(centre, getattr(command, "appeal_id", ""))
    yield from _people_counties(centre, command)


def _people_counties(centre: Centre, command: Command) -> Iterator[AreaCode]:
    """Where the person works whom the command names, or whose session it names."""
    session = centre.staff.sessions.get(getattr(command, "session_id", ""))
    person_id = session.person_id if session else getattr(command, "person_id", "")
    person = centre.staff.people.get(person_id)
    if person is not None:
        yield person.county


def _appeal_counties(centre: Centre, appeal_id: str) -> Iterator[AreaCode]:
    """Where the calls lie whose marks an appeal is about."""
    appeal = centre.answer.appeals.get(appeal_id)
    if appeal is not None:
        for mark in marks_of(centre.answer, appeal.caller):
            yield _call_county(centre, mark.call_id)


def _call_county(centre: Centre, call_id: str | None) -> AreaCode:
    call = call_of(centre.answer, call_id or "")
    return "" if call is None else call.county


def _incident_county(centre: Centre, incident_id: str | None) -> AreaCode:
    incident = centre.dispatch.incidents.get(incident_id or "")
    return "" if incident is None else incident.county
