"""Merged, unmerged, split, linked in any order: the figures are those of a second counting.

The second counting keeps nothing but who was merged into whom and what each call and mission was
about, and works everything out anew from that.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.account.classes import classes_of
from pasokh.account.commands import FigureDay, OpenCentre
from pasokh.account.definitions import CallClass, FigureVersion
from pasokh.account.figures import whole_tally
from pasokh.account.state import AccountState
from pasokh.answer import commands as a
from pasokh.answer import events as ae
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Event
from pasokh.core.time import DAY, SECOND
from pasokh.dispatch import commands as d
from pasokh.dispatch import events as de
from tests.stories.story import Story

NOW = 500 * SECOND
INCIDENTS = ("i1", "i2", "i3", "i4", "i5")
CALLS = tuple(f"c{n}" for n in range(6))
MISSIONS = tuple(f"m{n}" for n in range(5))
incidents = st.sampled_from(INCIDENTS[:4])

deeds = st.one_of(
    st.builds(d.MergeIncident, incidents, incidents),
    st.builds(d.MergeIncident, incidents, incidents),
    st.builds(d.UnmergeIncident, incidents, st.just("two after all")),
    st.builds(d.UnmergeIncident, incidents, st.just("two after all")),
    st.builds(a.LinkCall, st.sampled_from(CALLS), incidents),
    st.builds(a.UnlinkCall, st.sampled_from(CALLS), st.just("wrong one")),
    st.builds(d.CreateMission, st.sampled_from(MISSIONS), incidents, st.just("u1")),
    st.builds(d.DispatchMission, st.sampled_from(MISSIONS), override_reason=st.just("drill")),
    st.builds(
        d.SplitIncident,
        incidents,
        st.just("i5"),
        st.lists(st.sampled_from(CALLS), max_size=2, unique=True).map(tuple),
        st.lists(st.sampled_from(MISSIONS), max_size=2, unique=True).map(tuple),
    ),
    st.builds(d.CloseIncident, incidents, st.just("done")),
)


class Counting:
    """What the facts say, kept as plainly as it can be."""

    def __init__(self) -> None:
        self.merged: dict[str, str] = {}
        self.about: dict[str, str] = {}
        self.made_for: dict[str, str] = {}
        self.told: set[str] = set()
        self.opened: list[str] = []

    def take(self, event: Any) -> None:
        match event:
            case de.IncidentOpened():
                self.opened.append(event.incident_id)
            case de.IncidentSplit():
                self.opened.append(event.new_incident_id)
                self.made_for |= dict.fromkeys(event.mission_ids, event.new_incident_id)
            case de.IncidentMerged():
                self.merged[event.incident_id] = event.into
            case de.IncidentUnmerged():
                del self.merged[event.incident_id]
            case ae.CallLinked():
                self.about[event.call_id] = event.incident_id
            case ae.CallUnlinked():
                del self.about[event.call_id]
            case de.MissionCreated():
                self.made_for[event.mission_id] = event.incident_id
            case de.MissionDispatched():
                self.told.add(event.mission_id)

    def stands_for(self, incident_id: str) -> str:
        seen: list[str] = []
        while incident_id in self.merged and incident_id not in seen:
            seen.append(incident_id)
            incident_id = self.merged[incident_id]
        return min(seen[seen.index(incident_id) :]) if incident_id in seen else incident_id

    def survivors(self) -> set[str]:
        return {name for name in self.opened if self.stands_for(name) == name}

    def held_by(self, incident_id: str) -> set[str]:
        return {m for m, home in self.made_for.items() if self.stands_for(home) == incident_id}

    def visited(self) -> set[str]:
        return {self.stands_for(self.made_for[mission_id]) for mission_id in self.told}

    def classes(self) -> dict[str, str]:
        firsts: set[str] = set()
        found = {}
        for call_id in CALLS:  # in the order in which they were offered
            survivor = self.stands_for(self.about[call_id]) if call_id in self.about else ""
            if survivor not in self.visited():
                found[call_id] = "P"
            else:
                found[call_id] = "O2" if survivor in firsts else "O1"
                firsts.add(survivor)
        return found


def a_morning(story: Story) -> Iterator[Event]:
    """Open, answer, link and send, so that there is something to be moved about."""
    begun: list[Command] = [d.RegisterUnit("u1"), *map(d.OpenIncident, INCIDENTS[:4])]
    for n, call_id in enumerate(CALLS):
        linked = a.LinkCall(call_id, INCIDENTS[n % 3])
        begun += [a.OfferCall(call_id), a.AnswerCall(call_id), linked]
    begun += [d.CreateMission("m0", "i1", "u1"), d.DispatchMission("m0")]
    for n, command in enumerate(begun):
        yield from (fact.event for fact in story.given(command, at=n).last.facts)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(deeds, min_size=20, max_size=40))
def test_figures_are_those_of_the_second_counting(asked: list[Command]) -> None:
    story, counting = Story(), Counting()
    for event in a_morning(story):
        counting.take(event)
    for n, command in enumerate(asked):
        story.when(command, at=100 + n)
        for fact in story.last.facts:
            counting.take(fact.event)
    assert classes_said(story.centre.account) == counting.classes()
    check_tally(story.centre.account, counting)
    check_floor(story.centre, counting)


def classes_said(account: AccountState) -> dict[str, str]:
    classes = classes_of(account, CALLS, NOW)
    return {call_id: name.value for call_id, name in classes.items()}


def check_tally(account: AccountState, counting: Counting) -> None:
    tally = whole_tally(account, NOW).tally
    survivors = counting.survivors()
    assert tally.incidents_opened == len(survivors)
    assert tally.incidents_with_mission == len(survivors & counting.visited())
    assert tally.missions_dispatched == len(counting.told)


def check_floor(centre: Centre, counting: Counting) -> None:
    dispatch = centre.dispatch
    for incident_id, incident in dispatch.incidents.items():
        held = counting.held_by(incident_id)
        assert set(incident.missions) == set(centre.account.incidents[incident_id].missions) == held
        assert {dispatch.missions[name].incident_id for name in held} <= {incident_id}
        assert (incident_id in dispatch.open) == (incident.closed_at is None)
    assert set(dispatch.open) <= counting.survivors()
    numbers = Counter(dispatch.incidents[name].number for name in dispatch.open)
    assert all(count == 1 for count in numbers.values())


def test_a_first_call_that_was_forgotten_stays_with_its_own_incident() -> None:
    """A late caller about the other incident is its first one again after the merge is undone."""
    story = Story().given(OpenCentre("invented", keep_days=0), d.RegisterUnit("u1"))
    story.given(d.OpenIncident("i1"), d.OpenIncident("i2"), a.OfferCall("c1"), a.AnswerCall("c1"))
    story.given(a.LinkCall("c1", "i1"), a.EndCall("c1"), d.MergeIncident("i1", "i2"))
    later = 8 * DAY // SECOND
    story.given(FigureDay(0, FigureVersion.PROVISIONAL), at=later)
    story.given(FigureDay(0, FigureVersion.FINAL), at=later)
    assert "c1" not in story.centre.account.calls
    story.given(a.OfferCall("c2"), a.AnswerCall("c2"), a.LinkCall("c2", "i2"), at=later)
    story.given(d.CreateMission("m1", "i2", "u1"), d.DispatchMission("m1"), at=later)
    account = story.centre.account
    assert classes_of(account, ["c2"], later * SECOND)["c2"] is CallClass.OPERATIONAL_REPEAT
    story.given(d.UnmergeIncident("i1", "two after all"), at=later)
    assert classes_of(account, ["c2"], later * SECOND)["c2"] is CallClass.OPERATIONAL_FIRST
    assert account.incidents["i1"].first_forgotten
    assert not account.incidents["i2"].first_forgotten


@pytest.mark.parametrize("parted", ["a", "b", "c"])
def test_one_of_a_cycle_of_three_is_taken_out_and_two_stay_one(parted: str) -> None:
    story = Story().given(*(d.OpenIncident(name) for name in "abc"))
    story.given(*(d.MergeIncident(*pair) for pair in ("ab", "bc", "ca")))
    story.given(d.UnmergeIncident(parted, "another one"))
    dispatch = story.centre.dispatch
    assert dispatch.survivor_of(parted) == parted
    [other] = {dispatch.survivor_of(name) for name in set("abc") - {parted}}
    assert other != parted
    assert set(dispatch.open) == {parted, other}
