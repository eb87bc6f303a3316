"""Which share of a core each program took: was ours slow, or had it nothing to run on."""

import os
from collections import Counter
from pathlib import Path
from time import monotonic

# What a command line has in it, and whose it is; the first that fits.
_WHOSE = (
    (b"rtpengine.ear", "listening for speech"),
    (b"rtpengine", "carrier of voices"),
    (b"kamailio", "switch"),
    (b"sipp", "callers and telephones"),
    (b"chrom", "browser"),
    (b"pasokh.cli\0serve", "control room"),
    (b"pasokh.cli\0office", "office"),
    (b"benchmarks", "benchmark"),
    (b"playwright", "benchmark"),
)
_ELSE = "everything else"


class CoreShares:
    """Begins to count when it is made."""

    def __init__(self) -> None:
        """Note what each process has used up to now."""
        self._before = _used()
        self._began = monotonic()

    def told(self) -> str:
        """Say who took how much of a core since then, the most first."""
        lasted = monotonic() - self._began
        used: Counter[str] = Counter()
        for (pid, whose), seconds in _used().items():
            used[whose] += seconds - self._before.get((pid, whose), 0.0)
        shares = [f"{whose} {took / lasted:.0%}" for whose, took in used.most_common()]
        return f"of a core, {os.cpu_count()} there are: {', '.join(shares)}"


def _used() -> dict[tuple[str, str], float]:
    """Give the seconds of a core that each process has used, by its number and whose it is."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes()
            times = (place / "stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        except OSError:  # it has ended
            continue
        whose = next((whose for sign, whose in _WHOSE if sign in line), _ELSE)
        found[place.name, whose] = (int(times[11]) + int(times[12])) / tick
    return found
