"""Fuzzes one target, a program of its own: python -m ...fuzzing.fuzz TARGET FOLDER [FLAG...].

Stops on the first exception, on the first input that takes over 100 ms twice (of a processor that
the instruments slow), and when the memory passes its bound. Flags are libFuzzer's.
"""

import importlib
import sys
from pathlib import Path
from time import process_time

import atheris

SECONDS_MAX = 0.1
MEGABYTES_MAX = 700
SEED = 20261124


def main() -> None:
    name, folder, flags = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    with atheris.instrument_imports(include=["pasokh.adapters", "pasokh.words.phone"]):
        target = importlib.import_module("tests.adapters.fuzzing.targets").TARGETS[name]
    for number, seed in enumerate(target.seeds):
        (folder / f"seed-{number}").write_bytes(seed)

    def once(data: bytes) -> float:
        before = process_time()
        target.read(data)
        return process_time() - before

    def try_one(data: bytes) -> None:
        if once(data) > SECONDS_MAX and once(data) > SECONDS_MAX:
            message = f"{len(data)} bytes took more than {SECONDS_MAX} s"
            raise TimeoutError(message)

    limits = ["-max_len=20000", "-timeout=180", f"-rss_limit_mb={MEGABYTES_MAX}"]
    limits += ["-print_final_stats=1"]
    limits += flags if any("-seed" in flag for flag in flags) else [*flags, f"-seed={SEED}"]
    artifact = f"-artifact_prefix={folder}/broken-"
    atheris.Setup([sys.argv[0], *limits, artifact, str(folder)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
