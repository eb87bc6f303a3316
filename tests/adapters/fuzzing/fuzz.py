"""Fuzzes one target, a program of its own: python -m ...fuzzing.fuzz TARGET FOLDER [FLAG...].

Stops on the first exception, on the first input that costs as much as many ordinary calls
(tests/adapters/pace.py), and when the memory passes its bound. Flags are libFuzzer's.
"""

import importlib
import sys
from pathlib import Path

import atheris

MEGABYTES_MAX = 700
SEED = 20261124


def main() -> None:
    name, folder, flags = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    with atheris.instrument_imports(include=["pasokh.adapters", "pasokh.words.phone"]):
        target = importlib.import_module("tests.adapters.fuzzing.targets").TARGETS[name]
        pace = importlib.import_module("tests.adapters.pace")  # its reader is as slow as the target
    for number, seed in enumerate(target.seeds):
        (folder / f"seed-{number}").write_bytes(seed)

    def try_one(data: bytes) -> None:
        worth = pace.invites_worth(lambda: target.read(data))
        if worth >= pace.INVITES_MAX:
            message = f"{len(data)} bytes cost as much as {worth:.0f} INVITEs"
            raise TimeoutError(message)

    limits = ["-max_len=20000", "-timeout=180", f"-rss_limit_mb={MEGABYTES_MAX}"]
    limits += ["-print_final_stats=1"]
    limits += flags if any("-seed" in flag for flag in flags) else [*flags, f"-seed={SEED}"]
    artifact = f"-artifact_prefix={folder}/broken-"
    atheris.Setup([sys.argv[0], *limits, artifact, str(folder)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
