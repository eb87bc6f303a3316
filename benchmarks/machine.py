"""The machine in general words: what a reader needs to place the figures, and no name of it."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import apsw
from msgspec import Struct


class Machine(Struct, frozen=True):
    """Cores, memory and versions; the load average (1 minute) before and after the run."""

    cores: int
    memory_gib: int
    system: str
    python: str
    sqlite: str
    uvloop: str
    load_before: float
    load_after: float


def machine_now(load_before: float) -> Machine:
    """Describe this machine after a run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        memory_gib=round(memory / 2**30),
        system=f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        sqlite=apsw.sqlite_lib_version(),
        uvloop=version("uvloop"),
        load_before=load_before,
        load_after=load_now(),
    )


def load_now() -> float:
    """Give the load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def rss_mib() -> float:
    """Give the resident memory of this process (MiB)."""
    return pages_mib("self")


def pages_mib(process: int | str) -> float:
    """Give the resident memory of a process (MiB)."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def pin(core: int) -> None:
    """Keep this process on one core, where there are two or more."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[core % len(cores)]})
