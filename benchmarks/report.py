"""The table: printed, and kept as JSON and as a page of the reference."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

import msgspec
from msgspec import Struct

from benchmarks.machine import Machine
from benchmarks.rows import Judged, Row

HEADINGS = ("id", "work", "size", "ours", "yardstick", "theirs", "ratio", "bar", "met")
# Speed of the machine, load on the line, what is found in data, what readers are given.
_LETTERS = "SLDN"
_MET = {True: "yes", False: "**no**", None: ""}
_INTRO = """# Speed

Written by `./script/bench`; do not edit. Every bar is a ratio measured side by side in one run:
machines are noisy, ratios carry, absolute figures are this machine's. Each cell is the median of
the rounds (smallest to largest). Nothing here is a test: no test of ours asserts a time.
"""


class Bench(Struct, frozen=True):
    """One run: the machine and its rows, as the JSON beside the page keeps them."""

    machine: Machine
    rows: Sequence[Row]


def cells_of(row: Row) -> tuple[str, ...]:
    """Write a row's cells in the order of HEADINGS."""
    ratio = _spread(row.ratios) + " x" if row.ratios else ""
    return (
        row.id,
        row.work,
        row.size,
        f"{_spread(row.ours)} {row.unit}",
        row.yardstick,
        _spread(row.theirs) if row.theirs else "",
        ratio,
        row.bar.text(row.unit),
        _MET[row.met],
    )


def table_of(rows: Sequence[Row]) -> str:
    """Write the table (Markdown)."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *map(cells_of, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page_of(bench: Bench) -> str:
    """Write the page of the reference."""
    m = bench.machine
    told = (
        f"{m.cores} cores, {m.memory_gib} GiB of memory, {m.system}, {m.python}, "
        f"SQLite {m.sqlite}, uvloop {m.uvloop}. "
        f"Load average before {m.load_before}, after {m.load_after} (this run included)."
    )
    notes = [f"- {row.id}, {row.size}: {row.note}" for row in bench.rows if row.note]
    parts = [_INTRO, f"Machine: {told}\n", table_of(bench.rows), ""]
    if notes:
        parts += ["## Notes\n", *notes, ""]
    return "\n".join(parts)


def keep(bench: Bench, folder: Path) -> Bench:
    """Write page and JSON; rows of benchmarks that did not run now stay as they were."""
    file = folder / "speed.json"
    ran = {row.id for row in bench.rows}
    old = msgspec.json.decode(file.read_bytes(), type=Bench).rows if file.exists() else ()
    rows = [*bench.rows, *(row for row in old if row.id not in ran)]
    rows.sort(key=lambda row: (_LETTERS.index(row.id[0]), int(row.id[1:])))  # S10 after S9
    whole = Bench(bench.machine, rows)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")
    (folder / "speed.md").write_text(page_of(whole), encoding="utf-8")
    return whole


def missed(rows: Sequence[Row]) -> list[Row]:
    """Give the rows that do not clear their bar."""
    return [row for row in rows if row.bar.judged is not Judged.NOTHING and not row.met]


def _spread(values: Sequence[float]) -> str:
    middle = _figure(median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({_figure(min(values))} to {_figure(max(values))})"


def _figure(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
