"""S11: the headline of a day and of a year checked from public files only, by a stranger.

The stand-alone verifier runs as a reader runs it, a new Python each time; the page is opened in a
browser that has nothing of it yet. Both work the figure out of every open row of its days.
"""

import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from msgspec import Struct
from playwright.sync_api import Browser

from benchmarks.desk_browser import browser
from benchmarks.disk import fresh_folder
from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.account.disclosure.days import publish
from pasokh.account.disclosure.rows import PublicRow, totals
from pasokh.account.figures import percent
from pasokh.account.proofs.leaf import FigureLeaf, OpenRowsLeaf, write_leaf
from pasokh.account.proofs.values import ShareValue
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.stand_alone import VERIFIER_PATH, publish_verifier
from pasokh.core.time import iso_day
from tests.account.disclosure.days import LISTS, random_day
from tests.browser.modules import served

DAY_BAR = Bar(Judged.OURS, most=5)
YEAR_BAR = Bar(Judged.OURS, most=60)
YARDSTICK = "a Python that starts, and reads and hashes the same files"
_CALLS, _DAYS = 15_000, 365
# So many days are drawn; the year repeats them.
_DRAWN = 28
_OPERATIONAL = ("O1", "O2", "operational")
_OTHER = ("V", "R", "H", "P", "N1", "X", "N2", "N3", "other_answered")
_READ = """import sys
from hashlib import sha256
from pathlib import Path
for path in sys.argv[1:]:
    sha256(Path(path).read_bytes()).hexdigest()
"""


class Told(Struct, frozen=True):
    """A published folder: where, whose, and the figure of so many days of it."""

    public: Path
    key: str
    figure: str
    inputs: tuple[str, ...]
    days: int


def bench(plan: Plan) -> list[Row]:
    """Publish a day and a year, and let both check their headlines."""
    with fresh_folder(plan.folder) as folder, browser() as chromium:
        year = plan.sized(_DAYS, 3)
        told = [_published(folder, name, days) for name, days in (("day", 1), ("year", year))]
        bars = (DAY_BAR, YEAR_BAR)
        alone = [_alone(plan, *one) for one in zip(told, bars, strict=True)]
        page = [_page(plan, chromium, *one) for one in zip(told, bars, strict=True)]
    return [*alone, *page]


def _published(folder: Path, name: str, days: int) -> Told:
    """Publish days as a centre does, and one figure that is made of the rows of all of them."""
    public, key_file = folder / name, folder / "keys" / name / "log.key"
    key = make_log_key(key_file, f"centre.example/{name}")
    files = DiskFiles(public)
    rows: list[PublicRow] = []
    inputs = {}
    drawn = [random_day(_CALLS, seed) for seed in range(min(days, _DRAWN))]
    for day in range(days):
        opened = publish(20_000 + day, drawn[day % _DRAWN], LISTS).rows
        raw = _csv(opened)
        path = f"days/{day:03}/calls.csv"
        files.write(path, raw)
        inputs[path] = sha256(raw).hexdigest()
        rows += opened
    sums = totals(rows)
    share = percent(sums.operational, sums.answered)
    base = (*_OPERATIONAL, *_OTHER)
    value = ShareValue(_OPERATIONAL, base, sums.operational, sums.answered, share)
    figure = write_leaf(
        FigureLeaf(name, value, "operational-share", "1.0", inputs, "2026-11-29", "bench")
    )
    files.write(f"{name}.json", figure)
    with opened_log(public, key_file) as log:
        log.append([write_leaf(OpenRowsLeaf(path, digest)) for path, digest in inputs.items()])
        (index,) = log.append([figure])
        log.sign()
        files.write(f"{name}.json.tlog-proof", log.proof_of(index))
    publish_verifier(files, key)
    return Told(public, str(key), f"{name}.json", tuple(inputs), days)


def _csv(rows: Iterable[PublicRow]) -> bytes:
    lines = ["from,to,level,county,kind,class,count"]
    lines += [
        f"{iso_day(row.from_day)},{iso_day(row.to_day)},{row.level},{row.county},{row.kind},"
        f"{row.call_class},{row.count}"
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _alone(plan: Plan, told: Told, bar: Bar) -> Row:
    verifier = [sys.executable, "-I", str(told.public / VERIFIER_PATH), str(told.public)]
    paths = [str(told.public / path) for path in told.inputs]
    ours, theirs = [], []
    for _ in range(plan.rounds):
        theirs.append(_seconds([sys.executable, "-I", "-c", _READ, *paths]))
        ours.append(_seconds([*verifier, told.figure, "--log", told.key]))
    return _row("the stand-alone verifier", told, bar, ours, theirs)


def _page(plan: Plan, chromium: Browser, told: Told, bar: Bar) -> Row:
    query = urlencode({"language": "en", "figure": told.figure, "log": told.key})
    ours = []
    with served(told.public) as address:
        for _ in range(plan.rounds):
            page = chromium.new_page()
            started = perf_counter()
            page.goto(f"{address}/verify.html?{query}", wait_until="commit")
            verdict = page.locator(".verdict")
            verdict.wait_for(timeout=120_000)
            ours.append(perf_counter() - started)
            assert verdict.inner_text() == "PROVED", page.locator("#told").inner_text()
            page.close()
    return _row("the page in a browser, until its verdict is there", told, bar, ours, [])


def _row(who: str, told: Told, bar: Bar, ours: list[float], theirs: list[float]) -> Row:
    rows = sum((told.public / path).read_bytes().count(b"\n") - 1 for path in told.inputs)
    calls = told.days * _CALLS
    return Row(
        id="S11",
        work=f"the headline checked from public files: {who}",
        size=f"{told.days} day{'s' * (told.days > 1)}, {calls:,} calls in {rows:,} open rows",
        unit="s",
        ours=ours,
        yardstick=YARDSTICK if theirs else "",
        theirs=theirs,
        bar=bar,
    )


def _seconds(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - started
