"""A centre's own process with a gateway: killed in the middle, every message is there once."""

import os
import signal
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from pasokh.adapters.storage.log_reader import read_only
from pasokh.core.log import Entry
from tests.adapters.api.process import free_port, running
from tests.adapters.api.test_killed import child_of

pytestmark = pytest.mark.slow

SECRET = "a-secret-of-loopback"  # noqa: S105 - of a test
MESSAGES = 60
LONGEST_SECONDS = 90


def entries(folder: Path) -> list[Entry]:
    reader = read_only(folder / "log.sqlite")
    found = list(reader.read())
    reader.close()
    return found


def asks(port: int, number: int) -> bool:
    """Ask as smsbox does; a no and nobody there are the same to it."""
    fields = {
        "secret": SECRET,
        "id": f"id-{number}",
        "from": f"+98912000{number % 7:04}",
        "text": f"help {number}",
    }
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/sms/kannel", params=fields, timeout=5)
    except httpx.TransportError:
        return False
    return answer.status_code == 200


def test_kills_in_the_middle_lose_and_double_nothing(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "text.toml").write_text(
        f'[kannel]\nsecret = "{SECRET}"\npassword = "x"\nnumber = "110"\nport = {port}\n'
        '[survey]\naddress = "https://news.example"\n'
    )
    with running(tmp_path, supervised=True):
        until = monotonic() + LONGEST_SECONDS
        owed, kills = list(range(MESSAGES)), {45, 25}
        while owed:
            assert monotonic() < until, owed
            if len(owed) in kills:
                kills.remove(len(owed))
                os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
                sleep(0.2)
            if asks(port, owed[0]):
                owed.pop(0)
            else:
                sleep(0.1)
        # A gateway that did not hear the yes asks again.
        assert all(asks(port, number) for number in range(0, MESSAGES, 5))
        while sum(one.kind == "MessageReceived" for one in entries(tmp_path)) < MESSAGES:
            assert monotonic() < until
            sleep(0.1)
        sleep(0.5)
    kinds = [one.kind for one in entries(tmp_path)]
    assert kinds.count("MessageReceived") == MESSAGES
    assert kinds.count("CallOffered") == 7
