"""The topics as the press office sees them: what each is called, and those without a name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from pasokh.newsroom.site import lists
from pasokh.newsroom.site.known_topics import topics_to_write
from pasokh.newsroom.site.models import TopicNaming
from pasokh.newsroom.site.naming_topics import (
    NAME_MOST,
    TopicRefused,
    TopicWords,
    make_topic,
    may_be_named,
    name_topic,
    topic_words,
)
from pasokh.newsroom.site.shown import topic_names
from pasokh.newsroom.staff import names_of
from pasokh.sites.clock import instant_now

_EMPTY = TopicWords("", "", "")


class NamedTopic(Struct, frozen=True):
    """A topic. `named`: what the office called it and who did, the newest first.

    `typed`: what its form holds, and whether that was just refused.
    """

    code: str
    name_fa: str
    name_en: str
    releases: int
    may_name: bool
    named: list[tuple[TopicNaming, str]]
    typed: TopicWords
    refused: bool

    @property
    def nameless(self) -> bool:
        """Whether it has its bare code for a name."""
        return self.name_fa == self.code


@require_safe
def topics_desk(request: HttpRequest) -> HttpResponse:
    """List the topics, first those without a name."""
    return _page(request)


@require_POST
def topic_name_step(request: HttpRequest) -> HttpResponse:
    """Make a topic, or name one."""
    typed = topic_words(*(request.POST.get(name, "") for name in ("code", "name_fa", "name_en")))
    makes = request.POST.get("deed") == "make"
    try:
        (make_topic if makes else name_topic)(typed, request.user.person_id, instant_now())
    except TopicRefused as refused:
        if makes:
            return _page(request, refused.told(), fresh=typed)
        return _page(request, refused.told(), named=typed)
    return redirect("topics-desk")


def _page(
    request: HttpRequest, error: str = "", *, fresh: TopicWords = _EMPTY, named: TopicWords = _EMPTY
) -> HttpResponse:
    lines = _lines(named)
    shown: dict[str, Any] = {
        "nameless": [one for one in lines if one.nameless],
        "lines": [one for one in lines if not one.nameless],
        "fresh": fresh,
        "most": NAME_MOST,
        "error": error,
    }
    return render(request, "newsroom/site/topics_desk.html", shown, status=400 if error else 200)


def _lines(refused: TopicWords) -> list[NamedTopic]:
    codes = [code for code, _ in topics_to_write()]
    fa, en = (topic_names(codes, language) for language in ("fa", "en"))
    counted = dict(lists.topics())
    rows = list(TopicNaming.objects.order_by("-pk"))
    people = names_of(row.by for row in rows)
    return [
        NamedTopic(
            code,
            fa[code],
            en[code],
            counted.get(code, 0),
            may_be_named(code),
            [(row, people[row.by]) for row in rows if row.code == code],
            refused if refused.code == code else _written(code, fa[code], en[code]),
            refused.code == code,
        )
        for code in codes
    ]


def _written(code: str, fa: str, en: str) -> TopicWords:
    return _EMPTY if fa == code else TopicWords(code, fa, en)
