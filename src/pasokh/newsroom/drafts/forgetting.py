"""What of drafts is let go: all of a release that was withdrawn, and pictures that nobody shows."""

from django.conf import settings

from pasokh.control_room.news_texts import picture_file
from pasokh.core.time import DAY, SECOND
from pasokh.newsroom.drafts.at_desk import news_sheet
from pasokh.newsroom.drafts.contents import Contents, from_row, to_row
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.standing import PublicStanding, in_log
from pasokh.newsroom.rows import together
from pasokh.sites.clock import instant_now

# A picture that was just taken in is named by its draft a moment later.
_JUST_TAKEN = 1 * DAY


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
    folder = settings.PASOKH_NEWSROOM.pictures
    if not folder.is_dir():
        return 0
    shown = {
        picture_file(one.sha256, one.media)
        for row in Draft.objects.all()
        for kept in (row.contents, *row.saves.values_list("contents", flat=True))
        for one in from_row(kept).pictures
    }
    old = instant_now() - _JUST_TAKEN
    gone = [
        file
        for file in folder.iterdir()
        if file.name not in shown and file.stat().st_mtime * SECOND < old
    ]
    for file in gone:
        file.unlink()
    return len(gone)
