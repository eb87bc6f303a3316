"""The page as text: whole without scripts, strict, and word for word what the stream sends."""

import json
import re
from html.parser import HTMLParser

import msgspec
import pytest

from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.maps.outlines import outlines_of
from pasokh.adapters.page.cells import DemoPace, shape_of
from pasokh.adapters.page.county_map import WIDTH, Province, level_of, province_of
from pasokh.adapters.page.feed import family_of, line_of
from pasokh.adapters.page.render import HEADERS, STATIC, board_message, render_page
from pasokh.control_room.codec import KINDS
from pasokh.control_room.happenings import Happening
from pasokh.control_room.state import Centre
from pasokh.control_room.views import Board, board
from pasokh.core.refusal import Reason
from pasokh.words.digits import percent
from pasokh.words.say import LANGUAGES
from tests.control_room.evening import Evening

DEMO = DemoPace(10)
# Elements that hold nothing and are never closed.
VOID = frozenset({"meta", "link", "img", "input", "rect"})


class Page(HTMLParser):
    """The elements of a page, its living cells, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: dict[str, set[str]] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            name = dict(attrs).get("data-c")
            self._open.append((tag, name))
            if name:
                self.cells.setdefault(name, set())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.cells[self._open[-1][1]].add(data)


@pytest.fixture(scope="module")
def province() -> Province:
    return province_of(counties_of(), outlines_of(width=WIDTH))


@pytest.fixture(scope="module")
def now() -> Board:
    return Evening().board()


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(now: Board, language: str, province: Province) -> Page:
    return Page(render_page(now, language, province, DEMO))


@pytest.mark.slow
def test_page_and_stream_say_the_same_word_for_word(
    page: Page, now: Board, language: str, province: Province
) -> None:
    message = json.loads(board_message(now, language, province, DEMO))
    sent = {name: {text} if text else set() for name, text in message["texts"].items()}
    assert {name: sent[name] for name in page.cells} == page.cells
    marked = {str(about["data-a"]) for _, about in page.tags if about.get("data-a")}
    assert marked <= set(message["attributes"])
    assert message["shape"] == shape_of(now, DEMO)


@pytest.mark.slow
def test_the_sentence_has_its_number_share_and_five_words(
    page: Page, now: Board, language: str
) -> None:
    assert page.cells["share"] == {percent(language, 3, 10)}
    opened = [about["popovertarget"] for tag, about in page.tags if "popovertarget" in about]
    explained = {about["id"] for tag, about in page.tags if "popover" in about}
    assert explained == set(opened)
    assert len(explained) == 6


def test_every_link_inside_the_page_leads_somewhere(page: Page) -> None:
    ids = [about["id"] for _, about in page.tags if "id" in about]
    assert len(ids) == len(set(ids))
    links = {str(about["href"]) for tag, about in page.tags if tag == "a"}
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside
    assert inside <= set(ids)
    labels = {str(about["aria-labelledby"]) for _, about in page.tags if "aria-labelledby" in about}
    assert labels <= set(ids)


def test_nothing_inline_and_nothing_from_elsewhere(page: Page) -> None:
    for tag, about in page.tags:
        assert tag != "style"
        assert not [name for name in about if name == "style" or name.startswith("on")]
        for name in ("src", "href", "action"):
            assert not re.match(r"[a-z]+:|//", about.get(name) or ""), (tag, about)
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_it_refreshes_itself_without_scripts(now: Board, province: Province) -> None:
    html = render_page(now, "fa", province, DEMO)
    assert re.search(r'<noscript><meta http-equiv="refresh" content="\d+"></noscript>', html)
    assert 'method="post" action="/demo/pace"' in html
    assert '<html lang="fa" dir="rtl">' in html
    assert '<html lang="en" dir="ltr">' in render_page(now, "en", province, DEMO)


def test_without_a_demo_there_is_no_banner_and_no_control(now: Board, province: Province) -> None:
    html = render_page(now, "en", province)
    assert "invented" not in html
    assert "<form" not in html


def test_every_county_is_on_the_map_and_in_the_table(page: Page, province: Province) -> None:
    assert len(province.counties) == 34
    for county in province.counties:
        assert f"map-{county.county}" in page.cells
        assert f"inc-{county.county}" in page.cells
    assert [level_of(n) for n in (0, 1, 2, 3, 20, 21)] == [0, 1, 1, 2, 4, 5]


def test_counties_of_the_page_add_up_with_those_that_the_map_lacks(
    now: Board, province: Province
) -> None:
    texts = json.loads(board_message(now, "en", province))["texts"]
    calls = sum(int(text) for name, text in texts.items() if name.startswith("day-"))
    assert calls == now.headline.offered


def test_names_from_outside_are_escaped(now: Board, province: Province) -> None:
    sly = msgspec.structs.replace(now, centre="<script>x</script>")
    assert "<script>x" not in render_page(sly, "fa", province)


def test_an_empty_centre_says_that_a_share_needs_a_base(province: Province) -> None:
    empty = Page(render_page(board(Centre(), 0), "en", province))
    assert empty.cells["share"] == {"–"}
    assert "a share needs a base" in "".join(empty.cells["split"])


def test_every_kind_of_fact_has_a_line(language: str) -> None:
    for kind in KINDS:
        reason = Reason.CALL_ENDED if kind == "CommandRefused" else None
        told = Happening(1, 0, kind, "", {"call": "c", "day": 20_000}, reason)
        line = line_of(told, language, 0)
        assert line
        assert "{" not in line
    assert family_of("CallOffered") == "call"
    assert family_of("PositionOpened") == "desk"


def test_logical_properties_only() -> None:
    css = (STATIC / "live.css").read_text(encoding="utf-8")
    physical = r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|[\s;{](?:left|right)\s*:"
    assert re.findall(physical, css) == []
    assert re.findall(r"text-align:\s*(?:left|right)", css) == []
    assert "http" not in css


def test_the_page_is_light(now: Board, language: str, province: Province) -> None:
    fonts = sum(path.stat().st_size for path in STATIC.glob("vendor/vazirmatn/*.woff2"))
    html = render_page(now, language, province, DEMO).encode()
    rest = sum(path.stat().st_size for path in STATIC.glob("live.*"))
    assert len(html) < 90_000
    assert fonts + rest < 105_000
    assert len(board_message(now, language, province, DEMO)) < 32_000
