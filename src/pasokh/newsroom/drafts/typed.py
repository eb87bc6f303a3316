"""What a person typed into the editor, as contents of a draft."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django.conf import settings
from django.http import QueryDict
from msgspec import Struct
from msgspec.structs import replace

from pasokh.core.time import SECOND, Day, Instant, day_from_iso, day_of, start_of
from pasokh.newsroom.drafts.contents import PARTS, Contents, DraftPicture
from pasokh.newsroom.site.known_topics import topics_typed
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
    """What was typed. `wrong`: what cannot be read, by field; those fields are as they were."""

    contents: Contents
    wrong: dict[str, str]


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
    _topics(form, fields, wrong)
    _hour(form, fields, wrong)
    return Typed(replace(before, **fields), wrong)


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


def _topics(form: QueryDict, fields: dict[str, Any], wrong: dict[str, str]) -> None:
    """Those that were ticked, and those that were typed beside them."""
    if "topics" not in form:
        return
    typed = topics_typed(form["topics"])
    ticked = topics_typed(",".join(form.getlist("topic")))
    if typed is None or ticked is None:
        wrong["topics"] = _say("topics")
    else:
        fields["topics"] = tuple(dict.fromkeys((*ticked, *typed)))


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
