"""By when the next step of a mission, or the first unit of an incident, is due.

The limits are chosen, not measured: no standard of the police gives them. Each is set where the
living province's people, who behave like the centres that published their times, pass it in few
cases of a hundred, so that the alarm means something; a centre sets its own in its list of
timers. One alarm a seat in ten minutes is what a person still reads (EEMUA 191 calls that "very
likely to be acceptable"), and these give a seat about one in two hours on the drill's day.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pasokh.core.machine import Command
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.dispatch.commands import MarkIncidentOverdue, MarkOverdue
from pasokh.dispatch.events import Stage
from pasokh.dispatch.state import DispatchState, Incident, Mission

# A stage of a mission, or OPENED; and a priority.
Limits: TypeAlias = Mapping[tuple[str, int], Span]

# What an incident is in until its first unit has been told.
OPENED = "opened"
# An incident of which nobody has said how urgent it is waits like a middling one.
UNJUDGED = 3
_MINUTES: dict[str, tuple[int, int, int, int, int]] = {
    # Chosen: the wait for a first unit is what priority is about, so it grows the most.
    OPENED: (5, 10, 30, 75, 120),
    # Chosen: a unit that was picked and not told is forgotten, or the radio is silent.
    Stage.CREATED: (2, 3, 5, 10, 10),
    # Chosen; one published week has 98.9 % of orders acknowledged within 30 seconds.
    Stage.DISPATCHED: (1, 1, 2, 2, 2),
    # Chosen; the same week has 70.7 % of the units moving within 5 minutes.
    Stage.ACKNOWLEDGED: (5, 6, 8, 10, 10),
    # Chosen: twice the graded promise of 15 minutes, and more in the country.
    Stage.EN_ROUTE: (30, 30, 40, 60, 60),
    # Chosen: not an alarm for haste, but a question after the crew's safety.
    Stage.ON_SCENE: (120, 120, 120, 120, 120),
}
LIMITS: Limits = {
    (stage, priority): minutes * MINUTE
    for stage, row in _MINUTES.items()
    for priority, minutes in enumerate(row, start=1)
}


def due_at(
    stage: str, stage_at: Instant, priority: int | None, limits: Limits = LIMITS
) -> Instant | None:
    """Say by when a stage that began at `stage_at` should be over; None when it has no limit."""
    limit = limits.get((stage, priority or UNJUDGED))
    return None if limit is None else stage_at + limit


def mission_due_at(
    state: DispatchState, mission: Mission, limits: Limits = LIMITS
) -> Instant | None:
    """Say by when a mission's next step is due; None when it is over."""
    priority = state.incidents[mission.incident_id].priority
    return due_at(mission.stage, mission.stage_at, priority, limits)


def incident_due_at(
    state: DispatchState, incident: Incident, limits: Limits = LIMITS
) -> Instant | None:
    """Say by when the first unit should be told; None when one was, or the incident is closed."""
    if not waits(state, incident):
        return None
    return due_at(OPENED, incident.waits_since, incident.priority, limits)


def waits(state: DispatchState, incident: Incident) -> bool:
    """Tell whether no unit has been told since the incident was opened, or opened again."""
    if incident.closed_at is not None:
        return False
    for mission_id in incident.missions:
        mission = state.missions[mission_id]
        told_at = mission.dispatched_at
        if told_at is not None and (mission.over_at is None or told_at >= incident.waits_since):
            return False
    return True


def overdue_commands(
    state: DispatchState, now: Instant, limits: Limits = LIMITS
) -> Iterator[tuple[Instant, Command]]:
    """Yield what has become overdue by `now` and is not marked yet, with the time it was due."""
    for incident_id in state.open:
        incident = state.incidents[incident_id]
        if not incident.overdue:
            due = incident_due_at(state, incident, limits)
            if due is not None and due <= now:
                yield due, MarkIncidentOverdue(incident_id)
        for mission_id in incident.missions:
            mission = state.missions[mission_id]
            if mission.overdue or mission.over_at is not None:
                continue
            due = mission_due_at(state, mission, limits)
            if due is not None and due <= now:
                yield due, MarkOverdue(mission_id, mission.stage)
