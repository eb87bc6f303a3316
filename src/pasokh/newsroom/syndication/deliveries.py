"""Where feeds and events go, how that went, and what a person may do about it.

An address is somebody's; the page shows its host, and of whom it is known the name.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.hooks import end_webhook
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.rows import together
from pasokh.newsroom.syndication.models import HubDelivery, HubSubscription, WebhookDelivery
from pasokh.words.spelling import sort_key

_A_PAGE = 50
_WAITS = Q(settled_at=None)
_GOOD = Q(status__gte=200, status__lt=300)
# Who says that there is none any more was brought it no more; that is no failure.
_GIVEN_UP = ~_WAITS & ~_GOOD & ~Q(status=410)


class ReceiverState(Struct, frozen=True):
    """How it goes at one address. `key`: by which its deeds find it; times are None for never.

    `who`: the outlet, or the feed that a stranger's program subscribed. `tries`: how often what
    waits has failed. `given_up`: how much was brought to nobody.
    """

    key: int
    host: str
    who: str
    delivered_at: Instant | None
    waits: int
    tries: int
    status: int
    next_at: Instant | None
    given_up: int
    until: Instant | None = None


def feed_receivers(number: object) -> tuple[Page, list[ReceiverState]]:
    """Give a page of the hub's subscribers, by host."""
    rows = HubSubscription.objects.order_by("host", "topic", "pk")
    page = Paginator(rows, _A_PAGE).get_page(number)
    ids = [one.pk for one in page]
    deliveries = HubDelivery.objects.filter(subscription_id__in=ids)
    sums = {one["subscription_id"]: one for one in _summed(deliveries, "subscription_id")}
    return page, [
        _state(one.pk, one.host, urlsplit(one.topic).path, sums.get(one.pk, {}), one.until)
        for one in page
    ]


def event_receivers() -> list[ReceiverState]:
    """Give every outlet's address to which events went or wait, by the outlet's name."""
    names = dict(Outlet.objects.values_list("outlet_id", "name"))
    found = [
        _state(
            one["key"], urlsplit(one["url"]).hostname or "", names.get(one["outlet_id"], ""), one
        )
        for one in _summed(WebhookDelivery.objects.all(), "outlet_id", "url")
    ]
    return sorted(found, key=lambda one: (sort_key(one.who), one.host, one.key))


def _summed(rows: Any, *by: str) -> Any:
    """Sum up deliveries by whom they are for."""
    return rows.values(*by).annotate(
        key=Max("pk"),
        delivered_at=Max("settled_at", filter=_GOOD),
        waits=Count("pk", filter=_WAITS),
        tries=Max("tries", filter=_WAITS),
        last=Max("status", filter=_WAITS),
        next_at=Min("next_at", filter=_WAITS),
        given_up=Count("pk", filter=_GIVEN_UP),
    )


def _state(
    key: int, host: str, who: str, summed: Mapping[str, Any], until: Instant | None = None
) -> ReceiverState:
    return ReceiverState(
        key,
        host,
        who,
        summed.get("delivered_at"),
        summed.get("waits", 0),
        summed.get("tries") or 0,
        summed.get("last") or 0,
        summed.get("next_at"),
        summed.get("given_up", 0),
        until,
    )


def try_feed_again(key: int, now: Instant) -> bool:
    """Bring a subscriber the feed as it stands, at once; False when there is none any more."""
    with together():
        if not HubSubscription.objects.filter(pk=key).exists():
            return False
        waiting = HubDelivery.objects.filter(subscription_id=key, settled_at=None)
        if not waiting.update(next_at=now, tries=0):
            HubDelivery.objects.create(subscription_id=key, made_at=now, next_at=now)
    return True


def end_feed(key: int, now: Instant) -> bool:  # noqa: ARG001 - as the other deeds
    """Bring a subscriber nothing more; a program that is there subscribes again."""
    return bool(HubSubscription.objects.filter(pk=key).delete()[0])


def try_events_again(key: int, now: Instant) -> bool:
    """Send what waits for an address, and what was given up, at once."""
    rows = _of_address(key)
    if rows is None:
        return False
    rows.filter(_WAITS | _GIVEN_UP).update(settled_at=None, tries=0, made_at=now, next_at=now)
    return True


def end_event_address(key: int, now: Instant) -> bool:
    """Send an address nothing more, and tell its outlet so."""
    row = WebhookDelivery.objects.filter(pk=key).first()
    if row is None:
        return False
    end_webhook(row.outlet_id, row.url, now)
    return True


def _of_address(key: int) -> Any:
    row = WebhookDelivery.objects.filter(pk=key).first()
    if row is None:
        return None
    return WebhookDelivery.objects.filter(outlet_id=row.outlet_id, url=row.url)
