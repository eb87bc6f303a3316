"""The slow routes, on Litestar: views, the page with its files, the drill's pace, the document."""

import logging
import mimetypes
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.config.compression import CompressionConfig
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from msgspec import Struct

from pasokh.adapters.api.boards import Boards
from pasokh.adapters.api.door import Door, language_for, own_page_only
from pasokh.adapters.api.page_port import LivePage
from pasokh.adapters.api.playback import RECORDING_AT
from pasokh.adapters.api.problems import Answer, ProblemRaised
from pasokh.adapters.api.sentences import KINDS, LANGUAGES
from pasokh.adapters.api.site_desk import DeskSite, desk_routes
from pasokh.adapters.api.views import VIEWS, NoInput, View, confirmed, head, shown, taken
from pasokh.drivers.ports_live import Control, OutcomeUnknown, Pace

_Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]
_Guard: TypeAlias = Callable[[_Connection, BaseRouteHandler], Awaitable[None]]
Asked = Request[Any, Any, Any]
Told = Response[bytes]

_ENCODE = msgspec.json.Encoder().encode
_LOG = logging.getLogger(__name__)
_FORM_BYTES_MAX = 1024
# Who opens the page of a real centre and is not signed in belongs to the office's door.
_NOBODY = frozenset({"no-token", "no-session"})
_KINDS_BY_STATUS = {kind.status: name for name, kind in reversed(KINDS.items())} | {
    404: "unknown-path"
}


class Health(Struct, frozen=True):
    """The centre serves, and the disk has everything up to `seq`."""

    seq: int


class Site(Struct, frozen=True):
    """What the slow routes need."""

    control: Control
    door: Door
    boards: Boards
    page: LivePage
    document: bytes
    desk: DeskSite
    pace: Pace | None = None


def litestar_of(site: Site) -> Litestar:
    """Build the application behind the front."""
    handlers = [
        *(_view(site, view) for view in VIEWS),
        *(_page(site, language) for language in LANGUAGES),
        _board(site),
        _head(site),
        _health(site),
        _document(site),
        _start(),
        _files(site.page.folder),
        _pace(site),
        *desk_routes(site.desk),
    ]
    return Litestar(
        route_handlers=handlers,
        guards=[_guard(site.door)],
        exception_handlers={
            ProblemRaised: _problem,
            OutcomeUnknown: _unknown,
            HTTPException: _http_problem,
            Exception: _fault,
        },
        openapi_config=None,
        logging_config=None,
        # A page in Persian is two thirds white space and repeated words; fonts are packed already,
        # and a part of a packed voice is a part of nothing.
        compression_config=CompressionConfig("gzip", exclude=rf"\.woff2$|^{RECORDING_AT}$"),
        request_max_body_size=_FORM_BYTES_MAX,
    )


def told(answer: Answer) -> Told:
    """Hand an answer to Litestar."""
    headers = {name.decode(): value.decode() for name, value in answer.headers}
    return Response(
        answer.body, status_code=answer.status, media_type=answer.media.decode(), headers=headers
    )


def _guard(door: Door) -> _Guard:
    async def guard(connection: _Connection, handler: BaseRouteHandler) -> None:
        scope: dict[str, Any] = dict(connection.scope)
        path = handler.opt.get("path")
        if path is None:  # a route that Litestar made by itself, for OPTIONS
            raise ProblemRaised("wrong-method")
        connection.state.grant = door.enter(scope["method"], path, dict(scope["headers"]))

    return guard


def _routed(path: str, litestar_path: str | None = None) -> Callable[..., HTTPRouteHandler]:
    """Make a GET route whose row in the scope table is `path`."""
    return get(litestar_path or path, opt={"path": path})


def _view(site: Site, view: View) -> HTTPRouteHandler:
    async def show(request: Asked) -> Told:
        thing_id = "".join(map(str, request.path_params.values()))
        return told(await shown(site.control, view, request.query_params, thing_id))

    return _routed(view.path, view.path.replace("}", ":str}"))(show)


def _board(site: Site) -> HTTPRouteHandler:
    async def show_board(request: Asked) -> Told:
        taken(NoInput, request.query_params)
        return told(Answer(200, _ENCODE(await site.boards.now())))

    return _routed("/views/board")(show_board)


def _head(site: Site) -> HTTPRouteHandler:
    async def show_head(request: Asked) -> Told:
        taken(NoInput, request.query_params)
        return told(Answer(200, _ENCODE(await head(site.control))))

    return _routed("/log/head")(show_head)


def _health(site: Site) -> HTTPRouteHandler:
    async def show_health(request: Asked) -> Told:
        taken(NoInput, request.query_params)
        seq = site.control.durable_head.seq
        await confirmed(site.control, seq)
        return told(Answer(200, _ENCODE(Health(seq))))

    return _routed("/health")(show_health)


def _document(site: Site) -> HTTPRouteHandler:
    async def show_document() -> Told:
        return told(Answer(200, site.document))

    return _routed("/openapi.json")(show_document)


def _start() -> HTTPRouteHandler:
    async def start(request: Asked) -> Told:
        language = _language(request)
        headers = ((b"location", f"/{language}/".encode()), (b"vary", b"accept-language"))
        return told(Answer(307, b"", b"text/plain", headers))

    return _routed("/")(start)


def _page(site: Site, language: str) -> HTTPRouteHandler:
    async def show_page() -> Told:
        text = site.page.page(await site.boards.now(), language)
        headers = tuple((k.lower().encode(), v.encode()) for k, v in site.page.headers.items())
        return told(Answer(200, text.encode(), b"text/html", headers))

    return _routed(f"/{language}/")(show_page)


def _files(folder: Path) -> HTTPRouteHandler:
    """Serve the page's files from memory: they are few, and change with a release only."""
    kept: dict[str, tuple[bytes, str, str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            text = path.read_bytes()
            media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            kept[f"/{path.relative_to(folder)}"] = text, media, f'"{sha256(text).hexdigest()[:16]}"'

    async def show_file(request: Asked) -> Told:
        name = str(request.path_params["name"])
        if name not in kept:
            raise ProblemRaised("unknown-path")
        text, media, etag = kept[name]
        headers = {"etag": etag, "cache-control": "no-cache"}
        if request.headers.get("if-none-match") == etag:
            return Response(b"", status_code=304, headers=headers, media_type=media)
        return Response(text, headers=headers, media_type=media)

    return _routed("/static/page/{name}", "/static/page/{name:path}")(show_file)


def _pace(site: Site) -> HTTPRouteHandler:
    async def set_pace(request: Asked) -> Told:
        own_page_only(dict(request.scope["headers"]))
        if site.pace is None:
            raise ProblemRaised("unknown-path")
        form = parse_qs((await request.body()).decode("ascii", "replace"))
        try:
            site.pace.set_pace(int(form.get("pace", [""])[0]))
        except ValueError as error:
            raise ProblemRaised("bad-input", detail=str(error), where="pace") from error
        site.boards.refresh()
        back = form.get("back", ["/"])[0]
        known = back if back in {f"/{language}/" for language in LANGUAGES} else "/"
        return told(Answer(303, b"", b"text/plain", ((b"location", known.encode()),)))

    return post("/demo/pace", opt={"path": "/demo/pace"})(set_pace)


def _language(request: Asked) -> str:
    return language_for(request.scope["query_string"], dict(request.scope["headers"]))


def _problem(request: Asked, problem: ProblemRaised) -> Told:
    page = request.scope["path"].strip("/")
    if page in {"", *LANGUAGES} and problem.kind in _NOBODY and _reads_pages(request):
        where = f"/office/{page or _language(request)}/".encode()
        headers = ((b"location", where), (b"vary", b"accept, accept-language"))
        return told(Answer(303, b"", b"text/plain", headers))
    return told(problem.answer(_language(request)))


def _reads_pages(request: Asked) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _unknown(request: Asked, _error: OutcomeUnknown) -> Told:
    return _problem(request, ProblemRaised("unknown-outcome", headers=((b"retry-after", b"1"),)))


def _http_problem(request: Asked, error: HTTPException) -> Told:
    kind = _KINDS_BY_STATUS.get(error.status_code, "bad-input")
    headers = tuple((k.lower().encode(), v.encode()) for k, v in (error.headers or {}).items())
    if kind == "fault":
        return _fault(request, error)
    return _problem(request, ProblemRaised(kind, headers=headers))


def _fault(request: Asked, error: Exception) -> Told:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(request, ProblemRaised("fault"))
