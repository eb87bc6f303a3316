"""Run the benchmarks: all, or those named. `--quick` is a smoke test and keeps nothing."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.benches import BENCHES, bench
from benchmarks.machine import load_now, machine_now
from benchmarks.report import Bench, keep, missed, table_of
from benchmarks.rows import Plan, Row

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, keep; 0 when every bar is met."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("ids", nargs="*", help=f"which of {', '.join(BENCHES)}; all by default")
    parser.add_argument("--quick", action="store_true", help="one small round; keeps nothing")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.ids) - set(BENCHES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {', '.join(BENCHES)}")
    load_before = load_now()
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(str(folder), quick=asked.quick)
    rows = [row for name in asked.ids or BENCHES for row in _alone(name, plan)]
    print(table_of(rows))
    if not asked.quick:
        keep(Bench(machine_now(load_before), rows), REFERENCE)
    return 1 if missed(rows) and not asked.quick else 0


def _alone(name: str, plan: Plan) -> list[Row]:
    """Run a benchmark in a process of its own, so that none inherits another's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        return one.submit(bench, name, plan).result()


if __name__ == "__main__":
    sys.exit(main())
