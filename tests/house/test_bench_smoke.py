"""The benchmarks run, hold a bar against the median, and keep nothing after a smoke run."""

import os
import shutil
import subprocess
import sys

import pytest

from benchmarks.benches import BENCHES
from benchmarks.report import cells_of, missed
from benchmarks.rows import Bar, Judged, Row
from tests.adapters.telephony.kamailio.switchboard import EVAPI
from tests.browser.chromium import NO_CHROMIUM, chromium_here
from tests.house.tree import ROOT
from tests.house.whole import only_whole

BROWSER = ("S10", "S11", "L1", "L2", "L3")
SWITCH = ("L1", "L2")


def _row(ours: list[float], bar: Bar) -> Row:
    return Row(
        id="S0", work="nothing", size="1", unit="ms", ours=ours, theirs=[2.0, 2.0, 2.0], bar=bar
    )


@pytest.mark.parametrize(
    ("bar", "is_met"),
    [
        (Bar(Judged.RATIO, least=10), True),
        (Bar(Judged.RATIO, least=11), False),
        (Bar(Judged.RATIO, most=9), False),
        (Bar(Judged.OURS, most=20), True),
        (Bar(Judged.OURS, most=19), False),
    ],
)
def test_the_median_of_the_rounds_is_held_against_the_bar(bar: Bar, *, is_met: bool) -> None:
    row = _row([2.0, 20.0, 90.0], bar)
    assert row.met is is_met
    assert (row in missed([row])) is not is_met


def test_a_row_without_a_bar_is_not_judged() -> None:
    row = _row([2.0, 20.0, 90.0], Bar())
    assert row.met is None
    assert not missed([row])
    assert cells_of(row)[6] == "10.0 (1.00 to 45.0) x"


@pytest.mark.slow
@pytest.mark.parametrize(
    "bench_id",
    # L2 is L1 at another size.
    [pytest.param(one, marks=only_whole) if one == "L2" else one for one in BENCHES],
)
def test_a_benchmark_runs_small_and_keeps_nothing(bench_id: str) -> None:
    chromium = chromium_here()
    if bench_id in BROWSER and not chromium:
        pytest.skip(NO_CHROMIUM)
    if bench_id in SWITCH and not (EVAPI and shutil.which("sipp")):
        pytest.skip("no switch or caller: apt-get install kamailio-extra-modules sip-tester")
    page = ROOT / "docs" / "reference" / "speed.md"
    before = page.read_bytes() if page.exists() else None
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", bench_id],
        cwd=ROOT,
        env=os.environ | {"PASOKH_CHROMIUM": chromium or ""},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    assert f"| {bench_id} | " in ran.stdout
    assert (page.read_bytes() if page.exists() else None) == before
