"""The voice on the card: a recording played by keyboard, and a caller who does not speak."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pasokh.core.time import DAY, day_of
from pasokh.words.digits import digits
from pasokh.words.jalali import long_day
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down, take_call
from tests.browser.voices import file_of, keep_voices, tell_kept

pytestmark = pytest.mark.browser

LANGUAGES = ("fa", "en")
TEHRAN_MINUTES = 210
ERASE_AT = int(time.time() * 1000) + 90 * DAY
# Call -> seconds of its voice.
CALLS = {f"{name}-{language}": 12 for name in ("whole", "bent", "past") for language in LANGUAGES}
KEPT: dict[str, dict[str, Any]] = {}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    folder = tmp_path_factory.mktemp("voices")
    with desk_centre(
        folder, before=lambda data: KEPT.update(keep_voices(data, CALLS, ERASE_AT))
    ) as running:
        yield running


def in_hand(
    page: Page, keys: Keyboard, centre: DeskCentre, call_id: str, person: str = "p-sara"
) -> None:
    """A call is on the card, and is being recorded."""
    sit_down(page, keys, centre, person)
    centre.ask("offer-call", {"number": "+442079460991"}, call_id=call_id, county="0901")
    take_call(page, keys)
    centre.ask("start-recording", call_id=call_id, why="policy", trace=call_id)


def put_away(centre: DeskCentre, call_id: str) -> None:
    """Somebody says what it was, so that the next test begins with an empty card."""
    order = {"call_id": call_id, "code": "R", "reason": "for tomorrow"}
    centre.ask_as("p-sara", "close-call", {"id": f"close-{call_id}", "command": order})


def heard_at(page: Page) -> float:
    told: float = page.locator("audio").evaluate("one => one.currentTime")
    return told


def listenings(centre: DeskCentre, call_id: str) -> int:
    read = [entry.body for entry in centre.entries() if entry.kind == "WordsRead"]
    return sum(f'"thing":"recording","thing_id":"{call_id}"' in body for body in read)


def locks(centre: DeskCentre) -> list[str]:
    wanted = {"SessionLocked", "SessionUnlocked"}
    return [entry.kind for entry in centre.entries() if entry.kind in wanted]


def last_day(language: str) -> str:
    """The day until which a recording is kept, without its weekday."""
    return long_day(language, day_of(ERASE_AT, TEHRAN_MINUTES)).partition(" ")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recording_is_heard_by_keyboard_and_each_listening_is_one_entry(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    call = f"whole-{language}"
    context = centre.context(chromium, "p-sara")
    page = centre.open(context, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    in_hand(page, keys, centre, call)
    recording = page.locator(".recording")
    expect(recording.locator(".chip")).to_have_text(
        {"fa": "در حال ضبط", "en": "Recording"}[language]
    )
    assert page.locator("audio, .listen").count() == 0, "nothing is heard before it is kept"
    centre.ask("end-call", call_id=call)
    tell_kept(centre, call, KEPT[call])
    expect(recording.locator(".timer").first).to_have_text(digits(language, "0:12"))
    expect(recording).to_contain_text(last_day(language))
    assert violations(page) == []

    page.locator("#note").focus()
    page.locator("#seat-title").evaluate("() => document.activeElement.blur()")
    keys.press("r")
    expect(page.locator("audio")).to_have_count(1)
    until(lambda: heard_at(page) > 0.5, "the voice moves")
    assert page.locator("audio").evaluate("one => one.duration") == pytest.approx(12, abs=0.1)
    assert listenings(centre, call) == 1
    assert violations(page) == []
    expect(recording.locator(".listen")).to_be_focused()
    keys.press("Space")
    until(lambda: page.locator("audio").evaluate("one => one.paused"), "it pauses")
    stood = heard_at(page)
    keys.press("Tab")
    place = recording.get_by_role("slider")
    expect(place).to_be_focused()
    for _ in range(3):
        keys.press("ArrowRight")
    until(lambda: heard_at(page) >= stood + 1.5, "it is further on")
    expect(place).to_have_attribute("aria-valuetext", _any_place(language))
    page.locator("#seat-title").evaluate("() => document.activeElement.blur()")
    keys.press("r")
    moved = heard_at(page)
    until(lambda: heard_at(page) > moved + 0.3, "it goes on")
    assert listenings(centre, call) == 1, "seeking is no second listening"
    becomes_evidence_and_is_erased(page, centre, call, language)
    put_away(centre, call)
    context.close()


def becomes_evidence_and_is_erased(
    page: Page, centre: DeskCentre, call: str, language: str
) -> None:
    recording = page.locator(".recording")
    page.get_by_role(
        "button", name={"fa": "نگه داشتن به‌عنوان مدرک", "en": "Keep as evidence"}[language]
    ).click()
    expect(recording).to_contain_text({"fa": "ردهٔ ب", "en": "class B"}[language])
    expect(recording).not_to_contain_text(last_day(language))
    assert violations(page) == []
    erase = {"id": f"erase-{language}", "command": {"call_id": call, "reason": "over"}}
    centre.ask_as("p-nasrin", "erase-recording", erase)
    expect(page.locator("audio, .listen")).to_have_count(0)
    expect(recording).to_contain_text({"fa": "پاک شده", "en": "erased"}[language])
    assert violations(page) == []


def _any_place(language: str) -> Any:
    return re.compile({"fa": "از.*۰:۱۲", "en": "of.*0:12"}[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_damaged_says_so_and_a_locked_desk_falls_silent(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    call = f"bent-{language}"
    # The office does not hear of an unlocking by command, so each has a session of their own.
    person = {"fa": "p-sara", "en": "p-omid"}[language]
    context = centre.context(chromium, person)
    page = centre.open(context, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    in_hand(page, keys, centre, call, person)
    centre.ask("end-call", call_id=call)
    tell_kept(centre, call, KEPT[call])
    listen = page.locator(".recording .listen")
    file = file_of(centre.folder, call)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    listen.click()
    expect(page.locator(".recording .notice")).to_contain_text(
        {"fa": "تغییر کرده", "en": "was changed"}[language]
    )
    expect(page.locator("audio")).to_have_count(0)
    assert listenings(centre, call) == 0
    assert violations(page) == []
    file.write_bytes(whole)
    listen.click()
    until(lambda: page.locator("audio").count() and heard_at(page) > 0.2, "it is heard")
    expect(page.locator(".recording .notice")).to_have_count(0)
    session = page.evaluate("fetch('/desk/me').then(told => told.json())")["session_id"]
    page.keyboard.press("Shift+KeyL")
    expect(page.locator("audio")).to_have_count(0)
    until(lambda: locks(centre)[-1:] == ["SessionLocked"], "the log has it")
    centre.ask("unlock-session", session_id=session, means="passkey")
    put_away(centre, call)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caller_who_does_not_speak_is_seen_at_once_and_asked_for_a_sign(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    number = {"fa": 71, "en": 72}[language]
    earlier = [centre.offer(number=number) for _ in range(4)]
    for call in earlier:
        centre.ask("answer-call", call_id=call)
        centre.ask("end-call", call_id=call)
    incident = f"near-{language}"
    at = {"place": "میدان نمونه", "latitude": 36.30, "longitude": 59.60}
    centre.ask("open-incident", at, incident_id=incident, incident_type="dispute", county="0901")
    context = centre.context(chromium, "p-sara")
    page = centre.open(context, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer(number=number)
    centre.ask("locate-call", at, call_id=call, county="0901")
    take_call(page, keys)
    centre.ask("mark-silent", call_id=call)
    silence = page.locator(".silence")
    expect(silence).to_contain_text(
        {"fa": "هنوز کسی حرف نزده است", "en": "Nobody has spoken"}[language]
    )
    expect(page.locator(".facts + ul + h3 + ul > li, .card h3 + ul.plain > li")).to_have_count(3)
    expect(page.locator("li.near")).not_to_have_count(0)
    centre.ask("hear-tone", call_id=call, tone="5")
    expect(page.locator(".tones li")).to_have_count(1)
    expect(page.locator(".tones li .timer")).to_have_text(clock_now(language))
    assert page.locator(".help").count() == 0
    assert violations(page) == []

    page.locator("#seat-title").evaluate("() => document.activeElement.blur()")
    keys.press("s")
    signs = page.get_by_role("group", name={"fa": "چه شد", "en": "What came of it"}[language])
    expect(signs.get_by_role("button").first).to_be_focused()
    centre.ask("hear-tone", call_id=call, tone="5")
    expect(page.locator(".help")).to_be_visible()
    expect(page.locator(".tones li")).to_have_count(2)
    expect(signs.get_by_role("button").first).to_be_focused()
    assert violations(page) == []
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("sign") == "needs_help", "help is needed")
    assert centre.one("call", call)["phase"] == "connected", "the call goes on"
    centre.ask("hear-speech", call_id=call)
    expect(silence).to_have_count(0)
    centre.ask("end-call", call_id=call)
    put_away(centre, call)
    context.close()


def clock_now(language: str) -> Any:
    """Hours and minutes of now, or of the minute before, in the centre's zone."""
    now = time.time() + TEHRAN_MINUTES * 60
    told = [time.strftime("%H:%M", time.gmtime(at)) for at in (now - 60, now, now + 60)]
    return re.compile("|".join(digits(language, one) for one in told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recording_of_the_past_is_heard_on_its_page_with_a_reason(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    call = f"past-{language}"
    centre.ask("offer-call", {"number": "+442079460991"}, call_id=call, county="0901")
    centre.ask("answer-call", call_id=call)
    centre.ask("start-recording", call_id=call, why="policy", trace=call)
    centre.ask("end-call", call_id=call)
    tell_kept(centre, call, KEPT[call])
    context = centre.context(chromium, "p-aida")
    page = context.new_page()
    page.goto(f"{centre.url}/office/{language}/recordings/")
    line = page.locator("tr", has_text=call)
    expect(line).to_contain_text(digits(language, "0:12"))
    assert violations(page) == []
    line.get_by_role("button").click()
    assert page.locator("audio").count() == 0, "a reason is asked for"
    line.locator("input[name=reason]").fill("a court asks")
    line.get_by_role("button").click()
    until(lambda: heard_at(page) > 0.5, "the voice moves")
    assert page.locator("audio").evaluate("one => one.duration") == pytest.approx(12, abs=0.1)
    assert listenings(centre, call) == 1
    assert violations(page) == []
    context.close()
