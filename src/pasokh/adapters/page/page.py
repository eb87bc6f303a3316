"""The page as a server holds it: a province, and how fast its demo runs just now."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pasokh.adapters.page.cells import DemoPace
from pasokh.adapters.page.county_map import Province
from pasokh.adapters.page.render import HEADERS, STATIC, board_message, render_page
from pasokh.control_room.views import Board


class ProvincePage:
    """The live page of one province. `pace` tells the demo's speed; None where there is no demo."""

    def __init__(self, province: Province, pace: Callable[[], int] | None = None) -> None:
        self._province = province
        self._pace = pace

    @property
    def folder(self) -> Path:
        """The folder of its files."""
        return STATIC

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that the page needs."""
        return HEADERS

    def page(self, board: Board, language: str) -> str:
        """Write the whole page (HTML)."""
        return render_page(board, language, self._province, self._demo())

    def message(self, board: Board, language: str) -> bytes:
        """Write the board for the page's stream: one line of JSON."""
        return board_message(board, language, self._province, self._demo())

    def _demo(self) -> DemoPace | None:
        return None if self._pace is None else DemoPace(self._pace())
