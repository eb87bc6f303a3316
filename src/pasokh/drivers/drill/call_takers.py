"""Call takers: the longest idle one who is ready answers the call that waits longest."""

from collections.abc import Iterator

from pasokh.answer.commands import (
    AnswerCall,
    BeReady,
    CallBack,
    EndCall,
    GoAway,
    SignIn,
    SignOut,
)
from pasokh.answer.events import CallCode
from pasokh.answer.state import Phase, Position, PositionState
from pasokh.core.chance import bernoulli
from pasokh.core.ids import CallId, PersonId, PositionId
from pasokh.core.people import Actor, Role, actor_of
from pasokh.core.time import SECOND, Instant
from pasokh.drivers.drill.beside import RealPeople
from pasokh.drivers.drill.people import Caller, Errand
from pasokh.drivers.drill.speakers import Speakers
from pasokh.drivers.drill.talks import Talks
from pasokh.drivers.drill.world import World

TRY_AGAIN_AFTER = 30 * SECOND
SEE_EVERY = 1 * SECOND
# A break waits until so many others could take the next call.
OTHERS_READY = 3


class CallTakers:
    """The people at the positions that the drill staffs; it leaves all others alone."""

    def __init__(self, world: World, talks: Talks, people: RealPeople, speakers: Speakers) -> None:
        """Begin with nobody at the desks."""
        self._world = world
        self._talks = talks
        self._people = people
        self._speakers = speakers
        self._chance = world.province.streams.named("call_takers")
        self._callers: dict[CallId, Caller] = {}
        self._idle: dict[PositionId, None] = {}
        # Calls that ring for real people first.
        self._left: dict[CallId, None] = {}
        self._reaching: dict[CallId, PositionId] = {}
        self._break_due: dict[PositionId, Instant] = {}
        # Who leaves the desk when it is free, and who sits down there then ("" for nobody).
        self._next: dict[PositionId, PersonId] = {}

    def staffed(self) -> Iterator[PositionId]:
        """Name the positions at which somebody sits who is to stay."""
        for position_id in self._break_due:
            if self._next.get(position_id) != "":
                yield position_id

    def sit_down(self, position_id: PositionId, person_id: PersonId) -> None:
        """Sign somebody in at an empty position, and be ready."""
        if self._world.ask(_taker(person_id), SignIn(position_id, person_id)):
            every = self._world.scenario.answering.break_every.draw(self._chance)
            self._world.seated[position_id] = person_id
            # The first break comes anywhere in the interval, or all would go at once.
            due = self._world.now + int(every * self._chance.uniform())
            self._break_due[position_id] = due
            self._ready(position_id)

    def relieve(self, position_id: PositionId, person_id: PersonId) -> None:
        """Let somebody else ("" for nobody) have the position as soon as it is free."""
        self._next[position_id] = person_id
        if self._idle.pop(position_id, "") is None:
            self._free(position_id)

    def hear(self, caller: Caller) -> None:
        """A call rings."""
        self._callers[caller.call_id] = caller
        if self._people.sit_anywhere():
            self._world.later(SEE_EVERY, self._see, caller.call_id)
            if self._people.take_call(caller.county):
                self._left[caller.call_id] = None
                left = self._world.scenario.learning.call_seconds * SECOND
                self._world.later(left, self._take_up, caller.call_id)
        self._look()

    def forget(self, call_id: CallId) -> None:
        """A call rings no more: nobody answered it, or somebody from outside the drill did."""
        caller = self._callers.pop(call_id, None)
        self._left.pop(call_id, None)
        call = self._world.centre.answer.calls.get(call_id)
        answered = call is not None and call.answered_at is not None and not call.over
        if caller is not None and answered:
            self._speakers.begin(caller)

    def call_back_later(self, caller: Caller) -> None:
        """Call an abandoned caller back, now and then."""
        rules = self._world.scenario.answering
        if bernoulli(self._chance, rules.call_back_share):
            self._world.later(rules.call_back_after.draw(self._chance), self._call_back, caller)

    def _see(self, call_id: CallId) -> None:
        """See soon that a real person has answered, while one is there who could."""
        call = self._world.centre.answer.calls.get(call_id)
        if call_id not in self._callers or call is None:
            return
        if call.phase is Phase.RINGING:
            self._world.later(SEE_EVERY, self._see, call_id)
        else:
            self.forget(call_id)

    def _take_up(self, call_id: CallId) -> None:
        """Nobody took a call that was left to them: it is for everybody now."""
        if call_id in self._left:
            del self._left[call_id]
            self._people.missed_call()
            self._look()

    def _look(self) -> None:
        for call_id in self._world.centre.answer.ringing:
            if call_id in self._reaching or call_id in self._left:
                continue
            position_id = self._next_idle()
            if position_id is None:
                return
            self._reaching[call_id] = position_id
            reach = self._world.scenario.answering.pick_up.draw(self._chance)
            self._world.later(reach, self._pick_up, call_id, position_id)

    def _next_idle(self) -> PositionId | None:
        """Take the longest idle position; one that a real person took over is let go."""
        while self._idle:
            position_id = next(iter(self._idle))
            del self._idle[position_id]
            if self._is_ours(position_id):
                return position_id
            self._lose(position_id)
        return None

    def _pick_up(self, call_id: CallId, position_id: PositionId) -> None:
        del self._reaching[call_id]
        call = self._world.centre.answer.calls.get(call_id)
        if call is None or call.phase is not Phase.RINGING:
            self.forget(call_id)
            self._free(position_id)
            return
        position = self._position(position_id)
        ready = position is not None and position.state is PositionState.READY
        caller = self._callers.get(call_id) or Caller(Errand.PENDING, "", call_id=call_id)
        if ready and self._is_ours(position_id) and self._answers(position_id, caller):
            self._callers.pop(call_id, None)
        else:
            self._free(position_id)

    def _answers(self, position_id: PositionId, caller: Caller) -> bool:
        actor = self._actor(position_id)
        if not self._world.ask(actor, AnswerCall(caller.call_id, position_id)):
            return False
        length = self._talks.begin(caller, actor)
        self._world.later(length, self._hang_up, caller, actor, position_id)
        return True

    def _hang_up(self, caller: Caller, actor: Actor, position_id: PositionId) -> None:
        call = self._world.centre.answer.calls.get(caller.call_id)
        if call is not None and not call.over:
            self._world.ask(actor, EndCall(caller.call_id))
        self._talks.conclude(caller, actor)
        wrap_up = self._world.scenario.answering.wrap_up.draw(self._chance)
        self._world.later(wrap_up, self._free, position_id)

    def _free(self, position_id: PositionId) -> None:
        """A position has nothing in hand: hand it over, take a break, or be ready."""
        position = self._position(position_id)
        if position is None or position.person_id is None or not self._is_ours(position_id):
            self._lose(position_id)
            return
        if position.call_id is not None:  # somebody from outside the drill took a call there
            self._world.later(TRY_AGAIN_AFTER, self._free, position_id)
            return
        actor = _taker(position.person_id)
        if position_id in self._next:
            self._hand_over(position_id, actor)
        elif self._world.now >= self._break_due.get(position_id, self._world.now + 1) and (
            len(self._idle) >= OTHERS_READY
        ):
            self._rest(position_id, actor)
        else:
            self._ready(position_id)

    def _lose(self, position_id: PositionId) -> None:
        """Somebody from outside signed us out, or sits there: the roster may fill it again."""
        self._world.seated.pop(position_id, None)
        self._break_due.pop(position_id, None)
        self._next.pop(position_id, None)

    def _ready(self, position_id: PositionId) -> None:
        position = self._position(position_id)
        if position is None:
            return
        if position.state is PositionState.READY or self._world.ask(
            self._actor(position_id), BeReady(position_id)
        ):
            self._idle[position_id] = None
            self._look()

    def _hand_over(self, position_id: PositionId, actor: Actor) -> None:
        person_id = self._next.pop(position_id)
        self._world.ask(actor, SignOut(position_id))
        self._lose(position_id)
        if person_id:
            self.sit_down(position_id, person_id)

    def _rest(self, position_id: PositionId, actor: Actor) -> None:
        rules = self._world.scenario.answering
        every = rules.break_every.draw(self._chance)
        self._break_due[position_id] = self._world.now + every
        position = self._position(position_id)
        if position is not None and position.state is not PositionState.AWAY:
            self._world.ask(actor, GoAway(position_id, "break"))
        self._world.later(rules.break_length.draw(self._chance), self._free, position_id)

    def _call_back(self, caller: Caller) -> None:
        if len(self._idle) < OTHERS_READY:  # who rings now goes first
            self._world.later(TRY_AGAIN_AFTER, self._call_back, caller)
            return
        position_id = self._next_idle()
        if position_id is None:
            return
        actor = self._actor(position_id)
        self._world.ask(actor, GoAway(position_id, "call back"))
        length = self._world.scenario.answering.call_back_length.draw(self._chance)
        self._world.later(length, self._called_back, caller, actor, position_id)

    def _called_back(self, caller: Caller, actor: Actor, position_id: PositionId) -> None:
        rules = self._world.scenario.answering
        reached = bernoulli(self._chance, rules.call_back_reached_share)
        if self._world.ask(actor, CallBack(caller.call_id, reached)) and reached:
            if bernoulli(self._chance, rules.call_back_operational_share):
                self._report(caller, actor)
            else:
                code = bernoulli(self._chance, 0.5)
                self._talks.settle(caller, actor, CallCode.SILENT if code else CallCode.ADVICE)
        self._free(position_id)

    def _report(self, caller: Caller, actor: Actor) -> None:
        if caller.trouble is None:
            caller.trouble = self._world.province.trouble(self._chance, self._world.now)
        self._talks.report(caller, actor)

    def _is_ours(self, position_id: PositionId) -> bool:
        """Tell whether the one whom the drill sat down is still there."""
        position = self._position(position_id)
        ours = self._world.seated.get(position_id)
        return position is not None and ours is not None and position.person_id == ours

    def _position(self, position_id: PositionId) -> Position | None:
        return self._world.centre.answer.positions.get(position_id)

    def _actor(self, position_id: PositionId) -> Actor:
        return _taker(self._world.centre.answer.positions[position_id].person_id or "nobody")


def _taker(person_id: PersonId) -> Actor:
    return actor_of(Role.CALL_TAKER, person_id)
