"""Publishing's line to the control room: what is late is entered in the centre's log."""

from collections.abc import Callable
from pathlib import Path
from secrets import randbits

import httpx
import msgspec

from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command
from pasokh.core.time import Instant

_TIMES = httpx.Timeout(5.0, connect=1.0)


class PublishingLine:
    """Gives commands over the HTTP API, with a token of its own."""

    def __init__(self, url: str, token_file: Path, say: Callable[[str], None]) -> None:
        """`say` gets why a command was not taken. The token is read at each: it may be new."""
        self._token_file = token_file
        self._client = httpx.Client(base_url=url, timeout=_TIMES, trust_env=False)
        self._say = say
        self._said = ""

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def enter(self, name: str, command: Command, now: Instant) -> None:
        """Give a command by its route's name; what did not arrive is given again by the caller."""
        command_id = time_ordered_id(now, randbits(74))
        body = msgspec.json.encode({"id": command_id, "command": command})
        try:
            token = self._token_file.read_text().strip()
            answer = self._client.post(
                f"/commands/{name}",
                content=body,
                headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            )
        except (httpx.TransportError, FileNotFoundError) as error:
            self._tell(f"the control room is away: {error}")
            return
        self._tell("" if answer.is_success else f"{name}: {answer.status_code} {answer.text}")

    def _tell(self, trouble: str) -> None:
        """Say it once."""
        if trouble and trouble != self._said:
            self._say(trouble)
        self._said = trouble
