"""The application of the doors (bare ASGI): who may come in where, how much, by which method."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from msgspec import Struct

from pasokh.adapters.doors.alarm_door import AlarmDoor
from pasokh.adapters.doors.aml_door import FORM_BYTES_MAX, AmlDoor
from pasokh.adapters.doors.appeal_door import AppealDoor
from pasokh.adapters.doors.check_door import CHECK_BYTES_MAX, CheckDoor
from pasokh.adapters.doors.pages import DoorFile
from pasokh.adapters.doors.published_door import PUBLISHED_AT, PublishedDoor
from pasokh.adapters.doors.told import Reply, Turned, as_json, turned
from pasokh.adapters.doors.web_door import LETTER_BYTES_MAX, WebDoor, secret_in
from pasokh.words.say import LANGUAGES, language_of

AsgiParts: TypeAlias = MutableMapping[str, Any]
HeaderDict: TypeAlias = dict[bytes, bytes]
Receiver: TypeAlias = Callable[[], Awaitable[Any]]
Sender: TypeAlias = Callable[[Any], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[AsgiParts, Receiver, Sender], Awaitable[None]]

ALARM_BYTES_MAX = 256 * 1024
ROWS_BYTES_MAX = 2 * 1024 * 1024
_ALARMS_AT = "/alarms"
_STATIC_AT = "/static/doors/"
_AML_AT = "/aml/"
_APPEALS_AT = ("appeal", "appeal/state")
_CHECK_AT = "check"
_NEWSROOM_AT = "/newsroom/"
_BEARER = b"bearer "
_CHALLENGE = ((b"www-authenticate", b'Bearer realm="pasokh"'),)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class Coming(Struct, frozen=True):
    """One request: what is asked, by which headers, in which language, from which address."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: HeaderDict
    language: str
    address: str
    secure: bool


class OtherDoors(Struct, frozen=True):
    """The doors that a centre may open beside alarms, form and chat.

    `newsroom` serves everything under /newsroom/ (ASGI), by a process of its own.
    """

    aml: AmlDoor | None = None
    appeals: AppealDoor | None = None
    check: CheckDoor | None = None
    published: PublishedDoor | None = None
    newsroom: AsgiApp | None = None


class FrontDoor:
    """`company_of` names the company of a token; None for a token that is good for nothing here."""

    def __init__(
        self,
        alarms: AlarmDoor,
        web: WebDoor,
        files: Mapping[str, DoorFile],
        company_of: Callable[[bytes], str | None],
        *,
        others: OtherDoors | None = None,
    ) -> None:
        """Join the doors."""
        others = others or OtherDoors()
        self._appeals = others.appeals
        self._check = others.check
        self._published = others.published
        self._newsroom = others.newsroom
        self._aml = others.aml
        self._alarms = alarms
        self._web = web
        self._files = files
        self._company_of = company_of

    async def __call__(self, scope: AsgiParts, receive: Receiver, send: Sender) -> None:
        """Serve one connection's scope."""
        if scope["type"] != "http":
            return
        coming = coming_of(scope)
        if self._newsroom is not None and coming.path.startswith(_NEWSROOM_AT):
            await self._newsroom(scope, receive, send)
            return
        try:
            reply = await self._answer(coming, receive)
        except Turned as problem:
            reply = turned(coming.language, problem)
        await _send(reply, send)

    async def _answer(self, coming: Coming, receive: Receiver) -> Reply:
        if coming.path == "/health":
            return as_json(200, {"doors": "open"})
        if coming.path == _ALARMS_AT or coming.path.startswith(f"{_ALARMS_AT}/"):
            return await self._alarm(coming, receive)
        if coming.path.startswith(_STATIC_AT):
            return self._file(coming)
        if coming.path.startswith(_AML_AT) and self._aml is not None:
            _only(coming, "POST")
            body = await body_of(receive, FORM_BYTES_MAX)
            return await self._aml.take(coming.path.removeprefix(_AML_AT), body)
        if coming.path == PUBLISHED_AT or coming.path.startswith(f"{PUBLISHED_AT}/"):
            return await self._figures(coming)
        return await self._page(coming, receive)

    async def _figures(self, coming: Coming) -> Reply:
        if coming.method not in {"GET", "HEAD"}:
            raise Turned("method", headers=((b"allow", b"GET, HEAD"),))
        if self._published is None:
            raise Turned("path")
        known = coming.headers.get(b"if-none-match", b"")
        return await self._published.give(coming.path, known)

    async def _page(self, coming: Coming, receive: Receiver) -> Reply:
        if coming.path in {"/", f"/{_CHECK_AT}"}:
            _only(coming, "GET")
            where = (b"location", f"/{coming.language}{coming.path}".encode())
            return Reply(307, b"", headers=(where, (b"vary", b"accept-language")))
        _, language, name = (*coming.path.split("/", 2), "")[:3]
        if language not in LANGUAGES:
            raise Turned("path")
        if name in {*_APPEALS_AT, _CHECK_AT}:
            return await self._public(coming, language, name, receive)
        if name not in {"", "thread", "news", "send"}:
            raise Turned("path")
        secret = secret_in(coming.headers.get(b"cookie", b""))
        if name == "send":
            return await self._send(coming, language, secret, receive)
        _only(coming, "GET")
        if name == "news":
            version = coming.query.get("version", [""])[0]
            return await self._web.news(language, secret, version)
        if name == "thread":
            return await self._web.thread(language, secret)
        return await self._web.form(language, secret, secure=coming.secure)

    async def _public(self, coming: Coming, language: str, name: str, receive: Receiver) -> Reply:
        if name == _CHECK_AT and self._check is not None:
            return await self._checked(coming, self._check, language, receive)
        if name in _APPEALS_AT and self._appeals is not None:
            return await self._appeal(coming, self._appeals, language, name, receive)
        raise Turned("path")

    async def _appeal(
        self, coming: Coming, door: AppealDoor, language: str, name: str, receive: Receiver
    ) -> Reply:
        asks = name != _APPEALS_AT[0]
        if coming.method == "GET":
            return door.ask(language) if asks else door.form(language)
        _written_here(coming)
        body = await letter_of(receive)
        if asks:
            return await door.state(language, body)
        return await door.take(language, body, coming.address)

    async def _checked(
        self, coming: Coming, door: CheckDoor, language: str, receive: Receiver
    ) -> Reply:
        if coming.method == "GET":
            return door.form(language)
        _written_here(coming)
        return await door.check(language, await body_of(receive, CHECK_BYTES_MAX))

    async def _send(self, coming: Coming, language: str, secret: str, receive: Receiver) -> Reply:
        _only(coming, "POST")
        _own_page_only(coming.headers)
        body = await letter_of(receive)
        return await self._web.take(
            language,
            secret,
            body,
            coming.address,
            secure=coming.secure,
            script=b"application/json" in coming.headers.get(b"accept", b""),
        )

    def _file(self, coming: Coming) -> Reply:
        _only(coming, "GET")
        file = self._files.get(coming.path.removeprefix(_STATIC_AT))
        if file is None:
            raise Turned("path")
        headers = ((b"etag", file.etag), (b"cache-control", b"no-cache"))
        if coming.headers.get(b"if-none-match") == file.etag:
            return Reply(304, b"", file.media, headers)
        return Reply(200, file.text, file.media, headers)

    async def _alarm(self, coming: Coming, receive: Receiver) -> Reply:
        company = self._company(coming.headers)
        alarm_id = coming.path.removeprefix(_ALARMS_AT).strip("/")
        if alarm_id:
            _only(coming, "GET")
            return await self._alarms.tell(company, alarm_id)
        _only(coming, "POST")
        media = coming.headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if media == b"application/json":
            body = await body_of(receive, ALARM_BYTES_MAX)
            return await self._alarms.take(company, body, coming.language)
        if media != b"text/csv":
            raise Turned("media", detail=media.decode("latin-1")[:100])
        body = await body_of(receive, ROWS_BYTES_MAX)
        if coming.query.get("dry_run", ["0"])[0] not in {"0", ""}:
            return self._alarms.try_rows(company, body, coming.language)
        return await self._alarms.take_rows(company, body, coming.language)

    def _company(self, headers: HeaderDict) -> str:
        sent = headers.get(b"authorization", b"")
        if sent[: len(_BEARER)].lower() != _BEARER:
            raise Turned("no-token", headers=_CHALLENGE)
        company = self._company_of(sent[len(_BEARER) :].strip())
        if company is None:
            raise Turned("no-scope", headers=_CHALLENGE)
        return company


def coming_of(scope: AsgiParts) -> Coming:
    """Read a connection's scope; `?language=` goes before Accept-Language, that before Persian."""
    address, secure = (scope.get("client") or ("",))[0], scope.get("scheme") == "https"
    headers: HeaderDict = dict(scope["headers"])
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    asked = query.get("language", [""])[0]
    accepted = headers.get(b"accept-language", b"").decode("latin-1")
    language = asked if asked in LANGUAGES else language_of(accepted)
    return Coming(scope["method"], scope["path"], query, headers, language, address, secure)


async def letter_of(receive: Receiver) -> bytes:
    """Read what somebody wrote. What is too long is cut, and said to be: nobody is refused."""
    body, more = b"", True
    while more and len(body) <= LETTER_BYTES_MAX:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if len(body) <= LETTER_BYTES_MAX:
        return body
    return body[:LETTER_BYTES_MAX] + b"&cut=1"


async def body_of(receive: Receiver, bytes_max: int) -> bytes:
    """Read a body of bounded size; Turned when it is larger."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= bytes_max:
        message = await receive()
        body += message.get("body", b"")
    if len(body) > bytes_max:
        detail = f"{bytes_max} bytes"
        raise Turned("large", detail=detail, headers=((b"connection", b"close"),))
    return body


def _own_page_only(headers: HeaderDict) -> None:
    """Refuse what a page of another site makes a browser send."""
    origin = headers.get(b"origin")
    if headers.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
        raise Turned("foreign")
    if origin is not None and origin.partition(b"://")[2] != headers.get(b"host"):
        raise Turned("foreign")


def _written_here(coming: Coming) -> None:
    """Refuse what is neither read nor written, and what another site writes."""
    if coming.method != "POST":
        raise Turned("method", headers=((b"allow", b"GET, POST"),))
    _own_page_only(coming.headers)


def _only(coming: Coming, method: str) -> None:
    if coming.method != method:
        raise Turned("method", headers=((b"allow", method.encode()),))


async def _send(reply: Reply, send: Sender) -> None:
    own = {name for name, _ in reply.headers}
    headers = [
        (b"content-type", reply.media),
        (b"content-length", b"%d" % len(reply.body)),
        *reply.headers,
        *(pair for pair in _HEADERS if pair[0] not in own),
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
