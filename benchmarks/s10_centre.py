"""S10 at the real centre: a desk's cold start, and one desk's order on another desk's screen."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.desk_browser import PROBE, SCREEN, share_of
from benchmarks.desk_people import DISPATCHERS, PASSWORD
from benchmarks.disk import fresh_folder
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from benchmarks.served import free_port, started

DESK = "/office/fa/desk/dispatch/"
SIGN_IN = "/office/fa/accounts/login/"
INCIDENTS, EACH_SECONDS = 10, 0.11
_START_SECONDS = 60.0
_ORDER = """async ([route, command]) => {
  const { newId } = await import("/office/static/desk/kernel/ids.js");
  const at = performance.timeOrigin + performance.now();
  const answer = await fetch(`/commands/${route}`, { method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: newId(), command }) });
  if (!answer.ok) throw new Error(await answer.text());
  return at;
}"""
_WEIGHT = """() => ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
  .filter(({ name }) => !name.includes("/desk/snapshot") && !name.includes("/desk/stream"))
  .map(({ name, encodedBodySize }) => [name, encodedBodySize])"""


def bench(plan: Plan, chromium: Browser) -> list[Row]:
    """Start a centre as an operator does, sign in, and measure."""
    with fresh_folder(plan.folder) as folder, _centre(str(folder)) as (at, codes):
        kept = [_signed_in(chromium, at, person, codes[person]) for person in DISPATCHERS]
        starts = [_cold_start(chromium, at, kept[0]) for _ in range(plan.rounds)]
        late = _seen_elsewhere(chromium, at, kept, plan.sized(200, 20))
    return [*_start_rows(starts), *_late_rows(late)]


@contextmanager
def _centre(folder: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give its address, and a code for each dispatcher's second step."""
    port = free_port()
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk_people", folder, str(port)],
        check=True,
        capture_output=True,
    )
    at = f"http://127.0.0.1:{port}"
    run = ["run", "--empty", "--data", folder, "--port", str(port)]
    with started([sys.executable, "-m", "pasokh.cli", *run], port):
        until = monotonic() + _START_SECONDS
        while not _opens(at + SIGN_IN):
            if monotonic() > until:
                raise RuntimeError(f"the office did not open within {_START_SECONDS:g} s")
            sleep(0.1)
        yield at, json.loads(made.stdout)


def _opens(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
            return int(answer.status) == 200
    except URLError:
        return False


def _signed_in(chromium: Browser, at: str, person: str, code: str) -> Any:
    """Sign in with password and code; give the cookies."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(at + SIGN_IN)
    page.fill("#id_login", person)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.fill('input[name="code"]', code)
    page.press('input[name="code"]', "Enter")
    page.wait_for_url(f"{at}/office/fa/")
    kept = context.storage_state()
    context.close()
    return kept


def _cold_start(chromium: Browser, at: str, kept: Any) -> dict[str, float]:
    """Open the desk with nothing in the cache; type as soon as there is a line to type in."""
    context = _desk_context(chromium, kept)
    page = context.new_page()
    wire: list[float] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: wire.append(told["encodedDataLength"]))
    page.goto(at + DESK, wait_until="commit")
    page.evaluate("bench.until(() => document.activeElement?.id === 'bar')")
    page.keyboard.press("d")
    usable = page.evaluate("bench.until(() => document.getElementById('bar').value === 'd')")
    page.evaluate("document.fonts.ready.then(() => null)")
    page.wait_for_selector('#line[data-state="live"]')
    sleep(0.3)
    bodies = page.evaluate(_WEIGHT)
    context.close()
    return {
        "body": sum(size for _, size in bodies) / 1e3,
        "wire": sum(wire) / 1e3,
        "files": len(bodies),
        "fonts": sum(size for name, size in bodies if name.endswith("woff2")) / 1e3,
        "seconds": usable / 1e3,
    }


def _start_rows(starts: list[dict[str, float]]) -> list[Row]:
    first = starts[0]
    note = (
        f"{first['files']:.0f} answers; fonts {first['fonts']:.1f} kB of it; with every header "
        f"and the empty snapshot {first['wire']:.1f} kB"
    )
    asked = (
        ("bytes of page, modules, styles, font as sent", "kB", "body", 120, note),
        ("first key that is taken", "s", "seconds", 1.5, ""),
    )
    return [
        Row(
            id="S10",
            work=f"cold start: {work}",
            size="real centre, the browser's cache empty",
            unit=unit,
            ours=[one[field] for one in starts],
            bar=Bar(Judged.OURS, most=most),
            note=told,
        )
        for work, unit, field, most, told in asked
    ]


def _seen_elsewhere(chromium: Browser, at: str, kept: list[Any], count: int) -> list[float]:
    """Give how many milliseconds each order of one desk took to be painted on the other."""
    contexts = [_desk_context(chromium, one) for one in kept]
    asking, looking = (_desk(context, at) for context in contexts)
    names = [f"i-{number}" for number in range(INCIDENTS)]
    for name in names:
        order = {"incident_id": name, "incident_type": "fight", "county": "0901"}
        asking.evaluate(_ORDER, ["open-incident", order])
    looking.wait_for_selector("#incidents .grid-row")
    sleep(1.0)
    looking.keyboard.press("Enter")
    rows = "document.querySelectorAll('#incidents .grid-row').length"
    looking.evaluate(f"bench.until(() => {rows} >= {INCIDENTS})")
    looking.evaluate("bench.watch(document.getElementById('incidents'))")
    sent = {}
    for number in range(count):
        name, level = names[number % INCIDENTS], 2 + (number // INCIDENTS) % 4
        order = {"incident_id": name, "priority": level, "reasons": ["seen there"]}
        begun = monotonic()
        told = asking.evaluate(_ORDER, ["prioritise-incident", order])
        sent[name, level, number // INCIDENTS] = told
        sleep(max(0.0, EACH_SECONDS * (0.7 + 0.06 * (number % 11)) - (monotonic() - begun)))
    sleep(1.0)
    seen = looking.evaluate("bench.rows")
    for context in contexts:
        context.close()
    return [_first(seen, name, level, told) - told for (name, level, _), told in sent.items()]


def _first(seen: list[tuple[str, int, float]], name: str, level: int, told: float) -> float:
    return next(when for row, shown, when in seen if (row, shown) == (name, level) and when > told)


def _desk_context(chromium: Browser, kept: Any) -> BrowserContext:
    context = chromium.new_context(viewport=SCREEN, storage_state=kept, locale="fa-IR")
    context.add_init_script(path=PROBE)
    return context


def _desk(context: BrowserContext, at: str) -> Page:
    page = context.new_page()
    page.goto(at + DESK)
    page.wait_for_selector('#line[data-state="live"]')
    return page


def _late_rows(late: list[float]) -> list[Row]:
    return [
        Row(
            id="S10",
            work=f"an order of one desk painted on another, {name}",
            size=f"real centre, {len(late)} orders, two desks",
            unit="ms",
            ours=[share_of(late, share)],
            bar=Bar(Judged.OURS, most=300) if share > 0.9 else NO_BAR,
        )
        for name, share in (("p99", 0.99), ("p50", 0.50))
    ]
