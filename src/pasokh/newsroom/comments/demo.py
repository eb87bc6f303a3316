"""Three comments that the demonstration invents: two that were published, one that waits."""

from pasokh.core.time import Instant
from pasokh.newsroom.comments.judging import PUBLISHED, judge
from pasokh.newsroom.comments.models import Comment, CommentDecision
from pasokh.newsroom.inventing import INVENTED_STAFF
from pasokh.words.say import say

_RELEASE = "silent-call"
_PUBLISHED, _WAITING = ("demo-thanks", "demo-asks"), "demo-waits"


def invent(language: str, now: Instant) -> None:
    """Invent them once, also where they were erased since."""
    if CommentDecision.objects.filter(comment_id__in=_PUBLISHED).exists():
        return
    for comment_id in (*_PUBLISHED, _WAITING):
        Comment.objects.create(
            comment_id=comment_id,
            news_id=_RELEASE,
            name=say(language, f"newsroom.comments.{comment_id}.name"),
            text=say(language, f"newsroom.comments.{comment_id}.text"),
            language=language,
            confirmed_at=now,
            last_at=now,
        )
    for comment_id in _PUBLISHED:
        judge(comment_id, INVENTED_STAFF, PUBLISHED, now)
