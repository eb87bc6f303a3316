"""The WebSub hub against a real subscriber: asked, leased, renewed, brought, signed, ended.

The numbers are those of the W3C's implementation report for hubs (websub.rocks).
"""

from collections.abc import Iterator
from hashlib import sha1, sha256, sha384, sha512
from hmac import new
from itertools import pairwise
from pathlib import Path
from threading import Event
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from msgspec.structs import replace

from pasokh.core.time import DAY, HOUR, MINUTE, SECOND
from pasokh.newsroom.syndication import hub as hub_room
from pasokh.newsroom.syndication.hub import (
    SUBSCRIPTIONS_A_HOST,
    WAITING_A_HOST,
    forget_old,
    note_changes,
)
from pasokh.newsroom.syndication.models import HubDelivery, HubIntent, HubSubscription
from pasokh.newsroom.syndication.sending import Courier
from tests.newsroom.receiver import Answered, Got, Receiver, receiving

FEED = "/newsroom/feeds/fa/atom.xml"
HUB = "/newsroom/hub/"
HASHES = {"sha1": sha1, "sha256": sha256, "sha384": sha384, "sha512": sha512}
T0 = 1_795_000_000_000


class Here:
    """A hub, its feed, and a subscriber that says yes."""

    def __init__(self, client: Client, folder: Path, subscriber: Receiver) -> None:
        self.client, self.folder, self.subscriber = client, folder, subscriber
        self.sending = Courier(4)
        self.now = T0
        self.yes = True
        subscriber.answer = self.answer
        self.post = Answered(204)
        answer = client.get(FEED)
        links = dict(reversed(part.strip().split("; rel=")) for part in answer["Link"].split(","))
        self.hub, self.topic = (links[f'"{rel}"'].strip("<>") for rel in ("hub", "self"))

    def answer(self, got: Got) -> Answered:
        if got.method == "POST":
            return self.post
        told = dict(parse_qsl(urlsplit(got.path).query))
        return Answered(200, told["hub.challenge"].encode()) if self.yes else Answered(404)

    def ask(self, mode: str = "subscribe", key: str = "", **told: str) -> int:
        asked = {
            "hub.mode": mode,
            "hub.topic": self.topic,
            "hub.callback": f"{self.subscriber.url}/back?own=1",
            **({"hub.secret": key} if key else {}),
            **{f"hub.{name}": value for name, value in told.items()},
        }
        body = "&".join(f"{name}={value.replace('&', '%26')}" for name, value in asked.items())
        media = "application/x-www-form-urlencoded"
        return self.client.post(HUB, body, content_type=media).status_code

    def write(self, text: str) -> bytes:
        (self.folder / "fa" / "news" / "atom.xml").write_text(text)
        return text.encode()

    def settle(self) -> None:
        """Send until nothing that is due is left."""
        note_changes(self.now)
        for _ in range(200):
            self.sending.turn(self.now)
            while self.sending.on_its_way:
                self.sending.turn(self.now)
            if not self.sending.turn(self.now) and not self.sending.on_its_way:
                return

    def posts(self) -> list[Got]:
        return [got for got in self.subscriber.got if got.method == "POST"]

    def asks(self) -> list[dict[str, str]]:
        gets = [got for got in self.subscriber.got if got.method == "GET"]
        return [dict(parse_qsl(urlsplit(got.path).query)) for got in gets]


@pytest.fixture
def here(visitor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    own = settings.PASOKH_NEWSROOM
    file = replace(own.file, private_addresses=True)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(own, file=file, published=tmp_path))
    monkeypatch.setattr(hub_room, "_seen", {})
    news = tmp_path / "fa" / "news"
    news.mkdir(parents=True)
    (news / "atom.xml").write_text("<feed>1</feed>")
    with receiving() as subscriber:
        made = Here(visitor, tmp_path, subscriber)
        monkeypatch.setattr("pasokh.newsroom.syndication.hub_pages.instant_now", lambda: made.now)
        note_changes(T0)
        yield made


def test_100_a_subscriber_is_asked_and_gets_the_whole_feed(here: Here) -> None:
    assert here.ask() == 202
    assert HubSubscription.objects.count() == 0
    here.settle()
    (asked,) = here.asks()
    assert (asked["own"], asked["hub.mode"], asked["hub.topic"]) == ("1", "subscribe", here.topic)
    assert asked["hub.lease_seconds"] == str(10 * 86_400)
    assert here.posts() == []
    body = here.write("<feed>۲</feed>")
    here.settle()
    (got,) = here.posts()
    assert (got.path, got.body) == ("/back?own=1", body)
    assert got.headers["content-type"] == "application/atom+xml"
    assert got.headers["link"] == f'<{here.hub}>; rel="hub", <{here.topic}>; rel="self"'
    assert "x-hub-signature" not in got.headers
    assert here.client.get(FEED).content == body


def test_101_what_is_brought_is_signed_with_the_secret(here: Here) -> None:
    here.ask(key="gwhLIBFQkw")
    here.settle()
    body = here.write("<feed>2</feed>")
    here.settle()
    method, _, signature = here.posts()[0].headers["x-hub-signature"].partition("=")
    assert signature == new(b"gwhLIBFQkw", body, HASHES[method]).hexdigest()
    assert method == "sha256"


def test_102_what_the_hub_does_not_know_it_ignores(here: Here) -> None:
    assert here.ask(foo="bar") == 202


def test_103_a_subscription_is_renewed_with_a_new_lease_and_secret(here: Here) -> None:
    here.ask(key="one", lease_seconds="3600")
    here.settle()
    here.now += 30 * MINUTE
    here.ask(key="two", lease_seconds="3600")
    here.settle()
    (row,) = HubSubscription.objects.all()
    assert (row.secret, row.until) == ("two", T0 + 30 * MINUTE + HOUR)


@pytest.mark.slow
def test_104_who_unsubscribes_is_asked_too_and_gets_nothing_more(here: Here) -> None:
    here.ask()
    here.settle()
    assert here.ask("unsubscribe", lease_seconds="5") == 202
    here.settle()
    assert "hub.lease_seconds" not in here.asks()[1]
    here.write("<feed>2</feed>")
    here.settle()
    assert (HubSubscription.objects.count(), here.posts()) == (0, [])


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["subscribe", "unsubscribe"])
def test_nobody_subscribes_or_unsubscribes_another(mode: str, here: Here) -> None:
    here.ask(key="own")
    here.settle()
    here.yes = False
    here.ask(mode, key="of a stranger")
    here.settle()
    assert [row.secret for row in HubSubscription.objects.all()] == ["own"]


def test_only_the_challenge_itself_is_a_yes(here: Here) -> None:
    here.subscriber.answer = lambda _: Answered(200, b"yes")
    here.ask()
    here.settle()
    here.subscriber.answer = lambda got: Answered(302, here.answer(got).body, {"Location": "/"})
    here.ask()
    here.settle()
    assert HubSubscription.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("", 864_000), ("1", 300), ("7200", 7_200), ("9" * 30, 2_592_000), ("0", 300)],
)
def test_a_lease_is_within_bounds_and_always_ends(asked: str, seconds: int, here: Here) -> None:
    here.ask(lease_seconds=asked)
    here.settle()
    assert HubSubscription.objects.get().until == T0 + seconds * SECOND
    here.now += seconds * SECOND
    here.write("<feed>2</feed>")
    here.settle()
    assert here.posts() == []
    assert forget_old(here.now) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"mode": "publish"}, 400),
        ({"topic": "https://elsewhere.example/feed"}, 404),
        ({"topic": ""}, 404),
        ({"callback": ""}, 400),
        ({"callback": "ftp://outlet.example/"}, 400),
        ({"callback": "http://me:word@outlet.example/"}, 400),
        ({"callback": "https://outlet.example/" + "x" * 1_000}, 400),
        ({"key": "x" * 200}, 400),
        ({"lease_seconds": "-1"}, 400),
        ({"lease_seconds": "ten"}, 400),
    ],
)
def test_a_request_with_a_fault_is_refused_in_words(
    told: dict[str, str], status: int, here: Here
) -> None:
    mode = told.pop("mode", "subscribe")
    assert here.ask(mode, **told) == status
    assert HubIntent.objects.count() == 0


def test_a_refusal_is_said_in_both_languages(here: Here) -> None:
    said = {
        language: here.client.post(HUB, {}, headers={"Accept-Language": language}).content.decode()
        for language in ("fa", "en")
    }
    assert "باید" in said["fa"]
    assert "must be" in said["en"]


def test_no_address_of_our_own_network_is_asked(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = settings.PASOKH_NEWSROOM
    file = replace(own.file, private_addresses=False)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(own, file=file))
    assert here.ask() == 400
    assert here.ask(callback="http://localhost:1/") == 202
    here.settle()
    assert here.subscriber.got == []
    assert [bool(one.settled_at) for one in HubIntent.objects.all()] == [True]


@pytest.mark.slow
def test_one_host_cannot_fill_the_hub(here: Here) -> None:
    answers = [
        here.ask(callback=f"{here.subscriber.url}/{number}") for number in range(WAITING_A_HOST + 1)
    ]
    assert answers == [202] * WAITING_A_HOST + [429]
    HubIntent.objects.all().delete()
    HubSubscription.objects.bulk_create(
        HubSubscription(
            topic=here.topic,
            callback=f"http://127.0.0.1/{number}",
            host="127.0.0.1",
            until=T0 + DAY,
        )
        for number in range(SUBSCRIPTIONS_A_HOST)
    )
    assert here.ask() == 429
    assert here.ask(callback="http://127.0.0.1/1") == 202  # a renewal


def test_asking_again_and_again_is_one_question(here: Here) -> None:
    for secret in ("one", "two", "three"):
        here.ask(key=secret)
    here.settle()
    assert (len(here.asks()), HubSubscription.objects.get().secret) == (1, "three")


@pytest.mark.slow
def test_what_fails_is_tried_again_and_given_up_and_the_next_change_goes_out(here: Here) -> None:
    here.ask(lease_seconds=str(30 * 86_400))
    here.settle()
    here.post = Answered(500)
    here.write("<feed>2</feed>")
    waits = []
    for _ in range(20):
        here.settle()
        row = HubDelivery.objects.get()
        if row.settled_at is not None:
            break
        waits.append(row.next_at - here.now)
        here.now = row.next_at
    assert (row.status, len(waits), len(here.posts())) == (500, 6, 7)
    assert all(one < later for one, later in pairwise(waits))
    assert HubSubscription.objects.count() == 1
    here.post = Answered(200)
    body = here.write("<feed>3</feed>")
    here.settle()
    assert here.posts()[-1].body == body


@pytest.mark.slow
def test_several_changes_to_a_silent_subscriber_are_one_delivery_of_the_newest(here: Here) -> None:
    here.ask()
    here.settle()
    here.post = Answered(503, b"", {"Retry-After": "120"})
    here.write("<feed>2</feed>")
    here.settle()
    assert HubDelivery.objects.get().next_at == here.now + 120 * SECOND
    here.post = Answered(200)
    here.now += SECOND
    body = here.write("<feed>3</feed>")
    here.settle()
    here.now += HOUR
    here.settle()
    assert [got.body for got in here.posts()[1:]] == [body]


def test_who_is_gone_is_forgotten(here: Here) -> None:
    here.ask()
    here.settle()
    here.post = Answered(410)
    here.write("<feed>2</feed>")
    here.settle()
    assert [HubSubscription.objects.count(), HubDelivery.objects.count()] == [0, 0]


@pytest.mark.slow
def test_a_redirect_is_a_failure(here: Here) -> None:
    here.ask()
    here.settle()
    here.post = Answered(302, b"", {"Location": f"{here.subscriber.url}/elsewhere"})
    here.write("<feed>2</feed>")
    here.settle()
    assert [got.path for got in here.posts()] == ["/back?own=1"]
    assert HubDelivery.objects.get().settled_at is None


def test_nothing_is_forgotten_by_a_crash(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends before the answer, and one that ends before it saw the change."""
    here.ask()
    Courier(1)  # of the process that ends before its first turn
    here.settle()
    body = here.write("<feed>2</feed>")
    monkeypatch.setattr(hub_room, "_seen", {})
    lost = Courier(1)
    note_changes(here.now)
    lost.turn(here.now)  # on its way, and nobody left to note the answer
    here.sending = Courier(1)
    here.settle()
    assert [got.body for got in here.posts()] in ([], [body]), "it is still in the other's hand"
    here.now += 2 * MINUTE
    here.settle()
    assert [got.body for got in here.posts()] in ([body], [body, body])
    assert HubDelivery.objects.get().settled_at is not None


def test_a_feed_that_is_written_again_the_same_tells_nobody(here: Here) -> None:
    here.ask()
    here.settle()
    here.write("<feed>1</feed>")
    here.settle()
    assert here.posts() == []


@pytest.mark.slow
def test_a_slow_subscriber_holds_up_nobody(here: Here) -> None:
    free = Event()
    here.ask(callback=f"{here.subscriber.url}/slow")
    here.ask(callback=f"{here.subscriber.url}/quick")
    here.settle()

    def answer(got: Got) -> Answered:
        if got.path == "/slow":
            free.wait(20)
        return Answered(200)

    here.subscriber.answer = answer
    here.write("<feed>2</feed>")
    note_changes(here.now)
    here.sending.turn(here.now)
    while here.sending.on_its_way > 1:
        here.sending.turn(here.now)
    waiting = HubDelivery.objects.get(settled_at=None)
    assert waiting.subscription.callback.endswith("/slow")
    free.set()
    here.settle()
    assert HubDelivery.objects.filter(settled_at=None).count() == 0
