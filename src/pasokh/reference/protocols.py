"""A protocol walked: what was asked, what is asked next, and what the answers suggest. Pure.

It suggests and decides nothing: the call taker takes a suggestion or leaves it.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from pasokh.core.ids import Code
from pasokh.reference.entries import ProtocolAnswer, ProtocolEntry, ProtocolStep

# Where a path goes when there is nothing more to ask, and the answer that says "not asked".
END = "end"
SKIPPED = "skip"
_Given: TypeAlias = list[tuple[ProtocolStep, ProtocolAnswer | None]]
_Here: TypeAlias = ProtocolStep | None


class Urging(Struct, frozen=True):
    """Why a priority is suggested: the answer that asks for it."""

    priority: int
    step: ProtocolStep
    answer: ProtocolAnswer


class Path(Struct, frozen=True):
    """How far the questions came. Of a skipped one the answer is None; `upcoming` None: the end."""

    given: tuple[tuple[ProtocolStep, ProtocolAnswer | None], ...]
    upcoming: ProtocolStep | None
    grounds: tuple[Urging, ...]
    incident_type: str
    advice: tuple[Code, ...]
    services: tuple[Code, ...]

    @property
    def priority(self) -> int | None:
        """The most urgent of all that the answers ask for; None when none does."""
        return min((ground.priority for ground in self.grounds), default=None)


def walk(entry: ProtocolEntry, answers: Mapping[Code, Code]) -> Path:
    """Follow the answers (by step) from the first question on.

    What was answered off the path does not count, nor what this version does not have.
    """
    given, here = _followed(entry, answers)
    said = [(step, answer) for step, answer in given if answer is not None]
    return Path(
        tuple(given),
        here,
        tuple(Urging(a.priority, step, a) for step, a in said if a.priority is not None),
        next((answer.type for _, answer in reversed(said) if answer.type), ""),
        tuple(dict.fromkeys(answer.advice for _, answer in said if answer.advice)),
        tuple(dict.fromkeys(answer.service for _, answer in said if answer.service)),
    )


def _followed(entry: ProtocolEntry, answers: Mapping[Code, Code]) -> tuple[_Given, _Here]:
    given: _Given = []
    steps = {step.id: step for step in entry.steps}
    here: _Here = entry.steps[0]
    while here is not None and len(given) < len(steps):
        chosen = answers.get(here.id, "")
        answer = answer_of(here, chosen)
        if answer is None and chosen != SKIPPED:
            break
        given.append((here, answer))
        here = steps.get(after(here, answer))
    return given, here


def after(step: ProtocolStep, answer: ProtocolAnswer | None) -> str:
    """Name the step that follows an answer, or a skipped question; END when none does."""
    return (answer.then if answer else "") or step.then


def step_of(entry: ProtocolEntry, step_id: Code) -> ProtocolStep | None:
    """Find a step by its id."""
    return next((step for step in entry.steps if step.id == step_id), None)


def answer_of(step: ProtocolStep, answer_id: Code) -> ProtocolAnswer | None:
    """Find an answer of a step by its id."""
    return next((answer for answer in step.answers if answer.id == answer_id), None)


def ways(step: ProtocolStep) -> Iterator[str]:
    """Yield every place to which a step may go on, END among them."""
    yield step.then
    yield from (after(step, answer) for answer in step.answers)
