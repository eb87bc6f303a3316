"""A fuzzer of one reader, a program of its own: python -m ...fuzz READER SECONDS FOLDER.

Stops with a crash on the first exception, and on the first input that takes over 100 ms twice
(of a processor that the instruments slow).
"""

import sys
from pathlib import Path
from time import process_time

import atheris

with atheris.instrument_imports(include=["pasokh.adapters.telephony.signalling"]):
    from tests.adapters.telephony.signalling import samples
    from tests.adapters.telephony.signalling.reading import READERS
    from tests.adapters.telephony.signalling.test_aml import DATA, FORM, FORM_LONG, V1, V2

SECONDS_MAX = 0.1


def main() -> None:
    name, seconds, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    read = READERS[name]
    seeds = [*samples.seeds(), V1.encode(), V2.encode(), DATA, FORM, FORM_LONG]
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(seed)

    def once(data: bytes) -> float:
        before = process_time()
        read(data)
        return process_time() - before

    def try_one(data: bytes) -> None:
        if once(data) > SECONDS_MAX and once(data) > SECONDS_MAX:
            message = f"{len(data)} bytes took more than {SECONDS_MAX} s"
            raise TimeoutError(message)

    limits = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=5", "-seed=20261124"]
    artifact = f"-artifact_prefix={folder}/broken-"
    atheris.Setup([sys.argv[0], *limits, artifact, str(folder)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
