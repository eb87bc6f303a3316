"""What the API needs of the live page, which another adapter writes. `wiring` joins the two."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pasokh.control_room.views import Board


class LivePage(Protocol):
    """The page in two languages, and the messages that keep it moving."""

    @property
    def folder(self) -> Path:
        """The folder of its files, served under /static/page."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that the page needs, its Content-Security-Policy among them."""
        ...

    def page(self, board: Board, language: str) -> str:
        """Write the whole page (HTML)."""
        ...

    def message(self, board: Board, language: str) -> bytes:
        """Write the board for the page's stream: one line of JSON."""
        ...
