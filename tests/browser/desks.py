"""A real centre with its desks, empty and on the wall's clock: people sign in, calls are offered.

Both processes, as `pasokh run --empty` starts them. What a province would bring (lists, units,
positions, callers) comes over the API with a token. Numbers are of a range kept for fiction.
"""

import atexit
import json
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import httpx
import msgspec
from playwright.sync_api import Browser, BrowserContext, Page

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.adapters.storage.log_reader import read_only
from pasokh.core.log import Entry
from pasokh.core.people import Role
from pasokh.drivers.drill.lists import read_lists
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import AreaEntry, PlaceEntry, StationEntry, UnitEntry
from tests.adapters.api.process import CLEAR, free_port, wait_until_healthy
from tests.browser.codes import unused_code
from tests.browser.desk_people import PASSWORD

__all__ = ["DeskCentre", "desk_centre", "until", "watched_page"]

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "drills/reference_khorasan_razavi.toml"
# Kept for fiction by the regulator (020 7946 0000 to 0999).
NUMBER = "+44207946{:04d}"
COUNTIES = {"0901": ("مشهد", "Mashhad"), "0902": ("نیشابور", "Nishapur")}
STATIONS = {
    "11": ("یازدهم، میدان", "Eleventh, Square", "0901"),
    "12": ("دوازدهم، باغ", "Twelfth, Garden", "0901"),
    "21": ("بیست‌ویکم، راه", "Twenty-first, Road", "0902"),
}
UNITS = {"u-411": "11", "u-412": "11", "u-413": "12", "u-414": "12", "u-421": "21", "u-422": "21"}
PLACES = {
    "pl-1": ("میدان نمونه", "Sample Square", "0901", 36.30, 59.60),
    "pl-2": ("خیابان باغ", "Garden Street", "0901", 36.31, 59.58),
    "pl-3": ("خیابان باغ", "Garden Street", "0902", 36.21, 58.79),
}


class DeskCentre:
    """What a test may ask of a running centre."""

    def __init__(self, url: str, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self.folder = folder
        self.process = process
        self.secrets: dict[str, str] = {}  # of the authenticators
        self._codes: dict[str, set[str]] = defaultdict(set)  # that each has used: none counts twice
        self._sessions: dict[str, str] = {}
        self.wrong: list[str] = []  # what scripts threw, on any page
        self._ids = count(1)
        token = add_token(
            folder, name="switch", role=Role.MACHINE, scopes=tuple(Scope), now=1_700_000_000_000
        )
        self._http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, verify=CLEAR
        )

    def ask(
        self,
        name: str,
        words: dict[str, Any] | None = None,
        at: int | None = None,
        /,
        **command: Any,
    ) -> Any:
        """Let the machine do something that a test begins with, now or at an earlier time."""
        order_id = f"switch-{next(self._ids)}"
        order = {"id": order_id, "command": command, "words": words, "at": at}
        answer = self._http.post(f"/commands/{name}", json=order)
        assert answer.status_code == 200, f"{name}: {answer.text}"
        return answer.json()

    def ask_as(self, person_id: str, name: str, order: dict[str, Any]) -> None:
        """Send a command as the person's own browser would."""
        with httpx.Client(
            verify=CLEAR, cookies={"pasokh_session": self.session_of(person_id)}
        ) as browser:
            headers = {"Origin": self.url}
            answer = browser.post(f"{self.url}/commands/{name}", json=order, headers=headers)
        assert answer.status_code == 200, f"{name}: {answer.text}"

    def offer(self, text: str = "", *, number: int = 1, county: str = "0901", **more: Any) -> str:
        """Let a call ring; give its id."""
        call_id = f"c-{next(self._ids)}"
        words = {"number": NUMBER.format(number), **({"text": text} if text else {})}
        self.ask("offer-call", words, call_id=call_id, county=county, **more)
        return call_id

    def snapshot(self, kind: str) -> list[dict[str, Any]]:
        """Give what the desks have of a kind."""
        told = self._http.get("/desk/snapshot").json()
        return [one["state"] for one in told["objects"] if one["kind"] == kind and one["state"]]

    def one(self, kind: str, thing_id: str) -> dict[str, Any]:
        """Give one thing as the desks have it; empty when they have none such."""
        return next((one for one in self.snapshot(kind) if one["id"] == thing_id), {})

    def entries(self) -> list[Entry]:
        """Read the whole log."""
        reader = read_only(self.folder / "log.sqlite")
        try:
            return list(reader.read())
        finally:
            reader.close()

    def control_room_pid(self) -> int:
        """The process of the control room, below its supervisor."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
        return next(child for child, line in lines.items() if b"\0serve\0" in line)

    def healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", verify=CLEAR).status_code == 200
        except httpx.TransportError:
            return False

    def close(self) -> None:
        self._http.close()

    def set_entry(self, command: SetEntry) -> None:
        self.ask("set-entry", **msgspec.to_builtins(command))

    def sign_in(self, person_id: str) -> str:
        """Let somebody in with password and code, as a browser would; give the session."""
        code = self.code(person_id)
        with httpx.Client(base_url=self.url, verify=CLEAR) as browser:
            _post(browser, "/office/fa/accounts/login/", login=person_id, password=PASSWORD)
            _post(browser, "/office/fa/accounts/2fa/authenticate/", code=code)
            assert browser.get("/desk/me").json()["person"] == person_id
            self._sessions[person_id] = browser.cookies["pasokh_session"]
        return self._sessions[person_id]

    def code(self, person_id: str) -> str:
        """A code of the person's authenticator that was not used yet."""
        return unused_code(self.secrets[person_id], self._codes[person_id])

    def session_of(self, person_id: str) -> str:
        """The person's session; somebody signs in when they are first needed."""
        return self._sessions.get(person_id) or self.sign_in(person_id)

    def context(self, chromium: Browser, person_id: str, **options: Any) -> BrowserContext:
        """A browser in which the person has signed in."""
        context = chromium.new_context(**({"viewport": {"width": 1366, "height": 768}} | options))
        if person_id:
            context.add_cookies([self.cookie(person_id)])
        return context

    def cookie(self, person_id: str) -> Any:
        """The person's session, as a browser takes it."""
        return {"name": "pasokh_session", "value": self.session_of(person_id), "url": self.url}

    def open(
        self,
        context: BrowserContext,
        desk: str,
        language: str = "fa",
        *,
        at: str = "",
        prepare: Callable[[Page], None] = lambda _: None,
    ) -> Page:
        """Open a desk and wait until its line lives; `at`: the address of another line."""
        page = watched_page(context, self.wrong)
        prepare(page)
        page.goto(f"{at or self.url}/office/{language}/desk/{desk}/")
        line = page.locator("#line[data-state=live]")
        until(lambda: self.wrong or line.count(), "the desk is there")
        assert self.wrong == []
        return page


def until(true: Callable[[], Any], what: str, seconds: float = 90.0) -> Any:
    """Ask again until something is so, and give it. Less than 90 s is too little for busy machines.

    What is long in coming is asked for less often, or the asking keeps it from coming.
    """
    end, pause = time.monotonic() + seconds, 0.05
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(pause)
        pause = min(0.3, pause * 1.2)
    raise AssertionError(f"never came true: {what}")


def watched_page(context: BrowserContext, wrong: list[str]) -> Page:
    """A page that says what its scripts throw and what breaks its policy."""
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: wrong.append(f"{page.url}: {said.text}") if "Policy" in said.text else None,
    )
    return page


@contextmanager
def desk_centre(
    folder: Path,
    *,
    seats: int = 4,
    before: Callable[[Path], None] = lambda _: None,
    port: int = 0,
) -> Iterator[DeskCentre]:
    """Run a centre for a module's tests; its people can sign in. `before` gets its folder."""
    office, secrets = _office_with_people()
    data = folder / "data"
    shutil.copytree(office, data)
    before(data)
    port = port or free_port()
    command = [sys.executable, "-m", "pasokh.cli", "run", "--empty", "--data", str(data)]
    said = folder / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=out, stderr=out)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(url)
        centre = DeskCentre(url, data, process)
        _furnish(centre, seats)
        _wait_for_the_office(centre, set(secrets), said)
        centre.secrets |= secrets
        yield centre
        centre.close()
        assert centre.wrong == []
    finally:
        process.terminate()
        process.wait(30)


@cache
def _office_with_people() -> tuple[Path, dict[str, str]]:
    """Make an office once a process, for centres to begin with a copy of it."""
    folder = Path(mkdtemp(prefix="pasokh-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = [sys.executable, "-m", "tests.browser.desk_people", str(folder), str(free_port())]
    told = subprocess.run(made, check=True, capture_output=True, cwd=ROOT).stdout
    return folder, json.loads(told)


def _furnish(centre: DeskCentre, seats: int) -> None:
    """Lists, stations, units and positions of a small invented centre."""
    for code, (fa, en) in COUNTIES.items():
        centre.set_entry(SetEntry(code, AreaEntry(fa, en)))
    lists = read_lists(LISTS)
    for entries in (lists.capability, lists.incident_type, lists.disposition, lists.service):
        for code, entry in entries.items():
            centre.set_entry(SetEntry(code, entry))
    for code, (fa, en, county) in STATIONS.items():
        centre.set_entry(SetEntry(code, StationEntry(fa, en, county)))
    for code, (fa, en, county, latitude, longitude) in PLACES.items():
        place = PlaceEntry(fa, en, "square", county, latitude, longitude)
        centre.set_entry(SetEntry(code, place))
    for unit, station in UNITS.items():
        sign, county = unit.removeprefix("u-"), STATIONS[station][2]
        centre.set_entry(
            SetEntry(unit, UnitEntry(sign, f"گشت {sign}", f"Patrol {sign}", station, county))
        )
    for number in range(1, seats + 1):
        centre.ask("open-position", position_id=f"pos-{number}", name=f"میز {number}")


def _wait_for_the_office(centre: DeskCentre, people: set[str], said: Path) -> None:
    """Its door is open, and the control room has heard of everybody."""

    def opened() -> bool:
        try:
            asked = httpx.get(f"{centre.url}/office/fa/accounts/login/", verify=CLEAR, timeout=30)
        except httpx.TransportError:
            return False
        placed = sum(entry.kind == "PersonPlaced" for entry in centre.entries())
        return asked.status_code == 200 and placed >= len(people)

    try:
        until(opened, "the office is open")
    except AssertionError as fault:
        raise AssertionError(f"the office did not open; it said:\n{said.read_text()}") from fault


def _post(browser: httpx.Client, path: str, **given: str) -> None:
    """Send a form as a page of ours would, with its token."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(path).text)
    assert found, path
    answer = browser.post(path, data={"csrfmiddlewaretoken": found[1], **given})
    assert answer.status_code == 302, answer.text
