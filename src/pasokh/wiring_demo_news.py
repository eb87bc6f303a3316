"""What the press office of a demonstration says: invented, and by the way of every release.

A text is laid beside the log and approved by one of the drill's people; what publishes lets it out.
"""

from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from pasokh.adapters.archive.files import DiskFiles
from pasokh.control_room.news_texts import write_text
from pasokh.core.machine import Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.drivers.live import Live
from pasokh.newsroom.drafts.laying import LaidText, lay_and_give
from pasokh.press.commands import ApproveNews
from pasokh.press.events import NewsId, NewsKind, NewsMistake
from pasokh.press.texts import NewsAbout, NewsText, NewsWords
from pasokh.settings import Settings
from pasokh.settings_publishing import NEWS_FOLDER
from pasokh.settings_scenario import scenario_of

_FILE = "news.toml"
_APPROVER = actor_of(Role.SUPERVISOR, "s-01")
_AUTHOR = "press-01"


class _InventedNews(Struct, frozen=True, forbid_unknown_fields=True):
    news_id: NewsId
    kind: NewsKind
    reason: str
    fa: NewsWords
    en: NewsWords
    topics: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    mistake: NewsMistake | None = None
    correction: dict[str, str] = {}

    def text(self) -> NewsText:
        """Write it as every text is written."""
        about = NewsAbout(topics=self.topics, counties=self.counties)
        return NewsText({"fa": self.fa, "en": self.en}, self.correction, about)


class _NewsFile(Struct, frozen=True, forbid_unknown_fields=True):
    release: Annotated[list[_InventedNews], Meta(min_length=1)]


def tell_demo_news(settings: Settings, live: Live, now: Instant) -> int:
    """Approve what was not approved yet, in order; give how many versions that were."""
    path = scenario_of(settings).parent / _FILE
    if not settings.demo or not path.is_file():
        return 0
    told = 0
    for one in _invented(path):
        stands = live.centre.press.news.get(one.news_id)
        number = 1 if one.mistake is None else 2
        if stands is not None and len(stands.versions) >= number:
            continue
        text = LaidText(write_text(one.text()))
        order = ApproveNews(
            one.news_id,
            number,
            one.kind,
            text.digest,
            out_at=now,
            author=_AUTHOR,
            reason=one.reason,
            mistake=one.mistake,
        )
        asked = Submission(f"demo-news-{one.news_id}-{number}", _APPROVER, order)
        texts = DiskFiles(settings.data / NEWS_FOLDER, 0o600)
        lay_and_give(texts, text, partial(_taken, live, asked))
        told += 1
    return told


def _taken(live: Live, asked: Submission) -> bool:
    return live.take(asked).refusal is None


def _invented(path: Path) -> list[_InventedNews]:
    return msgspec.toml.decode(path.read_bytes(), type=_NewsFile).release
