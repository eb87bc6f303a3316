"""Text threads at the call taker's desk in Chromium: by keys alone, live, words kept apart."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.desks import NUMBER, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down, take_call

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("threads")) as running:
        yield running


@pytest.mark.parametrize(("language", "number"), [("fa", 7), ("en", 8)])
def test_a_thread_is_taken_and_answered_beside_the_telephone(
    chromium: Browser, centre: DeskCentre, language: str, number: int
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    call = f"thread-{language}"

    def writes(text: str, message: str, of: int = number) -> None:
        words = {"number": NUMBER.format(of), "text": text}
        name = f"{language}-{message}"
        centre.ask("receive-message", words, call_id=call, message_id=name, line="sms")

    writes("کمک! \u202eevil", "m1")
    writes("Cannot speak", "m2")
    expect(page.locator(".queued")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("#reply")).to_be_focused()
    messages = page.locator(".messages > li")
    expect(messages).to_have_count(2)
    expect(messages.nth(1)).to_contain_text("Cannot speak")
    assert messages.nth(0).locator(".said").evaluate("e => getComputedStyle(e).unicodeBidi") in (
        "isolate",
        "plaintext",
    )
    # Who has the thread before them has read it, up to its last message: once, and it is shown.
    expect(messages.nth(1).locator(".read-by")).to_be_visible()
    expect(messages.nth(0).locator(".read-by")).to_have_count(0)
    marks = [entry for entry in centre.entries() if entry.kind == "MessagesRead"]
    assert [f'"{language}-m2"' in entry.body for entry in marks][-1:] == [True]
    keys.say("نیرو در راه است" if persian else "Help is coming")
    keys.press("Enter")
    expect(messages).to_have_count(3)
    expect(page.locator("#reply")).to_have_value("")
    until(lambda: centre.one("call", call)["phase"] == "connected", "the reply answered it")
    assert centre.one("call", call)["position"]
    assert all(one["state"] == "ready" for one in centre.snapshot("position") if one.get("person"))

    sent = next(iter(centre.one("call", call)["thread"]["sent"]))
    centre.ask("report-delivery", call_id=call, message_id=sent, delivery="failed", why="no route")
    expect(messages.nth(2).locator(".chip")).to_contain_text("no route")
    assert violations(page) == []
    writes("متن تازه", "m3")
    expect(messages).to_have_count(4)

    voice = back_from_a_voice_call(page, keys, centre, number + 20)
    expect(messages).to_have_count(4)
    assert violations(page) == []
    centre.ask("end-call", call_id=voice)
    centre.ask("end-call", call_id=call)
    taker.close()


def back_from_a_voice_call(page: Page, keys: Keyboard, centre: DeskCentre, number: int) -> str:
    """A voice call stands on the card when it comes, and T goes to who waits for our word."""
    page.locator("#queue-title").click()
    voice = centre.offer(number=number)
    take_call(page, keys)
    expect(page.locator(".messages")).to_have_count(0)
    page.locator("#queue-title").click()
    keys.press("t")
    expect(page.locator("#reply")).to_be_focused()
    return voice
