"""The letters to who wrote a comment: the link that confirms it, and what was decided."""

from urllib.parse import quote

from django.conf import settings

from pasokh.core.time import DAY
from pasokh.newsroom.comments.models import Comment
from pasokh.newsroom.comments.rules import ADDRESS_KEPT, APPEAL_WITHIN, UNCONFIRMED_KEPT
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.mail.deeds import send
from pasokh.words.say import say

# Of which time the end of a letter speaks.
_DAYS = {
    "confirm": UNCONFIRMED_KEPT,
    "published": ADDRESS_KEPT,
    "refused": APPEAL_WITHIN,
    "upheld": ADDRESS_KEPT,
    "rejected": ADDRESS_KEPT,
}


def ask_to_confirm(email: str, language: str, token: str) -> None:
    """Send the link that confirms a comment."""
    # The letter's row outlives the link, and must not hold it.
    key = f"comment-confirm-{digest_of(token)[:32]}"
    _send(email, language, "confirm", f"confirm/{quote(token)}/", key=key)


def tell_published(comment: Comment) -> None:
    """Say that it can be read, and where."""
    path = f"of/{comment.news_id}/"
    _send(comment.email, comment.language, "published", path, key=f"comment-{comment.comment_id}")


def tell_refused(comment: Comment, rule: int, token: str) -> None:
    """Say by which rule it was refused, with the link to object."""
    language = comment.language
    said = say(language, f"newsroom.comments.rule.{rule}")
    why = say(language, "newsroom.comments.letter.rule", rule=rule) + "\n" + said
    path = f"appeal/{quote(token)}/"
    _send(comment.email, language, "refused", path, key=f"comment-{comment.comment_id}", before=why)


def tell_appeal(comment: Comment, *, upheld: bool) -> None:
    """Say what another moderator decided."""
    kind = "upheld" if upheld else "rejected"
    path = f"of/{comment.news_id}/"
    key = f"comment-appeal-{comment.comment_id}"
    _send(comment.email, comment.language, kind, path, key=key)


def _send(email: str, language: str, kind: str, path: str, *, key: str, before: str = "") -> None:
    """Send a letter of a kind; the link has a line of its own, so that no program mistakes it."""
    if not email:
        return
    link = f"{settings.PASOKH_NEWSROOM.public_url}/newsroom/{language}/comments/{path}"
    subject = say(language, f"newsroom.comments.letter.{kind}.subject")
    parts = [
        say(language, f"newsroom.comments.letter.{kind}"),
        before,
        link,
        say(language, f"newsroom.comments.letter.{kind}.after", days=_DAYS[kind] // DAY),
    ]
    send(email, subject, "\n\n".join(part for part in parts if part) + "\n", key[:120])
