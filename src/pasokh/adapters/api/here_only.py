"""A drill is for this machine: what bears a trace of a way from elsewhere is told so, unserved.

A proxy that hides every trace cannot be told from a browser here. So what such a way could do harm
with needs more than to look local: a real centre has no visitors, and a drill's people sign in with
what the start says on this machine (office.here).
"""

from typing import Any

from pasokh.adapters.api.door import HeaderTable, language_for
from pasokh.adapters.api.front import AsgiApp
from pasokh.adapters.api.problems import ProblemRaised
from pasokh.adapters.api.screens import Receive, Send
from pasokh.adapters.api.site_proxy import tell_problem

# The names under which a browser on this machine reaches a drill. Another name that leads here
# is a foreign page's trick to read it (DNS rebinding), or a proxy that passes the name on.
_LOOPBACK_NAMES = frozenset({b"127.0.0.1", b"localhost", b"[::1]"})
_TRACES = frozenset(
    b"forwarded via x-real-ip x-client-ip x-original-host true-client-ip cf-connecting-ip".split()
)
_FORWARDED = b"x-forwarded-"
# No browser has spoken HTTP/1.0 for decades; nginx does, to what stands behind it, unless told
# otherwise, and by itself tells nothing else of the way.
_OF_PROXIES = "1.0"


class HereOnly:
    """Stands before everything that a drill serves."""

    def __init__(self, app: AsgiApp) -> None:
        """`app` serves what is of this machine (ASGI)."""
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection's scope, or say why not: 421."""
        if scope["type"] == "http":
            headers: HeaderTable = dict(scope["headers"])
            kind = _from_elsewhere(headers, scope["http_version"])
            if kind is not None:
                language = language_for(scope["query_string"], headers)
                await tell_problem(ProblemRaised(kind), scope, language, headers, send)
                return
        await self._app(scope, receive, send)


def _from_elsewhere(headers: HeaderTable, http_version: str) -> str | None:
    """Name the kind of problem with where this comes from; None: it may be of this machine."""
    if http_version == _OF_PROXIES or any(
        name in _TRACES or name.startswith(_FORWARDED) for name in headers
    ):
        return "through-proxy"
    host = headers.get(b"host", b"")
    name = host if host.endswith(b"]") else host.rpartition(b":")[0] or host
    return None if name in _LOOPBACK_NAMES else "foreign-host"
