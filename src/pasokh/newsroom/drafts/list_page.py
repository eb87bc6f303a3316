"""The list of releases: what is in work, what is out, and the way into each."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec import Struct

from pasokh.newsroom.drafts.at_desk import line_open, news_sheet
from pasokh.newsroom.drafts.contents import Contents, from_row
from pasokh.newsroom.drafts.deeds import SETTLED, begin, begin_version, settle
from pasokh.newsroom.drafts.laying import next_number
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.standing import InLog, in_log
from pasokh.newsroom.drafts.taking_up import row_of, sheet_of, stands_of
from pasokh.newsroom.staff import names_of
from pasokh.press.events import NewsKind
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import LANGUAGES

_SHOWN = 200


class DraftLine(Struct, frozen=True):
    """One release in the list. `work`: how far its next version is; empty when nothing is."""

    news_id: str
    title: str
    kind: str
    logged: InLog
    work: str
    author: str
    changed_at: int


@line_open
def drafts(request: HttpRequest) -> HttpResponse:
    """List releases, what was touched last first."""
    logged = in_log(news_sheet(), instant_now())
    rows = list(Draft.objects.order_by("-changed_at")[:_SHOWN])
    names = names_of(row.author for row in rows)
    lines = [_line(row, logged.pop(row.news_id, InLog(row.news_id)), names) for row in rows]
    lines += [
        DraftLine(one.news_id, one.news_id, one.kind or "", one, "", "", one.versions[-1].out_at)
        for one in logged.values()
    ][: _SHOWN - len(lines)]
    shown = {"lines": lines, "kinds": [kind.value for kind in NewsKind]}
    return render(request, "newsroom/drafts/list.html", shown)


@require_POST
def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin a release."""
    typed = request.POST.get("kind", "")
    kind = NewsKind(typed) if typed in set(NewsKind) else NewsKind.STATEMENT
    offset = settings.PASOKH_NEWSROOM.utc_offset_minutes
    draft = begin(request.user.person_id, instant_now(), offset, Contents(kind=kind))
    return redirect("press-draft", news_id=draft.news_id)


@require_POST
@line_open
def draft_correct(request: HttpRequest, news_id: str) -> HttpResponse:
    """Begin to correct what is in the log: the text that stands there is written on."""
    sheet = news_sheet()
    logged = sheet_of(sheet, news_id)
    row = row_of(logged, request.user.person_id)
    number = next_number(sheet, news_id)
    stands = stands_of(news_id, number - 1, row)
    if not logged.may_change or stands is None:
        raise Http404
    settle(row, number - 1)
    begin_version(row, number, stands, request.user.person_id, instant_now())
    return redirect("press-draft", news_id=news_id)


def _line(row: Draft, logged: InLog, names: dict[str, str]) -> DraftLine:
    contents = from_row(row.contents)
    titles = [contents.words(language)[0] for language in (spoken(), *LANGUAGES)]
    title = next(filter(None, titles), row.news_id)
    work = "" if row.state == SETTLED else row.state
    author = names.get(row.author, row.author)
    return DraftLine(row.news_id, title, contents.kind.value, logged, work, author, row.changed_at)
