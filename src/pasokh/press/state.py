"""What is true of the news releases: their versions, and from when on each is for everybody."""

from msgspec import Struct, field

from pasokh.core.time import Instant
from pasokh.press.events import NewsId, NewsKind, NewsMistake


class NewsVersion(Struct, gc=False):
    """One approved version. `replaced`: a later one was approved before this was out."""

    text_sha256: str
    out_at: Instant
    figures: tuple[str, ...] = ()
    embargoed: bool = False
    mistake: NewsMistake | None = None
    reason: str = ""
    replaced: bool = False


class News(Struct, gc=False):
    """One news release: version n stands at place n - 1."""

    news_id: NewsId
    kind: NewsKind
    versions: list[NewsVersion] = []
    withdrawn_at: Instant | None = None
    withdrawn_why: str = ""


class PressState(Struct):
    """All news releases, by their id."""

    news: dict[NewsId, News] = field(default_factory=dict)
