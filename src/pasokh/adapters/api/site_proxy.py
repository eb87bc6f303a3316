"""A site behind the front: every path under /office/ goes to the office's own process.

So does everything under /newsroom/ from the doors. The browser sees one origin. What a site is told
about the asker's address comes from the socket, never from what the asker wrote. While it is down,
a page says so; commands, views and streams do not pass here and go on.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any

import httpx

from pasokh.adapters.api.door import HeaderTable, language_for
from pasokh.adapters.api.problems import Answer, ProblemRaised
from pasokh.adapters.api.screens import Receive, Send
from pasokh.adapters.api.sentences import LANGUAGES
from pasokh.adapters.api.trouble_page import trouble_page

OFFICE_AT, NEWSROOM_AT = "/office/", "/newsroom/"
# The largest body: a list of reference data as CSV, or a picture.
BODY_BYTES_MAX = 2 * 1024 * 1024
# A body up to this size is taken whole before the office hears of it: it has few threads, and a
# slow sender would hold one of them.
_HELD_BYTES_MAX = 64 * 1024
_AT_ONCE = 64
_TIMES = httpx.Timeout(connect=2.0, read=30.0, write=30.0, pool=5.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_ALLOW = ((b"allow", ", ".join(sorted(_METHODS)).encode()),)
_CLOSE = ((b"connection", b"close"),)
_RETRY = ((b"retry-after", b"3"),)
# RFC 9110 7.6.1: these speak of one connection, not of the message.
_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    b"transfer-encoding upgrade".split()
)
# What only we may say, and what is none of the office's business: a machine's token.
_OURS = frozenset(
    b"host content-length authorization expect forwarded x-real-ip x-client-ip date server".split()
)
_FORWARDED = b"x-forwarded-"


class SiteProxy:
    """Hands requests to a site over its socket, and its answers back as they come."""

    def __init__(self, socket: Path, at: str = OFFICE_AT) -> None:
        """`socket` need not be there yet: the site at `at` may start later, or again."""
        self._at = at
        self._name = at.strip("/")
        # A connection a request: a kept one could be that of a site that has just ended.
        transport = httpx.AsyncHTTPTransport(
            uds=str(socket),
            verify=SSLContext(PROTOCOL_TLS_CLIENT),  # no authorities: nothing is asked over TLS
            limits=httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=0),
        )
        self._site = httpx.AsyncClient(transport=transport, timeout=_TIMES, trust_env=False)

    async def close(self) -> None:
        """Let go of the socket."""
        await self._site.aclose()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request. A problem before the answer began is told as a page or as JSON."""
        headers: HeaderTable = dict(scope["headers"])
        try:
            request = self._request(scope, headers, await self._body(headers, receive))
            answer = await self._sent(request)
        except ProblemRaised as problem:
            await tell_problem(problem, scope, _language(scope, self._at, headers), headers, send)
            return
        try:
            await _pass_on(answer, send)
        finally:
            await answer.aclose()

    async def _body(self, headers: HeaderTable, receive: Receive) -> "bytes | AsyncIterator[bytes]":
        if int(headers.get(b"content-length", b"0")) > BODY_BYTES_MAX:
            raise ProblemRaised(f"{self._name}-too-large", headers=_CLOSE)
        return await _body(headers, receive)

    def _request(
        self, scope: dict[str, Any], headers: HeaderTable, body: "bytes | AsyncIterator[bytes]"
    ) -> httpx.Request:
        if scope["method"] not in _METHODS:
            raise ProblemRaised("wrong-method", headers=_ALLOW)
        target = scope.get("raw_path") or scope["path"].encode()
        if scope["query_string"]:
            target += b"?" + scope["query_string"]
        told = [(name, value) for name, value in scope["headers"] if not _dropped(name, headers)]
        told += _about(scope, headers)
        if isinstance(body, bytes):
            length = b"%d" % len(body) if body or scope["method"] == "POST" else b""
        else:
            length = headers[b"content-length"]
        if length:
            told.append((b"content-length", length))
        return httpx.Request(
            scope["method"],
            "http://office/",
            headers=told,
            # An empty iterator leaves the length to the header above.
            content=body or None,
            extensions={"target": target, "timeout": _TIMES.as_dict()},
        )

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._site.send(request, stream=True)
        except httpx.TimeoutException:
            raise ProblemRaised(f"{self._name}-slow", headers=_RETRY) from None
        except httpx.TransportError:
            raise ProblemRaised(f"{self._name}-away", headers=_RETRY) from None


def _dropped(name: bytes, headers: HeaderTable) -> bool:
    """Tell whether a header stays behind. WSGI reads `_` as `-`, so a name with one is a mask."""
    return (
        name in _HOP_BY_HOP
        or name in _OURS
        or name.startswith(_FORWARDED)
        or b"_" in name
        or name in _named_by_connection(headers)
    )


def _named_by_connection(headers: HeaderTable) -> set[bytes]:
    return {name.strip().lower() for name in headers.get(b"connection", b"").split(b",")}


def _about(scope: dict[str, Any], headers: HeaderTable) -> list[tuple[bytes, bytes]]:
    """Say who asks, by which name and how, as the socket has it."""
    host = headers.get(b"host", b"")
    client = scope.get("client") or ("", 0)
    return [
        (b"host", host),
        (b"x-forwarded-host", host),
        (b"x-forwarded-for", str(client[0]).encode()),
        (b"x-forwarded-proto", scope.get("scheme", "http").encode()),
    ]


async def _body(headers: HeaderTable, receive: Receive) -> "bytes | AsyncIterator[bytes]":
    """Take a small body whole; of a larger one, whose length must be told, give what comes."""
    length = int(headers.get(b"content-length", b"0"))
    held, more = b"", True
    while more:
        part, more = await _part(receive)
        held += part
        if len(held) > _HELD_BYTES_MAX and more:
            if not length:
                raise ProblemRaised("no-length", headers=_CLOSE)
            return _rest(held, receive)
    return held


async def _rest(held: bytes, receive: Receive) -> AsyncIterator[bytes]:
    yield held
    more = True
    while more:
        part, more = await _part(receive)
        yield part


async def _part(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ProblemRaised("bad-input", detail="Input data was truncated", where="$")
    return message.get("body", b""), message.get("more_body", False)


async def _pass_on(answer: httpx.Response, send: Send) -> None:
    """Send what the office says, its own security headers included.

    When it breaks off in the middle, the connection breaks too: nothing half looks whole.
    """
    named = _named_by_connection({b"connection": answer.headers.get("connection", "").encode()})
    headers = [
        (name.lower(), value)
        for name, value in answer.headers.raw
        if name.lower() not in _HOP_BY_HOP | {b"date", b"server"} | named
    ]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    try:
        async for part in answer.aiter_raw():
            await send({"type": "http.response.body", "body": part, "more_body": True})
    except httpx.TransportError:
        return
    await send({"type": "http.response.body", "body": b""})


async def tell_problem(
    problem: ProblemRaised, scope: dict[str, Any], language: str, headers: HeaderTable, send: Send
) -> None:
    """Answer with a problem: as a page to who asks for one, else as JSON."""
    answer = problem.answer(language)
    if b"text/html" in headers.get(b"accept", b""):
        page = trouble_page(problem.kind, language)
        answer = Answer(answer.status, page, b"text/html; charset=utf-8", answer.headers)
    told = [
        (b"content-type", answer.media),
        (b"content-length", b"%d" % len(answer.body)),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"no-store"),
        *answer.headers,
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": told})
    body = b"" if scope["method"] == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})


def _language(scope: dict[str, Any], at: str, headers: HeaderTable) -> str:
    """Choose the language of the page that was asked for, else the reader's."""
    first = scope["path"].removeprefix(at).partition("/")[0]
    return first if first in LANGUAGES else language_for(scope["query_string"], headers)
