"""Run a case on the machine, read the log up to the cut-off, and compare with what is expected."""

from collections.abc import Iterable
from typing import Any

from pasokh.account.definitions import Definition
from pasokh.account.events import Tally
from pasokh.account.figures import DECIMALS, percent, shares_of, whole_tally
from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.log import EMPTY, Entry
from pasokh.core.machine import Submission
from pasokh.core.time import Instant
from pasokh.drivers.cases.form import Case, instant
from pasokh.drivers.cases.script import steps_of
from pasokh.drivers.ports import Log
from pasokh.drivers.room import Room


def run(case: Case, log: Log) -> list[str]:
    """Ask the machine for everything that the case says; give the refusals, in words."""
    room = Room(Centre(), EMPTY, log)
    refusals = []
    for number, step in enumerate(steps_of(case)):
        command_id = time_ordered_id(step.at, number)
        receipt = room.take(Submission(command_id, step.actor, step.command), step.at)
        if receipt.refusal is not None:
            name = type(step.command).__name__
            refusals.append(f"{case.id}: {name} refused: {receipt.refusal.reason}")
    room.commit()
    return refusals


def answer(case: Case, entries: Iterable[Entry]) -> dict[str, Any]:
    """Give the classes and figures of a case from its log: entries known by the cut-off.

    With an expectation, its keys and no others, shares at the decimals that it states them to.
    """
    cutoff = instant(case.asof)
    centre = _folded(entries, cutoff)
    counted = whole_tally(centre.account, cutoff, _definition(case))
    classes = {call_id: counted.classes[call_id].value for call_id in sorted(counted.classes)}
    given = {"classes": classes, "counts": dict(sorted(counted.tally.classes.items()))}
    given |= _figures(counted.tally, case.expect)
    return {"id": case.id} | {key: given.get(key) for key in case.expect or given}


def differences(case: Case, given: dict[str, Any]) -> list[str]:
    """Say in words where an answer is not what the case expects."""
    return [
        f"{case.id}: {key}: expected {expected!r}, got {given.get(key)!r}"
        for key, expected in case.expect.items()
        if given.get(key) != expected
    ]


def _folded(entries: Iterable[Entry], cutoff: Instant) -> Centre:
    centre = Centre()
    for entry in entries:
        if entry.known_at <= cutoff:
            fold(centre, fact_of(entry))
    return centre


def _definition(case: Case) -> Definition:
    if case.short_abandon_s is None:
        return Definition()
    return Definition(short_abandon=instant(case.short_abandon_s))


def _figures(tally: Tally, expect: dict[str, Any]) -> dict[str, Any]:
    shares = shares_of(tally)
    bases = {
        "share_answered_pct": (shares.operational, shares.answered),
        "share_offered_pct": (shares.operational, shares.offered),
        "share_first_only_pct": (shares.first, shares.answered),
    }
    return {
        "offered_public": shares.offered,
        "answered_public": shares.answered,
        "operational": shares.operational,
        **{key: percent(*base, _decimals(expect.get(key))) for key, base in bases.items()},
        "missions_dispatched": tally.missions_dispatched,
        "missions_confirmed": tally.missions_confirmed,
        "incidents_with_mission": tally.incidents_with_mission,
        "incidents_opened": tally.incidents_opened,
    }


def _decimals(expected: object) -> int:
    if isinstance(expected, float):
        return len(repr(expected).partition(".")[2])
    return DECIMALS
