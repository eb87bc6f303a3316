"""How long something took, as people say it: minutes, hours with minutes, days with hours."""

from pasokh.core.time import DAY, HOUR, MINUTE, Span
from pasokh.words.say import say


def told_span(language: str, span: Span) -> str:
    """Say a span, down to whole minutes below a day and whole hours from a day on."""
    if span < HOUR:
        return say(language, "questions.span.minutes", minutes=span // MINUTE)
    if span < DAY:
        hours, rest = divmod(span, HOUR)
        return say(language, "questions.span.hours", hours=hours, minutes=rest // MINUTE)
    days, rest = divmod(span, DAY)
    return say(language, "questions.span.days", days=days, hours=rest // HOUR)
