"""The live page: `render_page(board, language, province) -> str`, pure, and what keeps it moving.

The contract with whoever serves it (this package knows no web framework):

- `province = province_of(counties, drawing)` once at start, from the counties and their outlines
  (drawn `county_map.WIDTH` steps wide);
- `GET /fa/` and `GET /en/` answer `render_page(board, language, province, demo)` as text/html with
  the headers of `HEADERS`; `GET /` redirects to `/fa/`;
- the folder `STATIC` is served at `Paths.static`; its files change only with a release;
- `GET /live/stream?language=fa` is an event stream (EventSource): at most once a second one
  message, whose `data` is `board_message(board, language, province, demo)`: one line of JSON with
  the whole board, so a screen that missed some needs nothing but the newest. The bytes are the
  same for every screen of a language: build them once;
- `POST /demo/pace` gets a form with `pace` (0 stands still, 1, 10, 60) and `back` (a path of this
  page) and answers 303 to `back`. Give `demo=None` where there is no demo: no banner, no controls.
"""

from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from pasokh.adapters.page.cells import ELSEWHERE, QUEUE_ROWS, DemoPace, Panel, panel_of, shape_of
from pasokh.adapters.page.county_map import LEVELS, Province
from pasokh.adapters.page.sentence import sentence_parts
from pasokh.adapters.page.tables import BAR, CLASS_ROWS, DESK_STATES, FLOW, RIVALS, TERMS
from pasokh.control_room.views import FEED_LENGTH, Board
from pasokh.words.digits import digits, percent
from pasokh.words.jalali import long_day
from pasokh.words.say import LANGUAGES, say

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
REFRESH_SECONDS = 5
# The most populous counties are named on the map; of the others, names would lie on names.
NAMES_ON_MAP = 15

# Nothing inline, nothing from elsewhere. `img-src data:` is not needed either.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    # Not "no-referrer": with that, a browser hides the origin of the pace form from our own server.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Paths(Struct, frozen=True):
    """Where the server put the rest of the page."""

    static: str = "/static/page"
    stream: str = "/live/stream"
    pace: str = "/demo/pace"


PATHS = Paths()


def render_page(
    board: Board,
    language: str,
    province: Province,
    demo: DemoPace | None = None,
    paths: Paths = PATHS,
) -> str:
    """Write the whole page in "fa" or "en"; complete without scripts."""
    panel = panel_of(board, language, province, demo)
    return (
        _environment()
        .get_template("live.html")
        .render(
            **_LISTS,
            attributes=partial(_attributes, panel),
            board=board,
            cell=partial(_cell, panel),
            county_rows=_county_rows(province, language),
            demo=demo,
            figures=partial(digits, language),
            language=language,
            legend=[digits(language, text) for text in _LEGEND],
            panel=panel,
            past=_past(board, language),
            paths=paths,
            province=province,
            sentence=sentence_parts(language),
            shape=shape_of(board, demo),
            t=partial(say, language),
        )
    )


def board_message(
    board: Board, language: str, province: Province, demo: DemoPace | None = None
) -> bytes:
    """Write the board for the stream: every text and attribute of the page by its name.

    `shape` names the rows that the page must have; a page with another one loads itself anew.
    """
    panel = panel_of(board, language, province, demo)
    return _ENCODER.encode(
        {
            "seq": board.seq,
            "shape": shape_of(board, demo),
            "texts": panel.texts,
            "attributes": panel.attributes,
        }
    )


_ENCODER = msgspec.json.Encoder()
_LEGEND = ("0", *(f"{a + 1}–{b}" for a, b in pairwise(LEVELS)), f"{LEVELS[-1]}+")
_LISTS: dict[str, Any] = {
    "bar": BAR,
    "class_rows": CLASS_ROWS,
    "desk_states": DESK_STATES,
    "feed_rows": range(FEED_LENGTH),
    "flow": FLOW,
    "languages": LANGUAGES,
    "names_on_map": NAMES_ON_MAP,
    "names": {other: say(other, "page.language_name") for other in LANGUAGES},
    "queue_rows": range(QUEUE_ROWS),
    "refresh_seconds": REFRESH_SECONDS,
    "rivals": RIVALS,
    "terms": TERMS,
}


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _county_rows(province: Province, language: str) -> list[tuple[str, str]]:
    rows = [(shape.county, shape.name(language)) for shape in province.counties]
    return [*rows, (ELSEWHERE, say(language, "county.unknown"))]


def _past(board: Board, language: str) -> dict[str, str] | None:
    """The past day's sentence; it changes with its figures only, and then so does the shape."""
    if board.past is None:
        return None
    head = board.past.headline
    first, operational = head.first_only.part, head.operational.part
    text = say(
        language,
        "past.sentence",
        day=long_day(language, board.past.day),
        version=board.past.figure_version.value,
        answered=head.answered,
        share=percent(language, operational, head.answered),
        first=percent(language, first, head.answered),
        repeat=percent(language, operational - first, head.answered),
    )
    return {"sentence": text, "figure_id": board.past.figure_id}


def _cell(panel: Panel, name: str) -> Markup:
    """A text that lives: the script finds it by its name."""
    return Markup('<span data-c="{}">{}</span>').format(name, panel.texts[name])


def _attributes(panel: Panel, name: str) -> Markup:
    """Attributes that live, for an element of that name."""
    pairs: dict[str, Any] = panel.attributes[name]
    written = Markup(" ").join(Markup('{}="{}"').format(k, v) for k, v in pairs.items())
    return Markup('data-a="{}" ').format(name) + written
