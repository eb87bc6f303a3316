"""The public pages: a form and a chat that is the same thread, with scripts and without.

A thread is known by a secret in a cookie; we keep and hand over only what stands for it.
"""

from collections.abc import Callable
from hashlib import sha256
from secrets import token_hex, token_urlsafe

import msgspec

from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.chats import Chat, Chats
from pasokh.adapters.doors.hand_over import HandOver
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.adapters.doors.often import Often
from pasokh.adapters.doors.pages import DoorPages
from pasokh.adapters.doors.told import Pairs, Reply, Turned
from pasokh.answer.events import Delivery
from pasokh.control_room.views_contacts import WEB_LINE
from pasokh.core.time import Instant

LETTER_BYTES_MAX = 64 * 1024
COOKIE = "pasokh_thread"
# A browser keeps the thread for so long; the centre closes it after half an hour of silence.
_COOKIE_SECONDS = 24 * 3600
_SECRET_BYTES = 24
NEWS_SECONDS = 25.0
_FRESH_SECONDS = 1.0
_HTML = b"text/html; charset=utf-8"


class WebDoor:
    """Takes letters and shows threads. Belongs to one loop."""

    def __init__(
        self,
        arrivals: Arrivals,
        hand_over: HandOver,
        chats: Chats,
        pages: DoorPages,
        now: Callable[[], Instant],
    ) -> None:
        """Everything is made before; `secure` cookies follow from how a request came."""
        self._arrivals = arrivals
        self._hand_over = hand_over
        self._chats = chats
        self._pages = pages
        self._now = now
        self._often = Often(now)

    async def form(self, language: str, secret: str, *, secure: bool) -> Reply:
        """Show the form; who has an open thread is led to it by a link.

        The secret is made now: who hears no answer and sends again is in the same thread.
        """
        open_thread = False
        cookie: Pairs = ()
        if secret:
            chat = await self._chats.fresh(thread_of(secret), _FRESH_SECONDS)
            open_thread = bool(chat.said)
        else:
            cookie = _cookie(token_urlsafe(_SECRET_BYTES), secure=secure)
        page = self._pages.form(language, token_hex(8), open_thread=open_thread)
        return Reply(200, page, _HTML, (*self._pages.headers, *cookie))

    async def thread(self, language: str, secret: str) -> Reply:
        """Show a thread; without one, say what that may mean."""
        chat = Chat("", (), "")
        if secret:
            chat = await self._chats.fresh(thread_of(secret), _FRESH_SECONDS)
            self._chats.shown(thread_of(secret), Delivery.SENT)
        page = self._pages.thread(language, chat, token_hex(8), away=self._hand_over.away)
        return Reply(200, page, _HTML, self._pages.headers)

    async def news(self, language: str, secret: str, version: str) -> Reply:
        """Wait for something new in a thread, at most half a minute."""
        if not secret:
            raise Turned("thread")
        thread, known = thread_of(secret), version.rpartition(".")[0]
        if known == self._chats.chat(thread).version:
            self._chats.shown(thread, Delivery.DELIVERED)  # the page has all that we know of
        chat = await self._chats.news(thread, known, NEWS_SECONDS)
        told = self._pages.news(language, chat, away=self._hand_over.away)
        return Reply(200, msgspec.json.encode(told))

    async def take(
        self, language: str, secret: str, body: bytes, address: str, *, secure: bool, script: bool
    ) -> Reply:
        """Keep a letter on the disk, then answer."""
        secret = secret or token_urlsafe(_SECRET_BYTES)
        thread = thread_of(secret)
        new = not self._chats.knows(thread)
        knock = Knock(
            token_hex(12),
            DoorKind.FORM if new else DoorKind.CHAT,
            self._now(),
            thread,
            often=self._often.count(address) if new else 0,
            after=self._hand_over.seen,
            body=body,
        )
        try:
            await self._arrivals.keep(knock)
        except OSError:
            raise Turned("disk") from None
        cookie = _cookie(secret, secure=secure)
        if script:
            return Reply(201, msgspec.json.encode({"kept": True}), headers=cookie)
        where = (b"location", f"/{language}/thread".encode())
        return Reply(303, b"", _HTML, (where, *cookie))


def thread_of(secret: str) -> str:
    """Name the thread of a secret; the secret does not follow from it."""
    return sha256(f"{WEB_LINE} thread {secret}".encode()).hexdigest()[:32]


def secret_in(cookies: bytes) -> str:
    """Find the thread's secret among a browser's cookies; "" without one."""
    for part in cookies.decode("latin-1").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value[:100]
    return ""


def _cookie(secret: str, *, secure: bool) -> Pairs:
    rest = f"; Path=/; Max-Age={_COOKIE_SECONDS}; HttpOnly; SameSite=Strict"
    text = f"{COOKIE}={secret}{rest}{'; Secure' if secure else ''}"
    return ((b"set-cookie", text.encode()),)
