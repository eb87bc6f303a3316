"""Lives a number of days in a process of its own and says its memory after each (MiB, JSON)."""

import json
import os
import sys
from pathlib import Path

from pasokh.core.time import DAY
from tests.drivers.drill.province_run import START, ProvinceRun

MIB = 1 << 20


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def main(days: int) -> None:
    run = ProvinceRun()
    after = {}
    for day in range(1, days + 1):
        run.drill.advance(START + day * DAY)
        run.facts.clear()
        after[day] = resident_mib()
    figured = len(run.room.centre.account.figures)
    refused = run.world.refusals.total()
    sys.stdout.write(json.dumps({"after": after, "figured": figured, "refused": refused}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
