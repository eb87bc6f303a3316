"""A person's way through the desks in Chromium: keyboard only, in Persian and English.

Persian is typed with the Persian layout on, so what a key says differs from where it lies.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser

# Keystrokes besides the words of the place (notes of the field: every click costs seconds).
NEW_INCIDENT_MAX = 12
CLOSE_NUISANCE_MAX = 3
DISPATCH_MAX = 8
STATUS_MAX = 5
LANGUAGES = ("fa", "en")
# What is typed to find "dispute": a short key of the type with the Persian layout, or its name.
DISPUTE = {"fa": "kchu", "en": "disp"}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("journeys")) as running:
        yield running


def headline(page: Page) -> int:
    """Read today's answered calls on the live page, in either language's digits."""
    text = page.locator('[data-c="answered"]').first.inner_text()
    return int("".join(str(int(sign)) for sign in text if sign.isdigit()))


def seat_of(centre: DeskCentre, person: str) -> dict[str, Any]:
    return next((one for one in centre.snapshot("position") if one.get("person") == person), {})


def sit_down(page: Page, keys: Keyboard, centre: DeskCentre, person: str) -> None:
    """Take a place, or be ready again at the one that the person has."""
    expect(page.locator("#seat-title")).to_be_visible()
    if seat_of(centre, person).get("state") != "ready":
        keys.press("Enter")
    until(lambda: seat_of(centre, person).get("state") == "ready", "the call taker is ready")
    expect(page.locator("#seat-title .timer")).to_be_visible()


def take_call(page: Page, keys: Keyboard) -> None:
    """Answer the call that rings; the field "what is it" has the keyboard then."""
    expect(page.locator(".queued")).not_to_have_count(0)
    keys.strokes = 0
    keys.press("Enter")
    expect(page.locator("#what")).to_be_focused()


def open_incident(page: Page, keys: Keyboard, language: str, place: str) -> None:
    """Say what and where; the strokes are counted from the ringing on."""
    keys.type(DISPUTE[language])
    expect(page.locator("#what-0")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#place")).to_be_focused()
    keys.say(place)
    keys.press("Enter")
    expect(page.locator("#note")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_ringing_to_clear_and_the_headline_moves(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    answer = centre.open(taker, "answer", language)
    keys = Keyboard(answer, persian=persian)
    live = centre.context(chromium, "p-nasrin")
    board = live.new_page()
    board.goto(f"{centre.url}/{language}/")
    before = headline(board)
    sit_down(answer, keys, centre, "p-sara")
    call = centre.offer("دعوا شده")
    take_call(answer, keys)
    open_incident(answer, keys, language, "کوچهٔ پشت پارک")
    assert keys.strokes <= NEW_INCIDENT_MAX, keys.strokes
    incident = centre.one("incident", centre.one("call", call)["incident"])
    assert (incident["type"], incident["priority"]) == ("dispute", 3)

    sender = centre.context(chromium, "p-reza")
    dispatch = centre.open(sender, "dispatch", language)
    send_and_clear(dispatch, Keyboard(dispatch, persian=persian), centre, incident["id"])

    centre.ask("end-call", call_id=call)
    expect(answer.locator("#card-title")).to_have_count(0)
    until(lambda: headline(board) == before + 1, f"the headline moves on from {before}")
    for context in (taker, sender, live):
        context.close()


def send_and_clear(page: Page, keys: Keyboard, centre: DeskCentre, incident: str) -> None:
    """Send a unit and follow it until it is free again; then close the incident."""
    expect(page.locator(f"#incidents-{incident}")).to_be_visible()
    expect(page.locator("#bar")).to_be_focused()
    keys.press("ArrowDown")
    keys.type("d411")
    expect(page.locator("#bar-echo")).to_have_attribute("data-tone", "go")
    keys.press("Enter")
    assert keys.strokes <= DISPATCH_MAX, keys.strokes
    mission = page.locator(".mission").first
    expect(mission).to_have_attribute("data-stage", "dispatched")
    for verb, stage in {"r": "acknowledged", "e": "en_route", "a": "on_scene"}.items():
        keys.strokes = 0
        keys.type(f"{verb}411")
        keys.press("Enter")
        assert keys.strokes <= STATUS_MAX, keys.strokes
        expect(mission).to_have_attribute("data-stage", stage)
    keys.type("c411 f")
    keys.press("Enter")
    expect(mission).to_have_attribute("data-stage", "cleared")
    mission_id = centre.one("incident", incident)["missions"][0]
    assert centre.one("mission", mission_id)["outcome"] == "founded"
    keys.type("z ")
    keys.say("resolved")
    keys.press("Enter")
    until(lambda: centre.one("incident", incident).get("closed_at"), "the incident is closed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nuisance_is_closed_in_three_strokes(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer("")
    take_call(page, keys)
    keys.strokes = 0
    keys.type("2")
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("code") == "N2", "the call is a nuisance")
    assert keys.strokes <= CLOSE_NUISANCE_MAX
    until(lambda: centre.one("call", call)["phase"] == "ended", "the call is over")
    taker.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_dispatchers_on_one_incident(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    first, second = f"i-one-{language}", f"i-two-{language}"
    for incident in (first, second):
        centre.ask("open-incident", incident_id=incident, incident_type="theft", county="0902")
    number, other = (centre.one("incident", one)["number"] for one in (first, second))
    contexts = [centre.context(chromium, person) for person in ("p-reza", "p-mina")]
    reza, mina = (centre.open(context, "dispatch", language) for context in contexts)
    hers, his = (Keyboard(page, persian=language == "fa") for page in (mina, reza))
    unit = "422" if language == "fa" else "414"
    enter(his, f"o{number}")
    enter(his, f"d{unit} {number}")
    until(lambda: centre.one("incident", first).get("owner") == "p-reza", "he has taken it")

    enter(hers, f"g{number}")
    expect(mina.locator(".mission")).to_have_attribute("data-stage", "dispatched")
    expect(mina.locator(".owner")).to_contain_text("رضا نمونه")
    # A unit that he has is not taken silently: who has it is named, and Esc leaves it to him.
    enter(hers, f"d{unit} {other}")
    asked = mina.locator("dialog[open]")
    expect(asked).to_contain_text("رضا نمونه")
    hers.press("Escape")
    expect(asked).to_have_count(0)
    assert not centre.one("incident", second).get("missions")
    # With a reason it is hers; his desk hears of it.
    enter(hers, f"d{unit} {other}")
    expect(mina.locator("#busy-reason")).to_be_focused()
    hers.say("نزدیک‌تر است")
    hers.press("Enter")
    until(lambda: centre.one("incident", second).get("missions"), "the unit has two missions")
    enter(his, f"g{other}")
    expect(reza.locator(".mission")).to_have_attribute("data-stage", "dispatched")
    # What both write about it is there for both.
    enter(his, f"w{number} ", "درِ شمالی")
    enter(hers, f"w{number} ", "دو نفر زخمی")
    until(lambda: centre.one("incident", first).get("has_words") == 2, "both notes are kept")
    for context in contexts:
        context.close()


# Who has the keyboard at the end of the step in which a dialogue comes or goes.
WATCH_DIALOGUES = """() => {
  window.keyboard = [];
  const isDialogue = (node) => node.nodeName === "DIALOG";
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes)
      if ([...addedNodes, ...removedNodes].some(isDialogue))
        window.keyboard.push(document.activeElement.id);
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_no_key_is_lost_around_a_dialogue(chromium: Browser, centre: DeskCentre) -> None:
    for incident in ("i-quick", "i-next"):
        centre.ask("open-incident", incident_id=incident, incident_type="theft", county="0902")
    number, other = (centre.one("incident", one)["number"] for one in ("i-quick", "i-next"))
    context = centre.context(chromium, "p-mina")
    page = centre.open(context, "dispatch", "en")
    keys = Keyboard(page)
    enter(keys, f"g{number}")
    enter(keys, f"d412 {number}")
    expect(page.locator(".mission")).to_have_attribute("data-stage", "dispatched")
    page.evaluate(WATCH_DIALOGUES)
    enter(keys, f"d412 {other}")
    expect(page.locator("dialog[open]")).to_have_count(1)
    keys.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("window.keyboard") == ["busy-reason", "bar"]
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shift_changes(chromium: Browser, centre: DeskCentre, language: str) -> None:
    persian = language == "fa"
    incident = f"i-shift-{language}"
    centre.ask("open-incident", incident_id=incident, incident_type="noise", county="0902")
    number = centre.one("incident", incident)["number"]
    people = ("p-sara", "p-reza", "p-nasrin")
    leaving = {person: centre.context(chromium, person) for person in people}
    # The call taker stands up, the dispatcher lets go, the supervisor writes what matters.
    page = centre.open(leaving["p-sara"], "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    tab_to(page, keys, "#seat-title + .deeds button:last-child")
    keys.press("Enter")
    until(lambda: seat_of(centre, "p-sara") == {}, "her place is free")
    page = centre.open(leaving["p-reza"], "dispatch", language)
    keys = Keyboard(page, persian=persian)
    enter(keys, f"o{number}")
    until(lambda: centre.one("incident", incident).get("owner") == "p-reza", "it is his")
    enter(keys, f"l{number}")
    until(lambda: not centre.one("incident", incident).get("owner"), "he has let go")
    page = centre.open(leaving["p-nasrin"], "supervise", language)
    keys = Keyboard(page, persian=persian)
    tab_to(page, keys, "#shift-note")
    note = f"پل بسته است {language}"
    keys.say(note)
    keys.press("Enter")
    expect(page.locator(".said", has_text=note)).to_be_visible()
    for context in leaving.values():
        context.close()
    # The next ones sit down, take over and read.
    page = centre.open(coming := centre.context(chromium, "p-omid"), "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-omid")
    call = centre.offer("صدای بلند")
    take_call(page, keys)
    until(lambda: centre.one("call", call).get("position"), "the next shift answers")
    keys.type("4")
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("code") == "X", "and closes")
    coming.close()
    page = centre.open(coming := centre.context(chromium, "p-mina"), "dispatch", language)
    keys = Keyboard(page, persian=persian)
    enter(keys, f"o{number}")
    until(lambda: centre.one("incident", incident).get("owner") == "p-mina", "it is hers")
    coming.close()
    page = centre.open(coming := centre.context(chromium, "p-nasrin"), "supervise", language)
    expect(page.locator(".said", has_text=note)).to_contain_text("نسرین نمونه")
    coming.close()


def enter(keys: Keyboard, line: str, words: str = "") -> None:
    """Type a line for the bar and run it."""
    keys.type(line)
    if words:
        keys.say(words)
    keys.press("Enter")


def tab_to(page: Page, keys: Keyboard, selector: str) -> None:
    """Go there by Tab alone."""
    for _ in range(60):
        if page.locator(selector).evaluate("(one) => one === document.activeElement"):
            return
        keys.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")
