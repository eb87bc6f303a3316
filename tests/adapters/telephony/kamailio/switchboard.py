"""A real switch, a real centre and SIPp's callers and telephones, on loopback."""

import json
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic, sleep, time_ns
from typing import Any

import httpx
import msgspec
import pytest
from msgspec.structs import replace

from pasokh.adapters.storage.log_reader import read_only
from pasokh.answer.events_watch import CountsCompared
from pasokh.answer.line_counts import slice_of, summed
from pasokh.answer.views import Conservation, conservation
from pasokh.core.log import Entry
from pasokh.drivers.recovery import recover
from tests.adapters.api.process import (
    CLEAR,
    free_port,
    headers_of,
    running,
    wait_until_healthy,
)

SCENARIOS = Path(__file__).parent / "scenarios"
EVAPI = list(Path("/usr/lib").glob("*/kamailio/modules/evapi.so"))
LONGEST_SECONDS = 40
VOICE_PORTS = (10_000, 30_000)
_VOICE_BLOCK = 1000
PHONE = ("position.xml",)
OUTCOMES = frozenset({"CallAnswered", "CallFellBack", "CallAbandoned", "CallRejected"})
needs_switch = [
    pytest.mark.slow,
    pytest.mark.skipif(not EVAPI, reason="no switch: apt-get install kamailio-extra-modules"),
    pytest.mark.skipif(not shutil.which("sipp"), reason="no caller: apt-get install sip-tester"),
]


class Switchboard:
    """What runs, and what it did. Telephones of all positions are one SIPp."""

    def __init__(
        self,
        folder: Path,
        stack: ExitStack,
        positions: int,
        more: str,
        seconds: int,
        *,
        desk: str = "p",
        phone: Sequence[str] = PHONE,
    ) -> None:
        """`desk` and a number name each position; `phone`: its scenario and what SIPp is told.

        `more` names the ports of voices where it is about very many calls.
        """
        self.folder = folder
        self._seconds = seconds
        self.port, self.events, phones, fallback, carrier = (free_port() for _ in range(5))
        voices = "" if "first_port" in more else voices_at(stack.enter_context(voice_ports()))
        self.phones = phones
        self.url = ""
        self.headers: dict[str, str] = {}
        self._stack = stack
        self._callers: list[Path] = []
        desks = [
            f'[positions.{desk}{n}]\nphone = "sip:{desk}{n}@127.0.0.1:{phones}"'
            for n in range(max(1, positions))
        ]
        settings = (
            f'fallback = ["sip:fallback@127.0.0.1:{fallback}"]\nport = {self.port}\n'
            f"events_port = {self.events}\nwrap_up_seconds = 1\nring_seconds = 2\n"
            f"voice.control_port = {carrier}\nvoice.tones_port = {free_port()}\n{voices}{more}"
        )
        (folder / "telephone.toml").write_text("\n".join([settings, *desks]))
        self.phone = self.start(*phone, "-p", str(phones))
        self.start(*phone, "-p", str(fallback))

    def start(self, scenario: str, *more: str) -> subprocess.Popen[bytes]:
        line = ["timeout", "-k", "2", str(self._seconds)]
        line += ["sipp", "-sf", str(SCENARIOS / scenario), "-i", "127.0.0.1", "-nostdin", *more]
        # Asked within a call whether it is there, SIPp gives the call up unless told to answer.
        line += [] if "-default_behaviors" in more else ["-aa"]
        with (self.folder / "sipp.txt").open("ab") as words:
            return self._run(line, words.fileno())

    def call(
        self, scenario: str, calls: int, rate: float, *more: str, talk_ms: int = 600
    ) -> subprocess.Popen[bytes]:
        """Let SIPp place calls; `told` reads what became of them in the callers' own words."""
        log = self.folder / f"callers-{len(self._callers)}.log"
        self._callers.append(log)
        # Its port is chosen by the system: one that was free a moment ago may be taken by now.
        count = ("-m", str(calls), "-r", str(rate), "-d", str(talk_ms))
        trace = ("-trace_logs", "-log_file", str(log), f"127.0.0.1:{self.port}")
        return self.start(scenario, *count, *more, *trace)

    def caller_logs(self) -> list[str]:
        logs = [log.read_text() for log in self._callers if log.exists()]
        return [line for text in logs for line in text.splitlines()]

    def told(self) -> Counter[str]:
        return Counter(line.split()[0] for line in self.caller_logs())

    def entries(self) -> list[Entry]:
        reader = read_only(self.folder / "log.sqlite")
        found = list(reader.read())
        reader.close()
        return found

    def steps(self, *kinds: str) -> list[tuple[str, str]]:
        """The entries of these kinds, each with its position, in their order."""
        return [
            (entry.kind, json.loads(entry.body).get("position_id") or "")
            for entry in self.entries()
            if entry.kind in kinds
        ]

    def answers(self) -> bool:
        """Whether the control room serves."""
        try:
            return httpx.get(f"{self.url}/health", verify=CLEAR).status_code == 200
        except httpx.TransportError:
            return False

    def outcomes(self) -> dict[str, list[str]]:
        """The outcome of each call that was offered: one each, or something is wrong."""
        found: dict[str, list[str]] = {}
        for entry in self.entries():
            if entry.kind == "CallOffered":
                found[_call_of(entry)] = []
            elif entry.kind in OUTCOMES:
                found[_call_of(entry)].append(entry.kind)
        return found

    def conservation(self) -> Conservation:
        reader = read_only(self.folder / "log.sqlite")
        centre = recover(reader).centre  # type: ignore[arg-type] - reads only
        reader.close()
        return conservation(centre.answer)

    def switch_head(self) -> int:
        """The process of the switch that began the others."""
        return _process(f"^[^ ]*kamailio -DD.*{self.folder}")

    def carrier(self) -> int:
        """The process that carries the voices."""
        return _process(f"^[^ ]*rtpengine .*{self.folder}")

    def wait_for(self, kinds: frozenset[str], count: int, seconds: float = 15) -> None:
        until = monotonic() + seconds
        while sum(entry.kind in kinds for entry in self.entries()) < count:
            assert monotonic() < until, Counter(entry.kind for entry in self.entries())
            sleep(0.2)

    def seat(self, url: str, positions: Iterable[str]) -> None:
        """Sit somebody down at each position, ready, the first one longest."""
        self.headers = self.headers or headers_of(self.folder)
        for position in positions:
            seat = {"position_id": position}
            ask(url, self.headers, "open-position", seat)
            ask(url, self.headers, "sign-in", {**seat, "person_id": f"taker-{position}"})
            ask(url, self.headers, "be-ready", seat)

    def start_switch(self) -> None:
        line = [sys.executable, "-m", "pasokh.cli", "telephone", "up", "--data", str(self.folder)]
        with (self.folder / "switch.txt").open("wb") as words:
            self._run(["timeout", "-k", "9", str(self._seconds), *line], words.fileno())
        self.wait_for_switch()

    def wait_for_switch(self) -> None:
        until = monotonic() + 25
        while monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.events)) == 0:
                    return
            sleep(0.05)
        said = [path.read_text() for path in self.folder.glob("*.txt")]
        raise AssertionError(said)

    def _run(self, line: list[str], words: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=words)
        self._stack.callback(process.wait, 10)
        self._stack.callback(process.terminate)
        return process


@contextmanager
def switchboard(
    folder: Path,
    positions: int,
    more: str = "",
    *,
    switch: bool = True,
    seconds: int = LONGEST_SECONDS,
    phone: Sequence[str] = PHONE,
) -> Iterator[Switchboard]:
    """Bring up the switch and the telephones; the centre is started by the test."""
    with ExitStack() as stack:
        board = Switchboard(folder, stack, positions, more, seconds, phone=phone)
        if switch:
            board.start_switch()
        yield board


@contextmanager
def staffed(
    folder: Path,
    positions: int,
    *,
    supervised: bool = False,
    more: str = "",
    phone: Sequence[str] = PHONE,
    seconds: int = LONGEST_SECONDS,
) -> Iterator[Switchboard]:
    """Bring up everything, with somebody ready at each position."""
    with (
        switchboard(folder, positions, more, phone=phone, seconds=seconds) as board,
        running(folder, supervised=supervised) as (url, _),
    ):
        board.url = url
        board.seat(url, [f"p{n}" for n in range(positions)])
        yield board


def after_this_slice() -> int:
    """Wait until whoever called up to now called in ten seconds that are over; number the next."""
    until = slice_of(time_ns() // 1_000_000) + 1
    while slice_of(time_ns() // 1_000_000) < until:
        sleep(0.1)
    return until


def compared(board: Switchboard) -> CountsCompared:
    """Have the switch's count compared with the log's, of all calls up to now."""
    until = after_this_slice()
    ask(board.url, board.headers, "ask-comparison", {"line": "kamailio"})
    end = monotonic() + 60
    while True:
        bodies = [entry.body for entry in board.entries() if entry.kind == "CountsCompared"]
        found = [msgspec.json.decode(body, type=CountsCompared) for body in bodies]
        if found and slice_of(found[-1].ended_at) >= until:
            # More than one where an hour ended meanwhile.
            switch, log = (summed(getattr(f, side) for f in found) for side in ("switch", "log"))
            uncounted = sum(f.uncounted for f in found)
            return replace(found[-1], switch=switch, log=log, uncounted=uncounted)
        assert monotonic() < end, found
        sleep(0.1)


def voices_at(ports: tuple[int, int]) -> str:
    return "voice.first_port = {}\nvoice.last_port = {}\n".format(*ports)


@contextmanager
def voice_ports() -> Iterator[tuple[int, int]]:
    """Claim ports for voices: the carrier takes one although somebody listens there already.

    They are below those that the system gives out, and nobody else's while they are claimed.
    """
    with socket.socket() as claim:
        for first in range(*VOICE_PORTS, _VOICE_BLOCK):
            with suppress(OSError):
                claim.bind(("127.0.0.1", first))
                break
        else:
            raise AssertionError("no ports for voices are free")
        yield first, first + _VOICE_BLOCK - 1


def _process(pattern: str) -> int:
    return int(subprocess.check_output(["pgrep", "-o", "-f", pattern]))


def ask(url: str, headers: dict[str, str], name: str, command: dict[str, Any]) -> None:
    order = {"id": f"{name}-{time_ns()}", "command": command}
    give = partial(httpx.post, f"{url}/commands/{name}", json=order, headers=headers, verify=CLEAR)
    try:
        answer = give()
    except httpx.TransportError:  # it starts again: the same id is one deed
        wait_until_healthy(url)
        answer = give()
    assert answer.status_code == 200, answer.text


def _call_of(entry: Entry) -> str:
    call_id: str = json.loads(entry.body)["call_id"]
    return call_id
