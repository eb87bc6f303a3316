"""Letting a reviewed draft out: what is asked of the log, and what is said before it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec
from django.conf import settings
from django.http import HttpRequest

from pasokh.account.proofs.canonical import NotCanonical
from pasokh.control_room.news_texts import write_text
from pasokh.newsroom.drafts.asking import APPROVE, ask, give
from pasokh.newsroom.drafts.at_desk import as_person, found_in, shown_in
from pasokh.newsroom.drafts.checking import Weight, needs_two
from pasokh.newsroom.drafts.contents import Contents, from_row
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.newsroom.drafts.laying import LaidText, WaitingTexts, text_of
from pasokh.newsroom.drafts.models import Draft
from pasokh.press.commands import ApproveNews
from pasokh.sites.clock import instant_now

_REASON_MOST = 500


def waiting_texts() -> WaitingTexts:
    """Give the folder where approved texts wait for their hour."""
    return cast("WaitingTexts", settings.PASOKH_NEWS_TEXTS)


def publish(
    request: HttpRequest, draft: Draft, version: int, reason: str, although: str = ""
) -> str:
    """Ask the log to let a draft out as it was seen in `version`; give the sentence of a no.

    `although`: why numbers that contradict each other may stand. DraftRefused says what the office
    itself does not let pass; ControlRoomAway leaves the question open.
    """
    if draft.version != version:
        raise DraftRefused("changed")
    contents = from_row(draft.contents)
    person = request.user.person_id
    shown = _fit(contents, draft.author, person, although)
    why = f"{reason.strip()} {although.strip()}".strip()[:_REASON_MOST]
    if not reason.strip():
        raise DraftRefused("reason")
    text = _laid(contents, shown)
    command = _command(draft, contents, text, why)
    now = instant_now()
    asked = ask(draft, APPROVE, command, person, now, text=text)
    return give(asked, as_person(request), waiting_texts(), now).sentence


def _fit(contents: Contents, author: str, person: str, although: str) -> list[dict[str, str]]:
    """Say what stands in the way; the figures as they are shown when nothing does."""
    shown = shown_in(contents)
    weights = {one.weight for one in found_in(contents)}
    if Weight.STOPS in weights:
        raise DraftRefused("findings")
    if Weight.REASON in weights and not although.strip():
        raise DraftRefused("although")
    if needs_two(contents) and author == person:
        raise DraftRefused("same_person")
    return [one for one in shown if one is not None]


def _laid(contents: Contents, shown: Sequence[Mapping[str, str]]) -> LaidText:
    try:
        return LaidText(write_text(text_of(contents, shown)))
    except (msgspec.ValidationError, NotCanonical) as fault:
        raise DraftRefused("text") from fault


def _command(draft: Draft, contents: Contents, text: LaidText, reason: str) -> ApproveNews:
    order: dict[str, Any] = {
        "news_id": draft.news_id,
        "number": draft.number,
        "kind": contents.kind,
        "text_sha256": text.digest,
        "out_at": contents.out_at,
        "author": draft.author,
        "reason": reason,
        "figures": [one.path for one in contents.figures],
        "embargoed": contents.embargoed,
        "mistake": contents.mistake if draft.number > 1 else None,
    }
    return msgspec.convert(msgspec.to_builtins(order), ApproveNews)
