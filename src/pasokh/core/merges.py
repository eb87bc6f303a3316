"""Merged things: which one stands for all of them."""

from collections.abc import Callable

from pasokh.core.ids import IncidentId


def survivor_of(
    merged_into: Callable[[IncidentId], IncidentId | None], incident_id: IncidentId
) -> IncidentId:
    """Follow merges to the incident that stands for all of them.

    A cycle of merges (two desks join the same two incidents at once, each into the other) is
    one incident: the one with the smallest id of the cycle (definitions, section 1).
    """
    path = [incident_id]
    while (following := merged_into(path[-1])) is not None:
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]
