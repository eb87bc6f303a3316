"""What the demonstration invents: labelled, once, and nowhere else."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.newsroom.comments.models import Comment, CommentState
from pasokh.newsroom.inventing import invent
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.meetings.models import Meeting, MeetingSeat
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.newsroom.topics.models import ProposedTopic
from pasokh.newsroom.waiting import Waiting, waiting_behind
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import link_in

WHO = {"name": "نمونه", "outlet": "نمونه", "email": "a@example.com"}


def shown(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def test_a_centre_of_real_people_has_nothing_invented(rows: None) -> None:
    assert not settings.PASOKH_NEWSROOM.demo
    invent()
    assert not Meeting.objects.exists()
    assert not PressQuestion.objects.exists()
    assert not Outlet.objects.exists()
    assert not ProposedTopic.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_demonstration_has_a_meeting_and_two_questions_and_says_so(
    visitor: Client, language: str
) -> None:
    with override_settings(PASOKH_NEWSROOM=replace(settings.PASOKH_NEWSROOM, demo=True)):
        invent()
        invent()
        (meeting,) = Meeting.objects.all()
        assert PressQuestion.objects.count() == 2
        agenda = shown(visitor, f"/newsroom/{language}/agenda/")
        assert say(language, "agenda.invented") in agenda
        assert say(language, "agenda.demo.title") in agenda
        listed = shown(visitor, f"/newsroom/{language}/questions/")
        assert listed.count(say(language, "questions.invented")) == 1, "the other one waits"
        Meeting.objects.update(demo=True, title_fa="x", title_en="x")
        invent()
        assert Meeting.objects.get().title_fa == "x", "what was invented is left alone"
        page = f"/newsroom/{language}/agenda/{meeting.pk}/ask/"
        assert visitor.post(page, WHO).status_code == 303
        link = link_in(OutgoingLetter.objects.get(key__startswith="meetings."))
        assert visitor.post(link).status_code == 302
        assert MeetingSeat.objects.count() == 1


@pytest.fixture
def demonstration(visitor: Client, tmp_path: Path) -> Iterator[tuple[Client, Path]]:
    demo = replace(settings.PASOKH_NEWSROOM, demo=True, published=tmp_path)
    with override_settings(PASOKH_NEWSROOM=demo):
        yield visitor, tmp_path


@pytest.mark.slow
def test_a_demonstrations_topic_is_published_when_its_release_is_out(
    demonstration: tuple[Client, Path],
) -> None:
    visitor, public = demonstration
    invent()
    states = ["declined", "produced", "proposed"]
    assert sorted(ProposedTopic.objects.values_list("state", flat=True)) == states
    folder = public / "news" / "silent-call"
    folder.mkdir(parents=True)
    (folder / "1.json").write_text("{}")
    invent()
    invent()
    states = ["declined", "proposed", "published"]
    assert sorted(ProposedTopic.objects.values_list("state", flat=True)) == states
    listed = shown(visitor, "/newsroom/fa/proposals/")
    assert say("fa", "proposals.demo.silent.title") in listed


@pytest.mark.slow
def test_a_demonstrations_outlets_and_comments_leave_somebody_something_to_do(
    demonstration: tuple[Client, Path],
) -> None:
    visitor, _ = demonstration
    invent()
    listed = shown(visitor, "/newsroom/fa/outlets/")
    assert say("fa", "outlets.demo-site.name") in listed
    assert say("fa", "outlets.demo-weekly.name") not in listed, "it is not accredited yet"
    read = Comment.objects.filter(state=CommentState.PUBLISHED).values_list("text", flat=True)
    assert say("fa", "newsroom.comments.demo-thanks.text") in read
    assert say("fa", "newsroom.comments.demo-waits.text") not in read
    now = instant_now()
    found = waiting_behind(("outlets-desk", "comments-desk", "proposals-desk"), "p-1", now)
    assert found == dict.fromkeys(("outlets-desk", "comments-desk", "proposals-desk"), Waiting(1))
