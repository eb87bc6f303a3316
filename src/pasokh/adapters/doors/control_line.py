"""The doors' line to the control room: commands over its HTTP API, with the doors' own token."""

from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from pasokh.adapters.doors.arrivals import DoorTally
from pasokh.adapters.doors.handings import DoorOrder
from pasokh.core.time import Span

# No receipt, and a later attempt may get one: our token may be made anew, the clock moves on.
_LATER = frozenset({401, 403, 408, 421, 423, 429})
# This id was taken with words that only look different: what matters is in the log.
_TAKEN = "/problems/id-used"
_TOLD = ("received", "calls", "joined", "parked", "waiting")
_TIMES = httpx.Timeout(5.0, connect=1.0)


class CentreAway(Exception):
    """The control room did not answer, so nothing is known to have happened."""


class CentreSaid(Struct, frozen=True):
    """What the control room said to an order: `reason` is empty when it was accepted.

    `seq` is the log's first entry of it, which may be of long ago; 0 when that was not said.
    `entries` is how many there are.
    """

    reason: str = ""
    detail: str = ""
    seq: int = 0
    entries: int = 0


class ControlLine:
    """Gives orders. The same id gets the same receipt, so whoever is unsure asks again."""

    def __init__(self, url: str, token_file: Path) -> None:
        """The token is read at each order: it may be made, or made anew, while we run."""
        self._token_file = token_file
        self._client = httpx.AsyncClient(base_url=url, timeout=_TIMES, trust_env=False)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def give(self, order: DoorOrder) -> CentreSaid:
        """Give an order; CentreAway when no receipt came."""
        body: dict[str, Any] = {"id": order.id, "command": order.command, "at": order.at}
        if order.words is not None:
            body["words"] = order.words
        answer = await self._ask("POST", f"/commands/{_name_of(order)}", msgspec.json.encode(body))
        told = msgspec.json.decode(answer.content)
        if answer.is_success:
            entries = told["last_seq"] - told["first_seq"] + 1
            return CentreSaid(seq=told["first_seq"], entries=entries)
        if told.get("type") == _TAKEN:
            return CentreSaid()
        return CentreSaid(str(told.get("reason") or told["type"]), str(told.get("detail")))

    async def head(self) -> int:
        """Give the last entry of its log; CentreAway when it does not say."""
        answer = await self._ask("GET", "/health", b"")
        return int(msgspec.json.decode(answer.content)["seq"])

    async def look(self, path: str) -> Any:
        """Read a view (decoded JSON); None when there is no such thing."""
        answer = await self._ask("GET", path, b"")
        found = msgspec.json.decode(answer.content)
        return found if answer.is_success else None

    async def tell(self, tally: DoorTally, waited: Span) -> None:
        """Tell our own count, and how long the oldest has waited (milliseconds).

        CentreAway when it was not heard.
        """
        told = {name: getattr(tally, name) for name in _TOLD} | {"waited": waited}
        await self._ask("POST", "/doors/tally", msgspec.json.encode(told))

    async def _ask(self, method: str, path: str, body: bytes) -> httpx.Response:
        try:
            headers = {
                "Authorization": f"Bearer {self._token_file.read_text().strip()}",
                "Content-Type": "application/json",
                "Accept-Encoding": "identity",
            }
            answer = await self._client.request(method, path, content=body, headers=headers)
        except (httpx.TransportError, FileNotFoundError) as error:
            raise CentreAway(f"{path}: {error!r}") from error
        if answer.status_code in _LATER or answer.is_server_error:
            raise CentreAway(f"{path}: {answer.status_code}")
        return answer


def _name_of(order: DoorOrder) -> str:
    name = type(order.command).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")
