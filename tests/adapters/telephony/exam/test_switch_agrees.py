"""What is foretold of a request is what the real switch does with it, and what the log says."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pasokh.adapters.telephony.exam.requests import FileKind, request_in
from tests.adapters.api.process import running
from tests.adapters.telephony.exam.kinds import KINDS, scenario
from tests.adapters.telephony.kamailio.switchboard import Switchboard, needs_switch, switchboard

pytestmark = needs_switch
_RINGING = 180
# What the switch's core drops is answered by its watch, a second or two later.
_LONGEST_SECONDS = 6


def test_each_kind_gets_its_answer_and_its_entries(tmp_path: Path) -> None:
    with switchboard(tmp_path, 1) as board, running(tmp_path):
        board.wait_for(frozenset({"CentreOpened"}), 1)
        with ThreadPoolExecutor(8) as callers:
            answers = dict(callers.map(lambda kind: (kind, _answer(board, kind)), KINDS))
        board.wait_for(frozenset({"CallOffered"}), len(KINDS))
        refused = sum(code > 0 for _, code, _ in KINDS.values())
        board.wait_for(frozenset({"CallRejected"}), refused)
        causes = [json.loads(e.body)["cause"] for e in board.entries() if e.kind == "CallRejected"]
        counts = board.conservation()
    assert answers == {kind: code or _RINGING for kind, (_, code, _) in KINDS.items()}
    assert sorted(causes) == sorted(str(code) for _, code, _ in KINDS.values() if code)
    assert (counts.offered, counts.rejected, counts.residual) == (len(KINDS), refused, 0)


def test_a_call_that_could_not_be_read_is_on_the_call_back_list(tmp_path: Path) -> None:
    with switchboard(tmp_path, 1) as board, running(tmp_path):
        board.wait_for(frozenset({"CentreOpened"}), 1)
        assert [_answer(board, kind) for kind in ("number_only", "no_to")] == [400, 400]
        board.wait_for(frozenset({"CallRejected"}), 2)
        offered = [json.loads(e.body) for e in board.entries() if e.kind == "CallOffered"]
    assert len({one["caller"] for one in offered}) == 1
    assert offered[0]["caller"]


def test_a_stranger_is_told_nothing_when_only_the_trunk_may_call(tmp_path: Path) -> None:
    with switchboard(tmp_path, 1, 'trusted = ["127.0.0.9"]\n') as board, running(tmp_path):
        board.wait_for(frozenset({"CentreOpened"}), 1)
        assert _answer(board, "no_to", "127.0.0.9") == 400
        assert _answer(board, "no_to", "127.0.0.1") is None
        assert _answer(board, "sdp_only", "127.0.0.1") == 403
        board.wait_for(frozenset({"CallRejected"}), 1)
        offered = [entry for entry in board.entries() if entry.kind == "CallOffered"]
    assert len(offered) == 1


def _answer(board: Switchboard, kind: str, host: str = "127.0.0.1") -> int | None:
    """Send the kind as a call of its own; give the code of the first answer beyond 100."""
    raw = request_in(scenario(KINDS[kind][0]), FileKind.SCENARIO, lambda _name: None).raw
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.bind((host, 0))
        caller.settimeout(_LONGEST_SECONDS)
        at = f"{host}:{caller.getsockname()[1]}".encode()
        raw = raw.replace(b"1-1@127.0.0.1", f"{kind}@test".encode(), 1)
        caller.sendto(raw.replace(b"127.0.0.1:5060", at, 1), ("127.0.0.1", board.port))
        try:
            while (code := int(caller.recv(65_536).split()[1])) == 100:
                pass
        except TimeoutError:
            return None
        return code
