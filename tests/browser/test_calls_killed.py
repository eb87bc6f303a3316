"""A desk with a caller on the line, while the control room is killed: both come back together."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.adapters.telephony.kamailio.switchboard import Switchboard, needs_switch
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.flags import FLAGS
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down
from tests.browser.test_line import gone

pytestmark = [pytest.mark.browser, *needs_switch]
_SECONDS = 120
_TALK_MS = 25_000


@pytest.fixture
def line(tmp_path: Path) -> Iterator[tuple[Switchboard, DeskCentre]]:
    """A centre whose positions have telephones, and its switch."""
    with ExitStack() as stack:
        board: list[Switchboard] = []

        def prepare(data: Path) -> None:
            board.append(Switchboard(data, stack, 3, "", _SECONDS, desk="pos-"))
            board[0].start_switch()

        centre = stack.enter_context(desk_centre(tmp_path, before=prepare))
        yield board[0], centre


def test_a_desk_comes_back_with_the_call_that_was_never_cut(
    line: tuple[Switchboard, DeskCentre], chromium_path: Path
) -> None:
    board, centre = line
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        check_the_desk_through_a_kill(board, centre, chromium)
        chromium.close()


def check_the_desk_through_a_kill(
    board: Switchboard, centre: DeskCentre, chromium: Browser
) -> None:
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer")
    keys = Keyboard(page, persian=True)
    sit_down(page, keys, centre, "p-sara")
    talking = board.call("caller.xml", 1, 1, talk_ms=_TALK_MS)
    expect(page.locator("#card-title")).to_be_visible()
    [call] = until(lambda: _connected(centre), "the call is connected")
    with gone(centre):
        expect(page.locator("#line")).to_have_attribute("data-state", "cut")
        expect(page.locator("#card-title")).to_be_visible()
        # Who calls now is served by the fallback group.
        assert board.call("caller.xml", 2, 2).wait(20) == 0
    expect(page.locator("#line")).to_have_attribute("data-state", "live", timeout=20_000)
    assert [one["id"] for one in _connected(centre)] == [call["id"]]
    page.reload()
    expect(page.locator("#card-title")).to_be_visible()
    assert talking.poll() is None
    assert talking.wait(_SECONDS) == 0
    until(lambda: not _connected(centre), "the call ended as its caller said")
    page.locator("#what").focus()
    keys.type("1")
    keys.press("Enter")
    expect(page.locator("#card-title")).to_have_count(0)
    outcomes = board.outcomes()
    assert outcomes.pop(call["id"]) == ["CallAnswered"]
    assert list(outcomes.values()) == [["CallFellBack"]] * 2
    taker.close()


def _connected(centre: DeskCentre) -> list[dict[str, object]]:
    return [one for one in centre.snapshot("call") if one.get("phase") == "connected"]
