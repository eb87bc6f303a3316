"""Webhooks as they are sent: an event for an address that an outlet named, signed each time."""

from pasokh.core.time import Instant
from pasokh.newsroom.outside import OutsideRequest
from pasokh.newsroom.syndication.cloud_events import MEDIA
from pasokh.newsroom.syndication.models import WebhookDelivery
from pasokh.newsroom.syndication.standard_webhooks import signed_headers

_SECONDS_MOST = 20.0


def webhook_request(delivery: WebhookDelivery, now: Instant) -> OutsideRequest:
    """Write the request of this attempt, signed with its time."""
    body = delivery.body.encode()
    headers = signed_headers(delivery.secrets, delivery.event_id, now, body)
    return OutsideRequest(
        delivery.url,
        "POST",
        {"Content-Type": MEDIA, **headers},
        body,
        seconds_most=_SECONDS_MOST,
    )
