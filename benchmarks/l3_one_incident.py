"""L3: five thousand calls to one incident, with a dispatcher who looks at it."""

import json
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from playwright.sync_api import Page

from benchmarks.desk_browser import PROBE, Watched, browser, share_of, watch
from benchmarks.disk import fresh_folder
from benchmarks.machine import pages_mib
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.core.people import Role
from tests.browser.desks import DeskCentre, desk_centre

INCIDENT = "i-one"
_CALLS = 5_000
_SHARE = 10
_KEY_MS = 100
_MEMORY_MIB = 64


class Feed:
    """Machines that offer calls, answer them, link them to the one incident and end them."""

    def __init__(self, centre: DeskCentre) -> None:
        """Open the incident."""
        now = 1_700_000_000_000
        token = add_token(
            centre.folder, name="feed", role=Role.CALL_TAKER, scopes=tuple(Scope), now=now
        )
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._line = HTTPConnection("127.0.0.1", int(centre.url.rpartition(":")[2]))
        self.link_ms: list[float] = []
        self.failed: Exception | None = None
        self.ask("open-incident", {"incident_id": INCIDENT, "incident_type": "dispute"})

    def feed(self, calls: int) -> None:
        """Let calls come one after the other."""
        try:
            for number in range(calls):
                self._call(f"c-{number:05}", f"+44207946{number % 1000:04}")
        except (AssertionError, OSError) as fault:  # told by whoever waits for the thread
            self.failed = fault

    def _call(self, call: str, number: str) -> None:
        self.ask("offer-call", {"call_id": call}, {"number": number})
        self.ask("answer-call", {"call_id": call})
        begun = monotonic()
        self.ask("link-call", {"call_id": call, "incident_id": INCIDENT})
        self.link_ms.append((monotonic() - begun) * 1e3)
        self.ask("end-call", {"call_id": call})

    def ask(self, name: str, command: dict[str, Any], words: dict[str, str] | None = None) -> None:
        """Ask, and be told that it is done."""
        order = {"id": f"{name}-{command.get('call_id', '')}", "command": command, "words": words}
        self._line.request("POST", f"/commands/{name}", json.dumps(order), self._headers)
        answer = self._line.getresponse()
        told = answer.read()
        assert answer.status == 200, told


def bench(plan: Plan) -> list[Row]:
    """Let the calls come while the dispatcher types."""
    calls = plan.sized(_CALLS, 50)
    with (
        fresh_folder(plan.folder) as folder,
        desk_centre(Path(folder), seats=0) as centre,
        browser() as chromium,
    ):
        feed = Feed(centre)
        context = centre.context(chromium, "p-reza")
        context.add_init_script(path=PROBE)
        page = centre.open(context, "dispatch")
        _look_at_it(page)
        memory = pages_mib(centre.control_room_pid())
        seen = _watched(page, lambda: feed.feed(calls))
        assert feed.failed is None, feed.failed
        grown = pages_mib(centre.control_room_pid()) - memory
        wire = _bytes_of(centre)
        quiet = watch(page, plan.sized(10, 1))
        context.close()
    return _rows(feed.link_ms, seen, quiet, grown, wire)


def _look_at_it(page: Page) -> None:
    page.locator(f"#incidents-{INCIDENT}").click()
    page.wait_for_selector(".pane-head")


def _watched(page: Page, run: Callable[[], None]) -> list[Watched]:
    """Type while it runs; give what was seen second for second of it."""
    thread = Thread(target=run)
    thread.start()
    seen = []
    while thread.is_alive():
        seen.append(watch(page, 3.0))
    thread.join()
    return seen


def _bytes_of(centre: DeskCentre) -> int:
    """How much goes to each desk whenever the incident changes."""
    return len(json.dumps(centre.one("incident", INCIDENT)))


def _rows(
    link_ms: list[float], seen: list[Watched], quiet: Watched, grown: float, wire: int
) -> list[Row]:
    calls = len(link_ms)
    tenth = max(1, calls // _SHARE)
    size = f"{calls:,} calls to one incident, a dispatcher looks at it"
    first, last = (share_of(part, 0.5) for part in (link_ms[:tenth], link_ms[-tenth:]))
    rows = [
        ("link a call, p50 of the last tenth", "ms", last, Bar(Judged.RATIO, most=2), first),
        ("link a call, p99", "ms", share_of(link_ms, 0.99), NO_BAR, None),
        ("resident memory that they took", "MiB", grown, Bar(Judged.OURS, most=_MEMORY_MIB), None),
        ("the incident as it is sent at each change", "kB", wire / 1e3, Bar(Judged.OURS, most=4)),
        (
            "key to paint while they come, p95 of each 3 s",
            "ms",
            [one.key_p95 for one in seen],
            Bar(Judged.OURS, most=_KEY_MS),
        ),
        ("key to paint after them, p95", "ms", quiet.key_p95, Bar(Judged.OURS, most=_KEY_MS)),
        (
            "tasks over 100 ms while they come, in each 3 s",
            "tasks",
            [float(one.long_tasks) for one in seen],
            Bar(Judged.OURS, most=0),
        ),
    ]
    return [
        Row(
            id="L3",
            work=work,
            size=size,
            unit=unit,
            ours=value if isinstance(value, list) else [value],
            yardstick="" if not their or their[0] is None else "p50 of the first tenth",
            theirs=[their[0]] if their and their[0] is not None else (),
            bar=bar,
        )
        for work, unit, value, bar, *their in rows
    ]
