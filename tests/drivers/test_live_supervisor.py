"""The supervisor: again after a crash, saying why; not after a clean or a hopeless end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from pasokh.drivers.supervisor import EXIT_CANNOT_START, Household, Supervisor
from pasokh.drivers.supervisor_orphans import orphan_of

COUNTED = (
    "import sys; from pathlib import Path; file = Path(sys.argv[1]); "
    "ran = len(file.read_text()) if file.exists() else 0; file.write_text('x' * (ran + 1)); "
    "codes = [int(c) for c in sys.argv[2].split(',')]; "
    "print('the disk failed', file=sys.stderr); sys.exit(codes[ran])"
)


def supervised(folder: Path, codes: str) -> tuple[int, list[str], int]:
    """Run a child that ends with these codes in turn; give the end, the words and the runs."""
    said: list[str] = []
    file = folder / "runs"
    line = [sys.executable, "-c", COUNTED, str(file), codes]
    code = Supervisor(line, said.append, waits_seconds=(0.01,)).run()
    return code, said, len(file.read_text())


def test_a_crash_is_told_with_its_last_words_and_started_again(tmp_path: Path) -> None:
    code, said, runs = supervised(tmp_path, "75,1,0")
    assert (code, runs) == (0, 3)
    crashes = [line for line in said if "crashed" in line]
    assert len(crashes) == 2
    assert "exit code 75" in crashes[0]
    assert "the disk failed" in crashes[0]


def test_what_no_start_mends_is_not_started_again(tmp_path: Path) -> None:
    code, _, runs = supervised(tmp_path, f"{EXIT_CANNOT_START},0")
    assert (code, runs) == (EXIT_CANNOT_START, 1)


def test_a_signal_goes_to_the_child_and_ends_both(tmp_path: Path) -> None:
    said: list[str] = []
    child = "import signal, sys; signal.signal(15, lambda *_: sys.exit(0)); print('up', file=sys.stderr, flush=True); signal.pause()"  # noqa: E501
    supervisor = Supervisor([sys.executable, "-c", child], said.append)
    ended: list[int] = []
    thread = threading.Thread(target=lambda: ended.append(supervisor.run()))
    thread.start()
    for _ in range(500):
        if "up" in said:
            break
        threading.Event().wait(0.01)
    supervisor.pass_on(15)
    thread.join(10)
    assert ended == [0]
    assert "crashed" not in " ".join(said)


@pytest.mark.slow
def test_one_beside_the_centre_crashes_alone_and_ends_with_it(tmp_path: Path) -> None:
    said: list[str] = []
    runs = tmp_path / "office"
    wait = "import signal, sys; signal.signal(15, lambda *_: sys.exit(0)); signal.pause()"
    household = Household(
        [sys.executable, "-c", f"import sys; print('up', file=sys.stderr, flush=True); {wait}"],
        said.append,
        {"the office": [sys.executable, "-c", COUNTED, str(runs), "1,1,78"]},
        waits_seconds=(0.01,),
    )
    ended: list[int] = []
    thread = threading.Thread(target=lambda: ended.append(household.run()))
    thread.start()
    for _ in range(1000):
        if any("the office ended" in line for line in said) and "up" in said:
            break
        threading.Event().wait(0.01)
    assert len(runs.read_text()) == 3
    assert sum("the office crashed" in line for line in said) == 2
    assert not any("the centre" in line for line in said)
    household.pass_on(15)
    thread.join(10)
    assert ended == [0]


ORPHANING = (
    "import os, signal, subprocess, sys; from pathlib import Path; "
    "left = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']); "
    "Path(sys.argv[1]).write_text(str(left.pid)); os.kill(os.getpid(), signal.SIGKILL)"
)


def test_who_outlives_a_killed_head_is_ended_before_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "left"
    supervisor = Supervisor([sys.executable, "-c", ORPHANING, str(file)], lambda _line: None)
    supervisor._live_once()
    left = Path(f"/proc/{file.read_text()}/stat")
    until = monotonic() + 5
    while left.exists() and left.read_text().split(") ")[1][0] != "Z":
        assert monotonic() < until, "its worker lives on"


SUPERVISING = (
    "import sys; from pasokh.drivers.supervisor import supervise; "
    "sys.exit(supervise(sys.argv[1:], lambda line: print(line, file=sys.stderr, flush=True)))"
)
LASTING = (
    "import os, signal, sys; from pathlib import Path; "
    "signal.signal(15, lambda *_: sys.exit(0)); file = open(sys.argv[1], 'a'); "
    "file.write(f'{os.getpid()}\\n'); file.flush(); signal.pause()"
)


@pytest.mark.slow
def test_who_outlives_a_killed_supervisor_is_watched_and_not_started_twice(tmp_path: Path) -> None:
    file, words = tmp_path / "started", tmp_path / "words"
    child = [sys.executable, "-c", LASTING, str(file)]
    line = [sys.executable, "-c", SUPERVISING, *child]
    first = subprocess.Popen(line, stderr=subprocess.DEVNULL)
    _until(lambda: file.exists() and file.read_text(), "it is started")
    first.kill()
    first.wait(10)
    with words.open("wb") as said:
        second = subprocess.Popen(line, stderr=said)
    _until(lambda: "runs already" in words.read_text(), "it is found")
    [pid] = file.read_text().split()
    os.kill(int(pid), signal.SIGKILL)
    _until(lambda: len(file.read_text().split()) == 2, "its end is noticed")
    second.terminate()
    assert second.wait(10) == 0
    assert len(file.read_text().split()) == 2


@pytest.mark.slow
def test_a_child_of_a_living_supervisor_is_no_orphan(tmp_path: Path) -> None:
    file = tmp_path / "started"
    child = [sys.executable, "-c", LASTING, str(file)]
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISING, *child])
    _until(lambda: file.exists() and file.read_text(), "it is started")
    assert orphan_of(child) is None
    supervisor.terminate()
    assert supervisor.wait(10) == 0


def _until(true: Callable[[], object], what: str) -> None:
    end = monotonic() + 10
    while not true():
        assert monotonic() < end, f"never came true: {what}"
        threading.Event().wait(0.01)
