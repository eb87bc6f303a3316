"""What the syndication room does, for its own process and for other rooms."""

from functools import lru_cache

import msgspec

from pasokh.core.time import DAY, Instant
from pasokh.newsroom.outside import check_address
from pasokh.newsroom.syndication.cloud_events import CloudEvent, subject_of
from pasokh.newsroom.syndication.hub import forget_old, note_changes
from pasokh.newsroom.syndication.models import CALLBACK_MOST, WebhookDelivery
from pasokh.newsroom.syndication.sending import Courier
from pasokh.newsroom.syndication.standard_webhooks import keys_of
from pasokh.sites.clock import instant_now

# The specification's advice: what is larger is fetched, not pushed.
BODY_MOST = 20_000
_KEPT = 30 * DAY
# While something is on its way: so long a feed that changed meanwhile lies unseen at most.
_AWAY_SECONDS = 0.25


def enqueue(url: str, secret: str, event: CloudEvent, outlet_id: str = "") -> bool:
    """Keep an event for an outlet's address; False when it was. To be called in `together()`.

    `secret`: of the Standard Webhooks; two, parted by a space, while one is being replaced.
    OutsideRefused for an address that none may be, WebhookKeyWrong for a secret that is none.
    """
    check_address(url)
    if len(url) > CALLBACK_MOST:
        raise ValueError(f"an address of more than {CALLBACK_MOST} letters")
    keys_of(secret)
    body = msgspec.json.encode(event)
    if len(body) > BODY_MOST:
        raise ValueError(f"{event.id} has {len(body)} bytes; {BODY_MOST} are the most")
    now = instant_now()
    _, fresh = WebhookDelivery.objects.get_or_create(
        outlet_id=outlet_id,
        url=url,
        event_id=event.id,
        defaults={"secrets": secret, "body": body.decode(), "made_at": now, "next_at": now},
    )
    return bool(fresh)


def events_kept(outlet_id: str) -> set[str]:
    """Name the releases of which an outlet was sent an event, as long as that is remembered."""
    rows = WebhookDelivery.objects.filter(outlet_id=outlet_id)
    return {subject_of(event_id) for event_id in rows.values_list("event_id", flat=True)}


def end_events(outlet_id: str, url: str, now: Instant) -> int:
    """Bring what waits for an outlet's address to nobody; give how many events that were."""
    waiting = WebhookDelivery.objects.filter(outlet_id=outlet_id, url=url, settled_at=None)
    return int(waiting.update(settled_at=now))


def send_waiting() -> int:
    """Note which feeds changed and send what is due; give how many were settled.

    It goes on while anything is on its way, so that who comes next waits for a free hand and not
    for the next turn.
    """
    courier, settled = _courier(), 0
    while True:
        note_changes(instant_now())
        settled += courier.turn(instant_now())
        if not courier.wait(_AWAY_SECONDS):
            return settled


def forget_settled() -> int:
    """Erase leases that ended and what was settled a month ago; give how many rows went."""
    now = instant_now()
    gone: int = WebhookDelivery.objects.filter(settled_at__lt=now - _KEPT).delete()[0]
    return gone + forget_old(now)


@lru_cache(1)
def _courier() -> Courier:
    return Courier()
