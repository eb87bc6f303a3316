"""S8: the live stream to 500 screens over real sockets, beside one screen on the same server.

Lateness is counted from the moment at which the centre took the command, before its commit, to
the moment at which the screen's process read it: commit and client are in it, so it says more
than from commit to socket. Halfway 50 screens are cut and come back with Last-Event-ID.
"""

import json
import subprocess
import sys

from benchmarks.disk import fresh_folder
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from benchmarks.screens import CUT, PER_SECOND
from benchmarks.served import Served, centre

SCREENS = 500
SECONDS = 6.0
P99_BAR = Bar(Judged.OURS, most=50)
FAULT_BAR = Bar(Judged.OURS, most=0)
LABEL = "the same server, one screen"


def bench(plan: Plan) -> list[Row]:
    """Measure lateness at 500 screens and at one, and count what a screen missed or saw twice."""
    many, seconds = plan.sized(SCREENS, 20), SECONDS if not plan.quick else 1.0
    ours, theirs = [], []
    with fresh_folder(plan.folder) as folder, centre(folder) as server:
        for _ in range(plan.rounds):
            theirs.append(_watch(server, 1, seconds))
            ours.append(_watch(server, many, seconds))
    size = f"{PER_SECOND} events/s to {many} screens"
    rows = [
        Row(
            id="S8",
            work=f"live stream, taken (before the commit) to read by the screen, {key}",
            size=size,
            unit="ms",
            ours=[run[key] for run in ours],
            yardstick=LABEL,
            theirs=[run[key] for run in theirs],
            bar=P99_BAR if key == "p99" else NO_BAR,
        )
        for key in ("p99", "p50")
    ]
    return [*rows, _faults(ours, min(CUT, many - 1))]


def _faults(runs: list[dict[str, float]], cut: int) -> Row:
    return Row(
        id="S8",
        work="live stream, facts missed, doubled or not there at the end",
        size=f"{cut} screens cut and back with Last-Event-ID",
        unit="facts",
        ours=[run["faults"] + run["behind"] for run in runs],
        bar=FAULT_BAR,
    )


def _watch(server: Served, screens: int, seconds: float) -> dict[str, float]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.screens"),
            *(str(server.port), server.token, str(screens), str(seconds)),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer
