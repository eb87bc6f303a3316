"""D3: does the call-back list hide anybody who needs help, on two cities' abandoned calls.

Nobody knows beforehand to which of them a unit will have to go, so each has to wait until a person
says enough of it or of a later call of its number. An own account of who waits is held against the
machine's list at every step. The block stands for the number, which the sources do not give.
"""

import csv
import gzip
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.account.commands import OpenCentre
from pasokh.answer.commands import CallBack, ClassCall, EndCall, LinkCall, OfferCall
from pasokh.answer.events import CallBackResult, CallCode
from pasokh.answer.finding import listed
from pasokh.control_room.machine import turn
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Moment, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import MINUTE, Instant
from pasokh.dispatch.commands import OpenIncident

DATA = Path(__file__).resolve().parents[2] / "shared/data/calls"
SAN_LUIS_OBISPO = DATA / "san_luis_obispo_police_2021-09-14_2022-01-31.csv.gz"
SAN_DIEGO = DATA / "san_diego_police_2023-01-01_2023-01-22.csv.gz"
# Whom no unit went to is called back after so long, and tells that all is well.
_CALLED_AFTER = 15 * MINUTE
# Dispositions of San Diego that say that no unit was sent, or nothing of the call.
_NO_UNIT = frozenset({"W", "CAN", "DUP", "V", "X", ""})
_HANG_UP = ("911", "911P")
_LINE = actor_of(Role.MACHINE, "line")
_TAKER = actor_of(Role.CALL_TAKER, "bench")


class Missed(Struct, frozen=True):
    """An abandoned call: when, of which number, and when a unit was told, if one was."""

    call: str
    number: str
    at: Instant
    unit_at: Instant | None


class Walked(Struct):
    """What was seen on the way. `covered`: a person's word about a later call ended its line."""

    calls: int = 0
    units: int = 0
    hidden: int = 0
    hidden_units: int = 0
    lingering: int = 0
    covered: int = 0
    covered_units: int = 0
    most: int = 0


def bench(plan: Plan) -> list[Row]:
    """Walk through both logs."""
    sources = (
        ("San Luis Obispo, 140 days", SAN_LUIS_OBISPO, san_luis_obispo),
        ("San Diego, 22 days", SAN_DIEGO, san_diego),
    )
    rows: list[Row] = []
    for name, file, read in sources:
        rows += _rows(name, _sized(read, plan)) if file.exists() else [_absent(name)]
    return rows


def san_luis_obispo(file: Path = SAN_LUIS_OBISPO) -> Iterator[Missed]:
    """Give the abandoned calls; a unit went where one of the field was told."""
    for row in _read(file):
        if row["type"] == "9-1-1 ABANDON":
            at = _stamp(row["received"])
            told = _stamp(row["dispatched"]) if row["dispatched"] else at
            unit = int(row["n_field_units"] or 0) > 0
            yield Missed(
                row["case"], row["block"] or row["case"], at, max(at, told) if unit else None
            )


def san_diego(file: Path = SAN_DIEGO) -> Iterator[Missed]:
    """Give the hang-ups; that a unit went is known, when is not: as late as whoever is called."""
    for row in _read(file):
        if row["call_type"] in _HANG_UP:
            at = _stamp(row["received"])
            unit = row["disposition"] not in _NO_UNIT
            number = row["block"] or row["incident"]
            yield Missed(row["incident"], number, at, at + _CALLED_AFTER if unit else None)


def walked(calls: list[Missed]) -> Walked:
    """Let them ring and give up, and say of each what its log says, at its time."""
    centre, asked = Centre(), iter(range(10**9))

    def take(command: Command, at: Instant, actor: str, caller: str = "") -> None:
        moment = Moment(at, at, actor, None, caller)
        receipt = turn(centre, Submission(f"k{next(asked)}", actor, command), moment).receipt
        if receipt.refusal is not None:
            raise RuntimeError(f"{command} was refused: {receipt.refusal}")

    steps = [(call.at, 0, call) for call in calls]
    steps += [(call.unit_at or call.at + _CALLED_AFTER, 1, call) for call in calls]
    steps.sort(key=lambda step: (step[0], step[1], step[2].call))
    found = Walked(len(calls), sum(call.unit_at is not None for call in calls))
    waiting: dict[str, Missed] = {}
    take(OpenCentre("Bench"), steps[0][0], actor_of(Role.MACHINE, "clock"))
    for at, said, call in steps:
        if not said:
            take(OfferCall(call.call), at, _LINE, call.number)
            take(EndCall(call.call), at, _LINE)
            waiting[call.call] = call
        elif call.call in waiting:
            _say(call, lambda command, at=at: take(command, at, _TAKER))
            _strike(waiting, call)
        else:
            found.covered += 1
            found.covered_units += call.unit_at is not None
        _compare(found, waiting, set(listed(centre.answer)))
    return found


def _say(call: Missed, take: Callable[[Command], None]) -> None:
    """A person says what it was: a unit goes, or all is well."""
    if call.unit_at is None:
        take(ClassCall(call.call, CallCode.SILENT, "all is well"))
        return
    take(CallBack(call.call, result=CallBackResult.NEEDS_HELP))
    take(OpenIncident(f"i-{call.call}"))
    take(LinkCall(call.call, f"i-{call.call}"))


def _strike(waiting: dict[str, Missed], call: Missed) -> None:
    """Enough was said of this call and of those of its number before it."""
    for name, other in tuple(waiting.items()):
        if other.number == call.number:
            del waiting[name]
        if name == call.call:
            return


def _compare(found: Walked, waiting: dict[str, Missed], shown: set[str]) -> None:
    hidden = waiting.keys() - shown
    found.hidden += len(hidden)
    found.hidden_units += sum(waiting[name].unit_at is not None for name in hidden)
    found.lingering += len(shown - waiting.keys())
    found.most = max(found.most, len(shown))


def _sized(read: Callable[[], Iterator[Missed]], plan: Plan) -> list[Missed]:
    calls = list(read())
    return calls[: plan.sized(len(calls), 200)]


def _rows(name: str, calls: list[Missed]) -> list[Row]:
    found = walked(calls)
    forgotten = sum(
        call.unit_at is not None and call.unit_at - call.at >= _CALLED_AFTER for call in calls
    )
    size = f"{name}: {found.calls:,} abandoned calls, a unit went to {found.units:,}"
    note = (
        f"{found.covered:,} calls, {found.covered_units} of them with a unit of their own, had "
        "left the list by a person's word about a later call of their number"
    )
    none = Bar(Judged.OURS, most=0)
    told = (
        ("abandoned calls hidden before a person's word", found.hidden, none, note),
        ("of them such as needed a unit", found.hidden_units, none, ""),
        ("calls listed though a person had said enough", found.lingering, none, ""),
        ("calls on the list at once, at most", found.most, Bar(), ""),
    )
    # Of San Diego it is not known when a unit went: no ruler for it.
    ruler = "a list that forgets after 15 minutes" if forgotten < found.units else ""
    return [
        Row(
            id="D3",
            work=work,
            size=size,
            unit="calls",
            ours=[count],
            yardstick=ruler if work.startswith("of them") else "",
            theirs=[forgotten] if ruler and work.startswith("of them") else (),
            bar=bar,
            note=more,
        )
        for work, count, bar, more in told
    ]


def _absent(name: str) -> Row:
    return Row(
        id="D3",
        work="abandoned calls hidden before a person's word",
        size=f"{name}: its log does not lie beside this checkout",
        unit="calls",
        ours=[0],
    )


def _read(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _stamp(text: str) -> Instant:
    return int(datetime.fromisoformat(text).timestamp()) * 1000
