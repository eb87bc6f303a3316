"""Webhooks to a real receiver: signed, verified by another's library code, tried again for days."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from hmac import compare_digest, new

import pytest
from django.conf import settings
from msgspec.structs import replace

from pasokh.core.time import DAY, MINUTE
from pasokh.newsroom.outside import (
    OutsideAnswer,
    OutsideRefused,
    OutsideRequest,
    ask_outside,
)
from pasokh.newsroom.syndication import sending
from pasokh.newsroom.syndication.cloud_events import CloudEvent, NewsDeed, NewsTold, news_event
from pasokh.newsroom.syndication.deeds import enqueue, forget_settled
from pasokh.newsroom.syndication.deliveries import try_events_again
from pasokh.newsroom.syndication.models import WebhookDelivery
from pasokh.newsroom.syndication.sending import Courier
from pasokh.newsroom.syndication.standard_webhooks import WebhookKeyWrong, new_secret
from pasokh.sites.clock import instant_now
from tests.newsroom.receiver import Answered, Got, Receiver, receiving

SECRET = new_secret()


@pytest.fixture
def receiver(rows: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    own = settings.PASOKH_NEWSROOM
    file = replace(own.file, private_addresses=True)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(own, file=file))
    with receiving() as found:
        yield found


def event(news_id: str = "calls", title: str = "۷۰ درصد تماس‌ها") -> CloudEvent:
    told = NewsTold(news_id, 1, "statistics", 1_795_000_000_000, {"fa": title}, {})
    return news_event(
        NewsDeed.PUBLISHED, told, "https://press.example/newsroom/", 1_795_000_000_000
    )


def settle(now: int, courier: Courier | None = None) -> None:
    posting = courier or Courier(4)
    posting.turn(now)
    while posting.on_its_way:
        posting.turn(now)


def verified(got: Got, secret: str) -> dict[str, object]:
    """As a receiver does it, by the words of the specification alone."""
    told = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    key = b64decode(secret.removeprefix("whsec_"))
    right = b64encode(new(key, told, sha256).digest()).decode()
    signatures = got.headers["webhook-signature"].split(" ")
    assert any(compare_digest(one, f"v1,{right}") for one in signatures)
    found: dict[str, object] = json.loads(got.body)
    return found


def test_an_event_arrives_signed_in_its_envelope(receiver: Receiver) -> None:
    assert enqueue(f"{receiver.url}/hook", SECRET, event())
    now = instant_now()
    settle(now)
    (got,) = receiver.got
    told = verified(got, SECRET)
    assert (got.method, got.path) == ("POST", "/hook")
    assert got.headers["content-type"].startswith("application/cloudevents+json")
    assert (told["specversion"], told["type"]) == ("1.0", "pasokh.news.published")
    assert got.headers["webhook-id"] == told["id"] == "calls-1-published"
    assert got.headers["webhook-timestamp"] == str(now // 1000)
    assert WebhookDelivery.objects.get().settled_at == now


def test_the_same_event_is_told_once(receiver: Receiver) -> None:
    assert [enqueue(receiver.url, SECRET, event()) for _ in range(2)] == [True, False]
    settle(instant_now())
    assert not enqueue(receiver.url, SECRET, event())
    settle(instant_now())
    assert len(receiver.got) == 1


@pytest.mark.slow
def test_what_fails_is_tried_for_days_with_a_fresh_time_each(receiver: Receiver) -> None:
    receiver.answer = lambda _: Answered(500)
    enqueue(receiver.url, SECRET, event())
    first = now = instant_now()
    for _ in range(20):
        settle(now)
        row = WebhookDelivery.objects.get()
        if row.settled_at is not None:
            break
        now = row.next_at
    assert (row.status, len(receiver.got)) == (500, 10)
    assert 3 * DAY <= now - first <= 4 * DAY
    assert len({got.headers["webhook-timestamp"] for got in receiver.got}) == 10
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1
    assert all(verified(got, SECRET) for got in receiver.got)
    receiver.answer = lambda _: Answered(204)
    assert try_events_again(row.pk, instant_now())
    settle(instant_now())
    assert WebhookDelivery.objects.get().status == 204


@pytest.mark.slow
@pytest.mark.parametrize(("status", "settled"), [(410, 1), (301, 0), (429, 0), (404, 0)])
def test_only_gone_is_for_good(status: int, settled: int, receiver: Receiver) -> None:
    receiver.answer = lambda _: Answered(status, b"", {"Retry-After": "3600", "Location": "/"})
    enqueue(receiver.url, SECRET, event())
    now = instant_now()
    settle(now)
    row = WebhookDelivery.objects.get()
    assert (row.settled_at is not None) == settled
    assert settled or row.next_at == now + 60 * MINUTE


def test_a_fault_of_ours_holds_up_nothing_else(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def asked(one: OutsideRequest) -> OutsideAnswer:
        if one.url.endswith("/bad"):
            raise ZeroDivisionError
        return ask_outside(one)

    monkeypatch.setattr(sending, "ask_outside", asked)
    for name in ("bad", "good"):
        enqueue(f"{receiver.url}/{name}", SECRET, event())
    now = instant_now()
    settle(now)
    assert [got.path for got in receiver.got] == ["/good"]
    bad = WebhookDelivery.objects.get(url__endswith="/bad")
    assert (bad.settled_at, bad.tries, bad.next_at > now) == (None, 1, True)
    assert "could not be sent" in caplog.text


def test_while_a_key_is_replaced_both_verify(receiver: Receiver) -> None:
    fresh = new_secret()
    enqueue(receiver.url, f"{fresh} {SECRET}", event())
    settle(instant_now())
    assert verified(receiver.got[0], fresh) == verified(receiver.got[0], SECRET)


def test_what_cannot_be_sent_is_refused_at_once(rows: None) -> None:
    with pytest.raises(OutsideRefused):
        enqueue("http://127.0.0.1/hook", SECRET, event())
    with pytest.raises(WebhookKeyWrong):
        enqueue("https://outlet.example/hook", "secret", event())
    with pytest.raises(WebhookKeyWrong):
        enqueue("https://outlet.example/hook", "", event())
    with pytest.raises(ValueError, match="20000"):
        enqueue("https://outlet.example/hook", SECRET, event(title="x" * 20_000))
    with pytest.raises(ValueError, match="letters"):
        enqueue("https://outlet.example/" + "x" * 1_000, SECRET, event())
    assert WebhookDelivery.objects.count() == 0


@pytest.mark.slow
def test_dead_receivers_leave_hands_for_the_others(receiver: Receiver) -> None:
    """Fifty that fail, then one that is new: it goes out in the next turn."""
    receiver.answer = lambda got: Answered(200 if got.path == "/new" else 500)
    for number in range(50):
        enqueue(f"{receiver.url}/dead/{number}", SECRET, event())
    now = instant_now()
    sending = Courier(4)
    for _ in range(40):
        settle(now, sending)
    later = now + 10 * MINUTE
    enqueue(f"{receiver.url}/new", SECRET, event())
    before = len(receiver.got)
    settle(later, sending)
    assert "/new" in [got.path for got in receiver.got[before:]]


def test_what_was_settled_long_ago_is_erased(receiver: Receiver) -> None:
    enqueue(receiver.url, SECRET, event("old"))
    enqueue(receiver.url, SECRET, event("new"))
    WebhookDelivery.objects.filter(event_id__startswith="old").update(settled_at=1)
    assert forget_settled() == 1
    assert [one.event_id for one in WebhookDelivery.objects.all()] == ["new-1-published"]
