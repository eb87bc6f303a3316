"""What a moderator may do: publish a comment or refuse it by a rule, and decide on an appeal.

A comment is published as it was written, or not at all. An appeal is another moderator's.
"""

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from pasokh.core.time import HOUR, Instant
from pasokh.newsroom.comments.deeds import new_secret
from pasokh.newsroom.comments.letters import tell_appeal, tell_published, tell_refused
from pasokh.newsroom.comments.models import (
    Comment,
    CommentAppeal,
    CommentDecision,
    CommentState,
    UnconfirmedComment,
)
from pasokh.newsroom.comments.networks import drop_other_days
from pasokh.newsroom.comments.rules import (
    ADDRESS_KEPT,
    ADDRESS_KEPT_UNDECIDED,
    APPEAL_WITHIN,
    REFUSED_KEPT,
    RULES,
    UNCONFIRMED_KEPT,
)
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.writing import turn_over
from pasokh.newsroom.trust.years import count_in_years

# What stands in a decision in the place of a rule.
PUBLISHED = 0


class NotYours(Exception):
    """The moderator who refused a comment does not decide on the appeal."""


class ModerationFigures(Struct, frozen=True):
    """How comments were judged since the beginning. `refused`: by rule, each rule of the house.

    `median_hours`: from being confirmed to the first decision; None without one.
    """

    received: int
    waiting: int
    published: int
    refused: dict[int, int]
    median_hours: float | None
    appeals: int
    upheld: int
    appeals_waiting: int


def to_judge() -> Sequence[Comment]:
    """List what waits, the longest first."""
    return list(Comment.objects.filter(state=CommentState.WAITING).order_by("confirmed_at", "pk"))


def appeals_to_judge() -> Sequence[tuple[CommentAppeal, CommentDecision]]:
    """List the open appeals with the decision that each is about, the longest waiting first."""
    found = CommentAppeal.objects.filter(decided=False).select_related("comment").order_by("at")
    return [
        (one, CommentDecision.objects.get(comment_id=one.comment.comment_id, on_appeal=False))
        for one in found
    ]


def judge(comment_id: str, by: str, rule: int, now: Instant) -> bool:
    """Publish (0) or refuse by a rule; False when somebody else has just decided."""
    if rule not in (PUBLISHED, *RULES):
        raise ValueError(f"there is no rule {rule}")
    with together():
        found = Comment.objects.filter(comment_id=comment_id, state=CommentState.WAITING).first()
        if found is None:
            return False
        token, found.appeal = new_secret() if rule else ("", "")
        found.state = CommentState.REFUSED if rule else CommentState.PUBLISHED
        found.last_at = now
        found.save(update_fields=["state", "last_at", "appeal"])
        _note(found, by, rule, found.confirmed_at, now, on_appeal=False)
        count_in_years(f"comments.refused.{rule}" if rule else "comments.published", now)
        if rule:
            tell_refused(found, rule, token)
        else:
            turn_over()
            tell_published(found)
        return True


def judge_appeal(comment_id: str, by: str, *, upheld: bool, now: Instant) -> bool:
    """Publish after all, or leave it refused; False when it was decided. NotYours: see there."""
    with together():
        open_ones = CommentAppeal.objects.filter(comment__comment_id=comment_id, decided=False)
        found = open_ones.select_related("comment").first()
        if found is None:
            return False
        first = CommentDecision.objects.get(comment_id=comment_id, on_appeal=False)
        if first.by == by:
            raise NotYours
        comment = found.comment
        found.decided = True
        found.save(update_fields=["decided"])
        comment.state = CommentState.PUBLISHED if upheld else CommentState.REFUSED
        comment.last_at = now
        comment.save(update_fields=["state", "last_at"])
        _note(comment, by, PUBLISHED if upheld else first.rule, found.at, now, on_appeal=True)
        if upheld:
            count_in_years("comments.published", now)
            count_in_years("comments.upheld", now)
            turn_over()
        tell_appeal(comment, upheld=upheld)
        return True


def figures() -> ModerationFigures:
    """Count how comments were judged."""
    first = list(CommentDecision.objects.filter(on_appeal=False))
    again = list(CommentDecision.objects.filter(on_appeal=True))
    waiting = Comment.objects.filter(state=CommentState.WAITING).count()
    upheld = sum(one.rule == PUBLISHED for one in again)
    hours = [(one.at - one.waited_since) / HOUR for one in first]
    return ModerationFigures(
        received=waiting + len(first),
        waiting=waiting,
        published=sum(one.rule == PUBLISHED for one in first) + upheld,
        refused={rule: sum(one.rule == rule for one in first) for rule in RULES},
        median_hours=median(hours) if hours else None,
        appeals=len(again) + (open_ones := CommentAppeal.objects.filter(decided=False).count()),
        upheld=upheld,
        appeals_waiting=open_ones,
    )


def erase_old(now: Instant) -> None:
    """Erase what its time is over for: the unconfirmed, addresses, what was refused, salts."""
    with together():
        UnconfirmedComment.objects.filter(letter_at__lte=now - UNCONFIRMED_KEPT).delete()
        named = Comment.objects.exclude(email="")
        named.filter(confirmed_at__lte=now - ADDRESS_KEPT_UNDECIDED).update(email="")
        decided = named.exclude(state=CommentState.WAITING)
        # While an appeal is open its writer is still to be told.
        decided = decided.exclude(objection__decided=False)
        decided.filter(last_at__lte=now - ADDRESS_KEPT).update(email="")
        refused = Comment.objects.filter(state=CommentState.REFUSED)
        refused = refused.exclude(objection__decided=False)
        refused.filter(last_at__lte=now - max(REFUSED_KEPT, APPEAL_WITHIN)).delete()
        drop_other_days(now)


def _note(
    comment: Comment, by: str, rule: int, waited_since: Instant, now: Instant, *, on_appeal: bool
) -> None:
    CommentDecision.objects.create(
        comment_id=comment.comment_id,
        by=by,
        rule=rule,
        on_appeal=on_appeal,
        waited_since=waited_since,
        at=now,
    )
