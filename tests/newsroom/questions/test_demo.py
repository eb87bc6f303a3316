"""What the demonstration invents: labelled, once, and nowhere else."""

from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.newsroom.meetings import beside as meetings
from pasokh.newsroom.meetings.models import Meeting, MeetingSeat
from pasokh.newsroom.questions import beside as questions
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.words.say import say

WHO = {"name": "نمونه", "outlet": "نمونه", "email": "a@example.com"}


def begin() -> None:
    """What the newsroom's process does when it opens, and every hour."""
    for _, deed in (*meetings.DEEDS, *questions.DEEDS):
        deed()


def shown(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def test_a_centre_of_real_people_has_nothing_invented(rows: None) -> None:
    assert not settings.PASOKH_NEWSROOM.demo
    begin()
    assert not Meeting.objects.exists()
    assert not PressQuestion.objects.exists()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_demonstration_has_a_meeting_and_two_questions_and_says_so(
    visitor: Client, language: str
) -> None:
    with override_settings(PASOKH_NEWSROOM=replace(settings.PASOKH_NEWSROOM, demo=True)):
        begin()
        begin()
        (meeting,) = Meeting.objects.all()
        assert PressQuestion.objects.count() == 2
        agenda = shown(visitor, f"/newsroom/{language}/agenda/")
        assert say(language, "agenda.invented") in agenda
        assert say(language, "agenda.demo.title") in agenda
        listed = shown(visitor, f"/newsroom/{language}/questions/")
        assert listed.count(say(language, "questions.invented")) == 1, "the other one waits"
        Meeting.objects.update(demo=True, title_fa="x", title_en="x")
        begin()
        assert Meeting.objects.get().title_fa == "x", "what was invented is left alone"
        page = f"/newsroom/{language}/agenda/{meeting.pk}/ask/"
        sent = unescape(visitor.post(page, WHO).content.decode())
        assert say(language, "agenda.demo_letter") in sent
        link = next(one for one in sent.split('"') if "/register/" in one)
        assert visitor.post(link[link.index("/newsroom/") :]).status_code == 302
        assert MeetingSeat.objects.count() == 1
