"""The drawn province: its units, its mix of types by hour, the shares that it is asked for."""

from collections import Counter

import msgspec
import pytest

from pasokh.answer.events import Origin
from pasokh.core.place import Point
from pasokh.core.time import HOUR
from pasokh.drivers.drill.callers import calls_per_root, hourly_calls, root_dispersion
from pasokh.drivers.drill.mix import NIGHT, profile_of
from pasokh.drivers.drill.people import Errand
from pasokh.drivers.drill.seeds import SeededChance
from tests.drivers.drill.province_run import SCENARIO, START, ProvinceRun, province, shipped


def test_450_units_at_least_four_in_each_county() -> None:
    crews = province(shipped()).crews
    counties = Counter(crew.county for crew in crews)
    assert len(crews) == len({crew.unit_id for crew in crews}) == 450
    assert len(counties) == 34
    assert min(counties.values()) >= 4
    assert counties.most_common(1)[0][0] == "0916"


def test_every_capability_exists_and_everybody_patrols() -> None:
    scenario = shipped()
    crews = province(scenario).crews
    able = Counter(name for crew in crews for name in crew.capabilities)
    assert able["patrol"] == 450
    assert {kind.capability for kind in scenario.kinds.values()} <= set(able)
    assert able["traffic"] > able["search"] > 20


def test_the_same_seed_draws_the_same_units() -> None:
    assert province(shipped()).crews == province(shipped()).crews


def test_each_type_has_its_own_night() -> None:
    for name, kind in shipped().kinds.items():
        profile = profile_of(kind)
        assert sum(profile) == pytest.approx(1), name
        assert sum(profile[hour] for hour in NIGHT) == pytest.approx(kind.night_share), name
        by_share = sorted(range(24), key=profile.__getitem__)
        assert kind.peak_hour in by_share[-7:], name


def test_noise_is_of_the_night_and_theft_of_the_day() -> None:
    land, chance = province(shipped()), SeededChance("kinds")
    hours = {
        hour: Counter(land.trouble(chance, START + hour * HOUR).kind for _ in range(3000))
        for hour in (0, 13)
    }
    assert hours[0]["noise"] > 4 * hours[13]["noise"]
    assert hours[13]["theft"] > 4 * hours[0]["theft"]


def test_demand_follows_the_people() -> None:
    land, chance = province(shipped()), SeededChance("counties")
    drawn = Counter(land.county_choice.draw(chance) for _ in range(20_000))
    assert drawn["0916"] / 20_000 == pytest.approx(3_372_660 / 6_434_501, abs=0.015)
    assert len(drawn) == 34


def test_first_callers_and_repeats_together_make_the_wanted_shares() -> None:
    scenario = shipped()
    land, chance = province(scenario), SeededChance("errands")
    drawn = Counter(land.errand(chance) for _ in range(40_000))
    repeats = scenario.sides.repeat_share / (1 - scenario.sides.repeat_share)
    operational = drawn[Errand.OPERATIONAL] * (1 + repeats)
    whole = 40_000 + drawn[Errand.OPERATIONAL] * repeats
    assert operational / whole == pytest.approx(scenario.errands.operational, abs=0.01)
    assert drawn[Errand.ADVICE] / whole == pytest.approx(scenario.errands.advice, abs=0.01)


def test_a_day_expects_the_calls_of_the_scenario() -> None:
    world = ProvinceRun().world
    week = sum(hourly_calls(world, START + hour * HOUR) for hour in range(7 * 24))
    assert week / 7 == pytest.approx(15_000)
    assert 1.0 <= root_dispersion(world) < world.scenario.demand.over_dispersion
    assert 1.05 < calls_per_root(world) < 1.25


def test_a_ride_takes_the_road_and_the_country_is_faster() -> None:
    land = province(shipped())
    mashhad, gonabad = Point(36.2975, 59.6059), Point(34.3528, 58.6832)
    seconds = land.travel_seconds(mashhad, gonabad)
    assert 3.5 * 3600 < seconds < 4.5 * 3600  # 287 km by road
    near = Point(36.3065, 59.6059)  # 1 km north: 1.25 km in town
    assert land.travel_seconds(mashhad, near) == pytest.approx(1.25 / 38 * 3600, rel=0.02)


def test_a_scenario_with_a_wrong_word_is_refused() -> None:
    text = SCENARIO.read_text().replace("over_dispersion", "overdispersion")
    with pytest.raises(msgspec.ValidationError, match="overdispersion"):
        msgspec.toml.decode(text, type=type(shipped()))


def test_the_shares_of_the_scenario_add_up() -> None:
    scenario = shipped()
    assert sum(msgspec.structs.astuple(scenario.errands)) == pytest.approx(1)
    assert sum(scenario.demand.weekday_factor) / 7 == pytest.approx(1)
    assert set(scenario.answering.talk) == {errand.value for errand in Errand}
    assert Origin.ALARM.value == "alarm"
