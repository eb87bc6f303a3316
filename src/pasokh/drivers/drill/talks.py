"""What is said on a call: typed, located, settled at the desk, or made an incident."""

from collections.abc import Callable

from pasokh.answer.commands import (
    AcceptHandoff,
    ClassCall,
    GiveAdvice,
    HoldCall,
    LinkCall,
    LocateCall,
    MarkSilent,
    OfferHandoff,
    RefuseHandoff,
    ResumeCall,
    TypeCall,
)
from pasokh.answer.events import CallCode, Channel
from pasokh.answer.state import Phase
from pasokh.core.chance import bernoulli
from pasokh.core.people import Actor
from pasokh.core.time import Span
from pasokh.dispatch.commands import OpenIncident, PrioritiseIncident
from pasokh.drivers.drill.dispatchers import Dispatchers
from pasokh.drivers.drill.nuisances import Nuisances
from pasokh.drivers.drill.people import CODES, REASONS, Caller, Errand
from pasokh.drivers.drill.world import World

# Where in a talk things become clear, as shares of its length. Chosen.
TYPED_AFTER = 0.25
LOCATED_AFTER = 0.35
HANDED_OFF_AFTER = 0.6
HELD_AFTER = 0.5
OPENED_BEFORE = 0.9


class Talks:
    """The scripts of the calls that are being spoken."""

    def __init__(self, world: World, dispatchers: Dispatchers, nuisances: Nuisances) -> None:
        """Join the talks to those who act on them."""
        self._world = world
        self._dispatchers = dispatchers
        self._nuisances = nuisances
        self._chance = world.province.streams.named("talks")
        self._scripts: dict[Errand, Callable[[Caller, Actor, Span], Span]] = {
            Errand.OPERATIONAL: self._operational,
            Errand.HANDOFF: self._handoff,
            Errand.SILENT: self._silent,
        }

    def begin(self, caller: Caller, actor: Actor) -> Span:
        """Speak with a caller; say how long it will take (milliseconds)."""
        rules = self._world.scenario.answering
        length = rules.talk[caller.errand].draw(self._chance)
        self._world.later(int(length * TYPED_AFTER), self._type, caller, actor)
        if caller.errand is Errand.OPERATIONAL or caller.channel is not Channel.VOICE:
            self._world.later(int(length * LOCATED_AFTER), self._locate, caller, actor)
        script = self._scripts.get(caller.errand)
        if script is not None:
            length = script(caller, actor, length)
        if bernoulli(self._chance, rules.hold_share):
            held = rules.hold.draw(self._chance)
            self._world.later(int(length * HELD_AFTER), self._hold, caller, actor, held)
            length += held
        return length

    def conclude(self, caller: Caller, actor: Actor) -> None:
        """Write down what an ended call was."""
        if caller.errand is Errand.ADVICE:
            advice = self._world.province.advice_choice.draw(self._chance)
            self._world.ask(actor, GiveAdvice(caller.call_id, advice))
        if caller.errand in {Errand.NUISANCE, Errand.HOAX}:
            self._nuisances.judge(caller, actor)
        elif caller.errand in CODES:
            self.settle(caller, actor, CODES[caller.errand])

    def settle(self, caller: Caller, actor: Actor, code: CallCode) -> None:
        """Set a call's code, unless it has that already."""
        call = self._world.centre.answer.calls.get(caller.call_id)
        if call is not None and call.code is not code:
            self._world.ask(actor, ClassCall(caller.call_id, code, REASONS[code]))

    def report(self, caller: Caller, actor: Actor) -> None:
        """Make a call an incident, or join it to the one that is there."""
        world, trouble = self._world, caller.trouble
        if trouble is None:
            return
        known = trouble.incident_id in world.centre.dispatch.incidents
        share = world.scenario.dispatching.linked_share
        if known and (trouble.closed or bernoulli(self._chance, share)):
            self._link(caller, actor, trouble.incident_id)
            return
        incident_id = self._open(caller, actor)
        if known:
            self._dispatchers.merge_later(incident_id, trouble)
        else:
            trouble.incident_id = incident_id
            self._dispatchers.hear(trouble)

    def _open(self, caller: Caller, actor: Actor) -> str:
        world, trouble = self._world, caller.trouble
        assert trouble is not None
        incident_id = world.new_id("i", world.centre.dispatch.incidents.__contains__)
        kind = world.scenario.kinds[trouble.kind]
        words = world.words_of(trouble)
        opening = OpenIncident(incident_id, trouble.kind, trouble.county, origin=trouble.origin)
        world.ask(actor, opening, words)
        self._link(caller, actor, incident_id)
        world.ask(actor, PrioritiseIncident(incident_id, kind.priority, (kind.reason,)))
        return incident_id

    def _link(self, caller: Caller, actor: Actor, incident_id: str) -> None:
        call = self._world.centre.answer.calls.get(caller.call_id)
        if call is not None and call.incident_id is None:
            self._world.ask(actor, LinkCall(caller.call_id, incident_id))

    def _operational(self, caller: Caller, actor: Actor, length: Span) -> Span:
        opening = self._world.scenario.dispatching.opening.draw(self._chance)
        opening = min(opening, int(length * OPENED_BEFORE))
        self._world.later(opening, self.report, caller, actor)
        return length

    def _handoff(self, caller: Caller, actor: Actor, length: Span) -> Span:
        offered = int(length * HANDED_OFF_AFTER)
        self._world.later(offered, self._offer_handoff, caller, actor)
        return length

    def _silent(self, caller: Caller, actor: Actor, length: Span) -> Span:
        noticed = self._world.scenario.answering.silent_mark_after.draw(self._chance)
        self._world.later(min(noticed, length - 1), self._mark_silent, caller, actor)
        return length

    def _type(self, caller: Caller, actor: Actor) -> None:
        if caller.trouble is not None:
            call_type = caller.trouble.kind
        elif caller.errand is Errand.ADVICE:
            call_type = self._world.province.advice_choice.draw(self._chance)
        else:
            call_type = caller.errand.value
        self._world.ask(actor, TypeCall(caller.call_id, call_type))

    def _locate(self, caller: Caller, actor: Actor) -> None:
        words = None
        if caller.trouble is not None:
            words = self._world.words_of(caller.trouble)
        self._world.ask(actor, LocateCall(caller.call_id, caller.county), words)

    def _mark_silent(self, caller: Caller, actor: Actor) -> None:
        self._world.ask(actor, MarkSilent(caller.call_id))

    def _hold(self, caller: Caller, actor: Actor, held: Span) -> None:
        if self._phase(caller) is Phase.CONNECTED:
            self._world.ask(actor, HoldCall(caller.call_id))
            self._world.later(held, self._resume, caller, actor)

    def _resume(self, caller: Caller, actor: Actor) -> None:
        if self._phase(caller) is Phase.HELD:
            self._world.ask(actor, ResumeCall(caller.call_id))

    def _phase(self, caller: Caller) -> Phase | None:
        call = self._world.centre.answer.calls.get(caller.call_id)
        return None if call is None else call.phase

    def _offer_handoff(self, caller: Caller, actor: Actor) -> None:
        service = self._world.province.service_choice.draw(self._chance)
        self._world.ask(actor, OfferHandoff(caller.call_id, service))
        answer = self._world.scenario.answering.handoff_answer.draw(self._chance)
        self._world.later(answer, self._answer_handoff, caller, actor, service)

    def _answer_handoff(self, caller: Caller, actor: Actor, service: str) -> None:
        refused_share = self._world.scenario.answering.handoff_refused_share
        if not bernoulli(self._chance, refused_share):
            self._world.ask(actor, AcceptHandoff(caller.call_id, service))
            return
        self._world.ask(actor, RefuseHandoff(caller.call_id, service, "not theirs"))
        self.settle(caller, actor, CallCode.RECORDED)
