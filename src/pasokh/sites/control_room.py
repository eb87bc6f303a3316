"""A site's line to the control room: commands over its HTTP API, with the site's own token."""

from pathlib import Path
from typing import Any

import httpx
import msgspec
from django.conf import settings
from msgspec import Struct

from pasokh.sites.languages import spoken

# No receipt, and a later attempt may get one: our token may be made anew, the clock moves on.
_LATER = frozenset({401, 403, 408, 423, 429})
_TIMES = httpx.Timeout(5.0, connect=1.0)


class ControlRoomAway(Exception):
    """The control room did not answer, so nothing is known to have happened."""


class Told(Struct, frozen=True):
    """What the control room said to a command: `reason` is empty when it was accepted."""

    reason: str = ""
    sentence: str = ""
    details: dict[str, Any] = {}

    @property
    def accepted(self) -> bool:
        """Whether it is in the log now."""
        return not self.reason


class ControlRoom:
    """Gives commands. The same id gives the same receipt, so whoever is unsure asks again."""

    def __init__(self, url: str, token_file: Path) -> None:
        """The token is read at each command: it may be made, or made anew, while we run."""
        self._token_file = token_file
        self._client = httpx.Client(base_url=url, timeout=_TIMES, trust_env=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def look(self, path: str) -> bytes:
        """Read one of the control room's views; ControlRoomAway when it does not answer."""
        try:
            # On loopback packing costs the control room more than it saves.
            headers = self._own() | {"Accept-Encoding": "identity"}
            answer = self._client.get(path, headers=headers)
        except (httpx.TransportError, FileNotFoundError) as error:
            raise ControlRoomAway(f"{path}: {error}") from error
        if not answer.is_success:
            raise ControlRoomAway(f"{path}: {answer.status_code}")
        return answer.content

    def _own(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token_file.read_text().strip()}"}

    def _theirs(self, session_key: str) -> dict[str, str]:
        """A person's own session, from a page of ours: the log's actor is that person."""
        origin = str(self._client.base_url).rstrip("/")
        return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}", "Origin": origin}

    def give(
        self,
        command_id: str,
        name: str,
        command: dict[str, Any],
        at: int | None = None,
        session_key: str = "",
    ) -> Told:
        """Give a command by its route's name; ControlRoomAway when no receipt came.

        With a session's key it is that person's command, and the machine judges their right.
        """
        order = {"id": command_id, "command": command} | ({} if at is None else {"at": at})
        answered, told = self._post(f"/commands/{name}", order, session_key)
        if answered:
            return Told()
        # The machine's no has a reason; a command that cannot be one has the problem's type.
        return Told(told.get("reason") or told["type"], told["detail"], told.get("details") or {})

    def listen(self, order: dict[str, Any], session_key: str) -> tuple[str, str]:
        """Enter a person's listening; give where the voice is, or the sentence that says no."""
        answered, told = self._post("/desk/recording", order, session_key)
        return (told["audio"], "") if answered else ("", told["detail"] or told["title"])

    def _post(self, path: str, order: dict[str, Any], session_key: str) -> tuple[bool, Any]:
        """Say whether it was done, and what was answered; ControlRoomAway when nobody knows."""
        try:
            answer = self._client.post(
                path,
                content=msgspec.json.encode(order),
                headers={
                    **(self._theirs(session_key) if session_key else self._own()),
                    "Content-Type": "application/json",
                    "Accept-Language": spoken(),
                },
            )
            told = msgspec.json.decode(answer.content)
        except (httpx.TransportError, FileNotFoundError, msgspec.DecodeError) as error:
            raise ControlRoomAway(f"{path}: {error}") from error
        if not answer.is_success and (answer.status_code in _LATER or answer.is_server_error):
            raise ControlRoomAway(f"{path}: {told.get('title')} {told.get('detail')}")
        return answer.is_success, told


_lines: dict[tuple[str, Path], ControlRoom] = {}


def control_room() -> ControlRoom:
    """Give the line of this process."""
    site = settings.PASOKH
    key = (site.control_room_url, site.token_file)
    line = _lines.get(key)
    # Made only when there is none: a client reads the system's authorities, which takes 45 ms.
    return line or _lines.setdefault(key, ControlRoom(*key))


def hang_up() -> None:
    """Let go of this process's lines."""
    for line in _lines.values():
        line.close()
    _lines.clear()
