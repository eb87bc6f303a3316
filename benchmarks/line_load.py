"""A real switch, a real centre with its office, SIPp's callers and a desk in Chromium, timed.

The callers write down when they sent; a screen on the live stream and the desk say when they
heard and painted. All are on one machine, so that one clock times them.
"""

import json
import re
import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep, time

from msgspec import Struct
from playwright.sync_api import Browser, Page

from benchmarks.core_shares import CoreShares
from benchmarks.machine import pages_mib
from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.core.people import Role
from tests.adapters.telephony.kamailio.switchboard import (
    SCENARIOS,
    VOICE_PORTS,
    Switchboard,
    voices_at,
)
from tests.browser.desks import DeskCentre, desk_centre

GIVE_UP_SHARE = 0.3
PROBE = (Path(__file__).parent / "line_probe.js").read_text("utf-8")
# A telephone is taken up after half a second; in the tests it is after 100 ms.
_PICK_UP = ('timeout="100"', 'timeout="500"')
_OFFERED = re.compile(rb'"kind":"CallOffered".*?"call_id":"([^"]+)"')
_OPTIONS_EVERY_SECONDS = 0.1
_SETTLE_SECONDS = 60.0


class Loaded(Struct):
    """What came of a load. Times in milliseconds since the caller sent; differences in calls."""

    sent: int
    differ: int
    lost: int
    doubled: int
    residual: int
    told: Counter[str]
    taken_ms: list[float]
    event_ms: list[float]
    painted_ms: list[float]
    options_ms: list[float]
    memory_mib: list[float]
    shares: str = ""


class Ear(Thread):
    """A screen on the live stream that notes when it heard of each call."""

    def __init__(self, port: int, token: str) -> None:
        """Ask for the stream."""
        super().__init__(daemon=True)
        self.heard: dict[str, float] = {}
        self._line = socket.create_connection(("127.0.0.1", port))
        head = f"GET /stream HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\r\n"
        self._line.sendall(head.encode())

    def run(self) -> None:
        """Hear until the line is closed."""
        rest = b""
        while data := self._line.recv(1 << 20):
            now = time() * 1e3
            # Set anew after each read, or what comes next waits for our acknowledgement.
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            rest += data
            whole, mark, rest = rest.rpartition(b"\n\n")
            for call_id in _OFFERED.findall(whole) if mark else ():
                self.heard.setdefault(call_id.decode(), now)

    def close(self) -> None:
        """Hear no more."""
        self._line.shutdown(socket.SHUT_RDWR)


class Asker(Thread):
    """Asks the same switch for its OPTIONS all the while: what a message costs without us."""

    def __init__(self, port: int) -> None:
        """`port` is the switch's."""
        super().__init__(daemon=True)
        self.took_ms: list[float] = []
        self.enough = Event()
        self._port = port

    def run(self) -> None:
        """Ask until it is enough."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.bind(("127.0.0.1", 0))
            line.settimeout(5)
            own = line.getsockname()[1]
            while not self.enough.wait(_OPTIONS_EVERY_SECONDS):
                begun = monotonic()
                line.sendto(_options(own, len(self.took_ms)), ("127.0.0.1", self._port))
                with suppress(TimeoutError):  # counted with what it took all the same
                    line.recv(4096)
                self.took_ms.append((monotonic() - begun) * 1e3)


class Stand:
    """Everything that runs, with a desk open; `load` lets callers come at it."""

    def __init__(self, board: Switchboard, centre: DeskCentre, page: Page) -> None:
        """Hear from now on."""
        self._board, self._centre, self._page = board, centre, page
        now = 1_700_000_000_000
        token = add_token(
            centre.folder, name="ear", role=Role.MACHINE, scopes=tuple(Scope), now=now
        )
        self._ear = Ear(int(centre.url.rpartition(":")[2]), token)
        self._ear.start()

    def load(self, rate: float, seconds: int) -> Loaded:
        """Let so many call a second, three of ten of whom give up."""
        asker = Asker(self._board.port)
        asker.start()
        memory = [self._memory()]
        shares = CoreShares()
        give_up = max(1, round(rate * seconds * GIVE_UP_SHARE))
        talk = max(1, round(rate * seconds) - give_up)
        callers = [
            self._board.call(f"caller{kind}.xml", calls, share)
            for kind, calls, share in (
                ("", talk, rate * (1 - GIVE_UP_SHARE)),
                ("_gives_up", give_up, rate * GIVE_UP_SHARE),
            )
        ]
        while any(caller.poll() is None for caller in callers):
            sleep(min(seconds / 10, 5.0))
            memory.append(self._memory())
        told = shares.told()
        self._settle(talk + give_up)
        asker.enough.set()
        asker.join()
        found = self._found(talk + give_up, asker.took_ms, memory)
        found.shares = told
        return found

    def close(self) -> None:
        """Hear no more."""
        self._ear.close()

    def _memory(self) -> float:
        return pages_mib(self._centre.control_room_pid())

    def _settle(self, calls: int) -> None:
        """Wait until each call is over in the log."""
        until = monotonic() + _SETTLE_SECONDS
        over = 0
        while monotonic() < until and over < calls:
            sleep(1.0)
            kinds = Counter(entry.kind for entry in self._board.entries())
            over = kinds["CallEnded"] + kinds["CallAbandoned"] + kinds["CallRejected"]

    def _found(self, calls: int, options_ms: list[float], memory: list[float]) -> Loaded:
        outcomes, told = self._board.outcomes(), self._board.told()
        ours = Counter(found[0] for found in outcomes.values() if found)
        answered = ours["CallAnswered"] + ours["CallFellBack"]
        painted: dict[str, float] = self._page.evaluate("window.benchLine")
        sent = sent_of(self._board.caller_logs())
        heard = self._ear.heard
        taken = {
            json.loads(entry.body)["call_id"]: entry.known_at
            for entry in self._board.entries()
            if entry.kind == "CallOffered"
        }
        return Loaded(
            sent=len(sent),
            differ=abs(answered - told["answered"]) + abs(ours["CallAbandoned"] - told["gone"]),
            lost=len(sent.keys() - outcomes.keys()) + abs(calls - len(sent)),
            doubled=len(outcomes.keys() - sent.keys())
            + sum(len(found) != 1 for found in outcomes.values()),
            residual=abs(self._board.conservation().residual),
            told=told,
            taken_ms=[taken[call] - at for call, at in sent.items() if call in taken],
            event_ms=[heard[call] - at for call, at in sent.items() if call in heard],
            painted_ms=[painted[call] - at for call, at in sent.items() if call in painted],
            options_ms=options_ms,
            memory_mib=memory,
        )


def sent_of(logs: Sequence[str]) -> dict[str, float]:
    """Give when each call was sent (wall time, ms), by the name that the centre gives it."""
    found = {}
    for line in logs:
        word, sip_call_id, *stamps = line.split()
        if word == "sent":
            number, _, rest = sip_call_id.partition("-")
            tag = f"{rest.partition('@')[0]}c{number}"
            digest = sha256(f"{sip_call_id}\n{tag}".encode()).hexdigest()
            found[f"k-{digest[:24]}"] = float(stamps[-1]) * 1e3
    return found


@contextmanager
def stand(folder: Path, chromium: Browser, positions: int, seconds: int) -> Iterator[Stand]:
    """Bring everything up, with telephones that are taken up like telephones."""
    boards: list[Switchboard] = []
    with ExitStack() as stack:

        def prepare(data: Path) -> None:
            scenario = folder / "position.xml"
            scenario.write_text((SCENARIOS / "position.xml").read_text().replace(*_PICK_UP))
            voices = voices_at((VOICE_PORTS[0], VOICE_PORTS[1] - 1))
            board = Switchboard(data, stack, positions, voices, seconds, phone=(str(scenario),))
            board.start_switch()
            boards.append(board)

        centre = stack.enter_context(desk_centre(folder, seats=0, before=prepare))
        [board] = boards
        board.seat(centre.url, [f"p{number}" for number in range(positions)])
        context = centre.context(chromium, "p-sara")
        page = centre.open(context, "answer")
        page.evaluate(PROBE)
        standing = Stand(board, centre, page)
        yield standing
        standing.close()
        context.close()


def _options(port: int, number: int) -> bytes:
    lines = (
        "OPTIONS sip:probe@127.0.0.1 SIP/2.0",
        f"Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK-probe-{number}",
        "From: <sip:probe@probe.invalid>;tag=probe",
        "To: <sip:probe@127.0.0.1>",
        f"Call-ID: probe-{number}",
        "CSeq: 1 OPTIONS",
        "Max-Forwards: 9",
        "Content-Length: 0",
        "",
        "",
    )
    return "\r\n".join(lines).encode()
