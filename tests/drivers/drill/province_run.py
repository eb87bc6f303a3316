"""What the drill's tests share: the shipped scenario in a room whose log keeps only its head."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pasokh.adapters.maps.areas import counties_of
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY, Entry, Head, head_of
from pasokh.core.machine import Fact, Receipt
from pasokh.core.time import Instant, day_from_iso, start_of
from pasokh.drivers.drill.drill import Drill, province_of
from pasokh.drivers.drill.lists import read_lists
from pasokh.drivers.drill.province import LivingProvince
from pasokh.drivers.drill.scenario import Scenario, read_scenario
from pasokh.drivers.room import Room

SCENARIO = Path(__file__).resolve().parents[3] / "drills" / "living_province.toml"
# A Saturday, 00:00 at the centre.
START = start_of(day_from_iso("2026-11-21"), 210)


class HeadOnlyLog:
    """A log for long runs: the chain goes on, nothing else is kept."""

    def __init__(self) -> None:
        self._head = EMPTY
        self.commits = 0

    def head(self) -> Head:
        return self._head

    def append(self, entries: Sequence[Entry], envelopes: Sequence[object] = ()) -> None:
        assert not envelopes
        self._head = head_of(entries[-1])
        self.commits += 1

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        assert (after, until) == (0, 0), "nothing is kept"
        return iter(())

    def receipt_of(self, command_id: str) -> Receipt | None:
        assert command_id
        return None

    def last_birth(self) -> Instant:
        return 0


class ProvinceRun:
    """A drill in a room, and the facts of its commits."""

    def __init__(self, scenario: Scenario | None = None, start: Instant = START) -> None:
        self.scenario = scenario or shipped()
        self.room = Room(Centre(), EMPTY, HeadOnlyLog())
        self.facts: list[Fact] = []
        self.drill = Drill(self.room, province(self.scenario), start, commit=self._commit)
        self.world = self.drill.world

    def _commit(self) -> None:
        self.facts.extend(self.room.commit())

    def chain(self, until: Instant) -> str:
        self.drill.advance(until)
        return self.room.head.chain


def shipped() -> Scenario:
    return read_scenario(SCENARIO)


def seeded(seed: int) -> Scenario:
    return msgspec.structs.replace(shipped(), seed=seed)


def province(scenario: Scenario) -> LivingProvince:
    return province_of(scenario, counties_of(), read_lists(SCENARIO.parent / scenario.lists))
