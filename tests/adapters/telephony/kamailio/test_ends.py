"""A real call whose both ends vanish without a word ends by itself, and no other call does."""

import json
import os
import signal
import subprocess
from pathlib import Path
from subprocess import Popen
from time import sleep

from tests.adapters.telephony.kamailio.switchboard import Switchboard, needs_switch, staffed

pytestmark = needs_switch
# As a gateway that passes over what it does not expect within a call.
PASSES_OVER = ("-default_behaviors", "-abortunexp")
LONG_MS = 80_000
A_WHILE_SECONDS = 15


def talks(board: Switchboard, *more: str) -> Popen[bytes]:
    """A call that stands and lasts."""
    before = sum(entry.kind == "CallAnswered" for entry in board.entries())
    caller = board.call("caller.xml", 1, 1, *more, talk_ms=LONG_MS)
    board.wait_for(frozenset({"CallAnswered"}), before + 1)
    return caller


def vanish(*starters: Popen[bytes]) -> None:
    """End who was started as a cut cable does: nothing more comes from there."""
    for starter in starters:
        found = subprocess.check_output(["pgrep", "-P", str(starter.pid)], text=True)
        os.kill(int(found), signal.SIGKILL)


def body_of(board: Switchboard, kind: str) -> list[dict[str, str]]:
    return [json.loads(entry.body) for entry in board.entries() if entry.kind == kind]


def test_a_call_whose_both_ends_vanished_ends_and_no_other(tmp_path: Path) -> None:
    with staffed(tmp_path, 3, more="ends_seconds = 1\n", seconds=90) as board:
        gone, _ = talks(board), talks(board)
        silent = talks(board, *PASSES_OVER)
        sleep(8)  # all have been asked and have answered, on a slow machine too
        assert body_of(board, "CallEnded") == []
        # Of the second call one end is gone; of the third nobody can tell.
        vanish(gone, silent, board.phone)
        board.wait_for(frozenset({"CallEnded"}), 1, seconds=40)
        sleep(A_WHILE_SECONDS)
        calls = [call["call_id"] for call in body_of(board, "CallOffered")]
        ended = [
            (calls.index(over["call_id"]), over["cause"]) for over in body_of(board, "CallEnded")
        ]
        assert ended == [(0, "both ends lost")]
        assert board.conservation().residual == 0
