"""The machine: one turn takes a submission to the facts that follow from it.

All three drivers (live, drill, replay) call the same `turn`; so a drill, a test and last year's
day are the real system.
"""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.control_room.authority import objection
from pasokh.control_room.decide import decide
from pasokh.control_room.fold import fold
from pasokh.control_room.policies import POLICIES
from pasokh.control_room.state import Centre
from pasokh.core.machine import (
    Command,
    CommandRefused,
    Event,
    Fact,
    Moment,
    Receipt,
    Submission,
)
from pasokh.core.people import Role, actor_of
from pasokh.core.refusal import Refusal

POLICY_ACTOR = actor_of(Role.MACHINE, "policy")


class Turn(Struct, frozen=True):
    """What one submission came to: facts in their order, and the receipt to be given."""

    facts: list[Fact]
    receipt: Receipt


def turn(centre: Centre, submission: Submission, moment: Moment) -> Turn:
    """Decide a submission, fold what follows, and let the policies react. Pure but for `centre`.

    `centre` is changed in place and must be thrown away when the facts do not become durable.
    """
    first = centre.seq + 1
    refusal = objection(centre, submission, moment)
    outcome: Sequence[Event] | Refusal = refusal or decide(centre, submission.command, moment)
    if isinstance(outcome, Refusal):
        refusal = outcome
        outcome = [_refused(submission.command, outcome)]
    facts: list[Fact] = []
    _record(centre, facts, outcome, moment, command_id=submission.command_id, cause=None)
    for fact in facts:  # grows while policies answer to what policies caused
        _react(centre, facts, fact)
    return Turn(facts, Receipt(submission.command_id, first, centre.seq, refusal))


def _refused(command: Command, refusal: Refusal) -> CommandRefused:
    return CommandRefused(type(command).__name__, refusal.reason, refusal.details, refusal.who_can)


def _record(
    centre: Centre,
    facts: list[Fact],
    events: Sequence[Event],
    moment: Moment,
    *,
    command_id: str,
    cause: int | None,
) -> None:
    for event in events:
        fact = Fact(
            centre.seq + 1, moment.at, moment.known_at, moment.actor, cause, command_id, event
        )
        fold(centre, fact)
        facts.append(fact)


def _react(centre: Centre, facts: list[Fact], fact: Fact) -> None:
    policy = POLICIES.get(type(fact.event))
    if policy is None:
        return
    moment = Moment(fact.at, fact.known_at, POLICY_ACTOR)
    for command in policy(centre, fact):
        outcome = decide(centre, command, moment)
        events = [_refused(command, outcome)] if isinstance(outcome, Refusal) else outcome
        _record(centre, facts, events, moment, command_id=fact.command_id, cause=fact.seq)
