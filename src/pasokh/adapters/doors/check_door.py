"""The page that lays a release beside itself. It keeps nothing: no text, no cookie, no count."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

from msgspec import Struct

from pasokh.adapters.doors.pages import DoorPages
from pasokh.adapters.doors.told import Reply, Turned
from pasokh.checker.report import outcome_words
from pasokh.checker.sentences import sentence
from pasokh.checker.text import CheckReport, check_text, label_of, remark_words

# Twenty thousand letters are ten pages; in Persian each may take six bytes of a form.
CHECK_TEXT_MAX = 20_000
CHECK_BYTES_MAX = 160 * 1024
# More than these wait for their turn: the others are asked to come again.
_WAITING_MAX = 8
_HTML = b"text/html; charset=utf-8"
_MARKS = {True: "fits", False: "not", None: "unread"}


class Piece(Struct, frozen=True):
    """A piece of the text, and whether a number in it fits, does not fit, or was only read."""

    text: str
    mark: str = ""


class CheckDoor:
    """Checks one text at a time, beside the loop: who reports an alarm does not wait for it."""

    def __init__(self, pages: DoorPages) -> None:
        """Everything is made before."""
        self._pages = pages
        self._turn = asyncio.Lock()
        self._waiting = 0

    def form(self, language: str) -> Reply:
        """Show the form."""
        return self._page(language, "", None)

    async def check(self, language: str, body: bytes) -> Reply:
        """Check the text of a form, and show it with what came out. Turned when many wait."""
        fields = parse_qs(body.decode("utf-8", "replace"), encoding="utf-8", errors="replace")
        text = fields.get("text", [""])[-1].replace("\r\n", "\n").replace("\0", "").strip()
        if not text:
            return self.form(language)
        if self._waiting >= _WAITING_MAX:
            raise Turned("busy", headers=((b"retry-after", b"5"),))
        self._waiting += 1
        try:
            async with self._turn:
                report = await asyncio.to_thread(check_text, text[:CHECK_TEXT_MAX])
        finally:
            self._waiting -= 1
        return self._page(language, text, told_of(report, language, cut=len(text) > CHECK_TEXT_MAX))

    def _page(self, language: str, text: str, told: dict[str, Any] | None) -> Reply:
        page = self._pages.write(
            "check.html",
            language,
            "check",
            text=text[:CHECK_TEXT_MAX],
            told=told,
            most=CHECK_TEXT_MAX,
        )
        return Reply(200, page, _HTML, self._pages.headers)


def told_of(report: CheckReport, language: str, *, cut: bool) -> dict[str, Any]:
    """What the page says of a report: verdict, the text in pieces, a row a check, remarks."""
    return {
        "verdict": report.verdict,
        "said": sentence(language, f"verdict.{report.verdict}", {}),
        "pieces": pieces_of(report),
        "rows": [
            {
                "mark": _MARKS[check.outcome.consistent],
                "words": label_of(report, check),
                "said": outcome_words(check.outcome, language),
                "quoted": report.quoted(check),
            }
            for check in report.checks
        ],
        "remarks": [remark_words(report, one, language) for one in report.remarks],
        "cut": cut,
    }


def pieces_of(report: CheckReport) -> list[Piece]:
    """Cut the text where its numbers stand; a number of a contradiction is marked as one."""
    marks: dict[tuple[int, int], str] = {}
    for span in report.places(report.numbers):
        marks[span] = "read"
    for check in sorted(report.checks, key=lambda one: one.outcome.consistent is False):
        for span in report.places(check.spans):
            marks[span] = _MARKS[check.outcome.consistent]
    pieces, at = [], 0
    for (start, end), mark in sorted(marks.items()):
        if start < at:
            continue
        pieces += [Piece(report.text[at:start]), Piece(report.text[start:end], mark)]
        at = end
    return [piece for piece in (*pieces, Piece(report.text[at:])) if piece.text]
