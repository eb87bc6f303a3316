"""The staff sees where feeds and events go and do not arrive, tries again, or ends it."""

from collections.abc import Callable
from html import unescape
from secrets import token_hex

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pasokh.core.people import Role
from pasokh.core.time import DAY, HOUR
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.outlets.hooks import set_webhook
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.syndication.models import HubDelivery, HubSubscription, WebhookDelivery
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import accredited

pytestmark = pytest.mark.slow
HOOK = "https://hook.example/secret-path"


def path_of(language: str) -> str:
    with translation.override(language):
        return reverse("deliveries")


def step(kind: str, key: int, deed: str) -> str:
    with translation.override("fa"):
        return reverse("delivery-step", args=[kind, key, deed])


def subscribed(host: str = "reader.example") -> HubSubscription:
    now = instant_now()
    return HubSubscription.objects.create(
        topic="https://news.example/newsroom/feeds/fa/atom.xml",
        callback=f"https://{host}/in?token=theirs",
        host=host,
        secret=token_hex(8),
        until=now + DAY,
    )


def delivery(outlet: Outlet, event_id: str, **fields: object) -> WebhookDelivery:
    now = instant_now()
    usual = {"made_at": now, "next_at": now + HOUR, "secrets": "s", "body": "{}"}
    return WebhookDelivery.objects.create(
        outlet_id=outlet.outlet_id, url=HOOK, event_id=event_id, **(usual | fields)
    )


def test_who_is_brought_what_and_how_it_goes(desk: Callable[..., Client]) -> None:
    officer, taker = desk(Role.PRESS_OFFICER), desk(Role.CALL_TAKER)
    for language in ("fa", "en"):
        page = unescape(officer.get(path_of(language)).content.decode())
        for kind in ("events", "feed"):
            assert say(language, f"deliveries.none.{kind}") in page
    assert taker.get(path_of("fa")).status_code == 403
    _, outlet = accredited(name="ندای خواف")
    delivery(outlet, "n-1-1-published", settled_at=1_795_000_000_000, status=204)
    delivery(outlet, "n-2-1-published", tries=3, status=503)
    delivery(outlet, "n-3-1-published", settled_at=1_795_000_000_000, status=500)
    subscription = subscribed()
    HubDelivery.objects.create(subscription=subscription, made_at=1, next_at=2, tries=2)
    for language in ("fa", "en"):
        page = unescape(officer.get(path_of(language)).content.decode())
        for told in ("ندای خواف", "hook.example", "reader.example", "503"):
            assert told in page
        for tries in (2, 3):
            assert say(language, "deliveries.failed", count=tries) in page
        assert "secret-path" not in page, "an address is its owner's"
        assert "theirs" not in page


def test_a_person_tries_again_and_ends(desk: Callable[..., Client]) -> None:
    officer, taker = desk(Role.PRESS_OFFICER), desk(Role.CALL_TAKER)
    _, outlet = accredited()
    set_webhook(outlet, HOOK, instant_now())
    arrived = delivery(outlet, "n-1-1-published", settled_at=5, status=200)
    lost = delivery(outlet, "n-2-1-published", settled_at=5, status=500, tries=9)
    waits = delivery(outlet, "n-3-1-published", tries=4)
    assert taker.post(step("events", waits.pk, "again")).status_code == 403
    assert officer.post(step("events", waits.pk, "again")).status_code == 302
    for row in (lost, waits):
        row.refresh_from_db()
        assert (row.settled_at, row.tries) == (None, 0)
        assert row.next_at <= instant_now()
    arrived.refresh_from_db()
    assert arrived.settled_at == 5, "what arrived is not sent twice"
    assert officer.post(step("events", waits.pk, "end")).status_code == 302
    assert not WebhookDelivery.objects.filter(settled_at=None).exists()
    assert Outlet.objects.get(pk=outlet.pk).webhook == ""
    letter = OutgoingLetter.objects.filter(to=outlet.email).order_by("-pk")[0]
    assert HOOK in letter.body, "the outlet is told"


def test_a_feed_is_brought_again_or_ended(desk: Callable[..., Client]) -> None:
    officer = desk(Role.PRESS_OFFICER)
    subscription = subscribed()
    for _ in range(2):
        assert officer.post(step("feed", subscription.pk, "again")).status_code == 302
    assert HubDelivery.objects.filter(settled_at=None).count() == 1, "one waits at a time"
    assert officer.post(step("feed", subscription.pk, "end")).status_code == 302
    assert not HubSubscription.objects.exists()
    for kind, deed in (("feed", "end"), ("feed", "again"), ("events", "again"), ("no", "end")):
        assert officer.post(step(kind, subscription.pk, deed)).status_code == 404
