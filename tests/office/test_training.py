"""A drill is training: it says so on every page, and speaks to nobody outside this machine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.adapters.api.process import free_port
from tests.browser.centre import without_past

pytestmark = pytest.mark.slow
TRACED = "trace=connect,sendto,sendmsg"
# sin_addr of a loopback address, ::1, or a name in the file system; everything else is outside.
HERE = re.compile(r'AF_UNIX|AF_NETLINK|inet_addr\("127\.|inet_pton\(AF_INET6, "::1"|AF_UNSPEC')
ADDRESSED = re.compile(r"sa_family=")


@pytest.fixture
def strace(tmp_path: Path) -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("no strace: apt-get install strace")
    tried = subprocess.run(
        [found, "-D", "-f", "--seccomp-bpf", "-e", TRACED, "-o", str(tmp_path / "tried"), "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip(f"this machine lets nobody trace a process: {tried.stderr.strip()}")
    return found


def test_a_drill_speaks_to_nobody_outside(tmp_path: Path, strace: str) -> None:
    port, traced = free_port(), tmp_path / "traced"
    data = without_past(tmp_path / "data")
    pasokh = [sys.executable, "-m", "pasokh.cli", "run", "--data", str(data)]
    # -D: the tracer stands aside, so that what we stop is the centre.
    tracing = [strace, "-D", "-f", "--seccomp-bpf", "-e", TRACED, "-o", str(traced)]
    said = tmp_path / "said"
    with said.open("w") as out:
        process = subprocess.Popen(
            [*tracing, *pasokh, "--port", str(port), "--pace", "60"],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _until_said(process, said, "demo-county-desk")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
            browser.get(_link(said))
            page = browser.get("/office/en/accounts/login/")
            assert "data-training" in page.text
            _sign_in(browser, page.text)
            assert "data-training" in browser.get("/office/en/desk/supervise/").text
    finally:
        process.terminate()
        process.wait(timeout=60)
    assert traced.exists(), said.read_text()
    lines = [
        line for line in traced.read_text(errors="replace").splitlines() if ADDRESSED.search(line)
    ]
    assert len(lines) > 3, "nothing was traced"
    assert [line for line in lines if not HERE.search(line)] == []


def _link(said: Path) -> str:
    found = re.search(r"office is open: http://[^/]+(\S+)", said.read_text())
    assert found is not None
    return found[1]


def _sign_in(browser: httpx.Client, page: str) -> None:
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    action = re.search(r'action="([^"]*demo-supervisor[^"]*)"', page)
    assert token is not None
    assert action is not None
    headers = {"origin": str(browser.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    answer = browser.post(action[1], data={"csrfmiddlewaretoken": token[1]}, headers=headers)
    assert answer.status_code < 400


def _until_said(process: "subprocess.Popen[bytes]", said: Path, words: str) -> None:
    for _ in range(600):
        if words in said.read_text():
            return
        if process.poll() is not None:
            break
        try:
            process.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the centre did not start; it said:\n{said.read_text()}")
