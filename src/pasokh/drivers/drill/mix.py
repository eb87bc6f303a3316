"""What happens at which hour: a profile for each type of incident, not one for all.

A type's profile has exactly its measured share of the night (22 to 05 h) and leans towards its
peak hour within the night and within the day.
"""

from math import cos, exp, pi

from pasokh.core.chance import Choice
from pasokh.drivers.drill.scenario import HOURS, Kind

NIGHT = (22, 23, 0, 1, 2, 3, 4)
# How much likelier the peak hour is than the hour opposite: e^2, about seven times.
LEAN = 1.0


def profile_of(kind: Kind) -> list[float]:
    """Give the share of a type's incidents in each hour of the day; they add up to 1."""
    lean = [exp(LEAN * cos(2 * pi * (hour - kind.peak_hour) / HOURS)) for hour in range(HOURS)]
    night = sum(lean[hour] for hour in NIGHT)
    day = sum(lean) - night
    return [
        lean[hour] * (kind.night_share / night if hour in NIGHT else (1 - kind.night_share) / day)
        for hour in range(HOURS)
    ]


def kinds_by_hour(kinds: dict[str, Kind], hour_percent: tuple[float, ...]) -> list[Choice[str]]:
    """Give for each hour the choice among the types, when calls follow `hour_percent`.

    Each type's hours are its profile; the weights of an hour are the shares of that hour alone,
    so the number of calls stays the demand's business.
    """
    names = list(kinds)
    profiles = [profile_of(kind) for kind in kinds.values()]
    assert len(hour_percent) == HOURS
    return [
        Choice(names, [kinds[n].share * p[hour] for n, p in zip(names, profiles, strict=True)])
        for hour in range(HOURS)
    ]
