"""What the press office of a demonstration says: invented, and by the way of every release.

A text is laid beside the log and approved by one of the drill's people; what publishes lets it out.
What quotes figures waits for them: the demonstration's past is lived while it is already open.
"""

import asyncio
from collections.abc import Callable
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
from pasokh.newsroom.drafts.contents import Contents, DraftFigure
from pasokh.newsroom.drafts.figures_out import PublishedFigures, QuotableFigure
from pasokh.newsroom.drafts.laying import LaidText, lay_and_give, text_of
from pasokh.press.commands import ApproveNews
from pasokh.press.events import NewsId, NewsKind, NewsMistake
from pasokh.press.texts import NewsText, NewsWords
from pasokh.settings import Settings
from pasokh.settings_publishing import NEWS_FOLDER
from pasokh.settings_scenario import PAST_PUBLIC, scenario_of

_FILE = "news.toml"
_APPROVER = actor_of(Role.SUPERVISOR, "s-01")
_AUTHOR = "press-01"
_LOOKS_AGAIN_SECONDS = 5


class _InventedNews(Struct, frozen=True, forbid_unknown_fields=True):
    """`quotes`: definitions whose figures of the newest day stand in the text, in their order."""

    news_id: NewsId
    kind: NewsKind
    reason: str
    fa: NewsWords
    en: NewsWords
    topics: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    mistake: NewsMistake | None = None
    correction: dict[str, str] = {}
    quotes: tuple[str, ...] = ()

    def text(self, figures: list[QuotableFigure]) -> NewsText:
        """Write it as every text is written; `{day}` is the day of its figures."""
        days = figures[0].days if figures else {}
        written = {
            f"{part}_{language}": getattr(words, part).replace("{day}", days.get(language, ""))
            for language, words in (("fa", self.fa), ("en", self.en))
            for part in ("title", "lead", "body")
        }
        draft = Contents(
            kind=self.kind,
            topics=self.topics,
            counties=self.counties,
            figures=tuple(DraftFigure(one.path, one.choices[0][0]) for one in figures),
            correction_fa=self.correction.get("fa", ""),
            correction_en=self.correction.get("en", ""),
            mistake=self.mistake,
            **written,
        )
        return text_of(draft, [one.choices[0][1] for one in figures])


class _NewsFile(Struct, frozen=True, forbid_unknown_fields=True):
    release: Annotated[list[_InventedNews], Meta(min_length=1)]


async def keep_telling(settings: Settings, live: Live, now: Callable[[], Instant]) -> None:
    """Tell what there is to tell, until all of it is told. A worker that ended ends the centre."""
    while tell_demo_news(settings, live, now()):  # noqa: ASYNC110 - files, which call nobody
        await asyncio.sleep(_LOOKS_AGAIN_SECONDS)
    await asyncio.Event().wait()


def tell_demo_news(settings: Settings, live: Live, now: Instant) -> int:
    """Approve in order what was not approved yet; give how many versions wait for figures."""
    path = scenario_of(settings).parent / _FILE
    if not settings.drill or not path.is_file():
        return 0
    out = PublishedFigures(settings.data / PAST_PUBLIC)
    waiting = 0
    for one in _invented(path):
        stands = live.centre.press.news.get(one.news_id)
        number = 1 if one.mistake is None else 2
        if stands is not None and len(stands.versions) >= number:
            continue
        figures = _figures(out, one.quotes)
        if len(figures) < len(one.quotes):
            waiting += 1
            continue
        text = LaidText(write_text(one.text(figures)))
        order = ApproveNews(
            one.news_id,
            number,
            one.kind,
            text.digest,
            out_at=now,
            author=_AUTHOR,
            reason=one.reason,
            figures=tuple(figure.path for figure in figures),
            mistake=one.mistake,
        )
        asked = Submission(f"demo-news-{one.news_id}-{number}", _APPROVER, order)
        texts = DiskFiles(settings.data / NEWS_FOLDER, 0o600)
        lay_and_give(texts, text, partial(_taken, live, asked))
    return waiting


def _figures(out: PublishedFigures, quotes: tuple[str, ...]) -> list[QuotableFigure]:
    """Give the figures of the newest day; none while no day is published."""
    days = out.days() if quotes else []
    if not days:
        return []
    of_day = {
        one.leaf.definition_id: one
        for one in out.of_day(days[0])
        if one.path.startswith(f"days/{days[0]}/")
    }
    return [of_day[name] for name in quotes if name in of_day]


def _taken(live: Live, asked: Submission) -> bool:
    return live.take(asked).refusal is None


def _invented(path: Path) -> list[_InventedNews]:
    return msgspec.toml.decode(path.read_bytes(), type=_NewsFile).release
