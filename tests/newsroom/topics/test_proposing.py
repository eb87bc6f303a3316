"""Topics: proposed by an outlet, discussed and voted among all, answered, and public."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.newsroom.coverage.models import Coverage, OutletFeed
from pasokh.newsroom.outlets import leaving
from pasokh.newsroom.topics import deeds
from pasokh.newsroom.topics.models import ProposedTopic, TopicVote
from pasokh.newsroom.topics.states import TopicState
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import GONABAD, Reader, accredited, signed_in

PLACE, DESK = "/newsroom/fa/proposals/", "/office/fa/press/proposals/"
DRILLED = Path(__file__).parents[3] / "drills" / "published"
NEWS_ID = "2026-11-29-3f2a"


def proposed(client: Reader, **fields: str) -> str:
    typed = {"county": GONABAD, "title": "آب و راه روستاها", "why": "می‌پرسند", "suggestion": ""}
    answer = client.post(f"{PLACE}new/", typed | fields)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def text_of(client: Reader, path: str) -> str:
    return unescape(client.get(path).content.decode())


def published(folder: Path) -> Any:
    """The settings with a public folder in which one release lies."""
    where = folder / "news" / NEWS_ID
    where.mkdir(parents=True)
    (where / "1.json").write_text("{}")
    return override_settings(PASOKH_NEWSROOM=replace(settings.PASOKH_NEWSROOM, published=folder))


@pytest.mark.slow
@pytest.mark.usefixtures("visitor")
def test_an_outlet_proposes_all_outlets_vote_and_only_they_see_it() -> None:
    first, _ = accredited(name="آفتاب")
    second, _ = accredited(name="بهار")
    page = proposed(first)
    assert "آفتاب" in text_of(Reader(), page), "who proposed is public"
    assert second.post(f"{page}vote/", {"wanted": "no"}).status_code == 302
    assert second.post(f"{page}vote/", {"wanted": "yes"}).status_code == 302
    assert second.post(f"{page}remark/", {"words": "ما هم"}).status_code == 302
    assert second.post(f"{page}remark/", {"words": " "}).status_code == 400
    assert TopicVote.objects.filter(wanted=True).count() == 2, "one vote each, the last counts"
    for client in (first, second):
        seen = text_of(client, page)
        assert "ما هم" in seen
        assert seen.count(say("fa", "proposals.wants")) == 2
    others, _ = signed_in(name="گلشن")
    for client in (Reader(), others):
        assert "ما هم" not in text_of(client, page)
        assert client.post(f"{page}vote/", {"wanted": "yes"}).status_code == 404
        assert client.post(f"{page}remark/", {"words": "x"}).status_code == 404
        assert client.get(f"{PLACE}new/").status_code == 404


@pytest.mark.slow
def test_a_topic_goes_its_way_at_the_desk_and_ends_in_the_public_list(
    desk: Any, tmp_path: Path
) -> None:
    outlet, _ = accredited()
    page = proposed(outlet)
    topic_id = page.rstrip("/").rpartition("/")[2]
    office, step = desk(Role.PRESS_OFFICER), f"{DESK}{topic_id}/step/"
    taken = {"owner": "روابط عمومی", "due_on": "۱۴۰۵/۱۰/۰۱", "reason": "به‌جاست"}
    assert office.post(f"{step}published/", {"news_id": NEWS_ID}).status_code == 400
    assert office.post(f"{step}accepted/", taken | {"reason": ""}).status_code == 400
    assert office.post(f"{step}accepted/", taken | {"due_on": "۱۴۰۵/۱۳/۰۱"}).status_code == 400
    assert office.post(f"{step}accepted/", taken).status_code == 302
    assert outlet.post(f"{page}vote/", {"wanted": "no"}).status_code == 400, "it is decided"
    assert office.post(f"{step}produced/", {"reason": ""}).status_code == 302
    with published(tmp_path):
        wrong = office.post(f"{step}published/", {"news_id": "2026-11-29-none"})
        assert wrong.status_code == 400
        assert office.post(f"{step}published/", {"news_id": NEWS_ID}).status_code == 302
    feed = OutletFeed.objects.create(outlet_id="o-1", outlet_name="آفتاب", url="https://a.example")
    for number, aside in enumerate(("", "", "p-1")):
        Coverage.objects.create(
            feed=feed,
            link=f"https://a.example/{number}",
            told_at=number,
            news_id=NEWS_ID,
            number=1,
            set_aside_by=aside,
        )
    assert office.post(f"{step}measured/", {"reason": ""}).status_code == 302
    topic = ProposedTopic.objects.get()
    assert (topic.state, topic.covered, topic.news_id) == ("measured", 2, NEWS_ID)
    anybody = Reader()
    assert say("fa", "proposals.state.measured") in text_of(anybody, PLACE)
    assert "به‌جاست" in text_of(anybody, page)
    assert NEWS_ID in text_of(anybody, page)
    assert topic.title in text_of(anybody, f"{PLACE}county/{GONABAD}/")


@pytest.mark.slow
def test_what_the_office_proposes_waits_for_an_outlet_and_a_second_person(desk: Any) -> None:
    office = desk(Role.PRESS_OFFICER)
    typed = {"county": GONABAD, "title": "شماره‌های کمک", "why": "بسیار می‌پرسند"}
    page = office.post(f"{DESK}new/", typed).headers["Location"]
    taken = {"owner": "دفتر", "due_on": "2026-12-20", "reason": "ok"}
    refused = unescape(office.post(f"{page}step/accepted/", taken).content.decode())
    assert say("fa", "proposals.refused.own_proposal") in refused
    other = desk(Role.SUPERVISOR)
    refused = unescape(other.post(f"{page}step/accepted/", taken).content.decode())
    assert say("fa", "proposals.refused.no_outlet_wants") in refused
    outlet, _ = accredited()
    topic = ProposedTopic.objects.get()
    outlet.post(f"{PLACE}{topic.topic_id}/vote/", {"wanted": "yes"})
    assert other.post(f"{page}step/accepted/", taken).status_code == 302
    assert desk(Role.CALL_TAKER).get(DESK).status_code == 403


@pytest.mark.slow
@pytest.mark.usefixtures("visitor")
def test_gonabads_own_figures_suggest_a_topic_that_an_outlet_takes() -> None:
    outlet, _ = accredited(languages=["fa", "tk"])
    drilled = replace(settings.PASOKH_NEWSROOM, published=DRILLED)
    with override_settings(PASOKH_NEWSROOM=drilled):
        board = text_of(outlet, f"{PLACE}county/{GONABAD}/")
        assert say("fa", "proposals.ground.without_mission", county="گناباد") in board
        assert say("fa", "outlets.spoken.tk") in board
        assert say("fa", "proposals.distance", km=232) in board
        form = text_of(outlet, f"{PLACE}new/?county={GONABAD}&suggestion=distance")
        assert 'name="suggestion" value="distance"' in form
        assert say("fa", "proposals.ground.distance", county="گناباد") in form
        assert outlet.get(f"{PLACE}county/9999/").status_code == 404
    proposed(outlet, suggestion="distance")
    assert ProposedTopic.objects.get().suggestion == "distance"
    board = text_of(outlet, f"{PLACE}county/{GONABAD}/")
    assert "suggestion=distance" not in board, "what is proposed already is suggested no more"


@pytest.mark.slow
@pytest.mark.usefixtures("visitor")
def test_a_proposal_outlives_its_outlet_and_its_words_go_with_it() -> None:
    client, outlet = accredited()
    page = proposed(client)
    client.post(f"{page}remark/", {"words": "از ما"})
    now = instant_now()
    leaving.leave(outlet, now)
    assert leaving.erase_gone(now + 10**11) == 1
    topic = ProposedTopic.objects.get()
    assert (topic.outlet, topic.remarks.count(), topic.votes.count()) == (None, 0, 0)
    assert say("fa", "proposals.outlet_gone") in text_of(Reader(), page)


@pytest.mark.usefixtures("visitor")
def test_a_step_is_taken_once() -> None:
    client, _ = accredited()
    topic_id = proposed(client).rstrip("/").rpartition("/")[2]
    no = deeds.Stepped(step=TopicState.DECLINED, reason="no")
    assert deeds.take_step(topic_id, no, "p-1", instant_now()) == ""
    assert deeds.take_step(topic_id, no, "p-1", instant_now()) == "not_now"
