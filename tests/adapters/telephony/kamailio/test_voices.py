"""Voices through the carrier, and what becomes of them when something is gone."""

import os
import shutil
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import (
    LONGEST_SECONDS,
    OUTCOMES,
    Switchboard,
    needs_switch,
    staffed,
)

pytestmark = [
    *needs_switch,
    pytest.mark.skipif(
        not shutil.which("rtpengine"), reason="no carrier: apt-get install rtpengine-daemon"
    ),
]
TALK_MS = 12_000
WORDS = b"\x80\x08\x00\x01\x00\x00\x00\xa0\x00\x00\x00\x07" + b"\xd5" * 160


class Voices:
    """The voices of a caller and a call taker, and the doors at which the carrier hears them."""

    def __init__(self) -> None:
        self.caller, self.taker = (_bound() for _ in range(2))
        self.doors: dict[str, int] = {}

    def hears(self, heard: socket.socket, speaks: socket.socket, door: int) -> bool:
        """Speak until the other one hears it: what was lost on the way is said again."""
        for _ in range(100):
            speaks.sendto(WORDS, ("127.0.0.1", door))
            try:
                if heard.recv(2048)[12:] == WORDS[12:]:
                    return True
            except TimeoutError:
                continue
        return False

    def close(self) -> None:
        self.caller.close()
        self.taker.close()

    def both_hear(self) -> bool:
        there = self.hears(self.taker, self.caller, self.doors["caller"])
        return there and self.hears(self.caller, self.taker, self.doors["taker"])


@contextmanager
def talking(
    folder: Path,
    *,
    supervised: bool = False,
    more: str = "",
    talk_ms: int = TALK_MS,
    ends: Sequence[str] = (),
    seconds: int = LONGEST_SECONDS,
) -> Iterator[tuple[Switchboard, Voices]]:
    """Bring up everything, with one call that has been answered; `ends`: what SIPp is told."""
    voices = Voices()
    log = folder / "phone.log"
    phone = ("position_voice.xml", "-key", "voice_port", port_of(voices.taker), "-trace_logs")
    phone = (*phone, "-log_file", str(log), *ends)
    with staffed(
        folder, 1, supervised=supervised, phone=phone, more=more, seconds=seconds
    ) as board:
        told = ("-key", "voice_port", port_of(voices.caller), *ends)
        board.call("caller_voice.xml", 1, 1, *told, talk_ms=talk_ms)
        board.wait_for(OUTCOMES, 1)
        voices.doors = {
            "caller": door_in(folder / "callers-0.log"),
            "taker": door_in(log),
        }
        yield board, voices
    voices.close()


def test_voices_go_through_the_carrier_both_ways_and_the_place_beside_them_stays(
    tmp_path: Path,
) -> None:
    with talking(tmp_path) as (_, voices):
        assert voices.doors["caller"] != int(port_of(voices.taker))
        assert voices.doors["taker"] != int(port_of(voices.caller))
        assert voices.both_hear()
        assert "place entity" in (tmp_path / "phone.log").read_text()


def test_voices_in_progress_go_on_when_the_control_room_or_the_switch_dies(tmp_path: Path) -> None:
    with talking(tmp_path, supervised=True) as (board, voices):
        os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
        assert voices.both_hear()
        os.kill(board.switch_head(), signal.SIGKILL)
        assert voices.both_hear()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_carrier_that_is_gone_or_hangs_lets_calls_ring_and_connect(
    tmp_path: Path, how: signal.Signals
) -> None:
    with staffed(tmp_path, 2) as board:
        carrier = board.carrier()
        os.kill(carrier, how)
        try:
            assert board.call("caller.xml", 4, 4).wait(20) == 0
        finally:
            if how is signal.SIGSTOP:
                os.kill(carrier, signal.SIGCONT)
        assert board.told()["answered"] == 4


def test_without_a_carrier_the_line_comes_up_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "programs").mkdir()
    for name in ("kamailio", "sipp", "timeout"):
        (tmp_path / "programs" / name).symlink_to(shutil.which(name) or f"/usr/sbin/{name}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "programs"))
        with staffed(tmp_path, 1) as board:
            assert board.call("caller.xml", 1, 1).wait(20) == 0
            assert board.told()["answered"] == 1
    assert "voices pass directly" in (tmp_path / "switch.txt").read_text()


def _bound() -> socket.socket:
    voice = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    voice.bind(("127.0.0.1", 0))
    voice.settimeout(0.1)
    return voice


def port_of(voice: socket.socket) -> str:
    return str(voice.getsockname()[1])


def door_in(log: Path, seconds: float = 10) -> int:
    until = monotonic() + seconds
    while monotonic() < until:
        words = log.read_text().split() if log.exists() else []
        if "m=audio" in words:
            return int(words[words.index("m=audio") + 1])
        sleep(0.05)
    raise AssertionError(f"{log} says of no voice")
