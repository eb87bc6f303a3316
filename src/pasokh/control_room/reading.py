"""Whether sealed words may be read, or a voice heard, plainly: it takes two floors to tell."""

from pasokh.answer.finding import call_of, spoken_of
from pasokh.answer.state import Call, RecordingPhase
from pasokh.control_room.state import Centre
from pasokh.core.ids import Id
from pasokh.core.machine import Decision, Moment
from pasokh.core.people import Role, role_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.dispatch.state import Incident
from pasokh.staff.commands import ReadWords
from pasokh.staff.events import ReadThing, WordsRead

# How long after its end a thing is still at work: somebody writes it up, the caller calls again.
AFTERWARDS: Span = 30 * MINUTE
# Who may count single rows of the archive; and who reads words at all, which an analyst does not.
COUNTERS = (Role.SUPERVISOR, Role.ANALYST, Role.AUDITOR)
# Who hears the voice of a call that the desks have forgotten.
LATER_HEARERS = (Role.SUPERVISOR, Role.AUDITOR)
READERS = (Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR, Role.COUNTY_DESK, Role.AUDITOR)


def plain_read(centre: Centre, ask: ReadWords, moment: Moment) -> Decision | None:
    """Let those at work read what they work on. None leaves the staff floor to ask for a reason.

    An auditor is not at work on it, so an auditor always says why. A read is made when we hear
    of it (`known_at`): whoever could state another time could read as if it were still at work.
    """
    if ask.thing is ReadThing.ARCHIVE or role_of(moment.actor) is Role.ANALYST:
        counts = ask.thing is ReadThing.ARCHIVE
        return _refused_unless(COUNTERS if counts else READERS, ask, moment)
    if ask.thing is ReadThing.APPEAL:
        return _appeal_read(centre, ask, moment)
    return _of_a_thing(centre, ask, moment)


def _of_a_thing(centre: Centre, ask: ReadWords, moment: Moment) -> Decision | None:
    now = moment.known_at
    if ask.thing is ReadThing.INCIDENT:
        incident = centre.dispatch.incidents.get(ask.thing_id)
        if incident is None:
            return refuse(Reason.INCIDENT_UNKNOWN, incident=ask.thing_id)
        at_work = _incident_at_work(centre, incident, now)
    else:
        hears = ask.thing is ReadThing.RECORDING
        calls = centre.answer.calls
        call = call_of(centre.answer, ask.thing_id) if hears else calls.get(ask.thing_id)
        if call is None:
            return _of_a_forgotten_call(ask, moment)
        refusal = _not_kept(centre, ask.thing_id) if hears else None
        if refusal is not None:
            return refusal
        at_work = _call_at_work(centre, call, now)
    if not at_work or role_of(moment.actor) is Role.AUDITOR:
        return None
    return [WordsRead(ask.thing, ask.thing_id, reason=ask.reason)]


def _of_a_forgotten_call(ask: ReadWords, moment: Moment) -> Decision | None:
    """Let the voice of a settled call be heard, with a reason: it is kept longer than the call."""
    if ask.thing is not ReadThing.RECORDING:
        return refuse(Reason.CALL_UNKNOWN, call=ask.thing_id)
    return _refused_unless(LATER_HEARERS, ask, moment)


def _appeal_read(centre: Centre, ask: ReadWords, moment: Moment) -> Decision | None:
    """Let those who decide read an appeal until its writer knows the decision."""
    appeal = centre.answer.appeals.get(ask.thing_id)
    if appeal is None:
        return refuse(Reason.APPEAL_UNKNOWN, appeal=ask.thing_id)
    refusal = _refused_unless((Role.SUPERVISOR, Role.AUDITOR), ask, moment)
    if refusal is not None:
        return refusal
    if appeal.told or role_of(moment.actor) is Role.AUDITOR:
        return None
    return [WordsRead(ask.thing, ask.thing_id, reason=ask.reason)]


def _refused_unless(roles: tuple[Role, ...], ask: ReadWords, moment: Moment) -> Refusal | None:
    role = role_of(moment.actor)
    if role in roles:
        return None
    command = type(ask).__name__
    return refuse(Reason.ROLE_MAY_NOT, who_can=roles, role=role.value, command=command)


def _not_kept(centre: Centre, voice_id: Id) -> Refusal | None:
    """Refuse to hear what is not on the disk: there is nothing to hear."""
    spoken = spoken_of(centre.answer, voice_id)
    if spoken is None or spoken.recording is None:
        return refuse(Reason.RECORDING_UNKNOWN, call=voice_id)
    phase = spoken.recording.phase
    if phase is RecordingPhase.KEPT:
        return None
    return refuse(Reason.RECORDING_NOT_KEPT, call=voice_id, phase=phase.value)


def _call_at_work(centre: Centre, call: Call, now: Instant) -> bool:
    """A call is at work as long as its incident is: what the caller said is needed there."""
    if _recent(call.ended_at, now):
        return True
    incident = centre.dispatch.incidents.get(call.incident_id or "")
    return incident is not None and _incident_at_work(centre, incident, now)


def _incident_at_work(centre: Centre, incident: Incident, now: Instant) -> bool:
    survivor_id = centre.dispatch.survivor_of(incident.incident_id)
    return _recent(centre.dispatch.incidents.get(survivor_id, incident).closed_at, now)


def _recent(ended_at: Instant | None, now: Instant) -> bool:
    return ended_at is None or now - ended_at < AFTERWARDS
