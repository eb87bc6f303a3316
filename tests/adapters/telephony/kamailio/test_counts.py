"""The switch's own count of real calls beside the log's: the same, whatever dies; and when not."""

import json
import os
import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Thread

import pytest

from pasokh.adapters.telephony.kamailio.counts import count_of
from pasokh.adapters.telephony.kamailio.wire import step_of
from pasokh.answer.events_watch import LineCounts
from pasokh.answer.line_counts import differences
from tests.adapters.api.process import free_port, running
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import (
    after_this_slice,
    compared,
    needs_switch,
    staffed,
    switchboard,
)
from tests.adapters.telephony.kamailio.switchboard import ask as order
from tests.adapters.telephony.kamailio.test_real_calls import ENDED

# A count is of whole tens of seconds, which have to pass.
LASTS = 180


def with_switch(test: Callable[..., None]) -> Callable[..., None]:
    for mark in needs_switch:
        test = mark(test)
    return test


def said_twice(port: int) -> list[bytes]:
    """Send what cannot be read, and the same again: its sender had not heard the answer."""
    lines = (
        "INVITE @@ SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-broken",
        "CSeq: 1 INVITE",
    )
    names = ("From: <sip:1@x.invalid>;tag=1", "To: <urn:service:sos>", "Call-ID: broken-1", "", "")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.settimeout(5)
        caller.bind(("127.0.0.1", 0))
        found = []
        for _ in range(2):
            caller.sendto("\r\n".join((*lines, *names)).encode(), ("127.0.0.1", port))
            found.append(caller.recv(4096))
        return found


class Muffler:
    """Stands between switch and control room, and makes one word unreadable in passing."""

    def __init__(self, stack: ExitStack, switch: int, word: bytes) -> None:
        self.port = free_port()
        self._word = word
        self._switch = switch
        listening = stack.enter_context(socket.create_server(("127.0.0.1", self.port)))
        Thread(target=self._serve, args=(listening,), daemon=True).start()

    def _serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                ours, _ = listening.accept()
                switch = socket.create_connection(("127.0.0.1", self._switch))
                Thread(target=self._pass, args=(ours, switch, b""), daemon=True).start()
                Thread(
                    target=self._pass, args=(switch, ours, b":" + self._word), daemon=True
                ).start()

    def _pass(self, source: socket.socket, sink: socket.socket, word: bytes) -> None:
        with suppress(OSError):
            while text := source.recv(1 << 16):
                if word and word in text:
                    text = text.replace(word, b":X" + word[2:], 1)
                    word = b""
                sink.sendall(text)
        sink.close()


@pytest.mark.parametrize("told", ["1.5", "7:1:1:0:0", "a:1:1:0:0:0"])
def test_what_is_no_count_is_not_taken_for_one(told: str) -> None:
    with pytest.raises(ValueError, match="1"):
        count_of(step_of(f"COUNTED 1.0 1.0 1 9 {told}\n\n\n\n".encode()))


def test_a_count_is_read_slice_by_slice() -> None:
    found = count_of(step_of(b"COUNTED 9.5 8.0 1 9 3:2:1:1:0:0 4:1:0:0:1:0\n\n\n\n"))
    assert found.boot_at == 8000
    assert found.slices == {3: LineCounts(2, 1, 1), 4: LineCounts(1, fallback=1)}


@with_switch
def test_each_kind_of_call_is_counted_alike_on_both_sides(tmp_path: Path) -> None:
    with staffed(tmp_path, 4, seconds=LASTS) as board:
        after_this_slice()  # the switch counts whole ones
        callers = board.call("caller.xml", 20, 10), board.call("caller_gives_up.xml", 8, 4)
        assert [caller.wait(30) for caller in callers] == [0, 0]
        # The same words twice are one caller's, and are told and counted once.
        assert all(said.startswith(b"SIP/2.0 4") for said in said_twice(board.port))
        board.wait_for(ENDED, 29)
        found = compared(board)
        told = board.told()
    assert found.switch == found.log
    assert found.switch.answered + found.switch.fallback == told["answered"]
    assert found.switch.abandoned == told["gone"]
    assert (found.switch.offered, found.switch.rejected, found.uncounted) == (29, 1, 0)


@with_switch
def test_the_counts_outlive_our_process_and_agree_after_it(tmp_path: Path) -> None:
    with staffed(tmp_path, 2, supervised=True, seconds=LASTS) as board:
        after_this_slice()
        caller = board.call("caller.xml", 30, 10)
        board.wait_for(ENDED, 5)
        os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
        assert caller.wait(40) == 0
        board.wait_for(ENDED, 30)
        found = compared(board)
    assert found.switch == found.log
    assert found.switch.fallback > 0
    assert found.switch.offered == 30


@with_switch
def test_a_word_that_was_lost_is_found_and_is_an_alarm_until_a_person_has_seen_it(
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        board = stack.enter_context(switchboard(tmp_path, 2, seconds=LASTS))
        muffler = Muffler(stack, board.events, b"ANSWER ")
        settings = tmp_path / "telephone.toml"
        text = settings.read_text()
        settings.write_text(
            text.replace(f"events_port = {board.events}", f"events_port = {muffler.port}")
        )
        board.url, _ = stack.enter_context(running(tmp_path))
        board.seat(board.url, ["p0", "p1"])
        after_this_slice()
        assert board.call("caller.xml", 3, 10).wait(30) == 0
        long = board.call("caller.xml", 1, 1, talk_ms=22_000)
        # The switch has the call no more: it does not stay open for the word that was lost.
        board.wait_for(frozenset({"CallRejected"}), 1, seconds=60)
        assert long.wait(60) == 0
        board.wait_for(ENDED, 4)
        found = compared(board)
        order(
            board.url,
            board.headers,
            "acknowledge-difference",
            {"comparison_id": found.comparison_id, "reason": "seen"},
        )
    assert differences(found) == {"answered": 1, "rejected": -1}
    causes = [json.loads(e.body).get("cause") for e in board.entries() if e.kind in ENDED]
    assert sorted(filter(None, causes)) == ["word lost"]  # not of whoever still talked


@with_switch
def test_a_switch_that_began_anew_counts_from_nothing(tmp_path: Path) -> None:
    with staffed(tmp_path, 0, seconds=LASTS) as board:
        waiting = board.call("caller.xml", 2, 10)
        board.wait_for(frozenset({"CallOffered"}), 2)
        after_this_slice()
        os.kill(board.switch_head(), signal.SIGKILL)
        board.wait_for(frozenset({"CallRejected"}), 2)
        waiting.terminate()
        after_this_slice()
        board.seat(board.url, ["p0"])
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        board.wait_for(ENDED, 3)
        found = compared(board)
    assert found.switch == found.log == LineCounts(1, 1)
    assert found.uncounted == 2
