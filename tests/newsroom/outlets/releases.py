"""Releases in the read copy, as the site's copying lays them there."""

from hashlib import sha256

import msgspec

from pasokh.core.time import Instant
from pasokh.newsroom.site.models import OPEN, NewsRelease, ReleaseVersion
from pasokh.press.texts import NewsAbout, NewsText, NewsWords
from pasokh.sites.clock import instant_now

_NOTHING = NewsAbout()


def lay(
    news_id: str,
    out_at: Instant,
    *,
    number: int = 1,
    body: str = "۷۰ درصد",
    kind: str = "statement",
    about: NewsAbout = _NOTHING,
    embargoed: bool = False,
) -> None:
    """Lay a version; what was shown before it is shown until its hour."""
    opens_at = OPEN if out_at <= instant_now() else out_at
    release, _ = NewsRelease.kept.get_or_create(
        news_id=news_id, defaults={"kind": kind, "out_at": out_at, "opens_at": opens_at}
    )
    ReleaseVersion.kept.filter(release=release, until_at=None).update(until_at=opens_at)
    words = NewsWords(title=f"خبر {news_id}", body=f"بند نخست\n\n{body}")
    text = NewsText(words={"fa": words}, about=about)
    raw = msgspec.json.encode(text)
    ReleaseVersion.kept.create(
        release=release,
        number=number,
        out_at=out_at,
        opens_at=opens_at,
        embargoed=embargoed,
        text=raw.decode(),
        text_sha256=sha256(raw).hexdigest(),
    )
