"""A topic of the office has a name in both languages, wherever a reader or writer meets it."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from pasokh.core.people import Role
from pasokh.core.time import HOUR
from pasokh.newsroom.outlets.models import AlertWish
from pasokh.newsroom.site.known_topics import known_topics, topics_to_write, topics_typed
from pasokh.newsroom.site.models import ReleaseTopic, ReleaseVersion, TermName, TopicNaming
from pasokh.newsroom.site.naming_topics import (
    TopicRefused,
    check_new,
    make_topic,
    name_topic,
    topic_words,
)
from pasokh.newsroom.site.shown import topic_names
from pasokh.press.texts import NewsAbout
from pasokh.sites.clock import instant_now
from pasokh.words.say import LANGUAGES, say
from tests.newsroom.outlets.people import PLACE, Reader, accredited
from tests.newsroom.outlets.releases import lay
from tests.newsroom.site.press_office import begin_anew

pytestmark = pytest.mark.usefixtures("rows")
CHAINS = topic_words("Snow-Chains", " زنجير چرخ ", "Snow  chains")


def out(code: str, news_id: str = "n-1", later: int = 0) -> None:
    """Lay a release about it, as the copy would."""
    lay(news_id, instant_now() + later, about=NewsAbout(topics=(code,)))
    version = ReleaseVersion.kept.get(release_id=news_id)
    ReleaseTopic.kept.create(version=version, code=code)


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(TopicRefused) as why:
        deed()
    for language in LANGUAGES:
        with translation.override(language):
            assert "–" not in why.value.told(), "a sentence without a gap, in each language"
    return str(why.value)


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def test_a_topic_is_made_with_both_names_as_they_are_kept() -> None:
    make_topic(CHAINS, "p-1", instant_now())
    row = TopicNaming.objects.get()
    assert (row.code, row.name_fa, row.name_en) == ("snow-chains", "زنجیر چرخ", "Snow chains")
    assert topic_names(["snow-chains", "none"], "fa") == {
        "snow-chains": "زنجیر چرخ",
        "none": "none",
    }
    codes = [code for code, _ in topics_to_write()]
    assert topics_typed("زنجير چرخ، SNOW CHAINS, traffic", codes) == ("snow-chains", "traffic")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "fa", "en", "why"),
    [
        ("", "نام", "name", "code"),
        ("snow chains", "نام", "name", "code"),
        ("نام", "نام", "name", "code"),
        ("x" * 41, "نام", "name", "code"),
        ("traffic", "نام", "name", "code_taken"),
        ("earlier", "نام", "name", "code_taken"),
        ("new", "", "name", "name_fa"),
        ("new", "name", "name", "name_fa"),
        ("new", "نام", "", "name_en"),
        ("new", "نام", "نام", "name_en"),
        ("new", "نام", "12", "name_en"),
        ("new", "ن" * 61, "name", "long"),
        ("new", "این، آن", "name", "apart"),
        ("new", "نام", "this, that", "apart"),
        ("new", "هوا", "name", "name_taken"),
        ("new", "نام", "WEATHER", "name_taken"),
        ("new", "نام", "Cyber", "name_taken"),
    ],
)
def test_why_no_topic_can_be_made_of_it(code: str, fa: str, en: str, why: str) -> None:
    TermName.objects.create(kind="topic", code="earlier", name="Trafik")
    assert refused(lambda: check_new(topic_words(code, fa, en))) == why
    assert refused(lambda: make_topic(topic_words(code, fa, en), "p-1", 1)) == why
    assert not TopicNaming.objects.exists()


def test_an_older_topic_is_named_and_named_anew_and_what_it_was_called_stays() -> None:
    out("snow-chains")
    assert ("snow-chains", "snow-chains") in known_topics()
    name_topic(CHAINS, "p-1", instant_now())
    name_topic(topic_words("snow-chains", "زنجیر", "Snow chains"), "p-2", instant_now())
    assert [row.name_fa for row in TopicNaming.objects.all()] == ["زنجیر چرخ", "زنجیر"]
    assert ("snow-chains", "زنجیر") in known_topics()
    for code in ("traffic", "none"):
        assert (
            refused(lambda code=code: name_topic(topic_words(code, "نام", "name"), "p", 1))
            == "code"
        )


@pytest.mark.slow
def test_its_name_stands_on_every_page_at_once_and_not_before_its_hour() -> None:
    client, outlet = accredited()
    begin_anew()
    out("snow-chains")
    make_topic(topic_words("night-work", "کار شبانه", "Night work"), "p-1", instant_now())
    out("night-work", "n-late", later=HOUR)
    everybodys = ("/newsroom/en/news/about/", "/newsroom/en/news/about/snow-chains/")
    for path in everybodys:
        assert CHAINS.en not in page_of(Reader(), path)
    name_topic(CHAINS, "p-1", instant_now())
    for path in everybodys:
        assert CHAINS.en in page_of(Reader(), path), "what is kept of a page has no old name"
    for language, name in (("fa", "زنجیر چرخ"), ("en", "Snow chains")):
        at = f"/newsroom/{language}/"
        for path in ("news/about/", "news/about/snow-chains/", "news/n-1/", "outlets/own/"):
            page = page_of(client, f"{at}{path}")
            assert name in page
            assert "Night work" not in page
            assert "کار شبانه" not in page
    subject = client.get("/newsroom/en/news/n-1/ninjs.json").json()["subjects"]
    assert subject == [{"name": CHAINS.fa, "literal": "snow-chains"}], "in the text's language"
    page_of(Reader(), "/newsroom/en/news/about/night-work/", 404)
    for typed, status in (("زنجیر چرخ", 302), ("Night work", 400), ("night-work", 400)):
        answer = client.post(f"{PLACE}own/wish/", {"topic": typed, "county": ""})
        assert answer.status_code == status, typed
    assert [one.topic for one in AlertWish.objects.filter(outlet=outlet)] == ["snow-chains"]


@pytest.mark.slow
def test_the_press_office_makes_names_and_sees_what_has_none(desk: Callable[..., Client]) -> None:
    press, taker = desk(Role.PRESS_OFFICER, name="لیلا"), desk(Role.CALL_TAKER)
    out("snow-chains")
    at = "/office/en/press/topics/"
    assert taker.get(at).status_code == taker.post(f"{at}name/").status_code == 403
    nameless = say("en", "newsroom_site.topics.nameless")
    assert nameless in page_of(press, at)

    def give(status: int, **typed: str) -> str:
        answer = press.post(f"{at}name/", typed)
        assert answer.status_code == status
        return unescape(answer.content.decode())

    names = {"name_fa": CHAINS.fa, "name_en": CHAINS.en}
    wrong = give(400, code="snow-chains", name_fa=CHAINS.fa, name_en="")
    assert say("en", "newsroom_site.topics.no.name_en") in wrong
    assert f'value="{CHAINS.fa}"' in wrong, "what was typed stays"
    give(302, code="snow-chains", **names)
    taken = give(400, code="chains", deed="make", **names)
    assert (
        say("en", "newsroom_site.topics.no.name_taken", name=CHAINS.fa, topic="snow-chains")
        in taken
    )
    give(302, code="chains", deed="make", name_fa="زنجیر", name_en="Chains")
    page = page_of(press, at)
    assert nameless not in page
    for told in (CHAINS.fa, CHAINS.en, "زنجیر", "لیلا"):
        assert told in page
