"""S3: durable commands over HTTP, 32 connections, beside one ORM save a request.

Both servers are one process on one core and the client is on the other; both get the same
orders, check a token and answer after their commit. The centre is started as an operator does.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.disk import fresh_folder
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from benchmarks.served import Served, centre, free_port, started

ORDERS, ORDERS_THEIRS = 40_000, 4_000
CONNECTIONS = 32
ROUTE = "/commands/offer-call"
RATE_BAR = Bar(Judged.RATIO, least=16)
P99_BAR = Bar(Judged.OURS, most=25)
# The quickest that was found: gunicorn with 4 threads; granian (1 and 4 threads) and uvicorn's
# WSGI bridge were as fast or slower; an async view is two to eight times slower.
LABEL = "Django: one save a request, sync view, gunicorn with 4 threads, same disk"
SAME_SERVER = "Django: one save a request, sync view, under uvicorn as ours is, same disk"
_TOKEN = "the-yardstick's-own"  # noqa: S105 - opens nothing

_GUNICORN = (
    *("--bind", "127.0.0.1:{port}", "--workers", "1", "--worker-class", "gthread"),
    *("--threads", "4", "--keep-alive", "60", "benchmarks.yardstick_django:application"),
)
_UVICORN = (
    *("--host", "127.0.0.1", "--port", "{port}", "--loop", "uvloop", "--http", "httptools"),
    *("--lifespan", "off", "--no-access-log", "benchmarks.yardstick_django:asgi"),
)


def bench(plan: Plan) -> list[Row]:
    """Measure the rate and the slowest hundredth; one connection for information."""
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    lone: list[dict[str, float]] = []
    alike: list[dict[str, float]] = []
    with (
        fresh_folder(plan.folder) as folder,
        centre(folder) as own,
        _django(folder, "gunicorn", *_GUNICORN) as their,
        _django(folder, "uvicorn", *_UVICORN) as same,
    ):
        for server in (own, their, same):  # both warm up, not measured
            _ask(server, CONNECTIONS, plan.sized(ORDERS_THEIRS, 50))
        for _ in range(plan.rounds):
            theirs.append(_ask(their, CONNECTIONS, plan.sized(ORDERS_THEIRS, 100)))
            alike.append(_ask(same, CONNECTIONS, plan.sized(ORDERS_THEIRS, 100)))
            ours.append(_ask(own, CONNECTIONS, plan.sized(ORDERS, 300)))
            lone.append(_ask(own, 1, plan.sized(ORDERS // 10, 50)))
    return [
        _row("rate", "commands/s", ours, theirs, RATE_BAR),
        _row("rate", "commands/s", ours, alike, NO_BAR, yardstick=SAME_SERVER),
        _row("p99", "ms", ours, theirs, P99_BAR),
        _row("rate", "commands/s", lone, theirs, NO_BAR, "1 connection beside their 32"),
    ]


def _row(
    key: str,
    unit: str,
    ours: list[dict[str, float]],
    theirs: list[dict[str, float]],
    bar: Bar,
    size: str = f"{CONNECTIONS} connections",
    yardstick: str = LABEL,
) -> Row:
    return Row(
        id="S3",
        work=f"durable commands over HTTP, {key}",
        size=size,
        unit=unit,
        ours=[run[key] for run in ours],
        yardstick=yardstick,
        theirs=[run[key] for run in theirs],
        bar=bar,
    )


def _ask(server: Served, connections: int, count: int) -> dict[str, float]:
    arguments = [str(server.port), ROUTE, server.token, str(connections), str(count)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.client", *arguments],
        capture_output=True,
        check=True,
        timeout=300,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


@contextmanager
def _django(folder: Path, server: str, *options: str) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, "-m", server, *(o.format(port=port) for o in options)]
    file = str(folder / f"yardstick-{server}.sqlite")
    with started(command, port, YARDSTICK_FILE=file, YARDSTICK_TOKEN=_TOKEN) as process_id:
        yield Served(port, _TOKEN, process_id)
