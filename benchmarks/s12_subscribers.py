"""S12: a changed feed brought to every subscriber of the newsroom's own hub.

Timed from the moment the publishing process's file is in its place until the last hundredth of the
subscribers has all of it. The deed is called as the newsroom calls it, with its pause between.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx

from benchmarks.disk import fresh_folder
from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.settings import Settings
from pasokh.wiring_newsroom import set_up

BAR = Bar(Judged.OURS, most=2_000)
YARDSTICK = "the same bodies posted by as many threads that keep nothing"
_SUBSCRIBERS, _CHANGES = 200, 5
_HUNDREDTH = 100
_ENTRY = "<entry><title>خبر</title><content>{}</content></entry>"


def bench(plan: Plan) -> list[Row]:
    """Measure the hub and the yardstick, round by round."""
    subscribers, changes = plan.sized(_SUBSCRIBERS, 5), plan.sized(_CHANGES, 1)
    with fresh_folder(plan.folder) as folder, _receivers() as (port, arrivals):
        feed = _newsroom(folder)
        urls = [f"http://127.0.0.1:{port}/{number}" for number in range(subscribers)]
        _subscribe(urls)
        ours, theirs = [], []
        with _beside():
            for turn in range(plan.rounds):
                bodies = [_body(turn * changes + one) for one in range(changes)]
                ours.append(_p99([_hub(feed, body, arrivals, subscribers) for body in bodies]))
                theirs.append(_p99([_bare(urls, body, arrivals) for body in bodies]))
    return [
        Row(
            id="S12",
            work="a release to each subscriber, p99",
            size=f"{subscribers} subscribers, a feed of {len(_body(0)) // 1_000} kB",
            unit="ms",
            ours=ours,
            yardstick=YARDSTICK,
            theirs=theirs,
            bar=BAR,
            note="up to 250 ms of it are the pause in which the hub does not look",
        )
    ]


def _newsroom(folder: Path) -> Path:
    """Set up a newsroom whose feed is published; give the feed's file."""
    (folder / "newsroom.toml").write_text("private_addresses = true\n")
    (folder / "publishing.toml").write_text('responsible = "bench"\n')
    published = set_up(Settings(data=folder)).published
    assert published is not None
    feed = published / "fa" / "news" / "atom.xml"
    feed.parent.mkdir(parents=True)
    feed.write_bytes(_body(-1))
    return feed


def _subscribe(urls: list[str]) -> None:
    from pasokh.newsroom.rows import prepare_rows, together  # noqa: PLC0415 - after set_up
    from pasokh.newsroom.syndication.deeds import send_waiting  # noqa: PLC0415
    from pasokh.newsroom.syndication.models import HubSubscription  # noqa: PLC0415
    from pasokh.newsroom.syndication.topics import fed_topics  # noqa: PLC0415

    prepare_rows()
    topic = next(fed_topics()).address
    until = int(time.time() * 1000) + 86_400_000
    with together():
        HubSubscription.objects.bulk_create(
            HubSubscription(topic=topic, callback=url, host="127.0.0.1", until=until)
            for url in urls
        )
    send_waiting()  # so that the first feed is known, and what follows is a change


@contextmanager
def _beside() -> Iterator[None]:
    """Call the room's deed as the newsroom does, beside what is measured."""
    from pasokh.newsroom.syndication.beside import DEEDS  # noqa: PLC0415 - after set_up

    (seconds, deed), *_ = DEEDS
    ending = Event()

    def again() -> None:
        while not ending.wait(seconds):
            deed()

    thread = Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()


def _hub(feed: Path, body: bytes, arrivals: Any, subscribers: int) -> list[float]:
    """Put a feed into its place, as the publishing process does; ms until each had it."""
    fresh = feed.with_suffix(".new")
    fresh.write_bytes(body)
    began = time.monotonic() * 1000
    fresh.replace(feed)
    return [arrived - began for arrived in _arrived(arrivals, subscribers)]


def _bare(urls: list[str], body: bytes, arrivals: Any) -> list[float]:
    from pasokh.newsroom.syndication.sending import HANDS  # noqa: PLC0415 - after set_up

    began = time.monotonic() * 1000
    with httpx.Client(trust_env=False) as client, ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(lambda url: client.post(url, content=body), urls))
    return [arrived - began for arrived in _arrived(arrivals, len(urls))]


def _arrived(arrivals: Any, many: int) -> list[float]:
    return [float(arrivals.readline()) for _ in range(many)]


def _p99(changes: list[list[float]]) -> float:
    """Of all arrivals of a round, the time by which a hundredth was still missing."""
    arrived = sorted(ms for change in changes for ms in change)
    return arrived[-1 - len(arrived) // _HUNDREDTH]


def _body(number: int) -> bytes:
    entries = "".join(_ENTRY.format(f"{number} " + "متن خبر " * 150) for _ in range(50))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()


@contextmanager
def _receivers() -> Iterator[tuple[int, Any]]:
    command = [sys.executable, "-m", "benchmarks.subscribers"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.stdout
        finally:
            process.terminate()
