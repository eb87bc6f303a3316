"""Asks a location server for one place, by an address that came with a call.

Only servers that the operator named; TLS with a certificate that is checked; no redirect is
followed, no proxy of the environment used; a bounded answer in a bounded time.
"""

import asyncio
import ssl
from collections.abc import Iterator, Mapping
from hashlib import sha256

import httpx
from msgspec import Struct

from pasokh.adapters.telephony.signalling.held import (
    ACCEPTED,
    HELD_TYPE,
    ResponseTime,
    location_request,
)
from pasokh.core.told_places import Unanswered

ANSWER_BYTES_MAX = 262_144
# A server that looks as well as it can may take half a minute.
SECONDS_MAX = {ResponseTime.ROUTING: 5.0, ResponseTime.DISPATCH: 35.0}
_CONNECT_SECONDS = 4.0
# What a server says that takes a GET only (RFC 6753, 3).
_NO_POST = frozenset({405, 415, 501})
_DIGEST_CHARACTERS = 16
_HEADERS = {"accept": ACCEPTED, "accept-encoding": "identity"}


class NotAnswered(Exception):
    """No place came. `detail` is a status or a server's own code: never a place or an address."""

    def __init__(self, why: Unanswered, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why, self.detail = why, detail


class AskedServer(Struct, frozen=True):
    """A server that may be asked: how to know it, and what its addresses are worth.

    `tls` is None where the system's own authorities are believed.
    """

    tls: ssl.SSLContext | None = None
    secret: bool = True
    plain: bool = False


class ReferenceClient:
    """Belongs to the loop in which it is made."""

    def __init__(
        self,
        servers: Mapping[str, AskedServer],
        seconds: Mapping[ResponseTime, float] = SECONDS_MAX,
    ) -> None:
        """`servers` by host, or host:port when that is not 443; `seconds` bounds an answer."""
        self._servers = dict(servers)
        self._seconds = seconds
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._only_get: set[str] = set()

    def never(self, reference: str) -> Unanswered | None:
        """Say why an address is never asked; None when it is."""
        found = _parsed(reference)
        if found is None:
            return Unanswered.SCHEME
        server = self._servers.get(_server_of(found))
        if server is None or found.userinfo:
            return Unanswered.HOST
        return Unanswered.PLAIN if found.scheme == "http" and not server.plain else None

    def kept(self, reference: str) -> str:
        """Give what of an address may be kept: its host and a digest, where having it is enough."""
        found = _parsed(reference)
        server = None if found is None else self._servers.get(_server_of(found))
        if found is None or server is None or not server.secret:
            return reference
        digest = sha256(reference.encode()).hexdigest()[:_DIGEST_CHARACTERS]
        return f"{found.scheme}://{_server_of(found)}/ sha256:{digest}"

    async def ask(self, reference: str, patience: ResponseTime) -> bytes:
        """Give the server's answer, or raise NotAnswered."""
        never, url = self.never(reference), _parsed(reference)
        if never is not None or url is None:
            raise NotAnswered(never or Unanswered.SCHEME)
        try:
            async with asyncio.timeout(self._seconds[patience]):
                return await self._asked(url, patience)
        except (TimeoutError, httpx.TimeoutException):
            raise NotAnswered(Unanswered.SILENT) from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            bad = any(isinstance(each, ssl.SSLError) for each in _causes(error))
            raise NotAnswered(Unanswered.CERTIFICATE if bad else Unanswered.SILENT) from None

    async def end(self) -> None:
        """Close what is open."""
        for client in self._clients.values():
            await client.aclose()

    async def _asked(self, url: httpx.URL, patience: ResponseTime) -> bytes:
        name = _server_of(url)
        if name not in self._only_get:
            try:
                return await self._said(name, "POST", url, location_request(patience))
            except NotAnswered as no:
                if no.detail not in {f"HTTP {status}" for status in _NO_POST}:
                    raise
                self._only_get.add(name)
        return await self._said(name, "GET", url, b"")

    async def _said(self, name: str, method: str, url: httpx.URL, body: bytes) -> bytes:
        headers = _HEADERS | ({"content-type": HELD_TYPE} if body else {})
        asking = self._client(name).stream(method, url, content=body or None, headers=headers)
        async with asking as answer:
            status = answer.status_code
            if answer.has_redirect_location or 300 <= status < 400:  # noqa: PLR2004 - HTTP's redirects
                raise NotAnswered(Unanswered.MOVED, f"HTTP {status}")
            if status != httpx.codes.OK:
                raise NotAnswered(Unanswered.REFUSED, f"HTTP {status}")
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise NotAnswered(Unanswered.UNREADABLE, "packed")
            return await _bounded(answer)

    def _client(self, name: str) -> httpx.AsyncClient:
        if name not in self._clients:
            self._clients[name] = httpx.AsyncClient(
                verify=self._servers[name].tls or True,
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(max(self._seconds.values()), connect=_CONNECT_SECONDS),
            )
        return self._clients[name]


async def _bounded(answer: httpx.Response) -> bytes:
    found = b""
    async for piece in answer.aiter_raw():
        found += piece
        if len(found) > ANSWER_BYTES_MAX:
            raise NotAnswered(Unanswered.TOO_LONG)
    return found


def _parsed(reference: str) -> httpx.URL | None:
    """Read an address as the client itself will: there is no second reading to disagree with."""
    try:
        url = httpx.URL(reference)
    except (httpx.InvalidURL, ValueError):
        return None
    return url if url.scheme in ("http", "https") and url.host else None


def _server_of(url: httpx.URL) -> str:
    host = f"[{url.host}]" if ":" in url.host else url.host
    port = url.port or (443 if url.scheme == "https" else 80)
    return host if port == 443 else f"{host}:{port}"  # noqa: PLR2004 - the port of https


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
