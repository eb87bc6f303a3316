"""Every desk as it is seen: axe in both languages and themes, magnified, and as it was looked at.

The pictures in docs/images/desks were looked at by a person. When a desk changes on purpose, write
them anew with PASOKH_PICTURES=write, look at each one, and commit them with the change.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.desk_scene import Scene
from tests.browser.desks import ROOT, DeskCentre, desk_centre
from tests.browser.pictures import share_differing

pytestmark = pytest.mark.browser

PICTURES = ROOT / "docs/images/desks"
WRITE = os.environ.get("PASOKH_PICTURES") == "write"
DIFFERING_MAX = 0.005
SIZES = ((1366, 768), (1920, 1080))
PEOPLE = {
    "answer": "p-sara",
    "dispatch": "p-reza",
    "supervise": "p-nasrin",
    "wallboard": "p-nasrin",
}
LANGUAGES = ("fa", "en")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("seen"), seats=0) as running:
        yield running


@pytest.fixture(scope="module")
def scene(centre: DeskCentre) -> Scene:
    return Scene(centre)


@pytest.fixture(scope="module", params=[(desk, lang) for desk in PEOPLE for lang in LANGUAGES])
def desk(
    request: pytest.FixtureRequest, chromium: Browser, centre: DeskCentre, scene: Scene
) -> Iterator[tuple[Page, str]]:
    """A desk that stands still, opened once for all that looks at it; and its name."""
    kind, language = request.param
    context = centre.context(chromium, PEOPLE[kind], bypass_csp=True, reduced_motion="reduce")
    page = centre.open(context, kind, language, prepare=scene.still)
    show(page, kind)
    yield page, f"{kind}-{language}"
    context.close()


def show(page: Page, kind: str) -> None:
    """Bring the desk to where most of it is seen."""
    if kind == "answer":
        expect(page.locator(".questions")).to_be_visible()
        expect(page.locator(".near").first).to_be_visible()
    if kind == "dispatch":
        expect(page.locator(".grid-row")).to_have_count(5)
        for _ in range(3):
            page.locator("#bar").press("ArrowDown")
        expect(page.locator(".timeline li").first).to_be_visible()
    if kind == "supervise":
        expect(page.locator(".said li")).to_have_count(2)
        expect(page.locator("table.answering tbody tr")).to_have_count(6)
        expect(page.locator("p.doors")).to_be_visible(timeout=30_000)
    page.evaluate("document.fonts.ready")


def resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("() => new Promise((d) => requestAnimationFrame(() => d(true)))")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_a_desk(desk: tuple[Page, str], theme: Any) -> None:
    page, _ = desk
    resize(page, *SIZES[0])
    page.emulate_media(color_scheme=theme)
    assert violations(page, again=theme == "dark") == []
    page.emulate_media(color_scheme="light")


def test_a_desk_can_be_magnified(desk: tuple[Page, str], tmp_path: Path) -> None:
    page, name = desk
    zoomed = page.context.new_cdp_session(page)
    halved = {"width": 683, "height": 384, "deviceScaleFactor": 2, "mobile": False}
    zoomed.send("Emulation.setDeviceMetricsOverride", halved)
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
    zoomed.send("Emulation.clearDeviceMetricsOverride")
    assert wide[0] <= wide[1], wide


@pytest.mark.parametrize("size", SIZES, ids=["small", "large"])
def test_a_desk_looks_as_it_was_looked_at(
    desk: tuple[Page, str], size: tuple[int, int], tmp_path: Path
) -> None:
    page, name = desk
    resize(page, *size)
    kept = PICTURES / f"{name}-{size[0]}x{size[1]}.png"
    seen = page.screenshot(caret="hide", animations="disabled")
    if WRITE:
        PICTURES.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(seen)
    (tmp_path / kept.name).write_bytes(seen)
    assert share_differing(kept.read_bytes(), seen) <= DIFFERING_MAX, tmp_path / kept.name
