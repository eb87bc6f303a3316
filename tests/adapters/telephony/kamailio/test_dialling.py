"""A position's telephone calls back through a real switch, whom the desk chose and nobody else."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import httpx

from tests.adapters.api.process import free_port
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import Switchboard, ask, needs_switch, staffed
from tests.adapters.telephony.kamailio.test_ends import LONG_MS, vanish
from tests.adapters.telephony.kamailio.test_registered_phones import OWN, secret_of

pytestmark = needs_switch
OF_A_DIAL = ("CallBackDialled", "CallBackPickedUp", "CallBackHungUp")


@contextmanager
def missed(
    folder: Path, outside: str, more: str = "", seconds: int = 40, voice_port: str = ""
) -> Iterator[tuple[Switchboard, str]]:
    """Somebody gave up, and who can be called is at the other end of the trunk."""
    trunk = free_port()
    out = more + f'outgoing.trunk = "127.0.0.1:{trunk}"\noutgoing.number = "110"\n'
    with staffed(folder, 0, supervised=True, more=out + OWN, seconds=seconds) as board:
        log = ("-trace_logs", "-log_file", f"{folder}/outside.log")
        voice = ("-key", "voice_port", voice_port or str(free_port()))
        board.phone = board.start(outside, "-p", str(trunk), *voice, *log)
        sits = {"position_id": "own"}
        ask(board.url, board.headers, "open-position", sits)
        ask(board.url, board.headers, "sign-in", {**sits, "person_id": "gate"})
        assert board.call("caller_gives_up.xml", 1, 1).wait(20) == 0
        board.wait_for(frozenset({"CallAbandoned"}), 1)
        [call] = board.outcomes()
        yield board, call


def dials_back(
    board: Switchboard, secret: str, talk_ms: int = 600, voice_port: str = ""
) -> subprocess.Popen[bytes]:
    """Let the position's telephone dial."""
    known = ("-s", "own", "-ap", secret, "-key", "voice_port", voice_port or str(free_port()))
    return board.call("position_calls_back.xml", 1, 1, *known, talk_ms=talk_ms)


def calls_back(board: Switchboard, folder: Path) -> str:
    """Let the position's telephone dial; say what it heard."""
    assert dials_back(board, secret_of(folder)).wait(20) == 0
    return next(word for word in ("answered", "refused") if board.told()[word])


def dials(board: Switchboard) -> list[tuple[str, str]]:
    found = [entry for entry in board.entries() if entry.kind in OF_A_DIAL]
    return [(entry.kind, json.loads(entry.body).get("reply", "")) for entry in found]


def test_who_was_begun_is_reached_and_the_log_has_every_step(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml") as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        assert calls_back(board, tmp_path) == "answered"
        board.wait_for(frozenset({"CallBackHungUp"}), 1)
        assert dials(board) == [(kind, "") for kind in OF_A_DIAL]
        shown = (tmp_path / "outside.log").read_text()
        assert "INVITE sip:+985120001@127.0.0.1:" in shown
        assert "<sip:110@127.0.0.1>" in shown
        assert board.conservation().residual == 0


def test_a_killed_control_room_breaks_no_call_and_learns_its_end(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml") as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        dialling = dials_back(board, secret_of(tmp_path), 3000)
        board.wait_for(frozenset({"CallBackPickedUp"}), 1)
        os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
        assert dialling.wait(20) == 0
        board.wait_for(frozenset({"CallBackHungUp"}), 1, seconds=30)
        assert dials(board) == [(kind, "") for kind in OF_A_DIAL]


def test_a_killed_switch_leaves_no_dial_behind(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml") as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        dials_back(board, secret_of(tmp_path), 20_000)
        board.wait_for(frozenset({"CallBackPickedUp"}), 1)
        os.kill(board.switch_head(), signal.SIGKILL)
        board.wait_for(frozenset({"CallBackHungUp"}), 1, seconds=30)
        assert dials(board)[-1] == ("CallBackHungUp", "switch restarted")


def test_a_dial_whose_both_ends_vanished_is_over(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml", "ends_seconds = 1\n", seconds=80) as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        dialling = dials_back(board, secret_of(tmp_path), LONG_MS)
        board.wait_for(frozenset({"CallBackPickedUp"}), 1)
        sleep(8)  # both have been asked and have answered, on a slow machine too
        vanish(dialling, board.phone)
        board.wait_for(frozenset({"CallBackHungUp"}), 1, seconds=75)
        assert dials(board)[-1] == ("CallBackHungUp", "both ends lost")


def test_nobody_is_called_whom_no_desk_chose(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml") as (board, _):
        assert calls_back(board, tmp_path) == "refused"
        assert dials(board) == []
        assert not (tmp_path / "outside.log").read_text().strip()


def test_what_the_network_said_is_on_the_record(tmp_path: Path) -> None:
    with missed(tmp_path, "outside_busy.xml") as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        assert calls_back(board, tmp_path) == "refused"
        board.wait_for(frozenset({"CallBackHungUp"}), 1)
        assert dials(board) == [("CallBackDialled", ""), ("CallBackHungUp", "486")]
        view = httpx.get(f"{board.url}/desk/snapshot", headers=board.headers).json()
        [line] = [one["state"]["call_back"] for one in view["objects"] if one["id"] == call]
        assert line["reply"] == "486"


def test_without_the_position_s_secret_nothing_goes_out(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml") as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        secret_of(tmp_path)
        assert dials_back(board, "wrong").wait(20) != 0
        assert dials(board) == []
