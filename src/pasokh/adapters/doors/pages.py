"""Writes the public pages, in Persian and English, whole without scripts. Knows no rule."""

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from pasokh.adapters.doors.chats import Chat
from pasokh.adapters.doors.letters import PHRASES, TEXT_MAX
from pasokh.adapters.doors.told import Pairs
from pasokh.words.digits import digits
from pasokh.words.say import LANGUAGES, say

_FOLDER = Path(__file__).parent
_MEDIA = {".css": b"text/css; charset=utf-8", ".js": b"text/javascript; charset=utf-8"}
_MEDIA |= {".woff2": b"font/woff2", ".svg": b"image/svg+xml"}
# Two of the phrases say how, the others what.
_NEEDS, _HOW = PHRASES[:3], PHRASES[3:]

# Nothing inline, nothing from elsewhere; the place is asked of the browser by our page only.
HEADERS: Pairs = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        b"img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    # Not "no-referrer": with that, a browser hides the origin of the form from our own server.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(self), camera=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class ThreadNews(Struct, frozen=True):
    """What a page's script needs to show a thread anew: sentences are ready to be read."""

    version: str
    state: str
    said: str
    messages: list[dict[str, Any]]


class DoorFile(Struct, frozen=True):
    """A file of the pages, from memory."""

    text: bytes
    media: bytes
    etag: bytes


class DoorPages:
    """The templates and the files."""

    headers = HEADERS

    def __init__(self, shared: Path, utc_offset_minutes: int, *, figures: bool = False) -> None:
        """`shared` has our mark and our letters; times of day are shown by the offset.

        `figures`: the doors give figures away, and the form leads to them.
        """
        self._figures = figures
        self._offset = utc_offset_minutes
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        paths = [*(_FOLDER / "static").iterdir(), shared / "mark.svg", *shared.rglob("*.woff2")]
        self.files = {path.name: _file(path) for path in paths if path.suffix in _MEDIA}

    def form(self, language: str, nonce: str, *, open_thread: bool) -> bytes:
        """Write the form."""
        return self.write("form.html", language, "", nonce=nonce, open_thread=open_thread)

    def thread(self, language: str, chat: Chat, nonce: str, *, away: bool) -> bytes:
        """Write a thread."""
        told = self.news(language, chat, away=away)
        return self.write("thread.html", language, "thread", nonce=nonce, told=told)

    def news(self, language: str, chat: Chat, *, away: bool) -> ThreadNews:
        """Say how far a thread is, and what was said in it."""
        state = chat.state or "none"
        said = say(language, f"web.state.{state}")
        if state == "kept" and away:
            said = say(language, "web.state.away")
        messages = [
            {
                "id": one.id,
                "ours": one.ours,
                "text": one.text,
                "who": say(language, "web.centre" if one.ours else "web.you"),
                "at": digits(language, self._time_of_day(one.at)),
                "there": "" if one.there else say(language, "web.not_there"),
            }
            for one in chat.said
        ]
        return ThreadNews(f"{chat.version}.{away:d}", state, said, messages)

    def _time_of_day(self, at: int) -> str:
        minutes = at // 60_000 + self._offset
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"

    def write(self, template: str, language: str, path: str, **what: Any) -> bytes:
        """Write a page; `path` is where it stands in the other language."""
        text = self._environment.get_template(template).render(
            language=language,
            other=next(one for one in LANGUAGES if one != language),
            path=path,
            t=partial(say, language),
            needs=_NEEDS,
            how=_HOW,
            text_max=TEXT_MAX,
            figures=self._figures,
            **what,
        )
        return text.encode()


def _file(path: Path) -> DoorFile:
    text = path.read_bytes()
    etag = f'"{sha256(text).hexdigest()[:16]}"'.encode()
    return DoorFile(text, _MEDIA[path.suffix], etag)
