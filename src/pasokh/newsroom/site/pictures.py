"""Pictures of releases that are out, by the SHA-256 of their bytes."""

from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from pasokh.newsroom.site.doors import outlet_that_reads
from pasokh.newsroom.site.embargo import picture_under_embargo
from pasokh.newsroom.site.models import ReleasePicture
from pasokh.sites.clock import instant_now


def picture(asked: HttpRequest, digest: str, suffix: str) -> HttpResponse:
    """Give a picture, if a release that is out has it and its bytes are the ones that it names.

    An accredited outlet gets those too of what it may read before its hour.
    """
    row = (
        ReleasePicture.objects.filter(sha256=digest, version__release__withdrawn_at=None)
        .select_related("version")
        .first()
    )
    if row is None and (outlet_id := outlet_that_reads(asked)):
        row = picture_under_embargo(outlet_id, digest)
    raw = picture_bytes(row.version.release_id, f"{digest}.{suffix}") if row is not None else None
    if row is None or raw is None:
        raise Http404
    answer = HttpResponse(raw, content_type=row.media)
    if row.version.out_at > instant_now():
        answer["Cache-Control"] = "no-store"
        return answer
    # Not immutable: a picture goes when its release is withdrawn.
    answer["Cache-Control"] = "no-cache"
    answer["ETag"] = f'"{digest}"'
    return answer


def picture_bytes(news_id: str, name: str) -> bytes | None:
    """Read a picture from where it was published, or waits; None when no bytes fit its name."""
    newsroom = settings.PASOKH_NEWSROOM
    published = [newsroom.published / "news" / news_id] if newsroom.published else []
    for folder in (*published, newsroom.pictures):
        try:
            raw: bytes = (folder / name).read_bytes()
        except FileNotFoundError:
            continue
        if sha256(raw).hexdigest() == name.partition(".")[0]:
            return raw
    return None
