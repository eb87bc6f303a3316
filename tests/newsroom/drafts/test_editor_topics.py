"""Topics in the editor: ticked in a list, or made with a name in each language."""

from collections.abc import Callable

import pytest

from pasokh.newsroom.drafts.models import DraftSave
from pasokh.newsroom.site.models import TopicNaming
from pasokh.words.say import say
from tests.newsroom.drafts.conftest import PressDesk, text_of

pytestmark = pytest.mark.slow
At = Callable[..., PressDesk]
WORDS = {"title_fa": "جاده بسته است", "body_fa": "تا ظهر."}
CHAINS = {"topic_fa": "زنجیر چرخ", "topic_en": "Snow chains"}


def test_topics_are_ticked_and_a_name_that_is_typed_is_the_same_topic(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    page = desk.page(draft)
    for code in ("traffic", "weather", "urgent"):
        assert f'name="topic" value="{code}"' in page
        assert say("fa", f"newsroom_site.topic.{code}") in page
    typed = f"{say('fa', 'newsroom_site.topic.weather')}، {say('en', 'newsroom_site.topic.cyber')}"
    new = f"{typed}, snow-chains"
    desk.write(draft, **WORDS, topic=["traffic", "weather"], topics=new, **CHAINS)
    draft.refresh_from_db()
    assert draft.contents["topics"] == ["traffic", "weather", "cyber", "snow-chains"]
    page = desk.page(draft)
    assert 'value="snow-chains" checked' in page
    assert CHAINS["topic_fa"] in page
    desk.write(draft, topic=["snow-chains"], topics="")
    draft.refresh_from_db()
    assert draft.contents["topics"] == ["snow-chains"]


def test_a_new_topic_is_made_with_both_names_or_not_at_all(at_press: At) -> None:
    desk = at_press()
    draft = desk.begin()
    for why, typed in (
        ("name_en", {"topics": "snow-chains", "topic_fa": CHAINS["topic_fa"]}),
        ("code", {"topics": ""} | CHAINS),
        ("many", {"topics": "snow-chains, mud"} | CHAINS),
        ("name_fa", {"topic": ["snow-chains"], "topics": ""}),
    ):
        answer = desk.write(draft, **WORDS, **typed)
        assert answer.status_code == 400
        assert say("fa", f"newsroom_site.topics.no.{why}") in text_of(answer)
        assert typed.get("topic_fa", "") in text_of(answer), "what was typed stays"
    traffic = say("fa", "newsroom_site.topic.traffic")
    taken = say("fa", "newsroom_site.topics.no.code_taken", topic="traffic", name=traffic)
    assert taken in text_of(desk.write(draft, topics="traffic", **CHAINS))
    desk.client.post(f"{desk.at}{draft.news_id}/check/", {"topics": "snow-chains"} | CHAINS)
    assert not TopicNaming.objects.exists(), "a check makes nothing"
    assert desk.write(draft, topics="snow-chains", **CHAINS).status_code == 302
    other = desk.begin()
    assert CHAINS["topic_fa"] in desk.page(other), "to be ticked from now on"
    desk.write(other, topics=CHAINS["topic_en"])
    other.refresh_from_db()
    assert other.contents["topics"] == ["snow-chains"]
    draft.refresh_from_db()
    before = DraftSave.objects.filter(draft=draft).count()
    typed = {"topics": "mud", "topic_fa": "گل", "topic_en": "Mud"}
    assert desk.write(draft, "send", title_fa="", **typed).status_code == 400
    assert DraftSave.objects.filter(draft=draft).count() == before + 1
    assert TopicNaming.objects.filter(code="mud").exists(), "kept with the text that was kept"
