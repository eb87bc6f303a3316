"""Two questions that the demonstration invents, once: one that waits, one that was answered."""

from pasokh.core.time import HOUR, MINUTE, Instant
from pasokh.newsroom.inventing import INVENTED_STAFF
from pasokh.newsroom.questions.deeds import PROMISED
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.words.say import say

_TOOK = 2 * HOUR + 10 * MINUTE


def invent(language: str, now: Instant) -> None:
    """Invent them once."""
    if PressQuestion.objects.filter(demo=True).exists():
        return
    _ask(language, "waiting", now - HOUR)
    answered = _ask(language, "answered", now - 5 * HOUR)
    answered.answered_at = now - 5 * HOUR + _TOOK
    answered.owner = INVENTED_STAFF
    answered.save()
    answered.answers.create(
        at=answered.answered_at,
        by=INVENTED_STAFF,
        language=language,
        text=say(language, "questions.demo.answer"),
    )


def _ask(language: str, which: str, at: Instant) -> PressQuestion:
    made: PressQuestion = PressQuestion.objects.create(
        asked_at=at,
        due_at=at + PROMISED,
        language=language,
        text=say(language, f"questions.demo.{which}"),
        name=say(language, "questions.demo.name"),
        outlet=say(language, "questions.demo.outlet"),
        demo=True,
    )
    return made
