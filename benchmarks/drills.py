"""The living province as a load: its days made by the drill, durable on disk."""

from pathlib import Path

from msgspec.structs import replace

from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY
from pasokh.core.time import day_from_iso, start_of
from pasokh.drivers.drill.drill import Drill, province_of
from pasokh.drivers.drill.scenario import Scenario, read_scenario
from pasokh.drivers.room import Room

SCENARIO = Path(__file__).resolve().parents[1] / "drills" / "living_province.toml"
# A Saturday, 00:00 at the centre.
START = start_of(day_from_iso("2026-11-21"), 210)


def drill_on(log: SqliteLog, times: int = 1) -> tuple[Drill, Room]:
    """Bring the province into an empty log, with `times` its load and its people."""
    room = Room(Centre(), EMPTY, log)
    province = province_of(_times(read_scenario(SCENARIO), times), counties_of())
    return Drill(room, province, START, commit=room.commit), room


def _times(scenario: Scenario, times: int) -> Scenario:
    demand, sides = scenario.demand, scenario.sides
    answering, dispatching = scenario.answering, scenario.dispatching
    return replace(
        scenario,
        demand=replace(demand, calls_per_day=demand.calls_per_day * times),
        sides=replace(sides, patrol_found_per_day=sides.patrol_found_per_day * times),
        answering=replace(answering, positions=answering.positions * times),
        dispatching=replace(
            dispatching,
            dispatchers=dispatching.dispatchers * times,
            units=dispatching.units * times,
            units_least_per_county=dispatching.units_least_per_county * times,
        ),
    )
