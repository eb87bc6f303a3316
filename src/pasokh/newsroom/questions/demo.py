"""Two questions that the demonstration invents, once: one that waits, one that was answered."""

from django.conf import settings

from pasokh.core.time import HOUR, MINUTE, Instant
from pasokh.newsroom.questions.deeds import PROMISED
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.newsroom.rows import together
from pasokh.sites.clock import instant_now
from pasokh.words.say import say

ANSWERED_BY = "demo"
_TOOK = 2 * HOUR + 10 * MINUTE


def invent_questions() -> None:
    """Invent them in a demonstration, and nowhere else; what was invented once is left alone."""
    newsroom = settings.PASOKH_NEWSROOM
    if not newsroom.demo:
        return
    with together():
        if not PressQuestion.objects.filter(demo=True).exists():
            now = instant_now()
            _ask(newsroom.language, "waiting", now - HOUR)
            answered = _ask(newsroom.language, "answered", now - 5 * HOUR)
            answered.answered_at = now - 5 * HOUR + _TOOK
            answered.owner = ANSWERED_BY
            answered.save()
            answered.answers.create(
                at=answered.answered_at,
                by=ANSWERED_BY,
                language=newsroom.language,
                text=say(newsroom.language, "questions.demo.answer"),
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
