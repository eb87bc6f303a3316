"""Webhooks: events of what an outlet chose, for its programs, as soon as they are out.

A program is not disturbed, so it waits for no digest. Which events went is known where they are
sent: the same event for the same address is kept once.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from django.conf import settings

from pasokh.core.time import DAY, Instant
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.news import NewsGoneSeen, reason_of, titles_of, withdrawn_since
from pasokh.newsroom.outlets.places import outlet_address
from pasokh.newsroom.outlets.wanted import NewsSeen, Wish, wanted
from pasokh.newsroom.outside import check_address
from pasokh.newsroom.rows import together
from pasokh.newsroom.syndication.cloud_events import CloudEvent, NewsDeed, NewsTold, news_event
from pasokh.newsroom.syndication.deeds import end_events, enqueue, events_kept
from pasokh.newsroom.syndication.standard_webhooks import new_secret
from pasokh.words.say import LANGUAGES, say

# Less than it is remembered what was sent.
_LOOKED_BACK = 7 * DAY


def set_webhook(outlet: Outlet, address: str, now: Instant) -> str:
    """Send events to an address from now on, or to none; give the secret that they are signed with.

    OutsideRefused for an address that none may be.
    """
    if address:
        check_address(address)
    outlet.webhook = address
    outlet.webhook_secret = new_secret() if address else ""
    outlet.webhook_at = now
    outlet.save(update_fields=["webhook", "webhook_secret", "webhook_at"])
    return str(outlet.webhook_secret)


def send_events(
    outlet: Outlet, wishes: Sequence[Wish], news: Sequence[NewsSeen], now: Instant
) -> int:
    """Keep an event of each version that the outlet chose, and of each withdrawal; count new ones.

    Whoever got a release gets its corrections, whatever they are about by then. What was withdrawn
    says nothing of its topics any more, so every program is told that it is gone.
    """
    if not outlet.webhook:
        return 0
    since = max(outlet.webhook_at, now - _LOOKED_BACK)
    got = events_kept(outlet.outlet_id)
    due = [
        _event(one)
        for one in news
        if one.out_at >= since and (wanted(wishes, one) or one.news_id in got)
    ]
    due += [_withdrawn(one) for one in withdrawn_since(since)]
    secret = outlet.webhook_secret
    return sum(enqueue(outlet.webhook, secret, event, outlet.outlet_id) for event in due)


def end_webhook(outlet_id: str, address: str, now: Instant) -> None:
    """Send nothing more to an address, and write so to the outlet: it names one again if it likes.

    A program that is not there for good is asked no more; nobody is silenced without knowing.
    """
    with together():
        end_events(outlet_id, address, now)
        outlet = Outlet.objects.filter(outlet_id=outlet_id, webhook=address).first()
        if outlet is None:
            return
        outlet.webhook = outlet.webhook_secret = ""
        outlet.webhook_at = now
        outlet.save(update_fields=["webhook", "webhook_secret", "webhook_at"])
        said = partial(say, outlet.letters_in)
        body = said("outlets.letter.webhook", name=outlet.name, address=address)
        end = f"{said('outlets.letter.end')} {outlet_address(outlet.letters_in, 'own/')}"
        key = f"outlet-{outlet_id}-webhook-{now}"
        send(outlet.email, said("outlets.letter.webhook.subject"), f"{body}\n\n{end}\n", key)


def _event(one: NewsSeen) -> CloudEvent:
    titles = titles_of(one)
    told = NewsTold(
        news_id=one.news_id,
        number=one.number,
        kind=one.kind,
        out_at=one.out_at,
        titles=titles,
        addresses=_addresses(one.news_id, titles),
        mistake=one.mistake,
        reason=reason_of(one),
    )
    deed = NewsDeed.PUBLISHED if one.number == 1 else NewsDeed.CORRECTED
    return news_event(deed, told, settings.PASOKH_NEWSROOM.public_url, one.out_at)


def _withdrawn(gone: NewsGoneSeen) -> CloudEvent:
    told = NewsTold(
        news_id=gone.news_id,
        number=gone.number,
        kind=gone.kind,
        out_at=gone.out_at,
        titles={},
        addresses=_addresses(gone.news_id, LANGUAGES),
        reason=gone.reason,
    )
    site = settings.PASOKH_NEWSROOM.public_url
    return news_event(NewsDeed.WITHDRAWN, told, site, gone.withdrawn_at)


def _addresses(news_id: str, languages: Iterable[str]) -> dict[str, str]:
    site = settings.PASOKH_NEWSROOM.public_url
    return {language: f"{site}/newsroom/{language}/news/{news_id}/" for language in languages}
