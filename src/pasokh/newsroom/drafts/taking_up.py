"""A release that the log has, in the hands of the editor: its row, and the text that stands."""

from msgspec.structs import replace

from pasokh.control_room.views_news import NewsSheet
from pasokh.newsroom.drafts.at_desk import published, waiting_text
from pasokh.newsroom.drafts.contents import Contents
from pasokh.newsroom.drafts.deeds import settle, take_up
from pasokh.newsroom.drafts.laying import contents_of
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.standing import InLog, in_log
from pasokh.press.events import NewsKind
from pasokh.sites.clock import instant_now


def sheet_of(sheet: NewsSheet, news_id: str) -> InLog:
    """Say how one release stands."""
    return in_log(sheet, instant_now()).get(news_id, InLog(news_id))


def row_of(logged: InLog, person: str) -> Draft:
    """Find a release's row; what was let out by hand, or by a lost database, gets one."""
    row = Draft.objects.filter(news_id=logged.news_id).first()
    if row is not None:
        return row
    kind = logged.kind or NewsKind.STATEMENT
    contents = stands_of(logged) or Contents(kind=kind)
    row = take_up(logged.news_id, max(len(logged.versions), 1), person, instant_now(), contents)
    settle(row, row.number)
    row.refresh_from_db()
    return row


def stands_of(logged: InLog) -> Contents | None:
    """Give the last version: as everybody reads it, or while it waits, as it was approved.

    What comes in the place of a text that waits keeps its hour, its embargo and what it corrects.
    """
    if not logged.versions:
        return None
    last = logged.versions[-1]
    out = published(logged.news_id, last.number)
    if out is not None:
        return contents_of(out.text, out.kind)
    text = waiting_text(last.text_sha256)
    if text is None:
        return None
    contents = contents_of(text, logged.kind or NewsKind.STATEMENT)
    if not logged.waits:
        return contents
    return replace(
        contents,
        out_at=last.out_at,
        embargoed=last.embargoed,
        mistake=last.mistake,
        correction_fa=text.correction.get("fa", ""),
        correction_en=text.correction.get("en", ""),
    )
