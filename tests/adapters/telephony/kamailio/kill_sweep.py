"""SIGKILL on each of our processes in turn, while callers call: what a whole shift may bring.

    python -m tests.adapters.telephony.kamailio.kill_sweep --seconds 600 --seed 3

Ten calls a second, three of which give up. The processes come back as a machine's own service
keeper would bring them back: a killed supervisor is started again after a moment.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep

from msgspec import Struct

from pasokh.adapters.storage.verify import verify_file
from pasokh.answer.line_counts import differences
from tests.adapters.api.process import free_port, wait_until_healthy
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import (
    Switchboard,
    after_this_slice,
    compared,
    switchboard,
)

TALKING_A_SECOND, GIVING_UP_A_SECOND = 7, 3
POSITIONS = 12
# Who waits for nobody is with the fallback group soon, so that a sweep ends in its time.
_RULES = "fallback_seconds = 8\n"
_OVER = frozenset({"CallEnded", "CallAbandoned", "CallRejected"})
_BETWEEN_SECONDS = (1.0, 4.0)
_KEEPER_SECONDS = 0.5
_COME_BACK_SECONDS = 30.0
# Nobody is lost by a reply to a BYE that a busy machine's SIPp has dropped: SIPp then ends with 1.
_ENDED_OTHERWISE = 1
_PASOKH = (sys.executable, "-m", "pasokh.cli")


class Swept(Struct):
    """What a sweep saw: kills by whom, what the callers said, what the log says."""

    kills: Counter[str]
    callers_left: list[int]
    told: Counter[str]
    calls: int
    ours: Counter[str]
    not_one_outcome: int
    still_open: int
    residual: int
    counted_more: dict[str, int]
    log_fault: str | None

    def wrong(self) -> list[str]:
        """Say what was not as it must be; empty when nobody was lost and nothing doubled."""
        served, gone = self.told["answered"], self.told["gone"]
        answered, abandoned = self._answered(), self.ours["CallAbandoned"]
        checks = {
            f"SIPp ended with {self.callers_left}: it could not go on": any(
                code > _ENDED_OTHERWISE for code in self.callers_left
            ),
            f"{self.told['sent']} callers, {served} answered, {gone} gave up": served + gone
            != self.told["sent"],
            f"{served} were answered, our log says {answered}": served != answered,
            f"{gone} gave up, our log says {abandoned}": gone != abandoned,
            f"{served + gone} callers, {self.calls} calls": served + gone != self.calls,
            f"{self.not_one_outcome} calls have not one outcome": self.not_one_outcome > 0,
            f"{self.still_open} calls are open for ever": self.still_open > 0,
            f"the residual is {self.residual}": self.residual != 0,
            f"the switch counted {self.counted_more} more than the log": self.counted_more != {},
            f"the log is not whole: {self.log_fault}": self.log_fault is not None,
        }
        return [said for said, is_so in checks.items() if is_so]

    def _answered(self) -> int:
        return self.ours["CallAnswered"] + self.ours["CallFellBack"]


class Keeper:
    """Starts a supervisor, and starts it again when it was killed."""

    def __init__(self, folder: Path, name: str, line: list[str]) -> None:
        self._words = folder / f"{name}.txt"
        self._line = line
        self.process = self._start()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        sleep(_KEEPER_SECONDS)
        self.process = self._start()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._words.open("ab") as words:
            return subprocess.Popen(self._line, stderr=words, stdout=words)


@contextmanager
def kept(folder: Path, name: str, *line: str) -> Iterator[Keeper]:
    """Keep one running, and end it at the end."""
    keeper = Keeper(folder, name, [*_PASOKH, *line, "--data", str(folder)])
    try:
        yield keeper
    finally:
        keeper.end()


def sweep(folder: Path, seconds: int, seed: int, say: Callable[[str], None]) -> Swept:
    """Let callers call for so long, and kill whoever's turn it is."""
    port = free_port()
    with (
        switchboard(folder, POSITIONS, _RULES, switch=False, seconds=seconds + 180) as board,
        kept(folder, "telephone", "telephone", "up") as telephone,
        kept(folder, "centre", "run", "--empty", "--port", str(port)) as centre,
    ):
        board.wait_for_switch()
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(url, _COME_BACK_SECONDS)
        _wait_for(lambda: _office_of(centre), "the office")
        board.seat(url, [f"p{n}" for n in range(POSITIONS)])
        after_this_slice()  # the switch counts whole ones
        victims: dict[str, Callable[[], None]] = {
            "control room": lambda: _kill(child_of(folder / "log.sqlite.lock")),
            "its supervisor": centre.kill,
            "telephone supervisor": telephone.kill,
            "office": lambda: _kill(_office_of(centre)),
        }
        callers = [
            board.call("caller.xml", seconds * TALKING_A_SECOND, TALKING_A_SECOND),
            board.call("caller_gives_up.xml", seconds * GIVING_UP_A_SECOND, GIVING_UP_A_SECOND),
        ]
        kills = _kill_in_turn(victims, seconds, Random(seed), say)  # noqa: S311 - a drill
        left = [caller.wait(60) for caller in callers]
        wait_until_healthy(url, _COME_BACK_SECONDS)
        _settle(board, seconds * (TALKING_A_SECOND + GIVING_UP_A_SECOND))
        board.url = url
        counted_more = differences(compared(board))
    return _found(board, kills, left, counted_more)


def _kill_in_turn(
    victims: dict[str, Callable[[], None]], seconds: int, rng: Random, say: Callable[[str], None]
) -> Counter[str]:
    kills: Counter[str] = Counter()
    began = monotonic()
    while True:
        for name, kill in victims.items():
            sleep(rng.uniform(*_BETWEEN_SECONDS))
            at = monotonic() - began
            if at > seconds - 1:
                return kills
            say(f"{at:6.1f} s: SIGKILL to the {name}")
            kill()
            kills[name] += 1


def _found(
    board: Switchboard, kills: Counter[str], left: list[int], counted_more: dict[str, int]
) -> Swept:
    outcomes = board.outcomes()
    counts = board.conservation()
    over = Counter(entry.kind for entry in board.entries() if entry.kind in _OVER)
    return Swept(
        kills=kills,
        callers_left=left,
        told=board.told(),
        calls=len(outcomes),
        ours=Counter(found[0] for found in outcomes.values() if found),
        not_one_outcome=sum(len(found) != 1 for found in outcomes.values()),
        still_open=len(outcomes) - sum(over.values()),
        residual=counts.residual,
        counted_more=counted_more,
        log_fault=verify_file(board.folder / "log.sqlite").fault,
    )


def _settle(board: Switchboard, calls: int) -> None:
    """Wait until each call is over in the log, or for so long that it never will be."""
    until = monotonic() + _COME_BACK_SECONDS
    while monotonic() < until:
        if sum(entry.kind in _OVER for entry in board.entries()) >= calls:
            return
        sleep(0.3)


def _office_of(centre: Keeper) -> int:
    """The office's own process, whoever supervises it now; 0 when there is none."""
    folder = centre.process.args[-1].encode()  # type: ignore[index, union-attr] - our own line
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes().split(b"\0")
            session = (place / "stat").read_text().rpartition(") ")[2].split()[3]
        except OSError:
            continue
        if b"office" in line and folder in line and session == place.name:
            return int(place.name)
    return 0


def _kill(pid: int) -> None:
    """Kill one that may be gone already: the last kill was a moment ago."""
    try:
        if pid:
            os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _wait_for(true: Callable[[], object], what: str) -> None:
    until = monotonic() + _COME_BACK_SECONDS
    while not true():
        assert monotonic() < until, f"{what} did not come"
        sleep(0.1)


def main() -> int:
    """Sweep as asked; 1 when anybody was lost, and why is printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pasokh-sweep-") as folder:
        swept = sweep(Path(folder), asked.seconds, asked.seed, _say)
    wrong = swept.wrong()
    _say(f"{swept}\n{chr(10).join(wrong) or 'nobody lost, nobody doubled'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
