"""What the real server does with heads too large and requests that never end: it lets go."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import httpx
import pytest

from tests.adapters.api.process import free_port, headers_of, wait_until_healthy

pytestmark = pytest.mark.slow

# The shipped program with a shorter patience, so that a test need not wait as long as a caller.
ARRIVAL_SECONDS = 1.0
_SERVE = (
    "import sys; from pathlib import Path; from pasokh.adapters.api import server; "
    "server.ARRIVAL_SECONDS = float(sys.argv[3]); "
    "from pasokh.settings import Settings; from pasokh.wiring import serve; "
    "sys.exit(serve(Settings(data=Path(sys.argv[1]), port=int(sys.argv[2]))))"
)
KIB = 1024


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("centre")
    headers = headers_of(folder)
    port = free_port()
    line = [sys.executable, "-c", _SERVE, str(folder), str(port), str(ARRIVAL_SECONDS)]
    with (folder / "words.txt").open("wb") as words:
        process = subprocess.Popen(line, stderr=words)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}")
            yield port, headers
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def caller(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        yield line


def heard(line: socket.socket) -> bytes:
    """Everything until the server lets go."""
    said = b""
    try:
        while part := line.recv(64 * KIB):
            said += part
    except ConnectionResetError:  # it had more to say to us than we had read
        pass
    return said


def answered(line: socket.socket) -> bytes:
    """One answer of a connection that stays: its head, and as much body as the head says."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += line.recv(64 * KIB)
    head, _, body = said.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += line.recv(64 * KIB)
    return head + b"\r\n\r\n" + body


def head_of(size: int, *, end: bytes = b"\r\n\r\n") -> bytes:
    start = b"GET /health HTTP/1.1\r\nHost: a\r\nX-Long: "
    return start + b"a" * (size - len(start) - len(end)) + end


def head_of_many(size: int) -> bytes:
    row = b"X-Row: " + b"b" * 91 + b"\r\n"
    start = b"GET /health HTTP/1.1\r\nHost: a\r\n"
    return start + row * ((size - len(start)) // len(row)) + b"\r\n"


@pytest.mark.parametrize("head", [head_of(16 * KIB), head_of_many(16 * KIB)], ids=["one", "many"])
def test_a_head_of_usual_size_is_answered(centre: tuple[int, dict[str, str]], head: bytes) -> None:
    with caller(centre[0]) as line:
        line.sendall(head)
        assert answered(line).startswith(b"HTTP/1.1 200")


BIG_HEADS = {
    "one header of 64 KiB": head_of(64 * KIB),
    "many headers": head_of_many(64 * KIB),
    "a header without an end": head_of(64 * KIB, end=b""),
    "a path of 64 KiB": b"GET /" + b"a" * 64 * KIB + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "behind another request": b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n" + head_of(64 * KIB),
    "trailers of a body": (
        b"POST /commands/offer-call HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        + b"X-Row: bbbb\r\n" * 6 * KIB
        + b"\r\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BIG_HEADS)
@pytest.mark.parametrize("piece", [1 * KIB, 256 * KIB], ids=["in pieces", "at once"])
def test_a_head_of_64_kib_is_refused_and_says_so(
    centre: tuple[int, dict[str, str]], name: str, piece: int
) -> None:
    head = BIG_HEADS[name]
    with caller(centre[0]) as line:
        try:
            for start in range(0, len(head), piece):
                line.sendall(head[start : start + piece])
        except (BrokenPipeError, ConnectionResetError):
            pass  # it let go before it had all of it
        said = heard(line)
    assert b"HTTP/1.1 431 " in said or not said, said[:200]
    assert b"200 OK" not in said or name == "behind another request"
    assert httpx.get(f"http://127.0.0.1:{centre[0]}/health").status_code == 200


def test_a_refused_head_gets_a_problem_that_says_what(
    centre: tuple[int, dict[str, str]],
) -> None:
    with caller(centre[0]) as line:
        line.sendall(head_of_many(33 * KIB))
        said = heard(line)
    assert said.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in said
    assert b"32 KiB" in said


SLOW = {
    "nothing at all": b"",
    "half a head": b"GET /health HTTP/1.1\r\nHost: a\r\n",
    "half a body": (
        b"POST /commands/offer-call HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b'%bContent-Length: 1000\r\n\r\n{"id":'
    ),
    "half a chunk": (
        b"POST /commands/offer-call HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b"%bTransfer-Encoding: chunked\r\n\r\nffff\r\n{"
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_who_sends_a_little_and_then_trickles_is_let_go(
    centre: tuple[int, dict[str, str]], name: str
) -> None:
    port, headers = centre
    token = b"Authorization: %b\r\n" % headers["Authorization"].encode()
    begun = SLOW[name].replace(b"%b", token)
    started = monotonic()
    with caller(port) as line:
        line.sendall(begun)
        line.settimeout(0.1)
        said = trickled(line, b"" if not begun else b"a", until=started + 8 * ARRIVAL_SECONDS)
    assert monotonic() - started >= ARRIVAL_SECONDS * 0.8
    assert b"HTTP/1.1 200" not in said


def trickled(line: socket.socket, letter: bytes, until: float) -> bytes:
    """Send a letter ten times a second until the server lets go."""
    said = b""
    while monotonic() < until:
        try:
            line.sendall(letter)
            part = line.recv(KIB)
        except TimeoutError:
            continue
        except (BrokenPipeError, ConnectionResetError):
            return said
        if not part:
            return said
        said += part
    raise AssertionError("the server listens for ever")


def test_a_second_request_gets_as_little_time_as_the_first(
    centre: tuple[int, dict[str, str]],
) -> None:
    with caller(centre[0]) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /hea")
        assert answered(line).startswith(b"HTTP/1.1 200")
        line.settimeout(0.1)
        assert trickled(line, b"l", until=monotonic() + 8 * ARRIVAL_SECONDS) == b""


def test_many_slow_callers_do_not_keep_a_quick_one_waiting(
    centre: tuple[int, dict[str, str]],
) -> None:
    port, headers = centre
    url = f"http://127.0.0.1:{port}/commands/offer-call"

    def seconds_for(name: str) -> float:
        started = monotonic()
        for number in range(20):
            order = {"id": f"{name}-{number}", "command": {"call_id": f"{name}-{number}"}}
            assert httpx.post(url, json=order, headers=headers).status_code == 200
        return monotonic() - started

    alone = seconds_for("alone")
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
    try:
        for line in slow:
            line.sendall(b"POST /commands/offer-call HTTP/1.1\r\nHost: a\r\nX-")
        assert seconds_for("among") < 10 * alone
    finally:
        for line in slow:
            line.close()


def test_a_connection_that_rests_between_requests_is_kept(
    centre: tuple[int, dict[str, str]],
) -> None:
    with caller(centre[0]) as line:
        for _ in range(2):
            line.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            assert answered(line).startswith(b"HTTP/1.1 200")
            line.settimeout(1.5 * ARRIVAL_SECONDS)
            with pytest.raises(TimeoutError):
                line.recv(1)
            line.settimeout(10)
