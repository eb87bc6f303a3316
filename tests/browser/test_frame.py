"""What every desk has around it: a lock that still rings, words to all, a session that is over.

On a real centre in Chromium. Idleness is the page's clock, set forward; the rest is lived.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from pasokh.words.say import say
from tests.adapters.api.process import free_port, wait_until_healthy
from tests.browser.accessibility import violations
from tests.browser.centre import quiet_province, without_past
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.test_sign_in import InvitedCentre, Visitor, button, invited_centre

pytestmark = pytest.mark.browser

IDLE_MS = 301_000
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
# A tone that begins is counted; it sounds all the same.
COUNT_TONES = """
window.tones = 0;
const made = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  window.tones += 1;
  return made.call(this);
};
"""
COMMAND = """
async ([name, command]) => {
  const { newId } = await import("/office/static/desk/kernel/ids.js");
  const answer = await fetch(`/commands/${name}`, { method: "POST", credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: newId(), command }) });
  return [answer.status, (await answer.json()).type ?? ""];
}
"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("frame")) as running:
        running.sign_in("p-sara")  # who needs two more codes later, and no test waits for a third
        yield running


def cover(page: Page) -> Locator:
    return page.locator("dialog.cover")


def facts(centre: DeskCentre, kind: str) -> list[dict[str, str]]:
    return [json.loads(one.body) for one in centre.entries() if one.kind == kind]


def _ready(centre: DeskCentre) -> bool:
    return any(one.get("state") == "ready" for one in centre.snapshot("position"))


def session_of(context: BrowserContext) -> str:
    (cookie,) = [one for one in context.cookies() if one["name"] == "pasokh_session"]
    return sha256(cookie["value"].encode()).hexdigest()


def test_an_idle_desk_locks_itself_and_still_rings(
    centre: DeskCentre,
    chromium: Browser,
) -> None:
    context = centre.context(chromium, "p-omid")
    context.add_init_script(COUNT_TONES)
    context.clock.install()
    page = centre.open(context, "answer")
    session = session_of(context)
    assert {"session_id": session, "desk": "answer"} in facts(centre, "DeskOpened")
    page.keyboard.press("Enter")
    seat = page.locator("#seat-title")
    until(
        lambda: any(one.get("person") == "p-omid" for one in centre.snapshot("position")), "seated"
    )
    expect(seat.locator(".chip")).to_be_visible()
    if not any(one["state"] == "ready" for one in centre.snapshot("position")):
        page.keyboard.press("Enter")
    until(lambda: any(one["state"] == "ready" for one in centre.snapshot("position")), "ready")
    page.clock.fast_forward(IDLE_MS - 30_000)
    expect(cover(page)).to_have_count(0)
    page.clock.fast_forward(60_000)
    expect(cover(page)).to_be_visible()
    locked = {"session_id": session, "why": "idle"}
    until(lambda: locked in facts(centre, "SessionLocked"), "the log has the lock")
    expect(page.locator("#root")).to_be_hidden()
    expect(cover(page).locator("dd").first).to_have_text("۰")
    centre.offer("کمک")
    expect(cover(page).locator("dd").first).to_have_text("۱")
    before = page.evaluate("window.tones")
    until(lambda: page.evaluate("window.tones") > before, "it rings")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(cover(page)).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.getElementById('root').contains(document.activeElement)")
    status = page.evaluate(COMMAND, ["answer-call", {"call_id": "c-x", "position_id": "pos-1"}])
    assert status == [423, "/problems/session-locked"]
    context.close()


def test_all_tabs_lock_and_open_together_and_what_was_typed_is_there(
    centre: DeskCentre,
    chromium: Browser,
) -> None:
    context = centre.context(chromium, "p-reza")
    page, other = centre.open(context, "dispatch"), centre.open(context, "dispatch", "en")
    line = page.locator(".bar-line input")
    line.fill("D 412")
    other.get_by_role("button", name="Lock", exact=True).click()
    for tab in (page, other):
        expect(cover(tab)).to_be_visible()
    code = page.locator("#cover-code")
    expect(code).to_be_focused()
    assert violations(page) == []
    code.fill("000000")
    code.press("Enter")
    expect(page.locator(".cover-trouble")).not_to_be_empty()
    code.fill(centre.code("p-reza").translate(PERSIAN_DIGITS))
    code.press("Enter")
    for tab in (page, other):
        expect(cover(tab)).to_have_count(0)
    expect(line).to_have_value("D 412")
    expect(line).to_be_focused()
    session = session_of(context)
    assert {"session_id": session, "means": "password_totp"} in facts(centre, "SessionUnlocked")
    page.reload()
    expect(page.locator("#line[data-state=live]")).to_be_visible()
    expect(cover(page)).to_have_count(0)
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+L")
    expect(cover(page)).to_be_visible()
    page.reload()
    expect(cover(page)).to_be_visible()
    context.close()


def test_a_command_that_meets_the_lock_covers_the_desk(
    centre: DeskCentre,
    chromium: Browser,
) -> None:
    context = centre.context(chromium, "p-sara")
    page = centre.open(context, "answer")
    # The desk asks now and then who is signed in: only the command shall tell it of the lock.
    page.route("**/desk/me", lambda asked: asked.abort())
    centre.ask("lock-session", session_id=session_of(context), why="asked")
    page.locator("#seat-title ~ .deeds button").first.click()
    expect(cover(page)).to_be_visible()
    page.unroute("**/desk/me")
    page.locator("#cover-code").fill(centre.code("p-sara"))
    page.keyboard.press("Enter")
    # The office had not heard of it: it locks, and asks once more.
    expect(page.locator(".cover-trouble")).to_have_text(say("fa", "desk.frame.once_more"))
    page.locator("#cover-code").fill(centre.code("p-sara"))
    page.keyboard.press("Enter")
    expect(cover(page)).to_have_count(0)
    context.close()


def test_words_to_all_are_seen_on_every_desk_and_said_to_be_seen(
    centre: DeskCentre,
    chromium: Browser,
) -> None:
    contexts = {name: centre.context(chromium, name) for name in ("p-nasrin", "p-sara", "p-mina")}
    supervisor = centre.open(contexts["p-nasrin"], "supervise")
    wall = centre.open(contexts["p-nasrin"], "wallboard")
    desks = {
        "p-sara": centre.open(contexts["p-sara"], "answer"),
        "p-mina": centre.open(contexts["p-mina"], "dispatch"),
    }
    supervisor.locator("#broadcast").fill("پل نمونه بسته است")
    supervisor.keyboard.press("Enter")
    for person_id, page in desks.items():
        strip = page.locator(".words-strip")
        expect(strip).to_contain_text("پل نمونه بسته است")
        expect(page.locator("#said-politely")).to_contain_text("پل نمونه بسته است")
        strip.get_by_role("button", name="دیدم").click()
        expect(strip).to_have_count(0)
        seen = [one for one in centre.entries() if one.kind == "BroadcastAcknowledged"]
        assert seen[-1].actor.endswith(person_id)
    expect(supervisor.locator(".words-strip")).to_have_count(0)
    expect(wall.locator(".wall-words")).to_contain_text("پل نمونه بسته است")
    expect(wall.get_by_role("button")).to_have_count(0)
    for context in contexts.values():
        context.close()


def test_a_session_that_is_over_says_so_and_goes_on_after_signing_in(
    centre: DeskCentre,
    chromium: Browser,
) -> None:
    context = centre.context(chromium, "p-mina")
    page = centre.open(context, "dispatch")
    expect(page.locator(".unit, [data-unit], button", has_text="۴۱۲").first).to_be_visible()
    centre.ask("end-session", session_id=session_of(context), reason="lost machine")
    notice = page.locator(".session-notice")
    expect(notice).to_be_visible(timeout=10_000)
    expect(notice.get_by_role("link")).to_have_attribute("href", "/office/fa/accounts/login/")
    expect(page.locator(".unit, [data-unit], button", has_text="۴۱۲").first).to_be_visible()
    bar = page.locator(".bar-line input")
    bar.fill("N dispute")
    bar.press("Enter")
    expect(page.locator(".last-deeds [data-state=spooled]")).not_to_have_count(0)
    centre.sign_in("p-mina")
    context.add_cookies([centre.cookie("p-mina")])
    expect(notice).to_have_count(0)
    expect(page.locator(".last-deeds [data-state=spooled]")).to_have_count(0)
    until(lambda: any(one.kind == "IncidentOpened" for one in centre.entries()), "it was entered")
    assert {"session_id": session_of(context), "desk": "dispatch"} in facts(centre, "DeskOpened")
    context.close()


def test_a_desk_that_is_not_opened_says_why(
    centre: DeskCentre,
    chromium: Browser,
) -> None:
    context = centre.context(chromium, "p-aida")
    page = centre.open(context, "supervise")
    notice = page.locator(".session-notice")
    expect(notice).to_contain_text(say("fa", "desk.frame.not_opened"))
    expect(notice.get_by_role("link")).to_have_attribute("href", "/office/fa/")
    context.close()


@pytest.fixture(scope="module")
def invited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitedCentre]:
    with invited_centre(tmp_path_factory.mktemp("touched")) as running:
        yield running


def test_one_touch_of_a_passkey_opens_the_desk(
    invited: InvitedCentre,
    chromium: Browser,
) -> None:
    visitor = Visitor(chromium)
    page = visitor.page
    page.goto(invited.link("passkey-fa", "fa"))
    button(page, "fa", "office.make_passkey").click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.goto(invited.at("/office/fa/accounts/login/"))
    button(page, "fa", "office.with_passkey").click()
    expect(page).to_have_url(invited.at("/office/fa/"))
    page.goto(invited.at("/office/fa/desk/answer/"))
    button(page, "fa", "desk.frame.lock_now").click()
    expect(cover(page)).to_be_visible()
    button(page, "fa", "desk.frame.with_passkey").click()
    expect(cover(page)).to_have_count(0)
    assert invited.kinds("passkey-fa")[-1] == ("SessionUnlocked", "passkey")
    assert visitor.wrong == []
    visitor.close()


@contextmanager
def demo_centre(folder: Path) -> Iterator[str]:
    """Run the demo, its drill standing still; give the address that the office says."""
    port = free_port()
    data = without_past(folder / "data")
    command = [sys.executable, "-m", "pasokh.cli", "run", "--data", str(data)]
    command += ["--port", str(port), "--pace", "0", "--scenario", str(quiet_province(folder))]
    told = folder / "said.txt"
    with told.open("w") as said:
        process = subprocess.Popen(command, stderr=said)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        yield until(lambda: re.search(r"office is open: (\S+)", told.read_text()), "open")[1]
    finally:
        process.terminate()
        process.wait(30)


def test_in_the_demo_one_click_opens_the_desk(
    tmp_path: Path,
    chromium: Browser,
) -> None:
    with demo_centre(tmp_path) as link:
        page = chromium.new_page()
        page.set_default_timeout(90_000)  # a province lives beside it
        page.goto(link)
        page.locator('form[action*="demo-call-taker-1"] button').click()
        page.wait_for_url(lambda address: "login" not in address)
        page.goto(urljoin(link, "/office/fa/desk/answer/"))
        button(page, "fa", "desk.frame.lock_now").click()
        expect(cover(page)).to_be_visible()
        button(page, "fa", "desk.frame.with_click").click()
        expect(cover(page)).to_have_count(0)
        page.close()
