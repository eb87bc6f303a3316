"""The whole machine against anything: random commands, sensible or not, restarts, asking again.

After every step the state is the fold of the log (N5), and plain dicts agree with it on who
holds which call, which missions a unit is on, and what each command got (N2).
"""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pasokh.account.commands import OpenCentre
from pasokh.adapters.storage.verify import verify
from pasokh.answer import commands as answer
from pasokh.control_room.codec import fact_of
from pasokh.control_room.decide import COMMANDS, decide
from pasokh.control_room.fold import fold, state_hash
from pasokh.control_room.state import Centre
from pasokh.core.ids import Id
from pasokh.core.machine import Command, Moment, Receipt, Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.refusal import Refusal
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.dispatch import commands as dispatch
from pasokh.reference.entries import CapabilityEntry, UnitEntry
from tests.simulated.centre import SimulatedCentre
from tests.simulated.day import BEGIN
from tests.simulated.disk import Disk

BEGIN_DAY = BEGIN // DAY
FEW: dict[str, list[Any]] = {
    "call_id": ["c1", "c2", "c3"],
    "incident_id": ["i1", "i2", "i3"],
    "into": ["i1", "i2", "i3"],
    "other_id": ["i1", "i2", "i3"],
    "new_incident_id": ["i3", "i4"],
    "mission_id": ["m1", "m2", "m3"],
    "unit_id": ["u1", "u2"],
    "position_id": ["d1", "d2"],
    "person_id": ["p1", "p2"],
    "service": ["115", "125"],
    "session_id": ["s1", "s2"],
    "thing_id": ["c1", "i1"],
    "message_id": ["m-1", "m-2"],
    "note_id": ["n1", "n2"],
    "broadcast_id": ["b1", "b2"],
    "hold_id": ["h1", "h2"],
    "news_id": ["n1", "n2"],
    "text_sha256": ["0" * 64, "1" * 64],
    "release": ["r1", "r2"],
    "to": ["the governor's office"],
    "entry": [CapabilityEntry("گشت", "Patrol"), UnitEntry("412", "گشت", "Patrol")],
}
LISTS = {"call_ids": FEW["call_id"], "mission_ids": FEW["mission_id"]}
TIMES: dict[str, Callable[[Random], int | None]] = {
    "expires_at": lambda rng: BEGIN + rng.randrange(-DAY, 500 * DAY),
    "effective_at": lambda rng: rng.choice((None, BEGIN + rng.randrange(500 * DAY))),
    "day": lambda rng: BEGIN_DAY + rng.randrange(-2, 4),
}
# Codes of entries: two are units that are there, so that their entries change and retire them.
CODES = ["u1", "u2", "patrol", "a\nb"]
SUPERVISOR = "supervisor:s"
# Random commands of one kind looked at to find one that fits.
TRIES = 8
ACTORS = [actor_of(role, "x") for role in Role]


def random_command(rng: Random, kind: type[Command]) -> Command:
    """A command: ids from a few, so that they meet; everything else as its type allows."""
    return kind(**{f.name: _value(rng, f.name, f.type) for f in msgspec.structs.fields(kind)})


def _value(rng: Random, name: str, kind: object) -> object:
    if name in FEW:
        return rng.choice(FEW[name])
    if name in LISTS:
        return tuple(rng.sample(LISTS[name], rng.randrange(3)))
    if name in TIMES:
        return TIMES[name](rng)
    if name == "code" and kind == Id:
        return rng.choice(CODES)
    return _plain(rng, msgspec.inspect.type_info(kind))


def _plain(rng: Random, info: msgspec.inspect.Type) -> object:
    match info:
        case msgspec.inspect.Metadata(type=inner):  # a type with examples
            return _plain(rng, inner)
        case msgspec.inspect.BoolType():
            return rng.random() < 0.5
        case msgspec.inspect.IntType(ge=least, le=most):
            return rng.randint(-10 if least is None else least, 9 if most is None else most)
        case msgspec.inspect.EnumType(cls=choices):
            return rng.choice(list(choices))
        case msgspec.inspect.StrType(pattern=pattern) if pattern is not None:
            return rng.choice(["x1", "x2"])
    return _made_of_others(rng, info)


def _made_of_others(rng: Random, info: msgspec.inspect.Type) -> object:
    match info:
        case msgspec.inspect.VarTupleType(item_type=item):
            return _several(rng, item)
        case msgspec.inspect.StructType(fields=fields, cls=whole):
            return whole(**{field.name: _plain(rng, field.type) for field in fields})
        case msgspec.inspect.UnionType(types=types):  # something or none
            return None if rng.random() < 0.5 else _plain(rng, types[0])
    return rng.choice(["x", "کلانتری ۱۲", "a\nb", "\u202eevil", "'; --"])


def _several(rng: Random, item: msgspec.inspect.Type) -> tuple[object, ...]:
    if isinstance(item, msgspec.inspect.EnumType):
        return tuple(rng.sample(list(item.cls), 2))
    return tuple(rng.sample(["یک", "two", "3"], rng.randrange(1, 3)))


class WholeMachine(RuleBasedStateMachine):
    """A centre on a simulated disk beside a model of plain dicts."""

    def __init__(self) -> None:
        super().__init__()
        self.disk = Disk()
        self.centre = SimulatedCentre(self.disk)
        self.refolded = Centre()
        self.refolded_until = 0
        self.starts = 0
        self.now = BEGIN
        self.asked: list[tuple[Submission, Receipt]] = []
        self.held_by: dict[str, str] = {}
        self.missions_of: dict[str, list[str]] = {}
        self.unit_of: dict[str, str] = {}

    def ask(self, actor: str, command: Command, words: Words | None = None) -> Receipt:
        submission = Submission(f"k{len(self.asked)}", actor, command, words=words)
        receipt = self.centre.room.take(submission, self.now)
        self.asked.append((submission, receipt))
        if receipt.refusal is None:
            self.learn(command)
        return receipt

    def learn(self, done: Command) -> None:
        match done:
            case answer.AnswerCall(call_id, position_id) if position_id is not None:
                self.held_by[position_id] = call_id
            case answer.EndCall(call_id) | answer.CloseCall(call_id):
                self.held_by = {p: c for p, c in self.held_by.items() if c != call_id}
            case dispatch.CreateMission(mission_id, _, unit_id):
                self.unit_of[mission_id] = unit_id
            case dispatch.DispatchMission(mission_id):
                self.missions_of.setdefault(self.unit_of[mission_id], []).append(mission_id)
            case dispatch.ClearMission(mission_id) | dispatch.CancelMission(mission_id):
                open_ones = self.missions_of.get(self.unit_of[mission_id], [])
                if mission_id in open_ones:
                    open_ones.remove(mission_id)

    @initialize()
    def the_centre_opens(self) -> None:
        for command in (
            OpenCentre("fuzz", keep_days=0),
            *(dispatch.RegisterUnit(unit_id) for unit_id in FEW["unit_id"]),
            *(answer.OpenPosition(position_id) for position_id in FEW["position_id"]),
        ):
            self.ask("administrator:a", command)

    @rule(seed=st.integers(0, 2**32))
    def anything_at_all(self, seed: int) -> None:
        rng = Random(seed)  # noqa: S311 - a drill, no secret
        words = Words(text="سخن") if rng.random() < 0.3 else None
        self.ask(rng.choice(ACTORS), random_command(rng, rng.choice(COMMANDS)), words)

    @rule(seed=st.integers(0, 2**32))
    def things_that_can_be_done(self, seed: int) -> None:
        """Some commands that the machine would not refuse, found by asking it without telling."""
        rng = Random(seed)  # noqa: S311 - a drill, no secret
        for _ in range(rng.randrange(1, 6)):
            actor = rng.choice((SUPERVISOR, "supervisor:another"))
            command = self.accepted(rng, actor)
            if command is not None:
                self.ask(actor, command)

    def accepted(self, rng: Random, actor: str) -> Command | None:
        centre = self.centre.room.centre
        known_at = max(self.now, centre.known_at)
        moment = Moment(known_at, known_at, actor)
        for kind in rng.sample(COMMANDS, len(COMMANDS)):
            for _ in range(TRIES):
                command = random_command(rng, kind)
                if not isinstance(decide(centre, command, moment), Refusal):
                    return command
        return None

    @rule(n=st.integers(1, 3))
    def a_call_becomes_a_mission(self, n: int) -> None:
        """The ordinary way of a call, so that deep states are common; any step may be refused."""
        call, desk, incident, mission, unit = f"c{n}", "d1", f"i{n}", f"m{n}", "u1"
        for command in (
            answer.SignIn(desk, "p1"),
            answer.BeReady(desk),
            answer.OfferCall(call),
            answer.AnswerCall(call, desk),
            dispatch.OpenIncident(incident),
            answer.LinkCall(call, incident),
            dispatch.CreateMission(mission, incident, unit),
            dispatch.DispatchMission(mission),
        ):
            self.ask(SUPERVISOR, command)

    @rule(span=st.sampled_from((-HOUR, MINUTE, HOUR, DAY, 8 * DAY, 190 * DAY)))
    def the_clock_moves(self, span: int) -> None:
        self.now += span

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def something_is_asked_again(self, data: st.DataObject) -> None:
        submission, receipt = data.draw(st.sampled_from(self.asked))
        before = self.centre.room.head
        assert self.centre.room.take(submission, self.now) == receipt
        assert self.centre.room.head == before

    @rule(snapshot=st.booleans())
    def the_process_starts_again(self, snapshot: bool) -> None:  # noqa: FBT001
        self.centre.room.commit()
        if snapshot:
            self.centre.keep_snapshot()
        before = state_hash(self.centre.room.centre)
        self.centre.close()
        self.disk.release()
        self.disk = Disk(self.disk.files())
        self.starts += 1
        self.centre = SimulatedCentre(self.disk, self.starts)
        assert state_hash(self.centre.room.centre) == before

    @invariant()
    def the_state_is_the_fold_of_the_log(self) -> None:
        self.centre.room.commit()
        for entry in self.centre.log.read(after=self.refolded_until):
            fold(self.refolded, fact_of(entry))
            self.refolded_until = entry.seq
        assert state_hash(self.refolded) == state_hash(self.centre.room.centre)

    @invariant()
    def the_dicts_agree(self) -> None:
        state = self.centre.room.centre
        held = {p.position_id: p.call_id for p in state.answer.positions.values() if p.call_id}
        assert held == self.held_by
        for unit_id, unit in state.dispatch.units.items():
            assert unit.missions == self.missions_of.get(unit_id, [])

    def teardown(self) -> None:
        entries = list(self.centre.log.read())
        assert verify(entries).fault is None
        places = [(receipt.first_seq, receipt.last_seq) for _, receipt in self.asked]
        assert places == sorted(places), "in the order in which they were asked"
        assert sum(last - first + 1 for first, last in places) == len(entries)
        self.centre.close()
        self.disk.release()


TestWholeMachine = pytest.mark.slow(WholeMachine.TestCase)
TestWholeMachine.settings = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
