"""Alerts: one digest a day at the outlet's hour; urgent notices, and webhooks, at once.

A letter, and the note that the outlet has the version, are one transaction: a crash loses neither
and doubles neither. A correction of what an outlet has is told by the drafts' room, which asks
`receivers_of`.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from msgspec import Struct

from pasokh.core.time import Day, Instant
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.drafts.telling import Receiver
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.outlets.hooks import send_events
from pasokh.newsroom.outlets.models import Outlet, OutletDigest, OutletReceipt
from pasokh.newsroom.outlets.news import news_out, readers_before_hour, title_of
from pasokh.newsroom.outlets.places import outlet_address
from pasokh.newsroom.outlets.wanted import NewsSeen, Wish, digest_day, for_digest, urgent
from pasokh.newsroom.rows import together
from pasokh.sites.clock import instant_now
from pasokh.words.say import say


class _Post(Struct, frozen=True):
    outlet: Outlet
    news: Sequence[NewsSeen]
    wishes: Sequence[Wish]
    got: set[str]
    now: Instant

    @property
    def language(self) -> str:
        """The language of the outlet's letters."""
        return str(self.outlet.letters_in)


def send_alerts() -> int:
    """Send what is due to every accredited outlet; give how many letters were written."""
    now = instant_now()
    news = news_out(now)
    outlets = Outlet.objects.here()
    return sum(_alert(outlet, news, now) for outlet in outlets if outlet.accredited(now))


def receivers_of(news_id: str) -> list[Receiver]:
    """List the outlets that have a version of a release, by a letter or read before its hour.

    Accredited or not any more: who has a mistake has it all the same. Who left is not known.
    """
    sent = Q(receipts__news_id=news_id)
    read = Q(outlet_id__in=readers_before_hour(news_id))
    rows = Outlet.objects.filter(sent | read, left_at=None).distinct()
    return [_receiver(row) for row in rows]


def early_readers_of(news_id: str, number: int) -> list[Receiver]:
    """List the outlets that read a version of a release before its hour."""
    read = readers_before_hour(news_id, number)
    return [_receiver(row) for row in Outlet.objects.filter(outlet_id__in=read, left_at=None)]


def allowed_early(news_id: str) -> list[Receiver]:
    """List the outlets that may read a release before its hour now, or have read it."""
    now, read = instant_now(), readers_before_hour(news_id)
    here = Outlet.objects.here()
    return [_receiver(row) for row in here if row.accredited(now) or row.outlet_id in read]


def _receiver(row: Outlet) -> Receiver:
    return Receiver(row.email, row.letters_in, row.name)


def _alert(outlet: Outlet, news: Sequence[NewsSeen], now: Instant) -> int:
    with together():
        wishes = [Wish(one.topic, one.county) for one in outlet.wishes.all()]
        got = set(outlet.receipts.values_list("news_id", flat=True))
        post = _Post(outlet, news, wishes, got, now)
        send_events(outlet, wishes, news, now)
        return _notices(post) + _digest(post)


def _notices(post: _Post) -> int:
    if not post.outlet.urgent_wanted:
        return 0
    due = [one for one in post.news if urgent(post.wishes, post.got, one)]
    for one in due:
        _write(post, "urgent", [one])
    return len(due)


def _digest(post: _Post) -> int:
    outlet = post.outlet
    day = digest_day(post.now, outlet.digest_minute, offset_minutes())
    if day is None or outlet.digests.filter(day__gte=day).exists():
        return 0
    OutletDigest.objects.create(outlet=outlet, day=day)
    last = outlet.known().last
    fresh = for_digest(post.wishes, post.got, post.news, last.at if last else post.now)
    if fresh:
        _write(post, "digest", fresh, day)
    return len(fresh[:1])


def _write(post: _Post, way: str, news: Sequence[NewsSeen], day: Day | None = None) -> None:
    """Keep a letter, and that the outlet has what it tells of."""
    outlet, first = post.outlet, news[0]
    site = f"{settings.PASOKH_NEWSROOM.public_url}/newsroom/{post.language}/news"
    titles = [title_of(one, post.language) for one in news]
    lines = [f"{title}\n{site}/{one.news_id}/" for title, one in zip(titles, news, strict=True)]
    subject = say(post.language, f"outlets.letter.{way}.subject", title=titles[0])
    begun = say(post.language, f"outlets.letter.{way}", name=outlet.name)
    ended = f"{say(post.language, 'outlets.letter.end')} {outlet_address(post.language, 'own/')}"
    key = f"{first.news_id}-{first.number}" if day is None else f"digest-{day}"
    body = "\n\n".join([begun, *lines, ended]) + "\n"
    send(outlet.email, subject, body, f"outlet-{outlet.outlet_id}-{key}")
    for one in news:
        OutletReceipt.objects.create(
            outlet=outlet, news_id=one.news_id, number=one.number, way=way, at=post.now
        )
        post.got.add(one.news_id)
