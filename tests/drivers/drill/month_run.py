"""Lives days of so many calls each in a process of its own; says its memory after each (MiB)."""

import json
import os
import sys
from pathlib import Path

from msgspec import structs

from pasokh.core.time import DAY
from tests.drivers.drill.province_run import START, ProvinceRun, shipped

MIB = 1 << 20


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def main(days: int, calls_per_day: int) -> None:
    shape = shipped()
    demand = structs.replace(shape.demand, calls_per_day=calls_per_day)
    run = ProvinceRun(structs.replace(shape, demand=demand))
    after = {}
    for day in range(1, days + 1):
        run.drill.advance(START + day * DAY)
        run.facts.clear()
        after[day] = resident_mib()
    figured = len(run.room.centre.account.figures)
    refused = run.world.refusals.total()
    sys.stdout.write(json.dumps({"after": after, "figured": figured, "refused": refused}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
