"""Webhooks: events of what an outlet chose, for its programs, as soon as they are out.

A program is not disturbed, so it waits for no digest. Which events went is known where they are
sent: the same event for the same address is kept once.
"""

from collections.abc import Sequence

from django.conf import settings

from pasokh.core.time import DAY, Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.news import titles_of
from pasokh.newsroom.outlets.wanted import NewsSeen, Wish, wanted
from pasokh.newsroom.outside import check_address
from pasokh.newsroom.syndication.cloud_events import CloudEvent, NewsDeed, NewsTold, news_event
from pasokh.newsroom.syndication.deeds import enqueue
from pasokh.newsroom.syndication.standard_webhooks import new_secret

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
    """Keep an event of each version that the outlet chose; give how many are new."""
    if not outlet.webhook:
        return 0
    since = max(outlet.webhook_at, now - _LOOKED_BACK)
    due = [one for one in news if one.out_at >= since and wanted(wishes, one)]
    return sum(enqueue(outlet.webhook, outlet.webhook_secret, _event(one)) for one in due)


def _event(one: NewsSeen) -> CloudEvent:
    site = settings.PASOKH_NEWSROOM.public_url
    titles = titles_of(one)
    told = NewsTold(
        news_id=one.news_id,
        number=one.number,
        kind=one.kind,
        out_at=one.out_at,
        titles=titles,
        addresses={
            language: f"{site}/newsroom/{language}/news/{one.news_id}/" for language in titles
        },
    )
    deed = NewsDeed.PUBLISHED if one.number == 1 else NewsDeed.CORRECTED
    return news_event(deed, told, site, one.out_at)
