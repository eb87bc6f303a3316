"""What a reader may do: send a comment, confirm it by the link of a letter, object to a refusal.

Nothing is public, and nothing lies in the public table, before the link was used.
"""

from secrets import token_urlsafe

from django.conf import settings
from msgspec import Struct

from pasokh.core.time import HOUR, Instant
from pasokh.newsroom.comments.flood import is_flood
from pasokh.newsroom.comments.letters import ask_to_confirm
from pasokh.newsroom.comments.models import (
    Comment,
    CommentAppeal,
    CommentState,
    UnconfirmedComment,
)
from pasokh.newsroom.comments.networks import count_today
from pasokh.newsroom.comments.rules import (
    APPEAL_WITHIN,
    PER_DAY,
    PER_HOUR,
    SLOW_A_MINUTE,
    SLOW_AFTER,
    UNCONFIRMED_KEPT,
    held_for,
    words_listed,
)
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.rows import together
from pasokh.newsroom.trust.years import count_in_years

WORDS_FILE = "comment-words.txt"
_TOKEN_BYTES, _ID_BYTES = 24, 12


class ShownComment(Struct, frozen=True):
    """A comment as everybody reads it. `at` in ms."""

    comment_id: str
    name: str
    text: str
    at: Instant
    language: str


class CommentSaid(Struct, frozen=True):
    """What a reader typed, after it was checked: `email` as mail is sent to it."""

    news_id: str
    name: str
    email: str
    text: str
    language: str


class TooMany(Exception):
    """A limit of the house rules is reached; the message's id says which."""


def comments_of(news_id: str) -> list[ShownComment]:
    """List what is published about a release, in the order in which it was confirmed."""
    found = Comment.objects.filter(news_id=news_id, state=CommentState.PUBLISHED)
    return [
        ShownComment(one.comment_id, one.name, one.text, one.confirmed_at, one.language)
        for one in found.order_by("confirmed_at", "pk")
    ]


def send_in(said: CommentSaid, network: str, now: Instant, *, later: bool = False) -> None:
    """Keep it apart until its writer confirms it, and send the link. TooMany of one network.

    An address gets so many letters an hour and no more, whoever types it; the page says the same.
    `later`: in a flood, by `send_later_letters`.
    """
    with together():
        if count_today(network, now) > PER_DAY:
            raise TooMany("newsroom.comments.wrong.day")
        token = token_urlsafe(_TOKEN_BYTES)
        mailed = not later and _letters_of_late(said.email, now) < PER_HOUR
        UnconfirmedComment.objects.create(
            token=digest_of(token),
            news_id=said.news_id,
            name=said.name,
            email=said.email,
            text=said.text,
            language=said.language,
            at=now,
            letter_at=None if later else now,
            mailed=mailed,
        )
        count_in_years("comments.received", now)
        if mailed:
            ask_to_confirm(said.email, said.language, token)


def send_later_letters(now: Instant) -> int:
    """Send what waits behind a flood, who came first first; give how many letters went.

    Called once a minute. An address that has had its letters of this hour waits for the next.
    """
    most = SLOW_A_MINUTE if is_flood(now) else SLOW_AFTER
    sent, full = 0, set[str]()
    with together():
        for row in UnconfirmedComment.objects.filter(letter_at=None).order_by("at", "pk"):
            if sent == most:
                break
            if row.email in full or _letters_of_late(row.email, now) >= PER_HOUR:
                full.add(row.email)
                continue
            token = token_urlsafe(_TOKEN_BYTES)
            row.token, row.letter_at, row.mailed = digest_of(token), now, True
            row.save(update_fields=["token", "letter_at", "mailed"])
            ask_to_confirm(row.email, row.language, token)
            sent += 1
    return sent


def waiting_for(token: str, now: Instant) -> UnconfirmedComment | None:
    """Find what a link is about; None when it was used, or its time is over."""
    since = now - UNCONFIRMED_KEPT
    return UnconfirmedComment.objects.filter(token=digest_of(token), letter_at__gt=since).first()


def confirm(token: str, now: Instant) -> Comment | None:
    """Let a comment be judged: now it is its writer's. None when the link is good no more.

    TooMany when the address confirmed so many within the hour: the link stays good.
    """
    with together():
        found = waiting_for(token, now)
        if found is None:
            return None
        late = Comment.objects.filter(email=found.email, confirmed_at__gt=now - HOUR)
        if late.count() >= PER_HOUR:
            raise TooMany("newsroom.comments.wrong.hour")
        comment = Comment.objects.create(
            comment_id=token_urlsafe(_ID_BYTES),
            news_id=found.news_id,
            name=found.name,
            text=found.text,
            language=found.language,
            email=found.email,
            confirmed_at=now,
            last_at=now,
            held=[one.value for one in held_for(found.text, _words())],
        )
        found.delete()
        count_in_years("comments.confirmed", now)
        return comment


def refused_of(token: str, now: Instant) -> Comment | None:
    """Find the refused comment to which a link's holder may object; None when none may be."""
    found = Comment.objects.filter(appeal=digest_of(token), state=CommentState.REFUSED).first()
    if found is None or found.last_at + APPEAL_WITHIN < now:
        return None
    return None if CommentAppeal.objects.filter(comment=found).exists() else found


def object_to(token: str, text: str, now: Instant) -> bool:
    """Let another moderator look at a refusal: once, within its time."""
    with together():
        found = refused_of(token, now)
        if found is None:
            return False
        CommentAppeal.objects.create(comment=found, text=text, at=now)
        count_in_years("comments.appeals", now)
        return True


def new_secret() -> tuple[str, str]:
    """Make a link's secret, and what we keep of it."""
    token = token_urlsafe(_TOKEN_BYTES)
    return token, digest_of(token)


def _letters_of_late(email: str, now: Instant) -> int:
    since = now - HOUR
    unconfirmed = UnconfirmedComment.objects.filter(email=email, letter_at__gt=since, mailed=True)
    confirmed = Comment.objects.filter(email=email, confirmed_at__gt=since)
    return int(unconfirmed.count()) + int(confirmed.count())


def _words() -> frozenset[str]:
    try:
        text = (settings.PASOKH_NEWSROOM.data / WORDS_FILE).read_text("utf-8")
    except FileNotFoundError:
        return frozenset()
    return words_listed(text)
