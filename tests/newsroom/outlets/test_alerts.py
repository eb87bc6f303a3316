"""Alerts: what an outlet chose, once a day at its hour, mistakes at once, and never twice."""

from collections.abc import Callable

import pytest
from msgspec import json

from pasokh.core.time import DAY, HOUR, SECOND, Instant
from pasokh.newsroom.drafts.telling import told_of
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.outlets import accrediting, alerts
from pasokh.newsroom.outlets.leaving import held_about, leave
from pasokh.newsroom.outlets.models import Outlet, OutletDigest, OutletReceipt
from pasokh.newsroom.outlets.rules import AccreditationRule, OutletState
from pasokh.newsroom.outlets.wanted import URGENT
from pasokh.newsroom.site.models import (
    EmbargoRead,
    NewsRelease,
    ReleaseVersion,
)
from pasokh.newsroom.syndication.models import WebhookDelivery
from pasokh.press.texts import NewsAbout
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import GONABAD, PLACE, Reader, accredited, signed_in
from tests.newsroom.outlets.releases import lay

HOOK = "https://outlet.example/hook"
pytestmark = pytest.mark.usefixtures("visitor")


def choosing(client: Reader, topic: str = "", county: str = "") -> None:
    """Choose it, with a digest that is due from midnight on."""
    assert client.post(f"{PLACE}own/wish/", {"topic": topic, "county": county}).status_code == 302
    answer = client.post(f"{PLACE}own/hour/", {"hour": "۰:۰۰", "urgent": "on"})
    assert answer.status_code == 302


def letters_to(outlet: Outlet) -> list[OutgoingLetter]:
    """Letters about releases: not those with links and decisions."""
    rows = OutgoingLetter.objects.filter(key__startswith=f"outlet-{outlet.outlet_id}-")
    return list(rows.order_by("pk"))


def just_now() -> Instant:
    return instant_now() - SECOND // 100


@pytest.mark.slow
def test_a_digest_comes_once_a_day_with_what_was_chosen() -> None:
    client, outlet = accredited()
    other_client, other = accredited()
    choosing(client, county=GONABAD)
    choosing(other_client, topic="cyber")
    for news_id, counties in (("n-here", (GONABAD,)), ("n-there", ("0916",)), ("n-all", ())):
        lay(news_id, just_now(), about=NewsAbout(counties=counties))
    alerts.send_alerts()
    (letter,) = letters_to(outlet)
    assert "n-here" in letter.body
    assert "n-all" in letter.body
    assert "n-there" not in letter.body
    assert letter.to == outlet.email
    assert letters_to(other) == [], "an empty digest is no letter"
    lay("n-later", just_now(), about=NewsAbout(counties=(GONABAD,)))
    for _ in range(3):
        alerts.send_alerts()
    assert len(letters_to(outlet)) == 1, "one a day"
    OutletDigest.objects.update(day=0)
    OutgoingLetter.objects.filter(key__contains="digest").update(key="yesterday's")
    alerts.send_alerts()
    (letter,) = letters_to(outlet)
    assert "n-later" in letter.body
    assert "n-here" not in letter.body
    got = [(row.news_id, row.number) for row in OutletReceipt.objects.filter(outlet=outlet)]
    assert sorted(got) == [("n-all", 1), ("n-here", 1), ("n-later", 1)]


@pytest.mark.slow
def test_nothing_is_sent_before_its_hour_or_to_who_is_not_accredited() -> None:
    client, outlet = accredited()
    waiting_client, waiting = signed_in()
    for one in (client, waiting_client):
        choosing(one)
    lay("n-embargo", instant_now() + HOUR, embargoed=True)
    lay("n-old", instant_now() - DAY)
    alerts.send_alerts()
    assert letters_to(outlet) == [], "not before its hour, and nothing from before it was chosen"
    lay("n-out", just_now())
    OutletDigest.objects.all().delete()
    alerts.send_alerts()
    assert len(letters_to(outlet)) == 1
    assert letters_to(waiting) == []
    assert waiting.state(instant_now()) is OutletState.WAITING


@pytest.mark.slow
def test_whoever_has_a_version_is_known_to_who_tells_of_corrections() -> None:
    client, outlet = accredited()
    _, reader = accredited()
    accredited()
    choosing(client)
    lay("n-1", just_now())
    alerts.send_alerts()
    EmbargoRead.objects.create(
        outlet_id=reader.outlet_id, news_id="n-1", number=1, at=instant_now() - HOUR
    )
    assert {one.address for one in told_of("n-1")} == {outlet.email, reader.email}
    assert told_of("n-2") == []
    lay("n-1", just_now(), number=2, body="۳۸ درصد")
    OutletDigest.objects.all().delete()
    alerts.send_alerts()
    assert len(letters_to(outlet)) == 1, "a correction is told once, by the drafts' room"
    now = instant_now()
    assert accrediting.decide(reader.outlet_id, AccreditationRule.TRUE, "no", "p-1", now) == ""
    assert len(told_of("n-1")) == 2, "who is not accredited any more has the mistake all the same"
    leave(outlet, now)
    assert [one.name for one in told_of("n-1")] == [reader.name]


@pytest.mark.slow
def test_an_urgent_notice_does_not_wait_unless_the_outlet_wants_it_to() -> None:
    calm_client, calm = accredited()
    client, outlet = accredited()
    for one in (calm_client, client):
        choosing(one, county=GONABAD)
    alerts.send_alerts()  # today's digest is done, and was empty
    calm_client.post(f"{PLACE}own/hour/", {"hour": "۰:۰۰"})
    lay(
        "n-road", just_now(), kind="service", about=NewsAbout(topics=(URGENT,), counties=(GONABAD,))
    )
    for _ in range(2):
        alerts.send_alerts()
    assert len(letters_to(outlet)) == 1
    assert letters_to(calm) == []


def test_a_crash_between_letter_and_note_loses_neither_and_doubles_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, outlet = accredited()
    choosing(client)
    lay("n-1", just_now())
    real: Callable[..., object] = OutletReceipt.objects.create

    def fails(**_fields: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(OutletReceipt.objects, "create", fails)
    with pytest.raises(OSError, match="disk"):
        alerts.send_alerts()
    assert letters_to(outlet) == []
    assert not OutletDigest.objects.exists()
    monkeypatch.setattr(OutletReceipt.objects, "create", real)
    for _ in range(2):
        alerts.send_alerts()
    assert len(letters_to(outlet)) == 1
    assert OutletReceipt.objects.count() == 1


def test_who_left_hears_nothing() -> None:
    client, outlet = accredited()
    choosing(client)
    lay("n-1", just_now())
    alerts.send_alerts()
    client.post(f"{PLACE}own/leave/")
    lay("n-1", just_now(), number=2)
    alerts.send_alerts()
    assert len(letters_to(outlet)) == 1


@pytest.mark.slow
def test_a_webhook_gets_each_version_that_was_chosen_once_and_signed() -> None:
    client, outlet = accredited()
    refused = client.post(f"{PLACE}own/webhook/", {"webhook": "http://127.0.0.1/hook"})
    assert refused.status_code == 400
    page = client.post(f"{PLACE}own/webhook/", {"webhook": HOOK}).content.decode()
    secret = Outlet.objects.get(pk=outlet.pk).webhook_secret
    assert secret in page
    assert secret not in client.get(f"{PLACE}own/").content.decode(), "shown once"
    choosing(client, county=GONABAD)
    lay("n-1", instant_now(), about=NewsAbout(counties=(GONABAD,)))
    lay("n-2", instant_now(), about=NewsAbout(counties=("0916",)))
    for _ in range(2):
        alerts.send_alerts()
    lay("n-1", instant_now(), number=2, about=NewsAbout(counties=(GONABAD,)))
    for _ in range(2):
        alerts.send_alerts()
    kept = WebhookDelivery.objects.order_by("pk")
    assert [(row.url, row.event_id, row.secrets) for row in kept] == [
        (HOOK, "n-1-1-published", secret),
        (HOOK, "n-1-2-corrected", secret),
    ]
    client.post(f"{PLACE}own/webhook/", {"webhook": ""})
    lay("n-3", instant_now(), about=NewsAbout(counties=(GONABAD,)))
    alerts.send_alerts()
    assert kept.count() == 2


@pytest.mark.slow
def test_a_topic_is_chosen_by_its_name_or_code_and_is_one() -> None:
    client, outlet = accredited()
    page = client.get(f"{PLACE}own/").content.decode()
    assert say("fa", "newsroom_site.topic.traffic") in page
    for typed in (say("fa", "newsroom_site.topic.traffic"), "Traffic and roads", "traffic"):
        assert client.post(f"{PLACE}own/wish/", {"topic": typed, "county": ""}).status_code == 302
    assert [wish.topic for wish in outlet.wishes.all()] == ["traffic"]
    for wrong in ("راه و هوا", "traffic, weather"):
        answer = client.post(f"{PLACE}own/wish/", {"topic": wrong, "county": ""})
        assert answer.status_code == 400


def events_of(outlet: Outlet) -> list[tuple[str, str]]:
    rows = WebhookDelivery.objects.filter(outlet_id=outlet.outlet_id).order_by("pk")
    return [(json.decode(row.body)["type"], row.event_id) for row in rows]


@pytest.mark.slow
def test_two_outlets_with_one_address_get_each_their_own_with_their_own_secret() -> None:
    pairs = [accredited() for _ in range(2)]
    for client, _ in pairs:
        client.post(f"{PLACE}own/webhook/", {"webhook": HOOK})
        choosing(client)
    lay("n-1", just_now())
    for _ in range(2):
        alerts.send_alerts()
    rows = WebhookDelivery.objects.order_by("pk")
    assert [row.event_id for row in rows] == ["n-1-1-published"] * 2
    assert len({row.secrets for row in rows}) == 2
    for client, outlet in pairs:
        fresh = Outlet.objects.get(pk=outlet.pk)
        assert events_of(fresh) == [("pasokh.news.published", "n-1-1-published")]
        row = rows.get(outlet_id=outlet.outlet_id)
        assert row.secrets == fresh.webhook_secret
        held = dict(held_about(fresh))["webhookdelivery"]
        assert [one["event_id"] for one in held] == ["n-1-1-published"], "it sees what is kept"
        assert "secrets" not in held[0]
        assert fresh.webhook_secret not in client.get(f"{PLACE}own/").content.decode()


@pytest.mark.slow
def test_a_program_that_got_a_release_gets_its_correction_and_its_withdrawal() -> None:
    client, outlet = accredited()
    client.post(f"{PLACE}own/webhook/", {"webhook": HOOK})
    choosing(client, county=GONABAD)
    lay("n-1", just_now(), about=NewsAbout(counties=(GONABAD,)))
    lay("n-2", just_now(), about=NewsAbout(counties=("0916",)))
    alerts.send_alerts()
    # By its correction it is about another county; whoever has the mistake is told all the same.
    for news_id in ("n-1", "n-2"):
        lay(news_id, just_now(), number=2, about=NewsAbout(counties=("0916",)))
    ReleaseVersion.kept.filter(number=2).update(mistake="fact")
    alerts.send_alerts()
    corrected = ("pasokh.news.corrected", "n-1-2-corrected")
    assert events_of(outlet) == [("pasokh.news.published", "n-1-1-published"), corrected]
    body = json.decode(WebhookDelivery.objects.get(event_id=corrected[1]).body)
    assert (body["data"]["mistake"], body["subject"]) == ("fact", "n-1")
    gone = NewsRelease.kept.filter(news_id="n-1")
    gone.update(withdrawn_at=instant_now(), withdrawn_why="نامی در آن بود")
    NewsRelease.kept.create(
        news_id="n-never",
        kind="statement",
        out_at=instant_now() + DAY,
        withdrawn_at=instant_now(),
        withdrawn_why="پیش از ساعت",
    )
    for _ in range(2):
        alerts.send_alerts()
    assert events_of(outlet)[2:] == [("pasokh.news.withdrawn", "n-1-2-withdrawn")]
    told = json.decode(WebhookDelivery.objects.get(event_id="n-1-2-withdrawn").body)["data"]
    assert told["reason"] == "نامی در آن بود"
    assert told["titles"] == {}
    assert set(told["addresses"]) == {"fa", "en"}
