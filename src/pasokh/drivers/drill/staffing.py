"""How many call takers a load needs: Erlang C, exact, without tables.

Callers who give up are not in it, so it asks for a little more than needed, never for less.
"""

from math import exp


def waiting_share(erlangs: float, positions: int) -> float:
    """Give the share of calls that wait at all (Erlang C); 1 when the load cannot be carried."""
    if positions <= erlangs:
        return 1.0
    blocked = 1.0  # Erlang B by its recursion
    for count in range(1, positions + 1):
        blocked = erlangs * blocked / (count + erlangs * blocked)
    return blocked / (1.0 - erlangs / positions * (1.0 - blocked))


def answered_share(
    erlangs: float, positions: int, handling_seconds: float, within_seconds: float
) -> float:
    """Give the share of calls answered within a time; handling includes the wrap-up."""
    if positions <= erlangs:
        return 0.0
    leaving = (positions - erlangs) * within_seconds / handling_seconds
    return 1.0 - waiting_share(erlangs, positions) * exp(-leaving)


def positions_for(
    erlangs: float, handling_seconds: float, within_seconds: float, share: float
) -> int:
    """Give the fewest positions that answer `share` (below 1) of the calls within a time."""
    positions = max(1, int(erlangs))
    while answered_share(erlangs, positions, handling_seconds, within_seconds) < share:
        positions += 1
    return positions
