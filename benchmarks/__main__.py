"""Run the benchmarks: all, or those named. `--quick` is a smoke test and keeps nothing."""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import (
    d1_duplicates,
    d2_places,
    d3_call_backs,
    l1_rates,
    l2_province,
    l3_one_incident,
    l4_one_number,
    n1_newsroom,
    s1_machine,
    s3_http,
    s4_fold,
    s5_archive,
    s8_stream,
    s9_memory,
    s10_desk,
    s11_verify,
    s12_subscribers,
)
from benchmarks.machine import load_now, machine_now
from benchmarks.report import Bench, keep, missed, table_of
from benchmarks.rows import Plan, Row

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
BENCHES: dict[str, Callable[[Plan], list[Row]]] = {
    "S1": s1_machine.bench,
    "S3": s3_http.bench,
    "S4": s4_fold.bench,
    "S5": s5_archive.bench,
    "S8": s8_stream.bench,
    "S9": s9_memory.bench,
    "S10": s10_desk.bench,
    "S11": s11_verify.bench,
    "S12": s12_subscribers.bench,
    "L1": l1_rates.bench,
    "L2": l2_province.bench,
    "L3": l3_one_incident.bench,
    "L4": l4_one_number.bench,
    "D1": d1_duplicates.bench,
    "D2": d2_places.bench,
    "D3": d3_call_backs.bench,
    "N1": n1_newsroom.bench,
}


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
    rows = [row for name in asked.ids or BENCHES for row in _alone(BENCHES[name], plan)]
    print(table_of(rows))
    if not asked.quick:
        keep(Bench(machine_now(load_before), rows), REFERENCE)
    return 1 if missed(rows) and not asked.quick else 0


def _alone(bench: Callable[[Plan], list[Row]], plan: Plan) -> list[Row]:
    """Run a benchmark in a process of its own, so that none inherits another's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        return one.submit(bench, plan).result()


if __name__ == "__main__":
    sys.exit(main())
