"""Office and newsroom are two processes over the same rows: what one does, the other sees done."""

import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from pasokh.control_room.survey_tokens import SURVEY_KEY, survey_token
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.newsroom.comments.deeds import CommentSaid, send_in
from pasokh.newsroom.comments.models import Comment
from pasokh.newsroom.drafts.telling_hours import tell_new_hours
from pasokh.newsroom.mail.deeds import post_waiting, send
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.meetings.seating import seated
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.rows import ROWS
from pasokh.newsroom.site.models import EmbargoMove
from pasokh.newsroom.syndication.cloud_events import NewsDeed, NewsTold, news_event
from pasokh.newsroom.syndication.deeds import enqueue
from pasokh.newsroom.syndication.models import WebhookDelivery
from pasokh.newsroom.syndication.standard_webhooks import new_secret
from pasokh.newsroom.topics.deeds import Proposal, Speaker, propose
from pasokh.newsroom.topics.models import TopicVote
from pasokh.newsroom.trust.models import SurveyAnswer, SurveyTokenUsed
from pasokh.sites.clock import instant_now
from tests.newsroom.at_once import OtherProcess, both, processes
from tests.newsroom.comments.reader import links
from tests.newsroom.mail.server import receiving as receiving_letters
from tests.newsroom.meetings.scene import a_meeting, letters
from tests.newsroom.outlets.people import accredited
from tests.newsroom.receiver import Answered, Got, Receiver
from tests.newsroom.syndication.test_webhooks import receiver

__all__ = ["receiver"]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("rows")]


@pytest.fixture(scope="module")
def two(database: object) -> Iterator[list[OtherProcess]]:
    assert database
    with processes("office", "newsroom") as others:
        yield others


def test_the_last_seats_are_given_once(two: list[OtherProcess]) -> None:
    meeting = a_meeting(seats=7)
    common = [f"both{number}" for number in range(8)]
    own = [[f"{site}{number}" for number in range(12)] for site in ("office", "newsroom")]
    both(two, "seats", *([meeting.pk, [*common, *names]] for names in own))
    asked = list(meeting.asked.order_by("pk"))
    assert len(asked) == len({one.email for one in asked}) == 32
    assert [seated(one) for one in asked] == [True] * 7 + [False] * 25
    assert len(letters("meetings.seat:")) == 7
    assert len(letters("meetings.")) == 32, "one each: of a seat, or of a place behind"


def test_an_outlet_has_one_vote(two: list[OtherProcess]) -> None:
    topic = propose(Proposal("0915", "title", "why"), Speaker(person_id="p-1"), instant_now())
    outlets = [outlet(number) for number in range(20)]
    told = [topic.topic_id, outlets, True], [topic.topic_id, outlets[::-1], False]
    assert both(two, "votes", *told) == [20, 20]
    assert TopicVote.objects.count() == 20


def outlet(number: int) -> str:
    made = Outlet.objects.create(
        outlet_id=f"o{number}",
        name=f"outlet {number}",
        email=f"{number}@outlet.example",
        county="0915",
        terms_version=1,
        terms_at=1,
        registered_at=1,
        asked_at=1,
    )
    return str(made.outlet_id)


def test_a_comment_is_confirmed_once(two: list[OtherProcess]) -> None:
    for number in range(20):
        said = CommentSaid("n-1", "name", f"{number}@example.org", f"text {number}", "fa")
        send_in(said, f"198.51.{number}.0/24", instant_now())
    tokens = [link.rstrip("/").rpartition("/")[2] for link in links("confirm")]
    assert sum(both(two, "confirmed", [tokens], [tokens])) == 20
    assert Comment.objects.count() == 20


def test_a_link_of_the_survey_is_answered_once(two: list[OtherProcess]) -> None:
    key, today = b"s" * 32, instant_now() // DAY
    (settings.PASOKH_NEWSROOM.data / SURVEY_KEY).write_bytes(key)
    tokens = [survey_token(key, today, number.to_bytes(6)) for number in range(1, 21)]
    assert sum(both(two, "answered", [tokens], [tokens])) == 20
    assert SurveyAnswer.objects.count() == SurveyTokenUsed.objects.count() == 20


def test_a_letter_is_brought_by_one_of_two_senders(two: list[OtherProcess]) -> None:
    for number in range(40):
        send(f"{number}@example.org", "a", "b", f"letter-{number}")
    with receiving_letters() as box:
        told = [settings.PASOKH_NEWSROOM.file.smtp, 3]
        assert sum(both(two, "letters", told, told)) == 40
    assert Counter(letter["To"] for letter in box.letters) == {
        f"{number}@example.org": 1 for number in range(40)
    }


def test_a_delivery_is_sent_by_one_of_two_senders(
    two: list[OtherProcess], receiver: Receiver
) -> None:
    for number in range(40):
        enqueue_one(receiver.url, number)
    now = instant_now()
    both(two, "hooks", [now], [now])
    assert Counter(got.headers["webhook-id"] for got in receiver.got) == {
        f"n-{number}-1-published": 1 for number in range(40)
    }
    assert not WebhookDelivery.objects.filter(settled_at=None).exists()


def enqueue_one(url: str, number: int) -> None:
    told = NewsTold(f"n-{number}", 1, "service", 1_795_000_000_000, {"fa": "title"}, {})
    event = news_event(NewsDeed.PUBLISHED, told, "https://press.example/", 1_795_000_000_000)
    enqueue(url, new_secret(), event)


def test_who_is_killed_after_the_server_took_a_letter_sends_it_again_under_its_old_name() -> None:
    for number in range(3):
        send(f"{number}@example.org", "a", "b", f"letter-{number}")
    with processes("newsroom") as [lost], receiving_letters() as box:
        box.taken = lambda: os.kill(lost.process.pid, signal.SIGKILL)
        lost.tell("letters", settings.PASOKH_NEWSROOM.file.smtp, 1)
        assert lost.hear() is None, "killed"
        box.taken = lambda: None
        assert OutgoingLetter.objects.filter(sent_at=None).count() == 3
        assert post_waiting() == 2, "the first may still be on its way"
        OutgoingLetter.objects.update(next_at=instant_now())
        assert (post_waiting(), post_waiting()) == (1, 0)
    ids = Counter(letter["Message-ID"] for letter in box.letters)
    assert sorted(ids.values()) == [1, 1, 2], "a mail server knows the second by its Message-ID"


def test_who_is_killed_after_a_receiver_took_an_event_sends_it_again_under_its_old_name(
    receiver: Receiver,
) -> None:
    enqueue_one(receiver.url, 1)
    with processes("newsroom") as [lost]:

        def killing(_: Got) -> Answered:
            os.kill(lost.process.pid, signal.SIGKILL)
            return Answered()

        receiver.answer = killing
        now = instant_now()
        lost.tell("hooks", now)
        assert lost.hear() is None, "killed"
    receiver.answer = lambda _: Answered()
    with processes("newsroom") as [other]:
        other.tell("hooks", now)
        assert other.hear() == 0, "it may still be on its way"
        other.tell("hooks", now + 2 * MINUTE)
        assert other.hear() == 1
    assert [got.headers["webhook-id"] for got in receiver.got] == ["n-1-1-published"] * 2


def test_who_is_killed_between_letters_of_a_new_hour_has_written_none_and_all_are_told_once() -> (
    None
):
    for _ in range(3):
        accredited()
    now = instant_now()
    EmbargoMove.objects.create(news_id="n-1", was=now, out_at=now + HOUR)
    with processes("newsroom") as [lost]:
        lost.tell("new hours", 2)
        assert lost.hear() is None, "killed"
    about = OutgoingLetter.objects.filter(key__startswith="moved-")
    assert about.count() == 0
    assert (tell_new_hours(), tell_new_hours()) == (3, 0)
    assert len(set(about.values_list("to", flat=True))) == about.count() == 3


def test_on_a_full_disk_nothing_is_half_done_and_no_letter_goes_out_again_and_again() -> None:
    if connections[ROWS].vendor != "sqlite":
        pytest.skip("a server has a disk of its own")
    meeting = a_meeting()
    for number in range(3):
        send(f"{number}@example.org", "a", "b", f"letter-{number}")
    with receiving_letters() as box, processes("newsroom") as [full]:
        full.tell("fill the disk")
        assert full.hear() == 0
        for _ in range(3):
            full.tell("letters", settings.PASOKH_NEWSROOM.file.smtp, 1)
            assert full.hear() == "OperationalError"
        full.tell("seats", meeting.pk, ["a"])
        assert full.hear() == "OperationalError"
        assert box.letters == []
        assert not meeting.asked.exists()
        assert post_waiting() == 3, "when there is room again"
    assert len({letter["To"] for letter in box.letters}) == len(box.letters) == 3
