"""The dispatch floor as a screen needs it: open incidents, missions, units. Changes nothing."""

from collections import Counter

from msgspec import Struct

from pasokh.core.ids import AreaCode
from pasokh.core.time import Instant
from pasokh.dispatch.events import Availability, Stage
from pasokh.dispatch.state import DispatchState

OVER = (Stage.CLEARED, Stage.CANCELLED)


class UnitsNow(Struct, frozen=True):
    """Units of a county or of all: on a mission, free to be sent, off for now."""

    out: int = 0
    available: int = 0
    unavailable: int = 0


def open_incidents_by_county(state: DispatchState) -> Counter[AreaCode]:
    """Count the incidents that are neither closed nor merged away."""
    return Counter(i.county for i in state.incidents.values() if i.closed_at is None)


def open_missions_by_stage(state: DispatchState) -> dict[Stage, int]:
    """Count the missions that are not over, by how far they have come."""
    counter = Counter(m.stage for m in state.missions.values() if m.over_at is None)
    return {
        stage: counter[stage] for stage in Stage if stage not in (Stage.CLEARED, Stage.CANCELLED)
    }


def missions_cleared_since(state: DispatchState, start: Instant) -> int:
    """Count the missions that were cleared at `start` (milliseconds) or later."""
    return sum(
        m.over_at is not None and m.over_at >= start and m.stage is Stage.CLEARED
        for m in state.missions.values()
    )


def units_by_county(state: DispatchState) -> dict[AreaCode, UnitsNow]:
    """Count the units that are in service, by their own county."""
    counter: Counter[tuple[AreaCode, str]] = Counter()
    for unit in state.units.values():
        if not unit.retired:
            counter[unit.county, _stand(unit.availability, out=bool(unit.missions))] += 1
    return {
        county: UnitsNow(
            counter[county, "out"], counter[county, "available"], counter[county, "unavailable"]
        )
        for county in {county for county, _ in counter}
    }


def _stand(availability: Availability, *, out: bool) -> str:
    if out:
        return "out"
    return "unavailable" if availability is Availability.NOT_AVAILABLE else "available"
