"""A press office for tests: approves at a real control room, publishes into a real folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx
import msgspec
from django.conf import settings
from django.test.utils import override_settings

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.news_folder import NewsFolder
from pasokh.control_room.news_texts import write_text
from pasokh.core.people import Role
from pasokh.newsroom.site import copying, finding, kept_pages
from pasokh.press.state import News, PressState
from pasokh.press.texts import NewsAbout, NewsText, NewsWords, QuotedFigure
from pasokh.press.views import news_out
from pasokh.sites.clock import instant_now

FIGURE = "days/2026-11-21/operational-share-1.0.json"


def text_of(
    title: str = "جادهٔ ملک‌آباد بسته است",
    body: str = "از کیلومتر ۱۲ تا ۲۰ راه بسته است.\n\nراه دیگر: باغچه.",
    **about: Any,
) -> NewsText:
    words = {"fa": NewsWords(title, body, "تا ظهر"), "en": NewsWords(f"en {title}", f"en {body}")}
    correction = about.pop("correction", {})
    if not about:
        return NewsText(words, correction)
    return NewsText(words, correction, NewsAbout(**about))


def quoting(body: str = "سهم عملیاتی {figure:1} بود.") -> NewsText:
    quoted = (QuotedFigure(FIGURE, 1, {"fa": "۳۸٫۲٪", "en": "38.2%"}),)
    return text_of("آمار روز", body, quoted=quoted, topics=("figures",), counties=("0904",))


class PressOffice:
    """`texts` is where the newsroom finds what waits; `url`: of the control room, if one runs."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.public = DiskFiles(folder / "public")
        self.texts = DiskFiles(settings.PASOKH_NEWSROOM.texts)
        self.key = folder / "key" / "log.key"
        self.key.parent.mkdir(mode=0o700)
        make_log_key(self.key, "news.example/test")
        self.url = url
        self.state = PressState()
        self.waits = self.stands = ""  # ids of releases that a test is about
        if url:
            token = add_token(
                settings.PASOKH_NEWSROOM.data,
                name=f"press-{token_hex(4)}",
                role=Role.PRESS_OFFICER,
                scopes=(Scope.PRESS, Scope.STAFF),
                now=1,
            )
            self._headers = {"Authorization": f"Bearer {token}"}

    @contextmanager
    def at_work(self) -> Iterator["PressOffice"]:
        """The newsroom reads this office's folder; without a control room it hears of none."""
        newsroom = msgspec.structs.replace(settings.PASOKH_NEWSROOM, published=self.public.root)
        told: dict[str, Any] = {"PASOKH_NEWSROOM": newsroom}
        if not self.url:
            away = msgspec.structs.replace(settings.PASOKH, control_room_url="http://127.0.0.1:9")
            told["PASOKH"] = away
        with override_settings(**told):
            begin_anew()
            yield self

    def approve(self, news_id: str, text: NewsText, **order: Any) -> str:
        """Lay a text and approve it; give its hash."""
        raw = write_text(text)
        digest = sha256(raw).hexdigest()
        self.texts.write(f"{digest}.json", raw)
        command = {
            "news_id": news_id,
            "number": 1,
            "kind": "service",
            "text_sha256": digest,
            "out_at": 0,
            "author": "p-author",
            "reason": "read whole",
        }
        self._give("approve-news", command | order)
        return digest

    def withdraw(self, news_id: str, reason: str) -> None:
        self._give("withdraw-news", {"news_id": news_id, "reason": reason})

    def publish(self) -> list[str]:
        """Let out what is out by the log, as the publishing process does."""
        answer = httpx.get(f"{self.url}/views/news", headers=self._headers)
        news = msgspec.convert(answer.json()["news"], list[News])
        return self.let_out(PressState({one.news_id: one for one in news}))

    def let_out(self, state: PressState) -> list[str]:
        with opened_log(self.public.root, self.key) as log:
            pictures = DiskFiles(settings.PASOKH_NEWSROOM.pictures)
            folder = NewsFolder(self.public, self.texts, log, pictures)
            return list(folder.release(news_out(state, instant_now())))

    def _give(self, name: str, command: dict[str, Any]) -> None:
        order = {"id": f"t-{token_hex(8)}", "command": command}
        answer = httpx.post(f"{self.url}/commands/{name}", json=order, headers=self._headers)
        assert answer.is_success, answer.text


def begin_anew() -> None:
    """Forget what this process saw of another test's newsroom."""
    copying._seen.__init__()  # type: ignore[misc]
    kept_pages.forget_pages()


def catch_up() -> int:
    """What the newsroom's process does every two seconds."""
    written = copying.copy_news()
    finding.index_news()
    return written
