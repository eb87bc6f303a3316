"""Fuzzes targets, a program of its own: python -m tests.adapters.fuzzing.fuzz, told what to do.

Each line of the input is one run, as JSON: [target, folder, flags, seconds after which it is hung].
When it is over its exit code is a line of the output, and what it said stands beside its folder.
To see which branches an input takes, atheris writes all code of the readers anew, and that takes
longer than most runs: it is done once, and each run is a copy of that process.

A run stops on the first exception, on the first input that costs as much as many ordinary calls
(tests/adapters/pace.py), and when the memory passes its bound. Flags are libFuzzer's.
"""

import importlib
import json
import os
import sys
from pathlib import Path
from signal import SIGKILL
from time import monotonic, sleep
from typing import TYPE_CHECKING, NoReturn

import atheris

if TYPE_CHECKING:
    from tests.adapters.fuzzing.targets import FuzzTarget

MEGABYTES_MAX = 700
SEED = 20261124


def main() -> None:
    with atheris.instrument_imports(include=["pasokh.adapters", "pasokh.words.phone"]):
        targets = importlib.import_module("tests.adapters.fuzzing.targets").TARGETS
        importlib.import_module("tests.adapters.pace")  # its reader is as slow as the target
    for line in sys.stdin:
        name, folder, flags, seconds = json.loads(line)
        run = os.fork()
        if not run:
            _fuzz(targets[name], folder, flags)
        sys.stdout.write(f"{_code_of(run, seconds)}\n")
        sys.stdout.flush()


def _code_of(run: int, seconds: int) -> int:
    """Wait for the end of a run; one that is hung is killed."""
    until = monotonic() + seconds
    while True:
        ended, status = os.waitpid(run, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if monotonic() > until:
            os.kill(run, SIGKILL)
            until = float("inf")
        sleep(0.02)


def _fuzz(target: "FuzzTarget", folder: str, flags: list[str]) -> NoReturn:
    with Path(f"{folder}.txt").open("wb") as said:
        os.dup2(said.fileno(), sys.stdout.fileno())
        os.dup2(said.fileno(), sys.stderr.fileno())
    pace = importlib.import_module("tests.adapters.pace")
    for number, seed in enumerate(target.seeds):
        Path(folder, f"seed-{number}").write_bytes(seed)

    def try_one(data: bytes) -> None:
        worth = pace.invites_worth(lambda: target.read(data))
        if worth >= pace.INVITES_MAX:
            message = f"{len(data)} bytes cost as much as {worth:.0f} INVITEs"
            raise TimeoutError(message)

    limits = ["-max_len=20000", "-timeout=180", f"-rss_limit_mb={MEGABYTES_MAX}"]
    limits += ["-print_final_stats=1", f"-artifact_prefix={folder}/broken-"]
    limits += flags if any("-seed" in flag for flag in flags) else [*flags, f"-seed={SEED}"]
    atheris.Setup([sys.argv[0], *limits, folder], try_one)
    atheris.Fuzz()
    raise AssertionError("the fuzzer ends its process")


if __name__ == "__main__":
    main()
