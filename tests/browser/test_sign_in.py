"""Signing in with a real browser: a passkey, a password with a code, nothing that the policy bars.

Chromium's virtual authenticator stands in for the reader of a finger: it makes real keys and
signs real challenges. Only that a finger touches it is taken for granted.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from pasokh.adapters.storage.log_reader import read_only
from pasokh.words.say import say
from tests.adapters.api.process import CLEAR, free_port, wait_until_healthy
from tests.browser.codes import unused_code

pytestmark = pytest.mark.browser

PASSWORD = "a rope of nine knots"  # noqa: S105 - invented here
OFFICE_SECONDS = 40
LANGUAGES = ("fa", "en")
INVITED = [f"{means}-{language}" for means in ("passkey", "code") for language in LANGUAGES]
# What breaks the policy is told to the test at once, so that going to another page loses nothing.
TELL = """
document.addEventListener("securitypolicyviolation",
  (event) => window.policyBroken(`${event.violatedDirective} ${event.blockedURI}`));
"""
READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class InvitedCentre:
    """A running centre that has invited some people, and their links."""

    def __init__(self, address: str, folder: Path, links: dict[str, str]) -> None:
        self.address = address
        self.folder = folder
        self.links = links

    def at(self, path: str, host: str = "localhost") -> str:
        """An address of the centre under one of this machine's names."""
        return self.address.replace("localhost", host) + path

    def link(self, person_id: str, language: str) -> str:
        """A person's invitation in a language."""
        return self.links[person_id].replace("/office/fa/", f"/office/{language}/")

    def kinds(self, person_id: str) -> list[tuple[str, str]]:
        """What the log has of a person's sessions: kind and means, in order."""
        reader = read_only(self.folder / "log.sqlite")
        try:
            entries = [entry for entry in reader.read() if '"session_id"' in entry.body]
        finally:
            reader.close()
        mine: list[tuple[str, str]] = []
        sessions: set[str] = set()
        for entry in entries:
            body = json.loads(entry.body)
            if body.get("person_id") == person_id:
                sessions.add(body["session_id"])
            if body["session_id"] in sessions:
                mine.append((entry.kind, body.get("means", "")))
        return mine


def command(deed: str, folder: Path, port: int, *more: str) -> list[str]:
    options = ["--empty", "--data", str(folder), "--port", str(port)]
    return [sys.executable, "-m", "pasokh.cli", deed, *options, *more]


@contextmanager
def invited_centre(folder: Path, port: int = 0, address: str = "") -> Iterator[InvitedCentre]:
    """Invite people from the command line, then run both processes."""
    port = port or free_port()
    here = f"http://127.0.0.1:{port}"
    links = {}
    for person_id in INVITED:
        line = command("invite", folder, port, person_id, "--role", "call_taker")
        made = subprocess.run(line, check=True, capture_output=True, text=True)
        links[person_id] = made.stdout.strip()
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command("run", folder, port), stdout=said, stderr=said)
    try:
        wait_until_healthy(here)
        until = monotonic() + OFFICE_SECONDS
        while httpx.get(f"{here}/office/fa/accounts/login/", verify=CLEAR).status_code != 200:
            assert monotonic() < until, (folder / "said.txt").read_text()
            sleep(0.1)
        yield InvitedCentre(address or f"http://localhost:{port}", folder, links)
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitedCentre]:
    with invited_centre(tmp_path_factory.mktemp("invited")) as running:
        yield running


class Visitor:
    """A browser with a reader of fingers, and everything that went wrong in it."""

    def __init__(self, chromium: Browser, **options: Any) -> None:
        self.context = chromium.new_context(**options)
        self.wrong: list[str] = []
        self.context.expose_function("policyBroken", self._broke)
        self.context.add_init_script(TELL)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self._line: CDPSession = self.context.new_cdp_session(self.page)
        self._line.send("WebAuthn.enable")
        added = self._line.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
        self._reader = {"authenticatorId": added["authenticatorId"]}

    def keys(self) -> list[dict[str, Any]]:
        """The passkeys that the reader holds."""
        told = self._line.send("WebAuthn.getCredentials", self._reader)
        found: list[dict[str, Any]] = told["credentials"]
        return found

    def forget_keys(self) -> None:
        """Lose every passkey."""
        self._line.send("WebAuthn.clearCredentials", self._reader)

    def close(self) -> None:
        self.context.close()

    def _broke(self, policy: str) -> None:
        self.wrong.append(policy)

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.wrong.append(message.text)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    come = Visitor(chromium)
    yield come
    come.close()


def button(page: Page, language: str, message_id: str) -> Any:
    return page.get_by_role("button", name=say(language, message_id), exact=True)


def accepted(page: Page) -> list[str]:
    """The recovery codes that are shown when an invitation was used."""
    expect(page.locator(".codes code")).to_have_count(10)
    return page.locator(".codes code").all_inner_texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passkey_opens_the_office_and_the_locked_desk(
    centre: InvitedCentre, visitor: Visitor, language: str
) -> None:
    page, person_id = visitor.page, f"passkey-{language}"
    home = centre.at(f"/office/{language}/")
    page.goto(centre.link(person_id, language))
    button(page, language, "office.make_passkey").click()
    accepted(page)
    (key,) = visitor.keys()
    assert (key["isResidentCredential"], key["rpId"]) == (True, "localhost")
    page.get_by_role("link", name=say(language, "office.sign_in"), exact=True).click()
    for _ in range(2):  # and once more after signing out
        assert page.locator('input[name="login"]').input_value() == ""
        button(page, language, "office.with_passkey").click()
        expect(page).to_have_url(home)
        expect(page.locator(".who")).to_have_text(person_id)
        button(page, language, "office.sign_out").click()
        expect(page).to_have_url(re.compile("/accounts/login/"))
    button(page, language, "office.with_passkey").click()
    expect(page).to_have_url(home)
    button(page, language, "office.lock").click()
    expect(page.locator("h1")).to_have_text(say(language, "office.locked"))
    page.goto(centre.at(f"/office/{language}/sessions/"))
    expect(page).to_have_url(re.compile(r"/unlock/\?next="))
    button(page, language, "office.with_passkey").click()
    expect(page).to_have_url(centre.at(f"/office/{language}/sessions/"))
    assert centre.kinds(person_id) == [
        *[("PersonSignedIn", "passkey"), ("SessionEnded", "")] * 2,
        ("PersonSignedIn", "passkey"),
        ("SessionLocked", ""),
        ("SessionUnlocked", "passkey"),
    ]
    assert visitor.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_password_with_a_code_opens_it_too(
    centre: InvitedCentre, visitor: Visitor, language: str
) -> None:
    page, person_id = visitor.page, f"code-{language}"
    page.goto(centre.link(person_id, language))
    secret, used = page.locator("main p code").inner_text(), set[str]()
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('input[name="again"]').fill(PASSWORD)
    page.locator('input[name="code"]').fill(unused_code(secret, used))
    button(page, language, "office.finish").click()
    codes = accepted(page)
    page.get_by_role("link", name=say(language, "office.sign_in"), exact=True).click()
    page.locator('input[name="login"]').fill(person_id)
    page.locator('input[name="password"]').fill(PASSWORD)
    button(page, language, "office.sign_in").click()
    page.locator('input[name="code"]').fill(unused_code(secret, used))
    button(page, language, "office.sign_in").click()
    expect(page).to_have_url(centre.at(f"/office/{language}/"))
    button(page, language, "office.lock").click()
    page.locator('input[name="code"]').fill(codes[0])
    button(page, language, "office.unlock").click()
    expect(page).to_have_url(centre.at(f"/office/{language}/"))
    assert centre.kinds(person_id) == [
        ("PersonSignedIn", "password_totp"),
        ("SessionLocked", ""),
        ("SessionUnlocked", "recovery_code"),
    ]
    assert visitor.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_passkey_cannot_work_the_page_leads_to_where_it_can(
    centre: InvitedCentre, visitor: Visitor, language: str
) -> None:
    page = visitor.page
    login = f"/office/{language}/accounts/login/"
    page.goto(centre.at(f"{login}?next=/office/{language}/sessions/", "127.0.0.1"))
    expect(button(page, language, "office.with_passkey")).to_have_count(0)
    page.locator(".elsewhere a").click()
    expect(page).to_have_url(centre.at(f"{login}?next=/office/{language}/sessions/"))
    expect(button(page, language, "office.with_passkey")).to_be_visible()
    expect(page.locator(".elsewhere")).to_have_count(0)
    assert visitor.wrong == []


def test_a_passkey_that_does_not_open_says_so_in_words(
    centre: InvitedCentre, visitor: Visitor
) -> None:
    page = visitor.page
    page.goto(centre.at("/office/en/accounts/login/"))
    expect(page.locator("#passkey_trouble")).to_be_hidden()
    visitor.forget_keys()
    button(page, "en", "office.with_passkey").click()
    expect(page.locator("#passkey_trouble")).to_have_text(say("en", "office.error.passkey"))
    assert visitor.wrong == []


def test_what_the_policy_bars_is_heard(centre: InvitedCentre, visitor: Visitor) -> None:
    """The other tests' silence means something."""
    visitor.page.goto(centre.at("/office/en/accounts/login/"))
    visitor.page.evaluate("""() => new Promise((heard) => {
      document.addEventListener("securitypolicyviolation", heard);
      document.body.setAttribute("style", "color: red");
    })""")
    assert any("style-src" in told for told in visitor.wrong)
