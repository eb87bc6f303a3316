"""Every page of the office that a person sees: who sees it, its address, and the steps to it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import httpx
from msgspec import Struct
from playwright.sync_api import Page, expect

from pasokh.words.say import say
from tests.browser.codes import code_of
from tests.browser.desk_people import PASSWORD
from tests.browser.desks import DeskCentre

KEEPER = "p-kaveh"
# A reader of fingers, as Chromium stands in for it.
READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
_WRONG_UNITS = """code,call_sign,name_fa,name_en,station,county,capabilities
u-490,490,گشت ۴۹۰,Patrol 490,11,0901,
u-491,411,گشت ۴۹۱,Patrol 491,no-such-station,0901,
U 492,,Patrol,گشت,11,nowhere,
u-493,493,گشت ۴۹۳,Patrol 493
"""
_KEYS = "/accounts/2fa/webauthn/"
_new = count(1)
Steps = Callable[[Page, DeskCentre], None]


class Seen(Struct, frozen=True):
    """A page: its name, its address within a language, who sees it, and what is done there.

    `alone`: in a browser of its own, because what is done there changes the browser.
    """

    name: str
    path: str
    person: str = KEEPER
    steps: Steps = lambda _page, _centre: None
    alone: bool = False


def break_the_glass(centre: DeskCentre) -> None:
    """Let an auditor read a caller's words, so that the read waits for a review."""
    call_id = centre.offer("دود از پنجره")
    order = {"id": "read-1", "thing": "call", "thing_id": call_id, "reason": "شکایت از آن شب"}
    cookies = {"pasokh_session": centre.session_of("p-aida")}
    with httpx.Client(cookies=cookies, headers={"Origin": centre.url}) as browser:
        assert browser.post(f"{centre.url}/desk/words", json=order).status_code == 200


def press(page: Page) -> None:
    """Press the button of the page's own form."""
    page.locator("main button.first, main button.grave").first.click()
    page.wait_for_load_state()


def _proved(page: Page, _centre: DeskCentre) -> None:
    """Give the password once more: what changes how one signs in asks for it."""
    _prove(page, "password", PASSWORD)


def _prove(page: Page, field: str, secret: str) -> None:
    if "/reauthenticate/" not in page.url:
        return  # proved a moment ago, in the same session
    page.locator(f"[name={field}]").fill(secret)
    page.locator(f"form:has([name={field}]) button").click()
    expect(page).not_to_have_url(re.compile("/reauthenticate/"))


def _new_codes(page: Page, centre: DeskCentre) -> None:
    _proved(page, centre)
    press(page)
    expect(page.locator("main code").nth(9)).to_be_visible()


def _typed(page: Page, _centre: DeskCentre) -> None:
    page.locator("#f-name_fa").fill("گشت میدان")
    page.locator("#f-capabilities, [name=capabilities]").first.check()
    press(page)


def _mistyped(page: Page, _centre: DeskCentre) -> None:
    page.locator("#f-code").fill("U 1")
    press(page)
    expect(page.locator(".error").first).to_be_visible()


def _pressed(page: Page, _centre: DeskCentre) -> None:
    press(page)


def _changed(page: Page, _centre: DeskCentre) -> None:
    """Give the entry a history: a version that counts, and the one before it."""
    page.goto(page.url.replace("/entry/", "/set/"))
    page.locator("#f-name_en").fill(f"Patrol {next(_new)}")
    press(page)
    press(page)
    expect(page.locator("ol[reversed] li").nth(1)).to_be_visible()


def _wrong_rows(page: Page, _centre: DeskCentre) -> None:
    page.locator("#rows").fill(_WRONG_UNITS)
    press(page)
    expect(page.locator("td .error").nth(3)).to_be_visible()


def _no_table(page: Page, _centre: DeskCentre) -> None:
    page.locator("#rows").fill("code,colour\nx,red")
    press(page)
    expect(page.locator(".error").first).to_be_visible()


def _good_rows(page: Page, _centre: DeskCentre) -> None:
    number = next(_new)
    page.locator("#rows").fill(f"code,name_fa,name_en\nboat-{number},قایق,Boat {number}")
    press(page)


def _sent_rows(page: Page, centre: DeskCentre) -> None:
    _good_rows(page, centre)
    press(page)
    done = {say(language, "lists.import_done") for language in ("fa", "en")}
    expect(page.locator("h1")).to_have_text(re.compile("|".join(map(re.escape, done))))


def _mistyped_hour(page: Page, _centre: DeskCentre) -> None:
    page.locator("#time").fill("25:00")
    page.locator("#reason").fill("بامداد")
    press(page)
    expect(page.locator(".error").first).to_be_visible()


def _to_a_release(page: Page, _centre: DeskCentre) -> None:
    """Show one that somebody else sees before everybody."""
    page.locator("tbody a").nth(20).click()
    page.locator("#to").fill(f"دفتر استاندار {next(_new)}")
    page.locator("#why").fill("به حکم قانون")
    page.locator("form[action$='/give/'] button").click()
    expect(page.locator("form[action$='/withdraw/']").first).to_be_visible()


def _asked_early(page: Page, _centre: DeskCentre) -> None:
    """Ask, by the keyboard alone, for a release at one o'clock of the day of its hour."""
    link = page.locator("tbody a[href*='-final/']").nth(next(_new) % 20)
    about = link.get_attribute("href") or ""
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#day").focus()
    last_day = date.fromisoformat(about.rstrip("/").split("/")[-1][: len("2026-11-21")])
    for typed in ((last_day + timedelta(days=8)).isoformat(), "01:00", "پیش از تعطیلات"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#asked-name")).to_be_visible()


def _refused_review(page: Page, _centre: DeskCentre) -> None:
    page.locator("[name=reason]").first.fill(" ")
    press(page)
    expect(page.locator(".error").first).to_be_visible()


def _new_person(page: Page, _centre: DeskCentre) -> None:
    page.locator("[name=person_id]").fill(f"p-new-{next(_new)}")
    page.locator("[name=name]").fill("نوآمده نمونه")
    page.locator("[name=roles][value=call_taker]").check()
    press(page)
    expect(page.locator("input[readonly]")).to_be_visible()


def _bad_person(page: Page, _centre: DeskCentre) -> None:
    page.locator("[name=person_id]").fill("p new")
    page.locator("[name=name]").fill("نوآمده نمونه")
    press(page)
    expect(page.locator(".error").first).to_be_visible()


def _welcome(page: Page, centre: DeskCentre) -> None:
    """Follow the link of an invitation."""
    _new_person(page, centre)
    link = page.locator("input[readonly]").input_value()
    page.context.clear_cookies()
    page.goto(link.replace("/fa/", "/en/") if "/en/" in page.url else link)


def _welcomed(page: Page, centre: DeskCentre) -> None:
    _welcome(page, centre)
    for field in ("password", "again"):
        page.locator(f"[name={field}]").fill(PASSWORD)
    page.locator("[name=code]").fill(code_of(page.locator("main code").inner_text()))
    page.locator("form:has([name=code]) button").click()
    expect(page.locator("li code")).to_have_count(10)


def _second_step(page: Page, _centre: DeskCentre) -> None:
    page.locator("[name=login]").fill("p-sara")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) button").click()
    expect(page.locator("[name=code]")).to_be_visible()


def _refused_sign_in(page: Page, _centre: DeskCentre) -> None:
    page.locator("[name=login]").fill(f"p-nobody-{next(_new)}")
    page.locator("[name=password]").fill("wrong")
    page.locator("form:has([name=password]) button").click()
    expect(page.locator(".error").first).to_be_visible()


def _locked(page: Page, _centre: DeskCentre) -> None:
    lock = page.locator("form[action$='/lock/'] button")
    if lock.count():  # at the first time; the session stays locked
        lock.click()
    expect(page.locator("[name=code], [name=password]").first).to_be_visible()


def _at_means(path: str, deed: str = "", *, proves: bool = True) -> Steps:
    """Go to an address of one who has a passkey alone; a browser takes none of a bare number."""

    def steps(page: Page, centre: DeskCentre) -> None:
        line = page.context.new_cdp_session(page)
        line.send("WebAuthn.enable")
        line.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
        _welcome(page, centre)
        page.goto(page.url.replace("127.0.0.1", "localhost"))
        page.locator("#add_passkey").click()
        expect(page.locator("li code")).to_have_count(10)
        spare = page.locator("li code").first.inner_text()
        page.locator("main a[href*='/login/']").click()
        page.wait_for_url("**/accounts/login/", wait_until="load")
        page.locator("#passkey_login").click()
        expect(page.locator(".who")).to_be_visible()
        page.goto(page.url.split("/accounts/")[0].rstrip("/") + path)
        if deed:
            page.locator(f"main a[href*='/{deed}/']").first.click()
        if proves:
            _prove(page, "code", spare)

    return steps


PAGES = (
    Seen("login", "accounts/login/", ""),
    Seen("login-refused", "accounts/login/", "", _refused_sign_in),
    Seen("second-step", "accounts/login/", "", _second_step),
    Seen("inactive", "accounts/inactive/", ""),
    Seen("elsewhere-failed", "accounts/3rdparty/login/error/", ""),
    Seen("elsewhere-cancelled", "accounts/3rdparty/login/cancelled/", ""),
    Seen("invitation-over", "welcome/unknown/", ""),
    Seen("home", ""),
    Seen("not-here", "reference/nothing/"),
    Seen("forbidden", "people/", "p-sara"),
    Seen("people", "people/"),
    Seen("person-new", "people/new/"),
    Seen("person-new-wrong", "people/new/", KEEPER, _bad_person),
    Seen("person", "people/p-omid/"),
    Seen("invited", "people/new/", KEEPER, _new_person),
    Seen("welcome", "people/new/", KEEPER, _welcome),
    Seen("welcomed", "people/new/", KEEPER, _welcomed),
    Seen("sessions", "sessions/"),
    Seen("unlock", "", "p-mina", _locked),
    Seen("sign-out", "accounts/logout/"),
    Seen("holds", "holds/"),
    Seen("calendar", "calendar/"),
    Seen("calendar-wrong", "calendar/", KEEPER, _mistyped_hour),
    Seen("calendar-release", "calendar/", KEEPER, _to_a_release),
    Seen("calendar-early", "calendar/", KEEPER, _asked_early),
    Seen("recordings", "recordings/", "p-aida"),
    Seen("recordings-wrong", "recordings/?day=x", "p-aida"),
    Seen("reads", "reads/"),
    Seen("reads-wrong", "reads/", KEEPER, _refused_review),
    Seen("workbench", "workbench/"),
    Seen("workbench-wrong", "workbench/?figure=calls-answered%2F1.0&from=x&to=y", "p-aida"),
    Seen("lists", "reference/"),
    Seen("list", "reference/unit/"),
    Seen("list-types", "reference/incident_type/"),
    Seen("entry", "reference/unit/entry/?code=u-411"),
    Seen("entry-history", "reference/unit/entry/?code=u-422", KEEPER, _changed),
    Seen("entry-type", "reference/incident_type/set/"),
    Seen("entry-new", "reference/unit/set/"),
    Seen("entry-wrong", "reference/unit/set/", KEEPER, _mistyped),
    Seen("entry-form", "reference/unit/set/?code=u-411"),
    Seen("entry-preview", "reference/unit/set/?code=u-411", KEEPER, _typed),
    Seen("entry-end", "reference/station/end/?code=11"),
    Seen("entry-end-preview", "reference/station/end/?code=11", KEEPER, _pressed),
    Seen("import", "reference/unit/import/"),
    Seen("import-no-table", "reference/unit/import/", KEEPER, _no_table),
    Seen("import-wrong", "reference/unit/import/", KEEPER, _wrong_rows),
    Seen("import-dry-run", "reference/capability/import/", KEEPER, _good_rows),
    Seen("import-done", "reference/capability/import/", KEEPER, _sent_rows),
    Seen("means", "accounts/2fa/"),
    Seen("password", "accounts/password/change/"),
    Seen("code-drop", "accounts/2fa/totp/deactivate/", KEEPER, _proved),
    Seen(
        "code-set-up", "people/new/", KEEPER, _at_means("/accounts/2fa/totp/activate/"), alone=True
    ),
    Seen("recovery-codes-new", "accounts/2fa/recovery-codes/generate/", KEEPER, _proved),
    Seen("recovery-codes", "accounts/2fa/recovery-codes/generate/", "p-nasrin", _new_codes),
    Seen("passkeys", "people/new/", KEEPER, _at_means(_KEYS, proves=False), alone=True),
    Seen("passkey-new", "accounts/2fa/webauthn/add/", KEEPER, _proved),
    Seen("passkey-name", "people/new/", KEEPER, _at_means(_KEYS, "edit"), alone=True),
    Seen("passkey-remove", "people/new/", KEEPER, _at_means(_KEYS, "remove"), alone=True),
    Seen("code-again", "accounts/2fa/reauthenticate/"),
    Seen("password-again", "accounts/reauthenticate/"),
)
