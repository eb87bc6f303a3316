"""The invented province: who lives where, which units there are, what a call is likely to be.

Drawn from a scenario and the counties; the same of both gives the same province.
"""

from collections.abc import Sequence
from math import cos, radians, sqrt

from msgspec import Struct
from msgspec.structs import asdict

from pasokh.core.areas import County, people_of
from pasokh.core.chance import Chance, Choice, bernoulli, normal
from pasokh.core.ids import AreaCode, UnitId
from pasokh.core.place import Point, distance_metres
from pasokh.core.time import Instant, hour_of
from pasokh.drivers.drill.mix import kinds_by_hour
from pasokh.drivers.drill.people import Errand, Trouble
from pasokh.drivers.drill.scenario import Scenario
from pasokh.drivers.drill.seeds import Streams
from pasokh.reference.commands import SetEntry

KM_PER_DEGREE = 111.195
METRES_PER_KM = 1_000
PATROL = "patrol"
FIRST_CALL_SIGN = 101
# Chosen: a small county needs more units than its people, because its roads are long.
POWER = 0.8
TOWN_KM_LEAST = 1.5


class Crew(Struct, frozen=True):
    """A unit as the scenario has it: where it belongs and what it can do."""

    unit_id: UnitId
    station: str
    county: AreaCode
    home: Point
    capabilities: tuple[str, ...]
    night_off: bool
    call_sign: str  # short, and no two the same: it is said on the air


class LivingProvince:
    """Everything about the place that does not change while the drill runs."""

    def __init__(self, scenario: Scenario, counties: Sequence[County], streams: Streams) -> None:
        """Draw the province; `counties` as they ship, in their order."""
        self.scenario = scenario
        self.streams = streams
        self.counties = {county.code: county for county in counties}
        self.people = people_of(list(counties), scenario.demand.split_share)
        self.county_choice = Choice(list(self.people), list(self.people.values()))
        self.root_share, self.contacts_per_root = _roots(scenario)
        self._errand_choice = self._errands()
        self._kinds = kinds_by_hour(scenario.kinds, scenario.demand.hour_percent)
        self.advice_choice = _choice(scenario.advice_types)
        self.service_choice = _choice(scenario.handoff_services)
        self.outcome_choice = _choice(scenario.dispatching.outcomes)
        weights = scenario.dispatching.units_per_mission
        self.unit_count_choice = Choice(range(1, len(weights) + 1), weights)
        largest = max(self.people.values())
        self._town_km = {
            code: max(TOWN_KM_LEAST, scenario.dispatching.scatter_km * sqrt(people / largest))
            for code, people in self.people.items()
        }
        self.crews = _crews(self, streams.named("crews"))
        # What the centre is told beforehand; nothing, when no lists were read.
        self.entries: list[SetEntry] = []
        self.near = {code: self._by_distance(code) for code in self.counties}

    def errand(self, chance: Chance) -> Errand:
        """Draw why the first caller about something calls."""
        return self._errand_choice.draw(chance)

    def trouble(self, chance: Chance, at: Instant) -> Trouble:
        """Draw something that happens at an instant."""
        hour = hour_of(at, self.scenario.utc_offset_minutes)
        county = self.county_choice.draw(chance)
        return Trouble(self._kinds[hour].draw(chance), county, self.point_in(chance, county))

    def point_in(self, chance: Chance, county: AreaCode) -> Point:
        """Draw a point about the county's town, now and then far out."""
        rules = self.scenario.dispatching
        country = bernoulli(chance, rules.country_share)
        spread = rules.country_scatter_km if country else self._town_km[county]
        seat = self.counties[county].seat
        north = normal(chance) * spread / KM_PER_DEGREE
        east = normal(chance) * spread / KM_PER_DEGREE / cos(radians(seat.latitude))
        return Point(round(seat.latitude + north, 5), round(seat.longitude + east, 5))

    def travel_seconds(self, start: Point, end: Point) -> float:
        """Estimate a ride: great circle times detour; the longer the way, the more open road."""
        rules = self.scenario.dispatching
        km = distance_metres(start, end) / METRES_PER_KM * rules.detour
        town = min(km, 2 * rules.scatter_km)
        return 3600 * (town / rules.speed_kmh + (km - town) / rules.speed_kmh_country)

    def _errands(self) -> Choice[Errand]:
        shares: dict[str, float] = asdict(self.scenario.errands)
        weights = {name: share * self.contacts_per_root for name, share in shares.items()}
        weights[Errand.OPERATIONAL] = self.root_share
        return Choice([Errand(name) for name in weights], list(weights.values()))

    def _by_distance(self, code: AreaCode) -> list[AreaCode]:
        seat = self.counties[code].seat
        return sorted(self.counties, key=lambda c: distance_metres(seat, self.counties[c].seat))


def _roots(scenario: Scenario) -> tuple[float, float]:
    """Say which share of first callers reports something, and how many calls each first one brings.

    Of operational calls a share r are repeats, so a reported thing brings 1 / (1 - r) calls; the
    share of first callers is what makes the share of all calls come out as the scenario wants it.
    """
    wanted, repeats = scenario.errands.operational, scenario.sides.repeat_share
    each = 1 / (1 - repeats)
    first = wanted / (each - wanted * (each - 1))
    return first, 1 + first * (each - 1)


def _choice(weights: dict[str, float]) -> Choice[str]:
    return Choice(list(weights), list(weights.values()))


def _crews(province: LivingProvince, chance: Chance) -> list[Crew]:
    """Draw the crews. Each has a beat to be on, not a garage: patrols wait on the road."""
    rules = province.scenario.dispatching
    units = [
        (code, number)
        for code, count in _units_by_county(province).items()
        for number in range(1, count + 1)
    ]
    return [
        Crew(
            unit_id=f"u-{code.removeprefix('09-')}-{number:03}",
            station=f"st-{code.removeprefix('09-')}-{number // rules.units_per_station + 1:02}",
            county=code,
            home=province.point_in(chance, code),
            capabilities=_capabilities(chance, number, rules.capabilities),
            night_off=bernoulli(chance, rules.night_off_share),
            call_sign=str(call_sign),
        )
        for call_sign, (code, number) in enumerate(units, FIRST_CALL_SIGN)
    ]


def _capabilities(chance: Chance, number: int, shares: dict[str, float]) -> tuple[str, ...]:
    """Draw what a crew can do; the first units of a county cover each thing between them."""
    sure = list(shares)[number - 1] if number <= len(shares) else ""
    return (PATROL, *(name for name in shares if name == sure or bernoulli(chance, shares[name])))


def _units_by_county(province: LivingProvince) -> dict[AreaCode, int]:
    """Share the units out by a power of the people, none below the least; the largest balances."""
    rules = province.scenario.dispatching
    weights = {code: people**POWER for code, people in province.people.items()}
    whole = sum(weights.values())
    units = {
        code: max(rules.units_least_per_county, round(rules.units * weight / whole))
        for code, weight in weights.items()
    }
    largest = max(units, key=units.__getitem__)
    units[largest] += rules.units - sum(units.values())
    return units
