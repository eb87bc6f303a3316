"""The list of releases: what is in work, what is out, and the way into each."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec import Struct

from pasokh.newsroom.counties import county_of
from pasokh.newsroom.drafts.at_desk import line_open, news_sheet
from pasokh.newsroom.drafts.contents import Contents, from_row
from pasokh.newsroom.drafts.deeds import SETTLED, THROWN, begin, begin_version, settle
from pasokh.newsroom.drafts.models import Draft, DraftStep
from pasokh.newsroom.drafts.standing import InLog, in_log
from pasokh.newsroom.drafts.taking_up import row_of, sheet_of, stands_of
from pasokh.newsroom.staff import names_of
from pasokh.press.events import NewsKind
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import LANGUAGES

_SHOWN, _TITLE_MOST = 200, 200


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
    rows = list(Draft.objects.exclude(state=THROWN).order_by("-changed_at")[:_SHOWN])
    names = names_of(row.author for row in rows)
    lines = [_line(row, logged.pop(row.news_id, InLog(row.news_id)), names) for row in rows]
    lines += [
        DraftLine(one.news_id, one.news_id, one.kind or "", one, "", "", one.versions[-1].out_at)
        for one in logged.values()
    ][: _SHOWN - len(lines)]
    shown = {"lines": lines, "kinds": [kind.value for kind in NewsKind], "thrown": _thrown()}
    return render(request, "newsroom/drafts/list.html", shown)


@require_POST
def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin a release, with the title and county of what it is to be about, if that is known."""
    typed = request.POST.get("kind", "")
    kind = NewsKind(typed) if typed in set(NewsKind) else NewsKind.STATEMENT
    offset = settings.PASOKH_NEWSROOM.utc_offset_minutes
    county = request.POST.get("region", "")
    contents = Contents(
        kind=kind,
        counties=(county,) if county_of(county) else (),
        **{f"title_{spoken()}": request.POST.get("title", "").strip()[:_TITLE_MOST]},
    )
    draft = begin(request.user.person_id, instant_now(), offset, contents)
    return redirect("press-draft", news_id=draft.news_id)


@require_POST
@line_open
def draft_correct(request: HttpRequest, news_id: str) -> HttpResponse:
    """Begin to correct what is in the log: the text that stands there is written on."""
    logged = sheet_of(news_sheet(), news_id)
    stands = stands_of(logged)
    if not logged.may_change or stands is None:
        raise Http404
    row = row_of(logged, request.user.person_id)
    number = len(logged.versions) + 1
    settle(row, number - 1)
    begin_version(row, number, stands, request.user.person_id, instant_now())
    return redirect("press-draft", news_id=news_id)


def _thrown() -> list[tuple[str, Draft, str, DraftStep]]:
    """List what was thrown away: its title, by whom, and the step that says when and why."""
    steps = DraftStep.objects.filter(draft__state=THROWN, step="thrown-away").order_by("at", "id")
    last = {one.draft_id: one for one in steps.select_related("draft")}
    found = sorted(last.values(), key=lambda one: -one.at)[:_SHOWN]
    names = names_of(one.person for one in found)
    return [(_title(one.draft), one.draft, names.get(one.person, ""), one) for one in found]


def _title(row: Draft) -> str:
    contents = from_row(row.contents)
    titles = [contents.words(language)[0] for language in (spoken(), *LANGUAGES)]
    return next(filter(None, titles), row.news_id)


def _line(row: Draft, logged: InLog, names: dict[str, str]) -> DraftLine:
    title, kind = _title(row), from_row(row.contents).kind.value
    work = "" if row.state == SETTLED else row.state
    author = names.get(row.author, row.author)
    return DraftLine(row.news_id, title, kind, logged, work, author, row.changed_at)
