"""What the drill's centre knows beforehand: whole, told once, and changed when its day comes."""

from collections import Counter

import pytest

from pasokh.core.machine import Submission
from pasokh.core.time import HOUR, MINUTE, SECOND
from pasokh.drivers.drill.drill import Drill
from pasokh.drivers.drill.lists import Lists, read_lists
from pasokh.drivers.drill.people import Errand
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import LIST_OF, CapabilityEntry, ListName
from pasokh.reference.events import EntrySet, EntryTookEffect
from tests.drivers.drill.province_run import SCENARIO, START, ProvinceRun, province, shipped

NOON = START + 12 * HOUR


def shipped_lists() -> Lists:
    return read_lists(SCENARIO.parent / shipped().lists)


def begun() -> ProvinceRun:
    run = ProvinceRun(start=NOON)
    run.drill.advance(NOON + SECOND)
    return run


@pytest.mark.slow
def test_every_list_of_the_province_is_told_at_the_beginning() -> None:
    run = begun()
    lists = run.room.centre.reference.lists
    assert {name: len(lines) for name, lines in lists.items()} == {
        ListName.AREA: 34,
        ListName.PLACE: 34,
        ListName.CAPABILITY: 6,
        ListName.INCIDENT_TYPE: len(shipped_lists().incident_type),
        ListName.DISPOSITION: len(shipped_lists().disposition),
        ListName.SERVICE: 6,
        ListName.ADVICE: len(shipped_lists().advice),
        ListName.STATION: len({crew.station for crew in run.world.province.crews}),
        ListName.UNIT: 450,
    }
    assert run.world.refusals == Counter()


@pytest.mark.slow
def test_units_have_short_call_signs_of_their_own() -> None:
    units = begun().room.centre.dispatch.units.values()
    assert sorted(unit.call_sign for unit in units) == [str(n) for n in range(101, 551)]


@pytest.mark.slow
def test_names_of_stations_and_short_words_of_types_are_not_shared() -> None:
    run = begun()
    stations = run.room.centre.reference.lists[ListName.STATION].values()
    names = [line.versions[-1].entry for line in stations]
    assert len({name.name_fa for name in names if name}) == len(names)
    words = [word for kind in shipped_lists().incident_type.values() for word in kind.keys.split()]
    assert len(words) == len(set(words))
    assert all(kind.keys for kind in shipped_lists().incident_type.values())


def test_types_of_incidents_are_asked_about_and_agree_with_the_scenario() -> None:
    kinds = shipped_lists().incident_type
    calls_only = {errand.value for errand in Errand} | set(shipped().advice_types)
    for code, kind in kinds.items():
        assert code in calls_only or 2 <= len(kind.card) <= 4, code
    for code, kind in shipped().kinds.items():
        assert (kinds[code].priority, kinds[code].capabilities) == (
            kind.priority,
            (kind.capability,),
        )


@pytest.mark.slow
def test_a_drill_that_starts_again_tells_nothing_twice_and_undoes_no_change() -> None:
    run = begun()
    changed = SetEntry("patrol", CapabilityEntry("گشت شهری", "Town patrol"))
    take = Submission("test-1", "administrator:a", changed)
    assert run.room.take(take, NOON + 2 * SECOND).refusal is None
    before = sum(isinstance(fact.event, EntrySet) for fact in run.facts)
    again = Drill(run.room, province(shipped()), NOON + MINUTE, commit=run.room.commit)
    again.advance(NOON + 2 * MINUTE)
    assert sum(isinstance(fact.event, EntrySet) for fact in run.facts) == before
    line = run.room.centre.reference.lists[LIST_OF[CapabilityEntry]]["patrol"]
    assert line.versions[-1].entry == changed.entry
    assert again.world.refusals == Counter()


@pytest.mark.slow
def test_a_change_to_come_takes_effect_in_a_drill_too() -> None:
    run = begun()
    coming = SetEntry("boat", CapabilityEntry("قایق", "Boat"), NOON + 5 * MINUTE)
    assert run.room.take(Submission("test-1", "administrator:a", coming), NOON).refusal is None
    run.drill.advance(NOON + 4 * MINUTE)
    assert run.room.centre.reference.ahead
    run.drill.advance(NOON + 6 * MINUTE)
    taken = [f for f in run.facts if f.event == EntryTookEffect(ListName.CAPABILITY, "boat")]
    assert [NOON + 5 * MINUTE <= fact.at < NOON + 6 * MINUTE for fact in taken] == [True]
    assert run.room.centre.reference.ahead == []
