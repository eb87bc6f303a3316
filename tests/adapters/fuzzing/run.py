"""Runs the fuzzer on each target and prints what it did; `script/fuzz` starts it."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.adapters.fuzzing.targets import TARGETS
from tests.house.tree import ROOT

FOUND = Path(__file__).parent / "found"
KEPT = ROOT / ".fuzz"


class Ran(NamedTuple):
    """What a run did: executions, branches reached, features, and what it broke."""

    code: int
    executions: int
    branches: int
    features: int
    megabytes: int
    broken: list[Path]
    words: str


def fuzz(name: str, folder: Path, *flags: str, seconds: int) -> Ran:
    """Fuzz one target; `seconds` is when it is taken for hung."""
    folder.mkdir(parents=True, exist_ok=True)
    # A shell between: a program that is started by a large one has its starter's peak of memory,
    # and the fuzzer takes that for its own.
    line = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-m"]
    line += ["tests.adapters.fuzzing.fuzz", name, str(folder), *flags]
    done = subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
    )
    words = done.stderr
    numbers = re.findall(r"cov: (\d+) ft: (\d+)", words)
    branches, features = numbers[-1] if numbers else ("0", "0")
    ran = re.search(r"stat::number_of_executed_units: (\d+)", words)
    peak = re.search(r"stat::peak_rss_mb: +(\d+)", words)
    return Ran(
        done.returncode,
        int(ran[1]) if ran else 0,
        int(branches),
        int(features),
        int(peak[1]) if peak else 0,
        sorted(folder.glob("broken-*")),
        words[-3_000:],
    )


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=int, default=60, help="for each target")
    parser.add_argument("targets", nargs="*", help=", ".join(TARGETS))
    arguments = parser.parse_args()
    wrong = 0
    tell("target     executions  branches  features  peak MB  broken")
    for name in arguments.targets or TARGETS:
        flags = f"-max_total_time={arguments.seconds}", "-seed=0"
        ran = fuzz(name, KEPT / name, *flags, seconds=arguments.seconds * 5 + 120)
        counts = f"{ran.executions:>10}  {ran.branches:>8}  {ran.features:>8}  {ran.megabytes:>7}"
        tell(f"{name:10} {counts}  {len(ran.broken)}")
        if ran.code or ran.broken:
            wrong += 1
            tell(ran.words)
            _keep(name, ran.broken)
    return wrong


def _keep(name: str, broken: list[Path]) -> None:
    """Make what was found a test for ever (tests/adapters/fuzzing/test_found.py)."""
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    for path in broken:
        kept = shutil.copy(path, FOUND / name / path.name.removeprefix("broken-"))
        tell(f"kept as {kept}: mend the reader, and commit both")
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
