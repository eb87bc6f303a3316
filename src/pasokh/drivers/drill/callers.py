"""Callers: the hours' demand, ringing, patience, redialling, and the others who saw the same."""

from math import erf, hypot, log, sqrt

from pasokh.answer.commands import EndCall, OfferCall, QueueCall
from pasokh.answer.events import Channel, Origin
from pasokh.answer.state import Phase
from pasokh.core.chance import Choice, bernoulli, mixed_poisson, sigma_of
from pasokh.core.ids import CallId
from pasokh.core.people import Role, actor_of
from pasokh.core.time import HOUR, SECOND, Instant, day_of, hour_of
from pasokh.drivers.drill.agenda import Act
from pasokh.drivers.drill.call_takers import CallTakers
from pasokh.drivers.drill.people import Caller, Errand, Trouble
from pasokh.drivers.drill.world import World

SWITCH = actor_of(Role.MACHINE, "switch")
ALARM_KIND = "intrusion_alarm"
# 1970-01-01 was a Thursday, the fourth day of a week that begins on Monday.
_EPOCH_WEEKDAY = 3


class Callers:
    """Everybody outside who rings."""

    def __init__(self, world: World, takers: CallTakers) -> None:
        """Join the callers to those who answer them."""
        self._world = world
        self._takers = takers
        self._demand = world.province.streams.named("demand")
        self._chance = world.province.streams.named("callers")
        rules = world.scenario.demand
        self._channels = Choice(
            [Channel.VOICE, Channel.TEXT, Channel.WEB],
            [1 - rules.text_share - rules.web_share, rules.text_share, rules.web_share],
        )

    def begin_hour(self, begins: Instant) -> None:
        """Draw an hour's first callers, and come back for the next hour."""
        world, sides = self._world, self._world.scenario.sides
        world.agenda.put(begins + HOUR, self.begin_hour, begins + HOUR)
        roots = hourly_calls(world, begins) / calls_per_root(world)
        count = mixed_poisson(self._demand, roots, root_dispersion(world))
        self._spread(begins, count, self._public)
        for share, act in (
            (sides.alarm, self._alarm),
            (sides.agency, self._agency),
            (sides.test, self._test),
        ):
            count = mixed_poisson(self._demand, hourly_calls(world, begins) * share, 1.0)
            self._spread(begins, count, act)

    def rings(self, caller: Caller) -> None:
        """Let a caller's telephone call reach the centre."""
        world = self._world
        answer = world.centre.answer
        caller.call_id = world.new_id("c", answer.calls.__contains__)
        is_test = caller.errand is Errand.TEST
        offer = OfferCall(caller.call_id, caller.channel, caller.origin, caller.county, is_test)
        if not world.ask(SWITCH, offer):
            return
        world.ask(SWITCH, QueueCall(caller.call_id, caller.channel.value))
        self._takers.hear(caller)
        patience = world.scenario.patience
        spread = patience.hasty if caller.hasty else patience.patient
        world.later(spread.draw(self._chance), self._lose_patience, caller, caller.call_id)

    def _spread(self, begins: Instant, count: int, act: Act) -> None:
        """Put `count` acts anywhere in the hour; what is over already does not happen."""
        for _ in range(count):
            at = begins + int(self._demand.uniform() * HOUR)
            if at >= self._world.now:
                self._world.agenda.put(at, act)

    def _public(self) -> None:
        errand = self._world.province.errand(self._chance)
        if errand is not Errand.OPERATIONAL:
            county = self._world.province.county_choice.draw(self._chance)
            self.rings(self._somebody(errand, county))
            return
        trouble = self._world.province.trouble(self._chance, self._world.now)
        self.rings(self._witness(trouble))
        self._others_follow(trouble)

    def _others_follow(self, trouble: Trouble) -> None:
        """Let each caller about it be followed by another with the probability of a repeat."""
        sides = self._world.scenario.sides
        while bernoulli(self._chance, sides.repeat_share):
            wait = sides.repeat_after.draw(self._chance)
            self._world.later(wait, self._another_rings, trouble)

    def _another_rings(self, trouble: Trouble) -> None:
        self.rings(self._witness(trouble))

    def _witness(self, trouble: Trouble) -> Caller:
        caller = self._somebody(Errand.OPERATIONAL, trouble.county)
        caller.trouble = trouble
        return caller

    def _somebody(self, errand: Errand, county: str) -> Caller:
        patience = self._world.scenario.patience
        return Caller(
            errand,
            county,
            channel=self._channels.draw(self._chance),
            hasty=bernoulli(self._chance, patience.hasty_share),
            redials=bernoulli(self._chance, patience.redial_share),
        )

    def _alarm(self) -> None:
        trouble = self._world.province.trouble(self._chance, self._world.now)
        trouble.kind, trouble.origin = ALARM_KIND, Origin.ALARM
        self.rings(
            Caller(
                Errand.OPERATIONAL,
                trouble.county,
                trouble,
                origin=Origin.ALARM,
                channel=Channel.ALARM,
            )
        )

    def _agency(self) -> None:
        trouble = self._world.province.trouble(self._chance, self._world.now)
        trouble.origin = Origin.AGENCY
        self.rings(Caller(Errand.OPERATIONAL, trouble.county, trouble, origin=Origin.AGENCY))

    def _test(self) -> None:
        self.rings(Caller(Errand.TEST, self._world.province.county_choice.draw(self._chance)))

    def _lose_patience(self, caller: Caller, call_id: CallId) -> None:
        world = self._world
        call = world.centre.answer.calls.get(call_id)
        if call is None or call.phase is not Phase.RINGING:
            self._takers.forget(call_id)
            return
        world.ask(SWITCH, EndCall(call_id))
        self._takers.forget(call_id)
        if caller.redials:
            caller.redials = caller.hasty = False
            again = world.scenario.patience.redial_after.draw(self._chance)
            world.later(again, self.rings, caller)
        elif world.now - call.offered_at >= 5 * SECOND:
            self._takers.call_back_later(caller)


def hourly_calls(world: World, begins: Instant) -> float:
    """Say how many public calls the scenario expects in the hour that begins at an instant."""
    demand, offset = world.scenario.demand, world.scenario.utc_offset_minutes
    weekday = (day_of(begins, offset) + _EPOCH_WEEKDAY) % len(demand.weekday_factor)
    percent = demand.hour_percent[hour_of(begins, offset)] / sum(demand.hour_percent)
    return demand.calls_per_day * percent * demand.weekday_factor[weekday]


def calls_per_root(world: World) -> float:
    """Say how many offered calls one first caller brings: repeats, and redials of the hasty.

    Where somebody is free, a hasty caller is gone before the call taker has reached the call
    with the probability that one log-normal time is shorter than another.
    """
    patience, pick_up = world.scenario.patience, world.scenario.answering.pick_up
    hasty = patience.hasty
    sigma = hypot(sigma_of(hasty.p50, hasty.p90), sigma_of(pick_up.p50, pick_up.p90))
    lost = (1 + erf(log(pick_up.p50 / hasty.p50) / sigma / sqrt(2))) / 2
    return world.province.contacts_per_root * (
        1 + patience.hasty_share * lost * patience.redial_share
    )


def root_dispersion(world: World) -> float:
    """Say how over-dispersed the first callers must be, for all calls to be as wanted.

    A first caller brings a geometric number of others, which makes heaps by itself: all calls'
    dispersion is that of the first ones times the mean number of calls, plus its own.
    """
    repeats, first = world.scenario.sides.repeat_share, world.province.root_share
    mean = world.province.contacts_per_root
    extra = repeats / (1 - repeats)
    square = first * extra * (1 + 2 * extra)  # mean square of the extra calls, geometric
    variance = square - (first * extra) ** 2
    return max(1.0, (world.scenario.demand.over_dispersion - variance / mean) / mean)
