"""Who asks, when a proxy of ours stands in front: its word is believed from its own address only.

Whoever asks may write X-Forwarded-For (https://developer.mozilla.org/docs/Web/HTTP/Headers), and
each proxy on the way adds at the right whom it heard it from. So it is read from the right, and
what stands left of the first stranger is that stranger's own writing.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from pasokh.adapters.api.front import AsgiApp, AsgiScope
from pasokh.adapters.api.screens import Receive, Send

_FOR, _PROTO = b"x-forwarded-for", b"x-forwarded-proto"


class BehindProxies:
    """Stands before what is served, and says who asks: who speaks to us, or whom a proxy names."""

    def __init__(self, app: AsgiApp, proxies: Iterable[str]) -> None:
        """`app` (ASGI) finds who asks in its scope; `proxies`: addresses, as 10.0.0.5."""
        self._app = app
        self._proxies = frozenset(map(_address, proxies))

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve one connection's scope."""
        if self._proxies and scope["type"] == "http":
            peer = (scope.get("client") or ("",))[0]
            if _address(peer) in self._proxies:
                scope = {**scope, **self._told(peer, scope["headers"])}
        await self._app(scope, receive, send)

    def _told(self, peer: str, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
        """Give the parts of a scope that a proxy knows better."""
        # Several rows of one name are one list, in their order (RFC 9110, 5.3).
        on_the_way = b",".join(value for name, value in headers if name == _FOR).decode("latin-1")
        scheme = "https" if dict(headers).get(_PROTO) == b"https" else "http"
        return {"client": (self._asker(peer, on_the_way), 0), "scheme": scheme}

    def _asker(self, peer: str, on_the_way: str) -> str:
        """Give the first address from the right that is none of ours; else who speaks to us."""
        for told in reversed(on_the_way.split(",")):
            address = _address(told.strip())
            if address is None:
                return peer
            if address not in self._proxies:
                return str(address)
        return peer


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        at = ip_address(text)
    except ValueError:
        return None
    return (at.ipv4_mapped or at) if isinstance(at, IPv6Address) else at
