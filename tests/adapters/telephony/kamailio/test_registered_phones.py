"""Telephones that register with a real switch: who is let in, who rings, who gets no calls."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.adapters.api.process import running
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.registering import register
from tests.adapters.telephony.kamailio.switchboard import (
    Switchboard,
    needs_switch,
    staffed,
    switchboard,
)
from tests.browser.desks import until

pytestmark = needs_switch
OWN = '[positions.own]\nphone = "registered"\n'


def secret_of(folder: Path, position: str = "own") -> str:
    line = [sys.executable, "-m", "pasokh.cli", "telephone", "phone", position]
    said = subprocess.check_output([*line, "--data", str(folder)], text=True)
    return said.split("secret:")[1].strip()


def without_telephone(board: Switchboard) -> list[str]:
    told = httpx.get(f"{board.url}/desk/snapshot", headers=board.headers).json()
    [figure] = [one["state"] for one in told["objects"] if one["kind"] == "figure"]
    found: list[str] = figure.get("no_telephone", [])
    return found


def rung(board: Switchboard) -> list[tuple[str, str]]:
    return board.steps("PositionRung", "PositionRangOut", "CallTakerAway", "CallAnswered")


def test_who_has_not_registered_gets_no_call_and_who_has_rings(tmp_path: Path) -> None:
    with staffed(tmp_path, 1, more=OWN) as board:
        board.seat(board.url, ["own"])
        until(lambda: without_telephone(board) == ["own"], "it has no telephone")
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        assert rung(board) == [("PositionRung", "p0"), ("CallAnswered", "p0")]
        assert register(board.port, "own", secret_of(tmp_path), board.phones) == 200
        until(lambda: without_telephone(board) == [], "it has a telephone")
        # p0 has just spoken: `own` is ready longest.
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        assert rung(board)[2:] == [("PositionRung", "own"), ("CallAnswered", "own")]


def test_contacts_outlive_a_killed_switch_and_a_killed_control_room(tmp_path: Path) -> None:
    with staffed(tmp_path, 0, supervised=True, more=OWN) as board:
        board.seat(board.url, ["own"])
        assert register(board.port, "own", secret_of(tmp_path), board.phones) == 200
        table = tmp_path / "telephone" / "contacts" / "location"
        until(lambda: ":own:" in table.read_text(), "the contact is on the disk")
        table.write_text(table.read_text() + "half a li")
        os.kill(board.switch_head(), signal.SIGKILL)
        os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
        until(lambda: board.answers() and without_telephone(board) == [], "it is known again")
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        assert ("CallAnswered", "own") in rung(board)


def test_only_the_position_s_own_secret_opens_it_and_guessing_never_touches_a_call(
    tmp_path: Path,
) -> None:
    other = '[positions.other]\nphone = "registered"\n'
    with switchboard(tmp_path, 1, OWN + other) as board, running(tmp_path) as (url, _):
        secret = secret_of(tmp_path)
        assert register(board.port, "own", secret, board.phones, address="other") == 403
        assert register(board.port, "nobody", secret, board.phones) == 401
        codes = [register(board.port, "own", f"guess-{n}", board.phones) for n in range(6)]
        assert codes == [401] * 5 + [403]
        # The one who guessed is not heard for a minute, even when they are right; callers are.
        assert register(board.port, "own", secret, board.phones) == 403
        board.seat(url, ["p0"])
        assert board.call("caller.xml", 3, 10).wait(20) == 0
        assert len(board.outcomes()) == 3


def test_a_secret_is_printed_once_and_lies_nowhere_in_the_clear(tmp_path: Path) -> None:
    with switchboard(tmp_path, 1, OWN) as board, running(tmp_path):
        first, second = secret_of(tmp_path), secret_of(tmp_path)
        assert register(board.port, "own", first, board.phones) == 401
        assert register(board.port, "own", second, board.phones) == 200
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not [p for p in files if second.encode() in p.read_bytes()]
        accounts = tmp_path / "telephone" / "accounts" / "accounts"
        assert accounts.stat().st_mode & 0o777 == 0o600
