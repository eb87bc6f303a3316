"""How long the press waits for an answer. Pure: times in, figures out, and never one without base.

A median of what was answered says nothing of what was not, so the two always go together.
"""

from collections.abc import Iterable

from msgspec import Struct

from pasokh.core.time import Instant, Span


class Wait(Struct, frozen=True):
    """One question: when it was asked and due, and when it was answered or refused, if it was."""

    asked_at: Instant
    due_at: Instant
    answered_at: Instant | None = None
    refused_at: Instant | None = None

    def late(self, now: Instant) -> bool:
        """Tell whether it waits for longer than was promised."""
        return self.answered_at is None and self.refused_at is None and self.due_at < now


class AnswerTimes(Struct, frozen=True):
    """The public figures. `median`: of `answered`; None when nothing was answered.

    `asked` is all of them: answered, refused and waiting. `oldest`: how long the one that is late
    for longest has waited; None when none is late. Spans in milliseconds.
    """

    asked: int
    answered: int
    refused: int
    waiting: int
    in_time: int
    late: int
    median: Span | None
    oldest: Span | None


def answer_times(waits: Iterable[Wait], now: Instant) -> AnswerTimes:
    """Count questions, and find the median of the spans from asking to answering.

    The median of an even number of answers is the middle of the two in the middle, down to a
    whole millisecond.
    """
    every = list(waits)
    spans = sorted(one.answered_at - one.asked_at for one in every if one.answered_at is not None)
    refused = sum(one.answered_at is None and one.refused_at is not None for one in every)
    late = [now - one.asked_at for one in every if one.late(now)]
    in_time = sum(one.answered_at is not None and one.answered_at <= one.due_at for one in every)
    return AnswerTimes(
        asked=len(every),
        answered=len(spans),
        refused=refused,
        waiting=len(every) - len(spans) - refused,
        in_time=in_time,
        late=len(late),
        median=_median(spans),
        oldest=max(late, default=None),
    )


def _median(spans: list[Span]) -> Span | None:
    if not spans:
        return None
    middle = len(spans) // 2
    return spans[middle] if len(spans) % 2 else (spans[middle - 1] + spans[middle]) // 2
