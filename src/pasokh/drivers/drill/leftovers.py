"""After a restart: what the people of the last run left open is ended, so that nothing hangs."""

from pasokh.answer.commands import EndCall, SignOut
from pasokh.core.people import Role, actor_of
from pasokh.dispatch.commands import CancelMission, ClearMission, CloseIncident
from pasokh.drivers.drill.world import World

SUPERVISOR = actor_of(Role.SUPERVISOR, "s-01")
REASON = "the drill was started again"


def clear_leftovers(world: World) -> None:
    """End open calls, sign everybody out, end open missions and incidents. A new log has none."""
    _end_calls(world)
    _end_missions(world)
    for incident in list(world.centre.dispatch.incidents.values()):
        if incident.closed_at is None and incident.merged_into is None:
            world.ask(SUPERVISOR, CloseIncident(incident.incident_id, "unknown"))


def _end_calls(world: World) -> None:
    answer = world.centre.answer
    for call in list(answer.calls.values()):
        if not call.over:
            world.ask(SUPERVISOR, EndCall(call.call_id))
    for position in list(answer.positions.values()):
        if position.person_id is not None and position.call_id is None:
            world.ask(SUPERVISOR, SignOut(position.position_id))


def _end_missions(world: World) -> None:
    for mission in list(world.centre.dispatch.missions.values()):
        if mission.over_at is not None:
            continue
        if mission.dispatched_at is None:
            world.ask(SUPERVISOR, CancelMission(mission.mission_id, REASON))
        else:
            world.ask(SUPERVISOR, ClearMission(mission.mission_id))
