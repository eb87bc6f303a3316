"""What waits for the staff stands at the doors of the office, with what is overdue."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

from pasokh.core.people import Role
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.newsroom.comments.models import Comment
from pasokh.newsroom.coverage.models import Coverage, OutletFeed
from pasokh.newsroom.drafts.contents import Contents
from pasokh.newsroom.drafts.deeds import begin, send
from pasokh.newsroom.meetings.journalists import Journalist
from pasokh.newsroom.meetings.models import Meeting, MeetingPromise
from pasokh.newsroom.questions import waiting as questions_waiting
from pasokh.newsroom.questions.deeds import PROMISED, ask, refuse
from pasokh.newsroom.rooms import parts
from pasokh.newsroom.topics.deeds import Proposal, Speaker, propose
from pasokh.newsroom.trust.complaints import PASSED_WITHIN, complain, complaint_of, pass_on
from pasokh.newsroom.waiting import Waiting, waiting_behind
from pasokh.press.events import NewsKind
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import GONABAD, accredited, signed_in

pytestmark = pytest.mark.usefixtures("rows")

DOORS = [room.DOOR for room in parts("waiting")]
ASKER = Journalist("نمونه", "name@example.com", "روزنامهٔ نمونه", "fa")


def draft_in_review(author: str) -> None:
    draft = begin(author, instant_now(), 0, Contents(kind=NewsKind.STATEMENT))
    send(draft, draft.version, author, instant_now())


def test_an_idle_newsroom_has_nothing_at_its_doors() -> None:
    assert waiting_behind(DOORS, "p-1", instant_now()) == {}


@pytest.mark.slow
def test_each_room_counts_what_waits_and_what_is_late() -> None:
    now = instant_now()
    ask(ASKER, "چند تماس؟", None, name_wanted=True, now=now)
    ask(ASKER, "کجا؟", None, name_wanted=True, now=now - PROMISED - MINUTE)
    refused = ask(ASKER, "چرا؟", None, name_wanted=True, now=now)
    refuse(refused.pk, "نام کسی در آن است", by="p-1", now=now)
    Comment.objects.create(
        comment_id="c-1", news_id="calls", name="مینا", text="خوب", confirmed_at=now, last_at=now
    )
    signed_in()
    _, outlet = accredited()
    propose(Proposal(GONABAD, "راه‌ها", "چرا", ""), Speaker(outlet=outlet), now)
    draft_in_review("p-1")
    draft_in_review("p-2")
    feed = OutletFeed.objects.create(outlet_id="o-1", outlet_name="o", url="https://o.example")
    for number, verdict in enumerate(("wrong", "right")):
        Coverage.objects.create(
            feed=feed, link=f"{number}", told_at=now, news_id="calls", number=1, verdict=verdict
        )
    meeting = Meeting.objects.create(
        begins_at=now, ends_at=now, register_until=now, seats=1, changed_at=now
    )
    for due in (now - DAY, now + DAY):
        MeetingPromise.objects.create(meeting=meeting, due_at=due, at=now, by="p-1")
    complain("", "", "x", now - PASSED_WITHIN - HOUR)
    complain("", "", "y", now)
    passed = complaint_of(complain("", "", "z", now))
    assert passed is not None
    assert pass_on(passed.pk, "197-3", "p-1", now)

    assert waiting_behind(DOORS, "p-1", now) == {
        "questions-desk": Waiting(2, 1),
        "comments-desk": Waiting(1),
        "outlets-desk": Waiting(1),
        "proposals-desk": Waiting(1),
        "press-drafts": Waiting(1),
        "coverage-desk": Waiting(1),
        "meetings-desk": Waiting(2, 1),
        "complaints-desk": Waiting(2, 1),
    }


@pytest.mark.slow
def test_the_first_page_says_it_at_the_doors_that_are_open(desk: Callable[..., Any]) -> None:
    now = instant_now()
    ask(ASKER, "کجا؟", None, name_wanted=True, now=now - PROMISED - MINUTE)
    complain("", "", "x", now)
    page = desk(Role.PRESS_OFFICER).get("/office/fa/").content.decode()
    assert say("fa", "office.waits.late", count=1, late=1) in page
    # A complaint is none of the press office's.
    assert page.count('class="waits"') == 1
    assert say("en", "office.waits", count=1) in (
        desk(Role.AUDITOR).get("/office/en/").content.decode()
    )


def test_the_doors_are_there_when_the_rows_are_not(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> Waiting:
        raise DatabaseError

    monkeypatch.setattr(questions_waiting, "waiting", away)
    page = desk(Role.PRESS_OFFICER).get("/office/fa/").content.decode()
    assert say("fa", "office.waits.unknown") in page
    assert "/office/fa/press/questions/" in page
