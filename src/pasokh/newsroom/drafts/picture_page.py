"""Pictures of a draft: taken from a form, drawn anew, and shown to the staff."""

from typing import Protocol, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pasokh.control_room.news_texts import picture_file
from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.at_desk import draft_or_404, no
from pasokh.newsroom.drafts.contents import DraftPicture, from_row
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.pictures import (
    BYTES_MAX,
    PIXELS_MAX,
    SIDE_MAX,
    PictureUnfit,
    draw_anew,
)
from pasokh.sites.clock import instant_now


class KeptPictures(Protocol):
    """Where pictures of drafts lie, each a file named by its SHA-256."""

    def names(self, folder: str) -> list[str]:
        """List the files."""
        ...

    def read(self, path: str) -> bytes:
        """Read one; FileNotFoundError when it is not there."""
        ...

    def write(self, path: str, raw: bytes) -> None:
        """Write one durably."""
        ...


def kept_pictures() -> KeptPictures:
    """Give the folder of pictures."""
    return cast("KeptPictures", settings.PASOKH_NEWS_PICTURES)


def draft_pictures(request: HttpRequest, news_id: str) -> HttpResponse:
    """Take a picture into a draft. Its words are written in the editor."""
    row = draft_or_404(news_id)
    error = ""
    if request.method == "POST":
        try:
            _take(request, row)
        except PictureUnfit as unfit:
            error = no(DraftRefused(f"picture_{unfit}"))
        except DraftRefused as refused:
            error = no(refused)
        else:
            answer: HttpResponse = redirect("press-draft", news_id=news_id)
            answer["Location"] += "#pictures"
            return answer
    shown = {
        "news_id": news_id,
        "error": error,
        "kilobytes": BYTES_MAX // 1000,
        "megapixels": PIXELS_MAX // 10**6,
        "side": SIDE_MAX,
    }
    return render(request, "newsroom/drafts/pictures.html", shown, status=400 if error else 200)


def _take(request: HttpRequest, row: Draft) -> None:
    """Draw it anew, keep the file, then name it in the draft."""
    given = request.FILES.get("picture")
    if given is None:
        raise DraftRefused("picture_none")
    if given.size > BYTES_MAX:
        raise DraftRefused("picture_bytes")
    kept = draw_anew(given.read())
    kept_pictures().write(kept.name, kept.raw)
    picture = DraftPicture(kept.sha256, kept.media, kept.width, kept.height)
    deeds.add_picture(row, picture, request.user.person_id, instant_now())


def draft_picture(request: HttpRequest, news_id: str, digest: str) -> HttpResponse:  # noqa: ARG001
    """Show a picture of a draft to the staff."""
    contents = from_row(draft_or_404(news_id).contents)
    found = next((one for one in contents.pictures if one.sha256 == digest), None)
    if found is None:
        raise Http404
    try:
        raw = kept_pictures().read(picture_file(found.sha256, found.media))
    except FileNotFoundError as gone:
        raise Http404 from gone
    return HttpResponse(raw, content_type=found.media)
