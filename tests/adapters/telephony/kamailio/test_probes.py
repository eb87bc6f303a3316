"""Probe calls over a real switch: to the distributor, to nobody's telephone, and into no figure."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.adapters.telephony.kamailio.config import PROBE_KEY
from pasokh.adapters.telephony.probe import HEADER, mark_of, probe
from pasokh.answer.events_watch import ProbeEnd
from pasokh.core.people import Role
from tests.adapters.api.process import free_port, running
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import (
    Switchboard,
    needs_switch,
    staffed,
    switchboard,
)
from tests.adapters.telephony.kamailio.test_real_calls import ENDED

pytestmark = needs_switch


def key_of(board: Switchboard) -> str:
    return (board.folder / "telephone" / PROBE_KEY).read_text().strip()


def call(board: Switchboard) -> ProbeEnd:
    return probe("127.0.0.1", board.port, key_of(board)).end


def kinds(board: Switchboard) -> Counter[str]:
    return Counter(entry.kind for entry in board.entries())


def test_a_probe_reaches_the_distributor_and_rings_nobody(tmp_path: Path) -> None:
    with staffed(tmp_path, 2) as board:
        found = probe("127.0.0.1", board.port, key_of(board))
        assert (found.end, found.code) == (ProbeEnd.HEARD, 480)
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        board.wait_for(ENDED, 2)
        figure = httpx.get(f"{board.url}/desk/snapshot", headers=board.headers).json()
        today = next(o["state"] for o in figure["objects"] if o["kind"] == "figure")
        public = httpx.get(f"{board.url}/en/").text
    told = kinds(board)
    assert (told["CallOffered"], told["CallRejected"], told["PositionRung"]) == (2, 1, 1)
    assert (board.conservation().offered, board.conservation().rejected) == (1, 0)
    assert board.conservation().residual == 0
    assert today["offered"] == 1
    assert today["conservation"]["offered"] == 1
    assert "not connected" not in public.lower()
    offered = [json.loads(e.body) for e in board.entries() if e.kind == "CallOffered"]
    assert [body.get("test", False) for body in offered] == [True, False]


def test_without_a_control_room_a_probe_says_so_and_the_fallback_group_is_not_rung(
    tmp_path: Path,
) -> None:
    with switchboard(tmp_path, 1) as board:
        assert call(board) is ProbeEnd.NOBODY_DISTRIBUTES
        with running(tmp_path) as (url, _):
            board.url = url
            board.seat(url, ["p0"])
            assert call(board) is ProbeEnd.HEARD
    assert (kinds(board)["CallFellBack"], kinds(board)["PositionRung"]) == (0, 0)


def test_a_control_room_that_hangs_or_dies_is_told_by_the_probe(tmp_path: Path) -> None:
    with staffed(tmp_path, 1) as board:
        centre = child_of(tmp_path / "log.sqlite.lock")
        os.kill(centre, signal.SIGSTOP)
        try:
            assert call(board) is ProbeEnd.NOBODY_DISTRIBUTES
        finally:
            os.kill(centre, signal.SIGCONT)
        board.wait_for(frozenset({"CallRejected"}), 1)
        assert (kinds(board)["CallFellBack"], kinds(board)["PositionRung"]) == (0, 0)
        assert board.conservation().residual == 0
        assert board.conservation().ringing == 0


def test_what_says_that_it_is_a_probe_and_is_none_is_refused_and_rings_nobody(
    tmp_path: Path,
) -> None:
    with staffed(tmp_path, 1) as board:
        assert probe("127.0.0.1", board.port, "a" * 64).end is ProbeEnd.REFUSED
        # Somebody between took the header away; its name tells it all the same.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pasokh.adapters.telephony.probe.HEADER", "X-Other")
            assert call(board) is ProbeEnd.REFUSED
        assert call(board) is ProbeEnd.HEARD
    assert kinds(board)["CallOffered"] == 1


def test_nobody_at_the_switchs_address_is_no_answer() -> None:
    found = probe("127.0.0.1", free_port(), "a" * 64, patience=0.3)
    assert (found.end, found.code) == (ProbeEnd.NO_ANSWER, 0)


def test_each_call_has_a_mark_of_its_own() -> None:
    assert mark_of("key", "a") != mark_of("key", "b") != mark_of("other", "b")
    assert HEADER.startswith("X-")


@pytest.mark.parametrize("heard", [True, False])
def test_the_program_tells_the_control_room_what_came_of_it(tmp_path: Path, *, heard: bool) -> None:
    with staffed(tmp_path, 1) as board:
        token = add_token(tmp_path, name="probe", role=Role.MACHINE, scopes=(Scope.INTAKE,), now=1)
        (tmp_path / "token").write_text(token)
        (tmp_path / "other.key").write_text("b" * 64)
        key = tmp_path / "telephone" / PROBE_KEY if heard else tmp_path / "other.key"
        line = [sys.executable, "-m", "pasokh.cli", "telephone", "probe", "--key", str(key)]
        line += ["--to", f"127.0.0.1:{board.port}", "--url", board.url]
        done = subprocess.run([*line, "--token", str(tmp_path / "token")], check=False)
        (told,) = [json.loads(e.body) for e in board.entries() if e.kind == "ProbeReported"]
    assert done.returncode == (0 if heard else 1)
    assert told["end"] == ("heard" if heard else "refused")
    assert told["code"] == (480 if heard else 403)
