"""The front of the server: commands and streams on bare ASGI, everything else on Litestar.

Every answer gets the security headers here, and every route passes the same door.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct

from pasokh.adapters.api.boards import Boards
from pasokh.adapters.api.desk_frames import Sight
from pasokh.adapters.api.desk_stream import DeskStream
from pasokh.adapters.api.door import Door, HeaderTable, json_body_only, language_for
from pasokh.adapters.api.intake import Intake
from pasokh.adapters.api.problems import Answer, ProblemRaised
from pasokh.adapters.api.scopes import Grant
from pasokh.adapters.api.screens import Receive, Send
from pasokh.adapters.api.sentences import chosen_language
from pasokh.adapters.api.site_proxy import OFFICE_AT
from pasokh.adapters.api.stream import Stream
from pasokh.adapters.api.views import NoInput, taken
from pasokh.drivers.ports_live import OutcomeUnknown

AsgiScope: TypeAlias = MutableMapping[str, Any]
AsgiApp: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

BODY_BYTES_MAX = 256 * 1024
COMMANDS_AT = "/commands/"
SNAPSHOT_AT = "/desk/snapshot"

# On every answer; each header costs a microsecond of the hot path, so those that only documents
# need come from the routes that give documents.
_ALWAYS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)
_DOCUMENTS: tuple[tuple[bytes, bytes], ...] = (
    *_ALWAYS,
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_STREAM_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), *_DOCUMENTS]
_ALLOW_GET = ((b"allow", b"GET"),)
_RETRY = ((b"retry-after", b"1"),)
_ALLOW_POST = ((b"allow", b"POST"),)


class StreamInput(Struct, frozen=True, forbid_unknown_fields=True):
    """From where a stream of facts begins: behind this sequence number."""

    after: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None


class Front:
    """The ASGI application."""

    def __init__(
        self,
        *,
        intake: Intake,
        stream: Stream,
        boards: Boards,
        desk: DeskStream,
        door: Door,
        site: AsgiApp,
        office: AsgiApp,
    ) -> None:
        """Join the parts; `office` serves everything under /office/, with a door of its own."""
        self._intake = intake
        self._stream = stream
        self._boards = boards
        self._desk = desk
        self._door = door
        self._site = site
        self._office = office

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve one connection's scope."""
        if scope["type"] != "http":
            await self._site(scope, receive, send)
            return
        path: str = scope["path"]
        headers: HeaderTable = dict(scope["headers"])
        try:
            if path.startswith(COMMANDS_AT):
                answer = await self._command(scope, headers, receive)
            elif path == "/stream":
                await self._serve_facts(scope, headers, receive, send)
                return
            elif path == "/live/stream":
                await self._serve_boards(scope, headers, receive, send)
                return
            elif path == SNAPSHOT_AT:
                answer = await self._desk_snapshot(scope, headers)
            elif path == "/desk/stream":
                await self._serve_desk(scope, headers, receive, send)
                return
            elif path.startswith(OFFICE_AT):
                await self._office(scope, receive, send)
                return
            else:
                await self._site(scope, receive, _hardened(send))
                return
        except ProblemRaised as problem:
            answer = problem.answer(language_for(scope["query_string"], headers))
        await _send_answer(answer, send)

    async def _command(self, scope: AsgiScope, headers: HeaderTable, receive: Receive) -> Answer:
        name = scope["path"][len(COMMANDS_AT) :]
        if not self._intake.knows(name):
            raise ProblemRaised("unknown-path", detail=f"command: {name}"[:200])
        if scope["method"] != "POST":
            raise ProblemRaised("wrong-method", headers=_ALLOW_POST)
        grant = self._door.enter("POST", scope["path"], headers)
        if grant is None:
            raise ProblemRaised("no-token")
        if scope["query_string"]:
            taken(NoInput, _query(scope))
        body = await _body(headers, receive)
        language = language_for(scope["query_string"], headers)
        return await self._intake.answer(name, body, grant, language)

    async def _serve_facts(
        self, scope: AsgiScope, headers: HeaderTable, receive: Receive, send: Send
    ) -> None:
        self._enter_get(scope, headers)
        place = _place(scope, headers)
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        await self._stream.serve(place.after, send, receive)
        await send({"type": "http.response.body", "body": b""})

    async def _serve_boards(
        self, scope: AsgiScope, headers: HeaderTable, receive: Receive, send: Send
    ) -> None:
        self._enter_get(scope, headers)
        language = chosen_language(_query(scope).get("language"), "")
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        await self._boards.serve(language, send, receive)
        await send({"type": "http.response.body", "body": b""})

    async def _desk_snapshot(self, scope: AsgiScope, headers: HeaderTable) -> Answer:
        grant = self._enter_get(scope, headers)
        taken(NoInput, _query(scope))
        try:
            return Answer(200, await self._desk.snapshot(_sight(grant)))
        except OutcomeUnknown:
            raise ProblemRaised("unknown-outcome", headers=_RETRY) from None

    async def _serve_desk(
        self, scope: AsgiScope, headers: HeaderTable, receive: Receive, send: Send
    ) -> None:
        grant = self._enter_get(scope, headers)
        place = _place(scope, headers)

        def looking() -> Sight | None:
            """Pass the door again: who is signed out since, or elsewhere, sees no more."""
            try:
                return _sight(self._door.enter("GET", scope["path"], headers))
            except ProblemRaised:
                return None

        whose = "" if grant is None else grant.actor
        if grant is not None and grant.session is not None:
            whose = grant.session.session_id
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        await self._desk.serve(whose, looking, place.after, send, receive)
        await send({"type": "http.response.body", "body": b""})

    def _enter_get(self, scope: AsgiScope, headers: HeaderTable) -> Grant | None:
        if scope["method"] != "GET":
            raise ProblemRaised("wrong-method", headers=_ALLOW_GET)
        return self._door.enter("GET", scope["path"], headers)


def _sight(grant: Grant | None) -> Sight:
    """Say what somebody may see: words only in a session that has opened a desk, and so said so."""
    session = None if grant is None else grant.session
    if session is None:
        return Sight("", words=False)
    return Sight(session.county, words=session.desk is not None)


def _place(scope: AsgiScope, headers: HeaderTable) -> StreamInput:
    """Read from where a stream begins; what a browser remembers itself comes first."""
    query = _query(scope)
    after = headers.get(b"last-event-id")
    if after is not None:
        query["after"] = after.decode("latin-1")
    return taken(StreamInput, query)


async def _body(headers: HeaderTable, receive: Receive) -> bytes:
    """Read a JSON body of bounded size."""
    json_body_only(headers)
    if int(headers.get(b"content-length", b"0")) > BODY_BYTES_MAX:
        raise ProblemRaised("too-large", headers=((b"connection", b"close"),))
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_BYTES_MAX:
            raise ProblemRaised("too-large", headers=((b"connection", b"close"),))
    return body


async def _send_answer(answer: Answer, send: Send) -> None:
    length = (b"content-length", b"%d" % len(answer.body))
    headers = [(b"content-type", answer.media), length, *answer.headers, *_ALWAYS]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _hardened(send: Send) -> Send:
    """Add the security headers to whatever an application answers."""

    async def harden(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            added = [pair for pair in _DOCUMENTS if pair[0] not in own]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return harden


def _query(scope: AsgiScope) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in scope["query_string"].decode("latin-1").split("&"))
    return {name: value for name, _, value in pairs if name}
