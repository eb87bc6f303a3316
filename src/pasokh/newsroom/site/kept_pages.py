"""Pages as they were last made, kept until what they show changes: for anybody alike.

That is when the copy changes, a release flips, or figures or their calendar are published.

An outlet that signed in gets a page of its own that is never kept: it may be under embargo.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.signed_in import COOKIE
from pasokh.newsroom.public_folder import figures_mark
from pasokh.newsroom.site.finding import next_flip
from pasokh.newsroom.site.writing import turn_now
from pasokh.sites.clock import instant_now

PAGES_MOST = 500
_OK = 200
_View = Callable[..., HttpResponse]


class _KeptPage(Struct, frozen=True):
    turn: tuple[int, ...]
    until: Instant | None
    content: bytes
    media: str
    etag: str


_pages: OrderedDict[str, _KeptPage] = OrderedDict()
_lock = Lock()


def kept(view: _View) -> _View:
    """Give a page as it was last made, as long as it would be made the same."""

    @wraps(view)
    def looked_at(asked: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if COOKIE in asked.COOKIES or asked.method not in {"GET", "HEAD"}:
            return view(asked, *args, **kwargs)
        page, turn = f"{asked.get_host()}{asked.get_full_path()}", (turn_now(), *figures_mark())
        found = _pages.get(page)
        if (
            found is None
            or found.turn != turn
            or (found.until is not None and _flipped(found.until))
        ):
            # Asked before the page is made: one that flips meanwhile must not be kept as it was.
            until = next_flip()
            answer = view(asked, *args, **kwargs)
            if answer.status_code != _OK:
                return answer
            etag = f'"{sha256(answer.content).hexdigest()[:32]}"'
            found = _KeptPage(turn, until, answer.content, answer["Content-Type"], etag)
            _keep(page, found)
        return _answer(asked, found)

    return looked_at


def _flipped(until: Instant) -> bool:
    """Tell whether what waited is out: at its hour, if the control room is heard."""
    return until <= instant_now() and next_flip() != until


def forget_pages() -> None:
    """Make every page anew."""
    with _lock:
        _pages.clear()


def _keep(page: str, made: _KeptPage) -> None:
    with _lock:
        _pages[page] = made
        _pages.move_to_end(page)
        while len(_pages) > PAGES_MOST:
            _pages.popitem(last=False)


def _answer(asked: HttpRequest, made: _KeptPage) -> HttpResponse:
    answer = HttpResponse(made.content, content_type=made.media)
    answer["ETag"] = made.etag
    answer["Cache-Control"] = "no-cache"
    answer["Vary"] = "Cookie"
    told: HttpResponse = get_conditional_response(asked, etag=made.etag, response=answer)
    return told
