"""Making a topic, and naming one: by the office, in both languages, with a name that no other has.

A topic's code is part of a release's text, of which the log has the hash; its names are words for
it, as those of the catalogues are, and stand beside the texts.
"""

import re

from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.known_topics import APART, CODE, FROM_THE_FIRST, codes_to_write, named_by
from pasokh.newsroom.site.models import TermName, TopicNaming
from pasokh.newsroom.site.shown import topic_name
from pasokh.newsroom.site.writing import turn_over
from pasokh.sites.languages import spoken
from pasokh.words.digits import latin_digits
from pasokh.words.say import say
from pasokh.words.spelling import display, key

NAME_MOST = 60
_PERSIAN, _LATIN = re.compile("[\u0620-\u06d3]"), re.compile("[A-Za-z]")


class TopicRefused(Exception):
    """A topic cannot be made or named so: why, and what it is about."""

    def __init__(self, why: str, **details: str | int) -> None:
        """`why`: `newsroom_site.topics.no.<why>` is its sentence."""
        super().__init__(why)
        self.details = details

    def told(self) -> str:
        """Say it in the language that is spoken."""
        return say(spoken(), f"newsroom_site.topics.no.{self}", **self.details)


class TopicWords(Struct, frozen=True):
    """A topic as it is typed: its code, and its names."""

    code: str
    fa: str
    en: str


def topic_words(code: str, fa: str, en: str) -> TopicWords:
    """Read what was typed: blanks, digits and letters as they are kept."""
    return TopicWords(
        latin_digits(code).strip().lower(), " ".join(display(fa).split()), " ".join(en.split())
    )


def check_new(topic: TopicWords) -> None:
    """Raise TopicRefused where a topic cannot be made of this."""
    if not CODE.fullmatch(topic.code):
        raise TopicRefused("code")
    earlier = TermName.objects.filter(kind="topic", code=topic.code).exists()
    if earlier or topic.code in codes_to_write():
        raise TopicRefused("code_taken", topic=topic.code, name=topic_name(topic.code, spoken()))
    _check_names(topic)


def make_topic(topic: TopicWords, by: str, now: Instant) -> None:
    """Make a topic. TopicRefused: it cannot be, or somebody was first."""
    with together():
        check_new(topic)
        _name(topic, by, now)


def may_be_named(code: str) -> bool:
    """Tell whether the office names this topic: what every newsroom has is named already."""
    return code in codes_to_write() and code not in FROM_THE_FIRST


def name_topic(topic: TopicWords, by: str, now: Instant) -> None:
    """Name a topic that there is, or name it anew. TopicRefused: not so."""
    with together():
        if not may_be_named(topic.code):
            raise TopicRefused("code")
        _check_names(topic)
        _name(topic, by, now)


def _name(topic: TopicWords, by: str, now: Instant) -> None:
    TopicNaming.objects.create(code=topic.code, name_fa=topic.fa, name_en=topic.en, by=by, at=now)
    turn_over()  # pages that are kept have the old name


def _check_names(topic: TopicWords) -> None:
    if not _PERSIAN.search(topic.fa):
        raise TopicRefused("name_fa")
    if not _LATIN.search(topic.en) or _PERSIAN.search(topic.en):
        raise TopicRefused("name_en")
    others = codes_to_write() - {topic.code}
    taken = named_by(others) | {key(code): code for code in others}
    for name in (topic.fa, topic.en):
        if len(name) > NAME_MOST:
            raise TopicRefused("long", most=NAME_MOST)
        if APART.search(name):
            raise TopicRefused("apart")
        if key(name) in taken:
            raise TopicRefused("name_taken", name=name, topic=taken[key(name)])
