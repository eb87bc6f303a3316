"""What the editor's pages share: who asks, what is published, and the ways to log and disk."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.account.proofs.canonical import NotCanonical
from pasokh.control_room.news_texts import read_text
from pasokh.control_room.views_news import NewsSheet
from pasokh.newsroom.drafts.asking import Give
from pasokh.newsroom.drafts.checking import Finding, findings_in
from pasokh.newsroom.drafts.contents import Contents
from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.quoting import NotQuotable
from pasokh.press.texts import NewsText, PublishedNews
from pasokh.sites.control_room import ControlRoomAway, Told, control_room
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_SHEET = msgspec.json.Decoder(NewsSheet)
_NOWHERE = Path("/nonexistent")


def news_sheet() -> NewsSheet:
    """Read what the log says of the releases; ControlRoomAway when it does not answer."""
    return _SHEET.decode(control_room().look("/views/news"))


def figures_out() -> PublishedFigures:
    """Give the published figures."""
    return PublishedFigures(settings.PASOKH_NEWSROOM.figures or _NOWHERE)


def shown_in(contents: Contents) -> list[dict[str, str] | None]:
    """Write the figures of a draft as they are published now; None for one that is not."""
    figures = figures_out()
    shown: list[dict[str, str] | None] = []
    for one in contents.figures:
        try:
            shown.append(figures.written(one.path, one.decimals))
        except NotQuotable:
            shown.append(None)
    return shown


def revised_in(contents: Contents) -> frozenset[int]:
    """Give the numbers of a draft's figures in whose place newer ones are published."""
    figures = figures_out()
    numbered = enumerate(contents.figures, 1)
    return frozenset(number for number, one in numbered if figures.newer(one.path))


def found_in(contents: Contents) -> list[Finding]:
    """Say all that is found in a draft as it stands."""
    return findings_in(contents, shown_in(contents), revised_in(contents))


def published(news_id: str, number: int) -> PublishedNews | None:
    """Read a version as everybody reads it; None when it is not in the public folder."""
    public = settings.PASOKH_NEWSROOM.published or _NOWHERE
    try:
        raw = (public / "news" / news_id / f"{number}.json").read_bytes()
        return msgspec.json.decode(raw, type=PublishedNews)
    except (OSError, msgspec.MsgspecError):
        return None


def waiting_text(digest: str) -> NewsText | None:
    """Read a text that was approved and waits for its hour; None when it is not there so."""
    texts = settings.PASOKH_NEWSROOM.texts or _NOWHERE
    try:
        raw = (texts / f"{digest}.json").read_bytes()
        return read_text(raw) if sha256(raw).hexdigest() == digest else None
    except (OSError, NotCanonical):
        return None


def draft_or_404(news_id: str) -> Draft:
    """Find a draft."""
    draft = Draft.objects.filter(news_id=news_id).first()
    if draft is None:
        raise Http404
    return draft


def version_in(request: HttpRequest) -> int:
    """Read which version of a draft a form was made of; 0, which none has, for no number."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0


def as_person(request: HttpRequest) -> Give:
    """Give commands as whoever asks: the log's actor is that person, and the machine judges."""
    session = request.opened.session_key

    def given(command_id: str, name: str, command: dict[str, Any]) -> Told:
        return control_room().give(command_id, name, command, session_key=session)

    return given


def no(refused: Exception) -> str:
    """Say why a deed was not done."""
    return say(spoken(), f"editor.no.{refused}")


def line_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say it in a page when the control room does not answer."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except ControlRoomAway:
            return render(request, "newsroom/drafts/away.html", status=503)

    return seen
