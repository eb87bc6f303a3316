"""Nuisance calls in a drill: judged by a person, sometimes appealed, and always ending."""

from pasokh.answer.commands import (
    AppealNuisance,
    ClassCall,
    ConfirmNuisance,
    DecideAppeal,
    ExpireNuisance,
    MarkNuisance,
)
from pasokh.core.chance import bernoulli
from pasokh.core.ids import CallId
from pasokh.core.people import Actor, Role, actor_of
from pasokh.core.time import DAY, HOUR
from pasokh.drivers.drill.people import CODES, REASONS, Caller
from pasokh.drivers.drill.world import World

CLOCK = actor_of(Role.MACHINE, "clock")
SUPERVISOR = actor_of(Role.SUPERVISOR, "s-01")
APPEAL_HEARD_AFTER = 2 * HOUR
CONFIRMED_AFTER = HOUR
HEARD_AGAIN = "صدای ضبط‌شده دوباره شنیده شد"
OBJECTS = "صاحب شماره اعتراض کرد"


class Nuisances:
    """Marks on calls, from judgement to end."""

    def __init__(self, world: World) -> None:
        """Begin without a mark."""
        self._world = world
        self._chance = world.province.streams.named("nuisances")

    def take_over(self) -> None:
        """See to the ends of marks that were made before this drill began."""
        for mark in self._world.centre.answer.nuisances.values():
            self._world.agenda.put(mark.expires_at, self._expire, mark.call_id)

    def judge(self, caller: Caller, actor: Actor) -> None:
        """Class a nuisance, and mark some of them with an end."""
        world, rules = self._world, self._world.scenario.answering
        code, call_id = CODES[caller.errand], caller.call_id
        reason = REASONS[code]
        if not bernoulli(self._chance, rules.nuisance_marked_share):
            world.ask(actor, ClassCall(call_id, code, reason))
            return
        ends = world.now + rules.nuisance_days * DAY
        if not world.ask(actor, MarkNuisance(call_id, code, reason, ends)):
            return
        alone = world.centre.answer.nuisances[call_id].expires_at
        world.agenda.put(alone, self._expire, call_id)
        world.later(CONFIRMED_AFTER, self._confirm, call_id)
        if bernoulli(self._chance, rules.appeal_share):
            world.later(rules.appeal_after.draw(self._chance), self._appeal, call_id)

    def _confirm(self, call_id: CallId) -> None:
        mark = self._world.centre.answer.nuisances.get(call_id)
        if mark is not None and mark.proposed_until is not None and not mark.appealed:
            self._world.ask(SUPERVISOR, ConfirmNuisance(call_id, HEARD_AGAIN))

    def _appeal(self, call_id: CallId) -> None:
        if call_id in self._world.centre.answer.nuisances:
            self._world.ask(SUPERVISOR, AppealNuisance(call_id, OBJECTS))
            self._world.later(APPEAL_HEARD_AFTER, self._decide, call_id)

    def _decide(self, call_id: CallId) -> None:
        mark = self._world.centre.answer.nuisances.get(call_id)
        if mark is not None and mark.appealed:
            lifted = bernoulli(self._chance, 0.5)
            self._world.ask(SUPERVISOR, DecideAppeal(call_id, lifted, HEARD_AGAIN))

    def _expire(self, call_id: CallId) -> None:
        mark = self._world.centre.answer.nuisances.get(call_id)
        if mark is None:
            return
        if mark.expires_at > self._world.now:
            self._world.agenda.put(mark.expires_at, self._expire, call_id)
        else:
            self._world.ask(CLOCK, ExpireNuisance(call_id))
