"""Control room and office as the processes that an operator starts: one origin, one log."""

import re
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep, time

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from pasokh.sites.control_room import ControlRoom, control_room, hang_up
from tests.adapters.api.process import free_port, wait_until_healthy

pytestmark = pytest.mark.slow
PASSWORD = "a rope of nine knots"  # noqa: S105 - invented here


def pasokh(deed: str, folder: Path, port: int, *more: str) -> list[str]:
    options = ["--empty", "--data", str(folder), "--port", str(port)]
    return [sys.executable, "-m", "pasokh.cli", deed, *options, *more]


def post(browser: httpx.Client, path: str, **given: str) -> httpx.Response:
    """Send a form as a page of ours would, with its token."""
    page = browser.get(path if "/end/" not in path and "logout" not in path else "/office/fa/")
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert found, page.text
    return browser.post(path, data={"csrfmiddlewaretoken": found[1], **given})


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time()) // 30)))


def wait_for_the_office(browser: httpx.Client) -> None:
    until = monotonic() + 30
    while monotonic() < until:
        if browser.get("/office/fa/accounts/login/").status_code == 200:
            return
        sleep(0.1)
    raise AssertionError("the office did not open")


def test_an_invited_administrator_signs_in_and_is_revoked(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    line = pasokh("invite", tmp_path, port, "p-first", "--role", "administrator")
    made = subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip()
    link = made.removeprefix(f"http://localhost:{port}")
    with (tmp_path / "words.txt").open("wb") as words:
        centre = subprocess.Popen(pasokh("run", tmp_path, port), stderr=words)
    try:
        wait_until_healthy(url)
        with httpx.Client(base_url=url) as browser:
            wait_for_the_office(browser)
            page = browser.get(link).text
            secret = re.search(r'<code dir="ltr">(\w+)</code>', page)
            assert secret
            given = {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret[1])}
            assert "<li><code>" in post(browser, link, **given).text
            post(browser, "/office/fa/accounts/login/", login="p-first", password=PASSWORD)
            second = "/office/fa/accounts/2fa/authenticate/"
            assert post(browser, second, code=code_of(secret[1])).status_code == 302
            assert browser.get("/desk/me").json()["person"] == "p-first"
            session_id = browser.get("/desk/me").json()["session_id"]
            cookie = browser.cookies["pasokh_session"]
            assert post(browser, f"/office/fa/sessions/{session_id}/end/").status_code == 302
            kept = {"pasokh_session": cookie}
        assert httpx.get(f"{url}/desk/me", cookies=kept).status_code == 401
        assert httpx.get(f"{url}/office/fa/", cookies=kept).status_code == 302
    finally:
        centre.terminate()
        assert centre.wait(30) == 0


def test_the_line_to_the_control_room_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ControlRoom] = []

    class Counted(ControlRoom):
        def __init__(self, url: str, token_file: Path) -> None:
            super().__init__(url, token_file)
            made.append(self)

    monkeypatch.setattr("pasokh.sites.control_room.ControlRoom", Counted)
    hang_up()
    assert control_room() is control_room()
    assert len(made) == 1
    hang_up()
