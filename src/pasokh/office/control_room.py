"""The office's line to the control room: commands over its HTTP API, with the office's token."""

from pathlib import Path
from typing import Any

import httpx
import msgspec
from django.conf import settings
from msgspec import Struct

from pasokh.office.languages import spoken

TOKEN_NAME = "office.token"  # noqa: S105 - a file's name
# No receipt, and a later attempt may get one: our token may be made anew, the clock moves on.
_LATER = frozenset({401, 403, 408, 423, 429})
_TIMES = httpx.Timeout(5.0, connect=1.0)


class ControlRoomAway(Exception):
    """The control room did not answer, so nothing is known to have happened."""


class Told(Struct, frozen=True):
    """What the control room said to a command: `reason` is empty when it was accepted."""

    reason: str = ""
    sentence: str = ""

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

    def give(
        self, command_id: str, name: str, command: dict[str, Any], at: int | None = None
    ) -> Told:
        """Give a command by its route's name; ControlRoomAway when no receipt came."""
        order = {"id": command_id, "command": command} | ({} if at is None else {"at": at})
        try:
            answer = self._client.post(
                f"/commands/{name}",
                content=msgspec.json.encode(order),
                headers={
                    "Authorization": f"Bearer {self._token_file.read_text().strip()}",
                    "Content-Type": "application/json",
                    "Accept-Language": spoken(),
                },
            )
            told = msgspec.json.decode(answer.content)
        except (httpx.TransportError, FileNotFoundError, msgspec.DecodeError) as error:
            raise ControlRoomAway(f"{name}: {error}") from error
        if answer.is_success:
            return Told()
        if answer.status_code in _LATER or answer.is_server_error:
            raise ControlRoomAway(f"{name}: {told.get('title')} {told.get('detail')}")
        # The machine's no has a reason; a command that cannot be one has the problem's type.
        return Told(told.get("reason") or told["type"], told["detail"])


_lines: dict[tuple[str, Path], ControlRoom] = {}


def control_room() -> ControlRoom:
    """Give the line of this process."""
    office = settings.PASOKH
    key = (office.control_room_url, office.data / TOKEN_NAME)
    return _lines.setdefault(key, ControlRoom(*key))


def hang_up() -> None:
    """Let go of this process's lines."""
    for line in _lines.values():
        line.close()
    _lines.clear()
