"""The way of a proposed topic, and who may take which step. Pure: no row, no clock."""

from enum import StrEnum

from msgspec import Struct


class TopicState(StrEnum):
    """Where a topic stands, told by its last step."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PRODUCED = "produced"
    PUBLISHED = "published"
    MEASURED = "measured"


_AFTER = {
    TopicState.PROPOSED: frozenset({TopicState.ACCEPTED, TopicState.DECLINED}),
    # What was accepted and cannot be made is declined openly, and not left lying.
    TopicState.ACCEPTED: frozenset({TopicState.PRODUCED, TopicState.DECLINED}),
    TopicState.PRODUCED: frozenset({TopicState.PUBLISHED, TopicState.DECLINED}),
    TopicState.PUBLISHED: frozenset({TopicState.MEASURED}),
    TopicState.MEASURED: frozenset({TopicState.MEASURED}),
    TopicState.DECLINED: frozenset(),
}
OPEN = frozenset({TopicState.PROPOSED, TopicState.ACCEPTED, TopicState.PRODUCED})
# While the office makes what was accepted.
WRITTEN_IN = frozenset({TopicState.ACCEPTED, TopicState.PRODUCED})
# On a board, from the left: what is asked, what is being made, what came of it.
BOARD = tuple(TopicState)


class TopicNow(Struct, frozen=True):
    """What the rules need to know of a topic. `by_office`: the person who proposed it, or empty."""

    state: TopicState
    by_office: str = ""
    wanted_by: int = 0


def next_steps(state: TopicState) -> tuple[TopicState, ...]:
    """List what may come next: the way on, and behind it the way out."""
    allowed = [step for step in TopicState if step in _AFTER[state]]
    return tuple(sorted(allowed, key=lambda step: step is TopicState.DECLINED))


def why_not_step(now: TopicNow, step: TopicState, by: str) -> str:
    """Say why a topic cannot take a step; empty when it can.

    What the office proposes is accepted when an outlet wants it too, and by another person.
    """
    if step not in _AFTER[now.state]:
        return "not_now"
    if step is TopicState.ACCEPTED and now.by_office:
        if now.by_office == by:
            return "own_proposal"
        return "" if now.wanted_by else "no_outlet_wants"
    return ""
