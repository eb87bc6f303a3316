"""The objects of the desks: what is on them, how long, and that a fact names all it changes."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pasokh.account.commands import OpenCentre
from pasokh.account.events import DayFigured
from pasokh.answer import commands as a
from pasokh.answer import events as answer_events
from pasokh.answer.state import CALLS_OF_A_CALLER
from pasokh.control_room import views_touched
from pasokh.control_room.decide import COMMANDS, decide
from pasokh.control_room.desk_objects import (
    DeskCall,
    DeskIncident,
    DeskKey,
    DeskObject,
    Place,
    ThingKind,
)
from pasokh.control_room.fold import fold
from pasokh.control_room.state import Centre
from pasokh.control_room.views_desk import (
    FOREVER,
    SETTLED_KEPT,
    UNSETTLED_KEPT,
    county_of,
    desk_keys,
    desk_objects,
    look_at,
    object_of,
    stays_until,
)
from pasokh.control_room.views_touched import touched
from pasokh.core.machine import Command, Fact, Moment
from pasokh.core.refusal import Refusal
from pasokh.core.time import DAY, MINUTE, SECOND, Instant
from pasokh.dispatch import commands as d
from pasokh.dispatch import events as dispatch_events
from pasokh.dispatch.events import Stage
from pasokh.reference.commands import EndEntry, SetEntry, TakeEffect
from pasokh.reference.entries import (
    LIST_OF,
    DispositionEntry,
    ListEntry,
    TimedStage,
    TimerEntry,
    UnitEntry,
)
from pasokh.staff.events import BroadcastAcknowledged, BroadcastExpired, BroadcastMade
from tests.control_room.evening import MASHHAD, Evening
from tests.drivers.drill.province_run import START as DRILL_START
from tests.drivers.drill.province_run import ProvinceRun
from tests.simulated.day import BEGIN
from tests.simulated.test_machine_fuzz import FEW, random_command
from tests.stories.story import DISPATCHER, SEALED, SUPERVISOR, Story

I1: DeskKey = (ThingKind.INCIDENT, "i1")
M1: DeskKey = (ThingKind.MISSION, "m1")


class Watched:
    """A centre that is folded fact by fact, and all its objects as they are now."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.found_wrong: list[str] = []
        self._seen: dict[DeskKey, tuple[DeskObject, str, Instant]] = {}
        self._seen_at: Instant | None = None

    def take(self, fact: Fact, now: Instant) -> None:
        before = self._seen if self._seen_at == now else self.look(now)
        self.fold(fact)
        after = self._seen = self.look(now)
        self._seen_at = now
        differs = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        missing = differs - touched(self.centre, fact)
        if missing:
            self.found_wrong.append(f"{fact.event} changed {sorted(missing)} too")

    def fold(self, fact: Fact) -> None:
        fold(self.centre, fact)
        self._seen_at = None

    def look(self, now: Instant) -> dict[DeskKey, tuple[DeskObject, str, Instant]]:
        look = look_at(self.centre, now)
        return {
            key: (found, county_of(self.centre, key), stays_until(look, key))
            for key, found in desk_objects(look)
        }


def incident_of(story: Story, incident_id: str = "i1", at: float = 0) -> DeskIncident:
    found = object_of(look_at(story.centre, round(at * SECOND)), (ThingKind.INCIDENT, incident_id))
    assert isinstance(found, DeskIncident)
    return found


def call_of(story: Story, call_id: str = "c1", at: float = 0) -> DeskCall | None:
    found = object_of(look_at(story.centre, round(at * SECOND)), (ThingKind.CALL, call_id))
    assert found is None or isinstance(found, DeskCall)
    return found


def replayed(facts: list[Fact], *, of_a_kind: int | None = None) -> list[str]:
    """What was found wrong; `of_a_kind`: look only at so many facts of each kind."""
    watched = Watched()
    seen: Counter[type] = Counter()
    for fact in facts:
        kind = type(fact.event)
        seen[kind] += 1
        if of_a_kind is None or seen[kind] <= of_a_kind:
            watched.take(fact, fact.at)
        else:
            watched.fold(fact)
    assert len(watched.look(facts[-1].at)) > 3
    return watched.found_wrong


def test_every_fact_of_an_evening_names_all_that_it_changes() -> None:
    evening = Evening()
    evening.ask(d.OpenIncident("i3", county=MASHHAD), a.LinkCall("v0", "i3"))
    assert replayed(evening.facts) == []


@pytest.mark.slow
def test_the_facts_of_a_drill_name_all_that_they_change() -> None:
    """Forty facts of each kind: at each of them everything on the desks is compared."""
    run = ProvinceRun()
    run.drill.advance(DRILL_START + 10 * MINUTE)
    assert len(run.facts) > 300
    assert replayed(run.facts, of_a_kind=40) == []


def test_the_comparison_finds_a_missing_row(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story().given(a.OfferCall("c1"), a.AnswerCall("c1"), d.OpenIncident("i1"))
    story.given(d.OpenIncident("i2"), a.LinkCall("c1", "i1"))
    watched = Watched()
    watched.centre = story.centre
    rows = {k: v for k, v in views_touched._MORE.items() if k is not dispatch_events.IncidentMerged}
    monkeypatch.setattr(views_touched, "_MORE", rows)
    moment = Moment(0, 0, DISPATCHER)
    outcome = decide(story.centre, d.MergeIncident("i1", "i2"), moment)
    assert not isinstance(outcome, Refusal)
    watched.take(Fact(story.centre.seq + 1, 0, 0, DISPATCHER, None, "k", outcome[0]), 0)
    (wrong,) = watched.found_wrong
    assert "c1" in wrong


LISTED: dict[str, ListEntry] = {
    "t1": TimerEntry(TimedStage.OPENED, 3, 60),
    "t2": TimerEntry(TimedStage.CREATED, 3, 60),
    "done": DispositionEntry("تمام", "Done"),
    "u9": UnitEntry("412", "گشت", "Patrol"),
}


def any_command(rng: Random, kind: type[Command]) -> Command:
    """Some command of a kind; lists get lines that make sense."""
    code = rng.choice(list(LISTED))
    if kind is SetEntry:
        return SetEntry(code, LISTED[code])
    if kind is EndEntry:
        return EndEntry(LIST_OF[type(LISTED[code])], code)
    if kind is TakeEffect:
        return TakeEffect(LIST_OF[type(LISTED[code])], code)
    return random_command(rng, kind)


class Wanderer:
    """Asks a centre random commands that it accepts, and folds what follows elsewhere too."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311 - a drill, no secret
        self.story = Story()
        self.watched = Watched()
        self.seconds = BEGIN / SECOND
        for command in (
            OpenCentre("fuzz", keep_days=0),
            *(d.RegisterUnit(unit_id) for unit_id in FEW["unit_id"]),
            *(a.OpenPosition(position_id) for position_id in FEW["position_id"]),
        ):
            self.ask(command)

    def step(self) -> None:
        self.seconds += self.rng.choice((0, 1, 60, 600)) + self.rng.choice(
            (0,) * 20 + (DAY / 1000,)
        )
        for _ in range(60):
            command = any_command(self.rng, self.rng.choice(COMMANDS))
            now = max(round(self.seconds * SECOND), self.story.centre.known_at)
            if not isinstance(
                decide(self.story.centre, command, Moment(now, now, SUPERVISOR)), Refusal
            ):
                self.ask(command)
                return

    def ask(self, command: Command) -> None:
        self.story.when(command, at=self.seconds, actor=SUPERVISOR)
        for fact in self.story.last.facts:
            self.watched.take(fact, round(self.seconds * SECOND))


def test_a_day_of_one_restless_caller_changes_the_counts_of_the_calls_that_are_kept() -> None:
    story, watched = Story(), Watched()
    for number in range(CALLS_OF_A_CALLER + 3):
        moment = Moment(0, 0, "machine:line", caller="somebody")
        outcome = decide(story.centre, a.OfferCall(f"c{number}"), moment)
        assert not isinstance(outcome, Refusal)
        fact = Fact(number + 1, 0, 0, "machine:line", None, "k", outcome[0])
        fold(story.centre, fact)
        watched.take(fact, 0)
    assert watched.found_wrong == []
    newest = call_of(story, f"c{CALLS_OF_A_CALLER + 2}")
    assert newest is not None
    assert newest.earlier == CALLS_OF_A_CALLER - 1


def test_words_to_all_desks_are_an_object_until_they_expire() -> None:
    watched = Watched()
    made = BroadcastMade("b1", SEALED, MASHHAD, 100)
    for seq, event in enumerate((made, BroadcastAcknowledged("b1"), BroadcastExpired("b1")), 1):
        watched.take(Fact(seq, 0, 0, "supervisor:s-1", None, "k", event), 0)
        assert len(watched.look(0)) == (0 if seq == 3 else 1)
    assert watched.found_wrong == []


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_every_fact_of_random_evenings_names_all_that_it_changes(seed: int) -> None:
    wanderer = Wanderer(seed)
    for _ in range(40):
        wanderer.step()
    assert wanderer.watched.found_wrong == []


def test_a_day_that_is_forgotten_takes_nothing_unnamed() -> None:
    story = Story().given(OpenCentre("c", keep_days=0), a.OfferCall("c1"), d.OpenIncident("i1"))
    story.given(a.AnswerCall("c1"), a.LinkCall("c1", "i1"), a.EndCall("c1"))
    event = DayFigured.__name__
    keys = views_touched._MORE[DayFigured](story.centre, None)
    assert set(keys) == {I1}, event


def test_what_is_settled_leaves_after_a_while_and_what_is_not_later() -> None:
    story = Story().given(a.OfferCall("c1"), a.AnswerCall("c1"), a.EndCall("c1"), at=100)
    story.given(a.OfferCall("c2"), at=100)
    kept, longer = SETTLED_KEPT / SECOND, UNSETTLED_KEPT / SECOND
    assert call_of(story, at=100 + kept) is not None
    assert call_of(story, at=100 + longer) is None
    story.given(a.ClassCall("c1", answer_events.CallCode.IRRELEVANT, "because"), at=101)
    assert call_of(story, at=100 + kept - 1) is not None
    assert call_of(story, at=100 + kept) is None
    assert call_of(story, "c2", at=10 * longer) is not None


def test_an_abandoned_call_is_settled_by_reaching_the_caller() -> None:
    story = Story().given(a.OfferCall("c1"), a.EndCall("c1"))
    assert stays_until(look_at(story.centre, 0), (ThingKind.CALL, "c1")) == UNSETTLED_KEPT
    story.given(a.CallBack("c1", reached=True))
    assert stays_until(look_at(story.centre, 0), (ThingKind.CALL, "c1")) == UNSETTLED_KEPT
    story.given(a.ClassCall("c1", answer_events.CallCode.ADVICE, "because"))
    assert stays_until(look_at(story.centre, 0), (ThingKind.CALL, "c1")) == SETTLED_KEPT


def test_a_mission_that_is_over_stays_as_long_as_its_incident() -> None:
    story = Story().given(d.RegisterUnit("u1"), d.OpenIncident("i1"))
    story.given(d.CreateMission("m1", "i1", "u1"), d.DispatchMission("m1"), actor=DISPATCHER)
    story.given(d.ClearMission("m1"), actor=DISPATCHER)
    assert stays_until(look_at(story.centre, 0), M1) == FOREVER
    story.given(d.CloseIncident("i1", "done"), at=60)
    assert stays_until(look_at(story.centre, 0), M1) == 1 * MINUTE + SETTLED_KEPT
    found = dict(desk_objects(look_at(story.centre, 0)))
    assert found[M1].stage is Stage.CLEARED  # type: ignore[union-attr] # a mission has a stage


def test_of_five_hundred_calls_about_one_incident_the_newest_are_named() -> None:
    story = Story().given(d.OpenIncident("i1"))
    for number in range(500):
        call = f"c{number:03}"
        story.given(a.OfferCall(call), a.AnswerCall(call), a.LinkCall(call, "i1"))
    shown = incident_of(story)
    assert shown.calls == tuple(f"c{number}" for number in range(480, 500))
    assert shown.more_calls == 480


def test_calls_and_missions_follow_the_survivor() -> None:
    story = Story().given(d.OpenIncident("i1"), d.OpenIncident("i2"), d.RegisterUnit("u1"))
    story.given(a.OfferCall("c1"), a.AnswerCall("c1"), a.LinkCall("c1", "i1"))
    story.given(d.CreateMission("m1", "i1", "u1"), d.MergeIncident("i1", "i2"), actor=DISPATCHER)
    call = call_of(story)
    assert call is not None
    assert call.incident == "i2"
    assert incident_of(story).merged_into == "i2"
    survivor = incident_of(story, "i2")
    assert (survivor.calls, survivor.missions, survivor.merged_into) == (("c1",), ("m1",), None)


def test_a_thing_stands_in_its_county_and_a_mission_in_its_incidents() -> None:
    story = Story().given(d.RegisterUnit("u1", county="0917"), d.OpenIncident("i1", county=MASHHAD))
    story.given(d.CreateMission("m1", "i1", "u1"), a.OfferCall("c1"), a.OpenPosition("d1"))
    counties = {key[1]: county_of(story.centre, key) for key in desk_keys(story.centre)}
    assert counties == {"u1": "0917", "i1": MASHHAD, "m1": MASHHAD, "c1": "", "d1": ""}


def test_a_place_is_shown_where_it_is_known() -> None:
    story = Story().given(d.OpenIncident("i1"), a.OfferCall("c1"))
    places = {I1: Place("میدان آزادی", 36.3, 59.5)}
    found = dict(desk_objects(look_at(story.centre, 0, places)))
    incident, call = found[I1], found[ThingKind.CALL, "c1"]
    assert isinstance(incident, DeskIncident)
    assert (incident.place, incident.latitude, incident.longitude) == ("میدان آزادی", 36.3, 59.5)
    assert isinstance(call, DeskCall)
    assert (call.place, call.latitude) == ("", None)
