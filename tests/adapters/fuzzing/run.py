"""Runs the fuzzer on each target and prints what it did; `script/fuzz` starts it."""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
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


Fuzz = Callable[..., Ran]


@contextmanager
def fuzzer() -> Iterator[Fuzz]:
    """Start the fuzzer; give what fuzzes a target: its name, a folder, flags, and `seconds`."""
    with TemporaryFile() as said:
        line = [sys.executable, "-m", "tests.adapters.fuzzing.fuzz"]
        process = Popen(line, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=said, text=True)
        asking, answers = process.stdin, process.stdout
        assert asking
        assert answers

        def fuzz(name: str, folder: Path, *flags: str, seconds: int) -> Ran:
            folder.mkdir(parents=True, exist_ok=True)
            asking.write(json.dumps([name, str(folder), flags, seconds]) + "\n")
            asking.flush()
            code = answers.readline()
            if not code:
                said.seek(0)
                raise AssertionError(said.read().decode()[-3_000:])
            return _ran(int(code), folder)

        yield fuzz
        process.communicate()


def _ran(code: int, folder: Path) -> Ran:
    """Read what a run said of itself."""
    words = Path(f"{folder}.txt").read_text("utf-8", errors="replace")
    numbers = re.findall(r"cov: (\d+) ft: (\d+)", words)
    branches, features = numbers[-1] if numbers else ("0", "0")
    ran = re.search(r"stat::number_of_executed_units: (\d+)", words)
    peak = re.search(r"stat::peak_rss_mb: +(\d+)", words)
    return Ran(
        code,
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
    flags = f"-max_total_time={arguments.seconds}", "-seed=0"
    with fuzzer() as fuzz:
        for name in arguments.targets or TARGETS:
            ran = fuzz(name, KEPT / name, *flags, seconds=arguments.seconds * 5 + 120)
            numbers = f"{ran.executions:>10}  {ran.branches:>8}  {ran.features:>8}"
            tell(f"{name:10} {numbers}  {ran.megabytes:>7}  {len(ran.broken)}")
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
