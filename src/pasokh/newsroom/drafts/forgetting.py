"""What of drafts is let go: what was withdrawn, and files that no draft and no version needs.

What is out, whoever publishes takes from the texts that wait (adapters/archive/news_folder.py).
"""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from pasokh.control_room.news_texts import picture_file
from pasokh.core.time import DAY, SECOND
from pasokh.newsroom.drafts.at_desk import news_sheet
from pasokh.newsroom.drafts.contents import Contents, from_row, to_row
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.standing import PublicStanding, in_log
from pasokh.newsroom.rows import together
from pasokh.press.views import texts_needed
from pasokh.sites.clock import instant_now

# A picture that was just taken in is named by its draft a moment later, and a text that was just
# laid by the log, if its approval arrives: a minute later it has, or never does.
_JUST_LAID = 1 * DAY


def forget_withdrawn() -> int:
    """Empty the drafts of what the log says withdrawn: a name may stand there that has to go."""
    forgotten = 0
    for logged in in_log(news_sheet(), instant_now()).values():
        if logged.standing is not PublicStanding.WITHDRAWN:
            continue
        row = Draft.objects.filter(news_id=logged.news_id).first()
        if row is None:
            continue
        emptied = to_row(Contents(kind=from_row(row.contents).kind))
        if row.contents != emptied or row.saves.exists():
            with together():
                Draft.objects.filter(pk=row.pk).update(contents=emptied)
                row.saves.all().delete()
            forgotten += 1
    return forgotten


def forget_pictures() -> int:
    """Take away pictures that no draft and no text before its hour shows any more."""
    shown = {
        picture_file(one.sha256, one.media)
        for row in Draft.objects.all()
        for kept in (row.contents, *row.saves.values_list("contents", flat=True))
        for one in from_row(kept).pictures
    }
    return _take_away(settings.PASOKH_NEWSROOM.pictures, shown)


def forget_texts() -> int:
    """Take away texts that were laid for an approval which was taken back, or never arrived.

    One that the log names as out or waiting stays. ControlRoomAway: nobody knows, so all stay.
    """
    needed = {f"{digest}.json" for digest in texts_needed(news_sheet().news, instant_now())}
    return _take_away(settings.PASOKH_NEWSROOM.texts, needed)


def _take_away(folder: Path, needed: Collection[str]) -> int:
    """Take away a folder's files that are older than a day, but for these."""
    old = instant_now() - _JUST_LAID
    gone = 0
    for file in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # whoever laid it, or publishes, was first
            if file.name not in needed and file.stat().st_mtime * SECOND < old:
                file.unlink()
                gone += 1
    return gone
