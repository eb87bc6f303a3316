"""Our WebSub hub (W3C Recommendation of 2018): who subscribes is asked, and gets what changes.

Nothing is subscribed before the address itself said yes; a lease always ends; nobody is forgotten
by a crash, since whatever is to be done is a row first.
"""

from datetime import timedelta
from hashlib import sha256
from hmac import new
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlencode, urlsplit, urlunsplit

from msgspec import Struct

from pasokh.core.time import DAY, SECOND, Instant
from pasokh.newsroom.outside import (
    OutsideAnswer,
    OutsideRefused,
    OutsideRequest,
    check_address,
)
from pasokh.newsroom.rows import together
from pasokh.newsroom.syndication.models import (
    CALLBACK_MOST,
    SECRET_MOST,
    HubDelivery,
    HubIntent,
    HubSubscription,
    HubTopic,
)
from pasokh.newsroom.syndication.topics import FedTopic, fed_topics, topic_at

LEASE_USUAL = timedelta(days=10)
LEASE_LEAST, LEASE_MOST = timedelta(minutes=5), timedelta(days=30)
SUBSCRIPTIONS_MOST, SUBSCRIPTIONS_A_HOST = 2_000, 50
WAITING_MOST, WAITING_A_HOST = 500, 20
SUBSCRIBE, UNSUBSCRIBE = "subscribe", "unsubscribe"
_SECONDS_MOST = 10.0
_KEPT = 30 * DAY
_GONE = 410


class HubAsked(Struct, frozen=True):
    """What a request to the hub says; what it does not, is empty."""

    mode: str
    topic: str
    callback: str
    secret: str = ""
    lease_seconds: str = ""


class HubRefused(Exception):
    """A request that is not taken: `reason` says which refusal it is, `status` its code."""

    def __init__(self, reason: str, status: int = 400) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason, self.status = reason, status


def ask_hub(asked: HubAsked, now: Instant) -> None:
    """Take a request: the address will be asked whether it is its own. HubRefused when not."""
    _check(asked)
    host = urlsplit(asked.callback).hostname or ""
    with together():
        waiting = HubIntent.objects.filter(settled_at=None)
        # The newest request of an address is the one that it means.
        waiting.filter(topic=asked.topic, callback=asked.callback).delete()
        if waiting.filter(host=host).count() >= WAITING_A_HOST:
            raise HubRefused("too-many", 429)
        if waiting.count() >= WAITING_MOST:
            raise HubRefused("busy", 503)
        _check_room(asked, host)
        HubIntent.objects.create(
            mode=asked.mode,
            topic=asked.topic,
            callback=asked.callback,
            host=host,
            secret=asked.secret if asked.mode == SUBSCRIBE else "",
            lease_seconds=_lease(asked.lease_seconds),
            challenge=token_urlsafe(32),
            made_at=now,
            next_at=now,
        )


def _check(asked: HubAsked) -> None:
    if asked.mode not in (SUBSCRIBE, UNSUBSCRIBE):
        raise HubRefused("mode")
    if topic_at(asked.topic) is None:
        raise HubRefused("topic", 404)
    if not asked.callback or len(asked.callback) > CALLBACK_MOST or not asked.callback.isascii():
        raise HubRefused("callback")
    if len(asked.secret.encode()) >= SECRET_MOST:
        raise HubRefused("secret")
    if asked.lease_seconds and not (
        asked.lease_seconds.isascii() and asked.lease_seconds.isdigit()
    ):
        raise HubRefused("lease")
    try:
        check_address(asked.callback)
    except OutsideRefused as refused:
        raise HubRefused("callback") from refused


def _check_room(asked: HubAsked, host: str) -> None:
    known = HubSubscription.objects.filter(topic=asked.topic, callback=asked.callback)
    if asked.mode == UNSUBSCRIBE or known.exists():
        return
    if HubSubscription.objects.filter(host=host).count() >= SUBSCRIPTIONS_A_HOST:
        raise HubRefused("too-many", 429)
    if HubSubscription.objects.count() >= SUBSCRIPTIONS_MOST:
        raise HubRefused("busy", 503)


def _lease(asked: str) -> int:
    """Give the lease in seconds: as asked, within our bounds, and always one that ends."""
    # A number of more digits than these is more than our longest lease.
    seconds = int(asked[:12]) if asked else int(LEASE_USUAL.total_seconds())
    least, most = int(LEASE_LEAST.total_seconds()), int(LEASE_MOST.total_seconds())
    return min(max(seconds, least), most)


def intent_request(intent: HubIntent) -> OutsideRequest:
    """Ask the address whether it means it (WebSub, 5.3): it answers with the challenge."""
    told = {
        "hub.mode": intent.mode,
        "hub.topic": intent.topic,
        "hub.challenge": intent.challenge,
    }
    if intent.mode == SUBSCRIBE:
        told["hub.lease_seconds"] = str(intent.lease_seconds)
    at = urlsplit(intent.callback)
    query = "&".join(filter(None, [at.query, urlencode(told)]))
    url = urlunsplit((at.scheme, at.netloc, at.path, query, ""))
    return OutsideRequest(url, bytes_most=1_024, seconds_most=_SECONDS_MOST)


def intent_answered(intent: HubIntent, answer: OutsideAnswer, now: Instant) -> None:
    """Do what was asked if the address said so; else leave everything as it was."""
    if not answer.is_good or answer.body != intent.challenge.encode():
        return
    known = HubSubscription.objects.filter(topic=intent.topic, callback=intent.callback)
    if intent.mode == UNSUBSCRIBE:
        known.delete()
        return
    HubSubscription.objects.update_or_create(
        topic=intent.topic,
        callback=intent.callback,
        defaults={
            "host": intent.host,
            "secret": intent.secret,
            "until": now + intent.lease_seconds * SECOND,
        },
    )


# What each file was when it was last looked into: one that is the same need not be read.
_seen: dict[str, tuple[int, int, int]] = {}


def note_changes(now: Instant) -> int:
    """See which feeds are others than were last given out; give how many deliveries that makes."""
    return sum(_note(topic, file, now) for topic in fed_topics() if (file := topic.file))


def _note(topic: FedTopic, file: Path, now: Instant) -> int:
    told = file.stat()
    state = (told.st_mtime_ns, told.st_size, told.st_ino)
    if _seen.get(topic.address) == state:
        return 0
    digest = sha256(file.read_bytes()).hexdigest()
    known = HubTopic.objects.filter(topic=topic.address).first()
    owed = 0
    if known is None or known.digest != digest:
        with together():
            HubTopic.objects.update_or_create(topic=topic.address, defaults={"digest": digest})
            # A feed that is seen for the first time has told nobody anything else before.
            owed = _owe(topic, now) if known is not None else 0
    _seen[topic.address] = state
    return owed


def _owe(topic: FedTopic, now: Instant) -> int:
    live = HubSubscription.objects.filter(topic=topic.address, until__gt=now)
    ids = set(live.values_list("pk", flat=True))
    waiting = HubDelivery.objects.filter(settled_at=None, subscription_id__in=ids)
    # Whoever has not got the last change gets this one with it, and at once.
    waiting.update(made_at=now, next_at=now, tries=0)
    fresh = ids - set(waiting.values_list("subscription_id", flat=True))
    HubDelivery.objects.bulk_create(
        [HubDelivery(subscription_id=one, made_at=now, next_at=now) for one in sorted(fresh)]
    )
    return len(ids)


def delivery_request(delivery: HubDelivery) -> OutsideRequest | None:
    """Bring a subscriber the topic as it stands (WebSub, 7); None when there is none any more."""
    subscription = delivery.subscription
    topic = topic_at(subscription.topic)
    file = topic.file if topic else None
    if topic is None or file is None:
        return None
    body = file.read_bytes()
    headers = {"Content-Type": topic.feed.media, "Link": topic.links}
    if subscription.secret:
        signature = new(subscription.secret.encode(), body, sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={signature}"
    return OutsideRequest(subscription.callback, "POST", headers, body, seconds_most=_SECONDS_MOST)


def delivery_answered(delivery: HubDelivery, answer: OutsideAnswer) -> None:
    """Forget a subscriber who says that there is none any more."""
    if answer.status == _GONE:
        HubSubscription.objects.filter(pk=delivery.subscription_id).delete()


def forget_old(now: Instant) -> int:
    """Erase leases that ended and what was settled a month ago; give how many rows went."""
    gone = 0
    for rows in (
        HubSubscription.objects.filter(until__lte=now),
        HubIntent.objects.filter(settled_at__lt=now - _KEPT),
        HubDelivery.objects.filter(settled_at__lt=now - _KEPT),
    ):
        gone += rows.delete()[0]
    return gone
