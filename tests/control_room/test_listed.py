"""The lists at work: codes that must be known, a type's priority, units like their entries."""

import msgspec
import pytest

from pasokh.answer import commands as a
from pasokh.core.machine import Command
from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.dispatch import commands as d
from pasokh.dispatch import events as e
from pasokh.reference.commands import EndEntry, SetEntry, TakeEffect
from pasokh.reference.entries import (
    AdviceEntry,
    AreaEntry,
    CapabilityEntry,
    DispositionEntry,
    EndsWhat,
    ListEntry,
    ListName,
    ServiceEntry,
    StationEntry,
    TypeEntry,
    UnitEntry,
)
from pasokh.staff.commands import PlacePerson
from tests.stories.story import Story

KEEPER, MACHINE = "administrator:k", "machine:timetable"
THEFT, ROBBERY = TypeEntry("سرقت", "Theft", 4), TypeEntry("زورگیری", "Robbery", 1)
UNIT = UnitEntry("112", "گشت ۱۱۲", "Patrol 112", "st-1", "0917", ("patrol",))
LISTS: list[tuple[str, ListEntry]] = [
    ("theft", THEFT),
    ("robbery", ROBBERY),
    ("report", DispositionEntry("گزارش", "Report")),
    ("told", DispositionEntry("گفته شد", "Told", EndsWhat.CALL)),
    ("115", ServiceEntry("اورژانس", "Medical", "115")),
    ("wait", AdviceEntry("بمانید", "Stay", "بمانید", "Stay")),
]


def at_work() -> Story:
    return Story().given(
        a.OfferCall("c1"), a.AnswerCall("c1"), d.OpenIncident("i0", "theft"), actor=MACHINE
    )


def listed() -> Story:
    story = at_work()
    for code, entry in LISTS:
        story.given(SetEntry(code, entry), actor=KEEPER)
    return story


@pytest.mark.parametrize(
    ("known", "unknown", "reason"),
    [
        (a.TypeCall("c1", "theft"), a.TypeCall("c1", "x"), Reason.TYPE_UNKNOWN),
        (d.TypeIncident("i0", "robbery"), d.TypeIncident("i0", "x"), Reason.TYPE_UNKNOWN),
        (d.OpenIncident("i1", "theft"), d.OpenIncident("i1", "x"), Reason.TYPE_UNKNOWN),
        (d.OpenIncident("i1"), d.OpenIncident("i1", "x"), Reason.TYPE_UNKNOWN),
        (a.OfferHandoff("c1", "115"), a.OfferHandoff("c1", "x"), Reason.SERVICE_UNKNOWN),
        (a.GiveAdvice("c1", "wait"), a.GiveAdvice("c1", "x"), Reason.ADVICE_UNKNOWN),
        (d.CloseIncident("i0", "report"), d.CloseIncident("i0", "x"), Reason.DISPOSITION_UNKNOWN),
        (
            d.CloseIncident("i0", "report"),
            d.CloseIncident("i0", "told"),
            Reason.DISPOSITION_UNKNOWN,
        ),
    ],
)
def test_a_code_that_the_list_has_not_is_refused(
    known: Command, unknown: Command, reason: Reason
) -> None:
    listed().when(unknown).refused(reason)
    assert listed().when(known).last.receipt.refusal is None
    assert at_work().when(unknown).last.receipt.refusal is None  # an empty list forbids nothing


def test_what_has_ended_is_unknown_but_not_for_what_happened_before() -> None:
    story = listed().given(EndEntry(ListName.SERVICE, "115"), at=10, actor=KEEPER)
    story.given(SetEntry("125", ServiceEntry("آتش‌نشانی", "Fire", "125")), at=10, actor=KEEPER)
    story.when(a.OfferHandoff("c1", "115"), at=20).refused(Reason.SERVICE_UNKNOWN)
    story.given(a.OfferHandoff("c1", "125"), at=20)
    late = listed().given(EndEntry(ListName.SERVICE, "115"), at=10, actor=KEEPER)
    late.given(SetEntry("125", ServiceEntry("آتش‌نشانی", "Fire", "125")), at=10, actor=KEEPER)
    late.when(a.OfferHandoff("c1", "115"), at=9, known_at=20)
    assert late.last.receipt.refusal is None


def test_a_list_that_begins_tomorrow_forbids_nothing_today() -> None:
    story = at_work().given(SetEntry("theft", THEFT, 90_000), actor=KEEPER)
    assert story.when(a.TypeCall("c1", "x"), at=89).last.receipt.refusal is None
    story.when(a.TypeCall("c1", "y"), at=90).refused(Reason.TYPE_UNKNOWN)


def test_a_type_gives_its_priority_until_a_person_does() -> None:
    story = listed()
    story.when(d.OpenIncident("i1", "theft")).then(
        e.IncidentOpened("i1", "theft"), e.IncidentPrioritised("i1", 4, ("type:theft",))
    )
    assert story.last.facts[1].actor == "machine:policy"
    assert story.last.facts[1].cause == story.last.facts[0].seq
    story.when(d.TypeIncident("i1", "robbery")).then(
        e.IncidentTyped("i1", "robbery"), e.IncidentPrioritised("i1", 1, ("type:robbery",))
    )
    story.given(d.PrioritiseIncident("i1", 2, ("nobody is hurt",)))
    story.when(d.TypeIncident("i1", "theft")).then(e.IncidentTyped("i1", "theft"))
    assert story.centre.dispatch.incidents["i1"].priority == 2


def test_a_person_may_stand_behind_the_types_priority() -> None:
    story = listed().given(d.OpenIncident("i1", "theft"))
    same = d.PrioritiseIncident("i1", 4, ("I agree",))
    story.when(same).then(e.IncidentPrioritised("i1", 4, ("I agree",)))
    story.when(same).refused(Reason.INCIDENT_UNCHANGED)
    story.when(d.TypeIncident("i1", "robbery")).then(e.IncidentTyped("i1", "robbery"))


def test_a_unit_is_what_its_entry_says() -> None:
    story = Story().when(SetEntry("u-1", UNIT), actor=KEEPER)
    assert [type(fact.event).__name__ for fact in story.last.facts] == [
        "EntrySet",
        "EntryTookEffect",
        "UnitRegistered",
    ]
    unit = story.centre.dispatch.units["u-1"]
    assert (unit.call_sign, unit.station, unit.county) == ("112", "st-1", "0917")
    moved = msgspec.structs.replace(UNIT, county="0918")
    story.when(SetEntry("u-1", moved), actor=KEEPER)
    changed = e.UnitChanged("u-1", "112", "st-1", "0918", ("patrol",))
    assert story.last.facts[-1].event == changed
    renamed = msgspec.structs.replace(moved, name_en="Patrol one-one-two")
    story.when(SetEntry("u-1", renamed), actor=KEEPER)
    assert len(story.last.facts) == 2  # nothing that the dispatch floor knows has changed
    story.when(EndEntry(ListName.UNIT, "u-1"), at=5, actor=KEEPER)
    assert story.last.facts[-1].event == e.UnitRetired("u-1", "its entry ended")
    story.when(SetEntry("u-1", UNIT), at=6, actor=KEEPER)
    assert not story.centre.dispatch.units["u-1"].retired


def test_a_unit_changes_when_the_day_comes_and_not_before() -> None:
    story = Story().given(SetEntry("u-1", UNIT), actor=KEEPER)
    moved = msgspec.structs.replace(UNIT, call_sign="113")
    story.given(SetEntry("u-1", moved, 60_000), actor=KEEPER)
    assert story.centre.dispatch.units["u-1"].call_sign == "112"
    story.given(TakeEffect(ListName.UNIT, "u-1"), at=60, actor=MACHINE)
    assert story.centre.dispatch.units["u-1"].call_sign == "113"


@pytest.mark.parametrize("over", [d.ClearMission("m1"), d.CancelMission("m1", "called back")])
def test_a_unit_whose_entry_ends_while_it_is_out_serves_to_the_end(over: Command) -> None:
    story = at_work().given(SetEntry("u-1", UNIT), actor=KEEPER)
    story.given(d.CreateMission("m1", "i0", "u-1"), d.DispatchMission("m1"))
    story.given(EndEntry(ListName.UNIT, "u-1"), at=5, actor=KEEPER)
    assert not story.centre.dispatch.units["u-1"].retired
    story.given(over, at=6)
    assert story.centre.dispatch.units["u-1"].retired
    assert story.last.facts[-1].event == e.UnitRetired("u-1", "its entry ended")


def test_a_unit_without_an_entry_stays_after_its_missions() -> None:
    story = at_work().given(SetEntry("u-1", UNIT), actor=KEEPER).given(d.RegisterUnit("u-2"))
    story.given(d.CreateMission("m1", "i0", "u-2"), d.DispatchMission("m1"), d.ClearMission("m1"))
    assert not story.centre.dispatch.units["u-2"].retired


def test_a_supervisor_keeps_units_and_stations_and_no_other_list() -> None:
    story = Story().given(SetEntry("st-1", StationEntry("ک", "S")), actor="supervisor:s-1")
    story.given(SetEntry("u-1", UNIT), EndEntry(ListName.UNIT, "u-1"), actor="supervisor:s-1")
    for command in (
        SetEntry("patrol", CapabilityEntry("گشت", "Patrol")),
        SetEntry("0917", AreaEntry("نیشابور", "Neyshabur")),
        EndEntry(ListName.ADVICE, "wait"),
    ):
        story.when(command, actor="supervisor:s-1").refused(Reason.ROLE_MAY_NOT)
        assert story.last.receipt.refusal
        assert story.last.receipt.refusal.who_can == (Role.ADMINISTRATOR,)
    story.when(SetEntry("theft", THEFT), actor="dispatcher:d-1").refused(Reason.ROLE_MAY_NOT)


def test_who_is_both_keeps_every_list_whichever_role_they_act_in() -> None:
    both = PlacePerson("p-9", (Role.SUPERVISOR, Role.ADMINISTRATOR))
    story = Story().given(both, actor=KEEPER)
    story.when(SetEntry("theft", THEFT), actor="supervisor:p-9")
    assert story.last.receipt.refusal is None
