"""A protocol in words, in both languages: each question, its answers, and where each leads."""

from msgspec import Struct

from pasokh.reference.entries import ListEntry, ProtocolAnswer, ProtocolEntry, ProtocolStep
from pasokh.reference.protocols import END, after


class AnswerTold(Struct, frozen=True):
    """An answer, and the number of the question that it leads to; 0 is the end."""

    answer: ProtocolAnswer
    leads_to: int


class QuestionTold(Struct, frozen=True):
    """A question with its number in the protocol's order, and where skipping it leads."""

    number: int
    step: ProtocolStep
    skipped_to: int
    answers: tuple[AnswerTold, ...]


def questions_told(entry: ListEntry | None) -> tuple[QuestionTold, ...]:
    """Tell the questions of a protocol; none of anything else."""
    if not isinstance(entry, ProtocolEntry):
        return ()
    numbers = {END: 0} | {step.id: number for number, step in enumerate(entry.steps, 1)}
    return tuple(
        QuestionTold(
            numbers[step.id],
            step,
            numbers.get(step.then, 0),
            tuple(AnswerTold(one, numbers.get(after(step, one), 0)) for one in step.answers),
        )
        for step in entry.steps
    )
