"""Protocols: what is refused, how a path goes on, and what it suggests, whatever is answered."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.core.refusal import Reason
from pasokh.reference import commands as c
from pasokh.reference.entries import (
    AdviceEntry,
    ListName,
    ProtocolAnswer,
    ProtocolEntry,
    ProtocolStep,
    ServiceEntry,
    TypeEntry,
)
from pasokh.reference.protocol_checks import ill_formed
from pasokh.reference.protocols import END, SKIPPED, walk
from tests.reference.test_lists import ListStory

WHY = {"because_fa": "چاقو", "because_en": "a knife"}


def answer(name: str, key: str, **more: object) -> ProtocolAnswer:
    return ProtocolAnswer(name, key, f"پاسخ {name}", f"Answer {name}", **more)  # type: ignore[arg-type]


def step(name: str, *answers: ProtocolAnswer, then: str = END) -> ProtocolStep:
    return ProtocolStep(name, f"پرسش {name}؟", f"Question {name}?", answers, then)


def protocol(*steps: ProtocolStep, types: tuple[str, ...] = ("dispute",)) -> ProtocolEntry:
    return ProtocolEntry("نزاع", "Brawl", types, steps)


WEAPON = step(
    "weapon",
    answer("yes", "1", priority=1, **WHY, type="armed", advice="stay", then="end"),
    answer("no", "2"),
    then="hurt",
)
HURT = step("hurt", answer("yes", "1", priority=2, **WHY, service="115"), answer("no", "2"))
BRAWL = protocol(WEAPON, HURT)


def changed(place: int, **fields: object) -> ProtocolEntry:
    """The brawl with one step written otherwise."""
    steps = list(BRAWL.steps)
    steps[place] = msgspec.structs.replace(steps[place], **fields)
    return msgspec.structs.replace(BRAWL, steps=tuple(steps))


@pytest.mark.parametrize(
    ("entry", "reason", "where"),
    [
        (protocol(WEAPON, HURT, HURT), Reason.PROTOCOL_STEP_DOUBLE, {"step": "hurt"}),
        (
            protocol(WEAPON, HURT, step(END, answer("a", "1"))),
            Reason.PROTOCOL_STEP_DOUBLE,
            {"step": END},
        ),
        (
            changed(1, answers=(answer("yes", "1"), answer("yes", "2"))),
            Reason.PROTOCOL_ANSWER_DOUBLE,
            {"step": "hurt", "answer": "yes"},
        ),
        (
            changed(1, answers=(answer(SKIPPED, "1"),)),
            Reason.PROTOCOL_ANSWER_DOUBLE,
            {"answer": SKIPPED},
        ),
        (
            changed(1, answers=(answer("yes", "1"), answer("no", "1"))),
            Reason.PROTOCOL_KEY_DOUBLE,
            {"answer": "no", "key": "1"},
        ),
        (changed(1, text_fa=" "), Reason.PROTOCOL_TEXT_BLANK, {"step": "hurt"}),
        (
            changed(1, answers=(answer("yes", "1", priority=1, because_fa="چاقو"),)),
            Reason.PROTOCOL_REASON_MISSING,
            {"answer": "yes"},
        ),
        (
            changed(1, answers=(answer("yes", "1", **WHY),)),
            Reason.PROTOCOL_REASON_MISSING,
            {"answer": "yes"},
        ),
        (
            changed(1, then="nowhere"),
            Reason.PROTOCOL_NEXT_UNKNOWN,
            {"step": "hurt", "then": "nowhere"},
        ),
        (changed(0, then=END), Reason.PROTOCOL_UNREACHED, {"step": "hurt"}),
        (changed(1, then="weapon"), Reason.PROTOCOL_CIRCLE, {}),
    ],
)
def test_what_cannot_be_walked_is_refused_with_its_place(
    entry: ProtocolEntry, reason: Reason, where: dict[str, str]
) -> None:
    story = ListStory().when(c.SetEntry("brawl", entry)).refused(reason)
    refusal = story.last.receipt.refusal
    assert refusal is not None
    assert refusal.details.items() >= {"entry": "brawl", **where}.items()


def test_what_a_protocol_names_must_be_there_and_then_stays() -> None:
    story = ListStory().given(
        c.SetEntry("dispute", TypeEntry("نزاع", "Dispute", 3)),
        c.SetEntry("x", AdviceEntry("الف", "A", "الف", "A")),
        c.SetEntry("115", ServiceEntry("فوریت", "Medical", "115")),
    )
    story.when(c.SetEntry("brawl", BRAWL)).refused(Reason.NEEDED_UNKNOWN)
    story.given(c.SetEntry("armed", TypeEntry("مسلح", "Armed", 1)))
    story.when(c.SetEntry("brawl", BRAWL)).refused(Reason.NEEDED_UNKNOWN)
    story.given(c.SetEntry("stay", AdviceEntry("بمان", "Stay", "بمانید", "Stay")))
    story.given(c.SetEntry("brawl", BRAWL))
    for name, code in (
        (ListName.INCIDENT_TYPE, "armed"),
        (ListName.ADVICE, "stay"),
        (ListName.SERVICE, "115"),
    ):
        story.when(c.EndEntry(name, code)).refused(Reason.STILL_USED)


def test_a_type_has_the_questions_of_one_protocol() -> None:
    story = ListStory().given(c.SetEntry("brawl", BRAWL))
    other = protocol(HURT, types=("riot", "dispute"))
    story.when(c.SetEntry("riot", other)).refused(Reason.PROTOCOL_TYPE_TAKEN)
    story.given(c.EndEntry(ListName.PROTOCOL, "brawl"), at=1)
    story.given(c.SetEntry("riot", other), at=2)


@pytest.mark.parametrize(
    ("answers", "asked", "suggested"),
    [
        ({}, "weapon", (None, "", (), ())),
        ({"weapon": "no"}, "hurt", (None, "", (), ())),
        ({"weapon": SKIPPED}, "hurt", (None, "", (), ())),
        ({"weapon": "no", "hurt": "yes"}, None, (2, "", (), ("115",))),
        ({"weapon": "yes"}, None, (1, "armed", ("stay",), ())),
        # What was answered before the first answer was corrected is off the path.
        ({"weapon": "yes", "hurt": "yes"}, None, (1, "armed", ("stay",), ())),
        # What another version asked does not count here.
        ({"weapon": "perhaps", "hurt": "yes"}, "weapon", (None, "", (), ())),
    ],
)
def test_answers_lead_on_and_suggest(
    answers: Mapping[str, str], asked: str | None, suggested: tuple[object, ...]
) -> None:
    path = walk(BRAWL, answers)
    assert (path.upcoming and path.upcoming.id) == asked
    assert (path.priority, path.incident_type, path.advice, path.services) == suggested


@st.composite
def protocols(draw: st.DrawFn) -> ProtocolEntry:
    """Any protocol: mostly one step leads to the next, but each may lead anywhere."""
    count = draw(st.integers(1, 4))
    steps = []
    for number in range(count):
        onward = [END, *(f"s{later}" for later in range(number + 1, count))]
        ways = st.sampled_from(onward * 4 + [f"s{n}" for n in range(count)])
        answers = [
            answer(f"a{n}", str(n + 1), then=draw(ways), priority=p, **(WHY if p else {}))
            for n, p in enumerate(draw(st.lists(st.none() | st.integers(1, 5), min_size=1)))
            if n < 3
        ]
        steps.append(step(f"s{number}", *answers, then=onward[min(1, len(onward) - 1)]))
    return protocol(*steps)


def ends_all(entry: ProtocolEntry, here: str, before: tuple[str, ...], seen: set[str]) -> bool:
    """Go every way from a step, plainly; tell whether each comes to an end."""
    if here == END:
        return True
    seen.add(here)
    if here in before:
        return False
    there = next(one for one in entry.steps if one.id == here)
    ways = {there.then, *(one.then or there.then for one in there.answers)}
    ended = [ends_all(entry, way, (*before, here), seen) for way in ways]
    return all(ended)


@given(protocols(), st.data())
def test_every_well_formed_protocol_ends_and_the_most_urgent_answer_wins(
    entry: ProtocolEntry, data: st.DataObject
) -> None:
    seen: set[str] = set()
    ends = ends_all(entry, "s0", (), seen)
    well = ends and len(seen) == len(entry.steps)
    assert (ill_formed("p", entry) is None) is well
    answers: dict[str, str] = {}
    while well and (upcoming := walk(entry, answers).upcoming) is not None:
        assert upcoming.id not in answers
        choices = [SKIPPED, *(one.id for one in upcoming.answers)]
        answers[upcoming.id] = data.draw(st.sampled_from(choices))
    path = walk(entry, answers)
    asked_for = [one.priority for _, one in path.given if one is not None and one.priority]
    assert path.priority == min(asked_for, default=None)
    assert [ground.priority for ground in path.grounds] == asked_for
