"""A release that the log has, in the hands of the editor: its row, and the text that stands."""

from pasokh.control_room.views_news import NewsSheet
from pasokh.newsroom.drafts.at_desk import published
from pasokh.newsroom.drafts.contents import Contents, from_row
from pasokh.newsroom.drafts.deeds import settle, take_up
from pasokh.newsroom.drafts.laying import contents_of
from pasokh.newsroom.drafts.models import Draft, DraftSave
from pasokh.newsroom.drafts.standing import InLog, in_log
from pasokh.press.events import NewsKind
from pasokh.sites.clock import instant_now

# What belongs to one version, and not to the next.
_OF_A_VERSION = {"correction_fa": "", "correction_en": "", "mistake": None, "out_at": 0}


def sheet_of(sheet: NewsSheet, news_id: str) -> InLog:
    """Say how one release stands."""
    return in_log(sheet, instant_now()).get(news_id, InLog(news_id))


def row_of(logged: InLog, person: str) -> Draft:
    """Find a release's row; what was let out by hand, or by a lost database, gets one."""
    row = Draft.objects.filter(news_id=logged.news_id).first()
    if row is not None:
        return row
    number = len(logged.versions)
    kind = logged.kind or NewsKind.STATEMENT
    contents = stands_of(logged.news_id, number, None) or Contents(kind=kind)
    row = take_up(logged.news_id, max(number, 1), person, instant_now(), contents)
    settle(row, row.number)
    row.refresh_from_db()
    return row


def stands_of(news_id: str, number: int, draft: Draft | None) -> Contents | None:
    """Give the last version: as everybody reads it, or while it waits, as it was approved here."""
    out = published(news_id, number)
    if out is not None:
        return contents_of(out.text, out.kind)
    saved = DraftSave.objects.filter(draft=draft, number=number).order_by("-version").first()
    return None if saved is None else from_row(saved.contents | _OF_A_VERSION)
