"""Reading before the hour: by accredited outlets only, and each reading is kept."""

from pasokh.newsroom.site.models import EmbargoRead, NewsRelease, ReleasePicture, ReleaseVersion
from pasokh.sites.clock import instant_now

_SHOWN = 500


def read_under_embargo(outlet_id: str, news_id: str) -> ReleaseVersion | None:
    """Give what waits of a release to an accredited outlet, and keep that it was read.

    None for anybody else, and for a release that may not be read before its hour.
    """
    now = instant_now()
    release = NewsRelease.under_embargo.for_outlet(outlet_id).filter(news_id=news_id).first()
    if release is None:
        return None
    rows = ReleaseVersion.kept.under_embargo(now).filter(release=release)
    version: ReleaseVersion | None = rows.order_by("number").last()
    if version is not None:
        EmbargoRead.objects.create(
            outlet_id=outlet_id, news_id=news_id, number=version.number, at=now
        )
    return version


def picture_under_embargo(outlet_id: str, digest: str) -> ReleasePicture | None:
    """Give a picture of what an accredited outlet may read before its hour; None otherwise."""
    waits = NewsRelease.under_embargo.for_outlet(outlet_id)
    versions = ReleaseVersion.kept.under_embargo(instant_now()).filter(release__in=waits)
    found = ReleasePicture.kept.filter(sha256=digest, version__in=versions)
    picture: ReleasePicture | None = found.select_related("version").first()
    return picture


def reads_before_the_hour() -> list[EmbargoRead]:
    """List who read what before its hour, the newest first."""
    return list(EmbargoRead.objects.select_related("outlet").order_by("-at", "-pk")[:_SHOWN])


def waiting_for(outlet_id: str) -> list[NewsRelease]:
    """List what an outlet may read before its hour: ids and hours, no words."""
    return list(NewsRelease.under_embargo.for_outlet(outlet_id).order_by("out_at", "news_id"))
