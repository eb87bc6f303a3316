"""What a person typed into the editor, as contents of a draft."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.conf import settings
from django.http import QueryDict
from msgspec import Struct
from msgspec.structs import replace

from pasokh.core.time import SECOND, Day, Instant, day_from_iso, day_of, start_of
from pasokh.newsroom.drafts.contents import PARTS, Contents, DraftPicture
from pasokh.newsroom.site.known_topics import codes_to_write, topics_typed
from pasokh.newsroom.site.naming_topics import TopicRefused, TopicWords, check_new, topic_words
from pasokh.newsroom.site.shown import topic_name
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.sites.languages import spoken
from pasokh.words.digits import digits
from pasokh.words.jalali import clock
from pasokh.words.jalali_typed import TypedWrong, parse_day, parse_time, typed_day
from pasokh.words.say import LANGUAGES, say

_LINES = re.compile("\r\n?")
_MOST = {"title": 200, "lead": 1_000, "body": 50_000, "contact": 300, "correction": 1_000}
# What the fields of a picture's words are called, each followed by the picture's digest.
PICTURE_WORDS = ("credit", "licence", "alt_fa", "alt_en", "caption_fa", "caption_en")
_PICTURE_MOST = 200


class Typed(Struct, frozen=True):
    """What was typed. `wrong`: what cannot be read, by field; those fields are as they were.

    `fresh`: a topic that is to be made with it.
    """

    contents: Contents
    wrong: dict[str, str]
    fresh: TopicWords | None = None


def typed_in(form: QueryDict, before: Contents) -> Typed:
    """Read a form over what the draft held when it was shown. Figures are in no form."""
    wrong: dict[str, str] = {}
    fields: dict[str, Any] = {}
    names = (*PARTS, "contact", "correction")
    for name in (f"{part}_{language}" for part in names for language in LANGUAGES):
        if name in form:
            fields[name] = _plain(form[name])
            if len(fields[name]) > _MOST[name.partition("_")[0]]:
                wrong[name] = _say("too_long", most=_MOST[name.partition("_")[0]])
    for name, kind in (("kind", NewsKind), ("mistake", NewsMistake)):
        if form.get(name) in set(kind):
            fields[name] = kind(form[name])
    fields["counties"] = tuple(dict.fromkeys(form.getlist("region")))
    fields["embargoed"] = "embargoed" in form
    fields["pictures"] = tuple(_picture(form, one) for one in before.pictures)
    fresh = _topics(form, fields, before, wrong)
    _hour(form, fields, wrong)
    return Typed(replace(before, **fields), wrong, fresh)


def typed_hour(form: Mapping[str, str]) -> Instant:
    """Read a day with a time, by the centre's clock; 0 without either. TypedWrong says why not."""
    day, time = form.get("day", "").strip(), form.get("time", "").strip()
    if not day and not time:
        return 0
    offset = settings.PASOKH_NEWSROOM.utc_offset_minutes
    at: Day = day_from_iso(parse_day(day).isoformat())
    return start_of(at, offset) + parse_time(time) * SECOND


def hour_typed(at: Instant) -> tuple[str, str]:
    """Write an instant as one types it: its day and its time; two empty texts for 0."""
    if not at:
        return "", ""
    offset = settings.PASOKH_NEWSROOM.utc_offset_minutes
    day = day_of(at, offset)
    second = (at - start_of(day, offset)) // SECOND
    time = clock("en", second, seconds=False)
    return typed_day(spoken(), day), digits(spoken(), time)


def said(wrong: TypedWrong) -> str:
    """Say why what was typed is no day or no time."""
    return say(spoken(), wrong.message_id, **wrong.details)


def _say(message_id: str, **details: str | int) -> str:
    return say(spoken(), f"editor.typed.{message_id}", **details)


def _plain(text: str) -> str:
    return _LINES.sub("\n", text).strip()


def _topics(
    form: QueryDict, fields: dict[str, Any], before: Contents, wrong: dict[str, str]
) -> TopicWords | None:
    """Read those that were ticked, and those that were typed beside them; give one that is new."""
    if "topics" not in form:
        return None
    known = codes_to_write()
    typed = topics_typed(form["topics"], known)
    ticked = topics_typed(",".join(form.getlist("topic")), known)
    if typed is None or ticked is None:
        wrong["topics"] = _say("topics")
        return None
    fields["topics"] = tuple(dict.fromkeys((*ticked, *typed)))
    try:
        return _fresh(form, typed, set(fields["topics"]) - known - set(before.topics))
    except TopicRefused as refused:
        wrong["topics"] = refused.told()
        del fields["topics"]
        return None


def _fresh(form: QueryDict, typed: Sequence[str], new: set[str]) -> TopicWords | None:
    names = form.get("topic_fa", ""), form.get("topic_en", "")
    if len(new) > 1:
        raise TopicRefused("many")
    if new:
        topic = topic_words(new.pop(), *names)
        check_new(topic)
        return topic
    if any(name.strip() for name in names):
        if typed:
            raise TopicRefused("code_taken", topic=typed[0], name=topic_name(typed[0], spoken()))
        raise TopicRefused("code")
    return None


def _hour(form: QueryDict, fields: dict[str, Any], wrong: dict[str, str]) -> None:
    if "day" not in form:
        return
    try:
        fields["out_at"] = typed_hour(form)
    except TypedWrong as fault:
        wrong["hour"] = said(fault)


def _picture(form: QueryDict, picture: DraftPicture) -> DraftPicture:
    told: dict[str, Any] = msgspec.to_builtins(picture)
    for name in PICTURE_WORDS:
        typed = form.get(f"{name}-{picture.sha256}")
        if typed is None:
            continue
        part, _, language = name.partition("_")
        if language:
            told[part][language] = " ".join(typed.split())[:_PICTURE_MOST]
        else:
            told[part] = " ".join(typed.split())[:_PICTURE_MOST]
    return msgspec.convert(told, DraftPicture)
