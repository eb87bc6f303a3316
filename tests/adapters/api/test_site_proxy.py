"""The office behind the front: what reaches it, what comes back, and what is said without it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from pasokh.adapters.api import site_proxy
from pasokh.adapters.api.site_proxy import BODY_BYTES_MAX, SiteProxy

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nDate: then\r\nServer: gunicorn\r\n%b\r\npage"


class Office:
    """A process on a socket that keeps what it was told and gives one answer."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.head = b""
        self.body = b""
        self.asked = 0
        self.silent = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked += 1
        self.head = await reader.readuntil(b"\r\n\r\n")
        length = self.told("content-length")
        if length:
            self.body = await reader.readexactly(int(length[0]))
        if self.silent:
            await reader.read()
        writer.write(self.answer)
        await writer.drain()
        writer.close()

    def told(self, name: str) -> list[str]:
        rows = (row.partition(": ") for row in self.head.decode("latin-1").split("\r\n"))
        return [value for header, _, value in rows if header.lower() == name]


Scene = Callable[[Office, httpx.AsyncClient], Awaitable[None]]


def played(scene: Scene, folder: Path, answer: bytes = PAGE % b"", *, there: bool = True) -> None:
    async def play() -> None:
        office = Office(answer)
        socket = folder / "office.sock"
        proxy = SiteProxy(socket)
        transport = httpx.ASGITransport(proxy, client=("203.0.113.7", 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://centre:8110") as client:
            if there:
                async with await asyncio.start_unix_server(office.serve, socket):
                    await scene(office, client)
            else:
                await scene(office, client)
        await proxy.close()

    asyncio.run(play())


def test_a_request_goes_through_as_it_was_written(tmp_path: Path) -> None:
    async def scene(office: Office, client: httpx.AsyncClient) -> None:
        path = "/office/fa/people/%D8%A7?q=%2F&q=2"
        answer = await client.post(path, content=b"a=1", headers={"Cookie": "pasokh_session=x"})
        assert (answer.status_code, answer.content) == (200, b"page")
        assert office.head.startswith(b"POST " + path.encode() + b" HTTP/1.1\r\n")
        assert office.body == b"a=1"
        assert office.told("cookie") == ["pasokh_session=x"]

    played(scene, tmp_path)


def test_who_asks_comes_from_the_socket_and_never_from_the_asker(tmp_path: Path) -> None:
    lies = {
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Ssl": "on",
        "X_Forwarded_For": "127.0.0.1",
        "Forwarded": "for=127.0.0.1",
        "X-Real-IP": "127.0.0.1",
        "Authorization": "Bearer pasokh_machine",
        "Connection": "close, X-Hop",
        "X-Hop": "for one connection",
    }

    async def scene(office: Office, client: httpx.AsyncClient) -> None:
        await client.get("/office/fa/", headers=lies)
        assert office.told("x-forwarded-for") == ["203.0.113.7"]
        assert office.told("x-forwarded-proto") == ["http"]
        assert office.told("x-forwarded-host") == ["centre:8110"]
        assert office.told("host") == ["centre:8110"]
        for name in ("x-forwarded-ssl", "x_forwarded_for", "forwarded", "x-real-ip", "x-hop"):
            assert office.told(name) == [], name
        assert office.told("authorization") == [], "a machine's token is not for the office"

    played(scene, tmp_path)


def test_the_offices_own_headers_come_back_but_for_those_of_its_connection(tmp_path: Path) -> None:
    own = (
        b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Security-Policy: script-src 'self'\r\n"
        b"Keep-Alive: 5\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
    )

    async def scene(_office: Office, client: httpx.AsyncClient) -> None:
        answer = await client.get("/office/fa/")
        assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
        assert answer.headers.get_list("content-security-policy") == ["script-src 'self'"]
        for name in ("server", "date", "keep-alive", "connection", "x-hop"):
            assert name not in answer.headers, name

    played(scene, tmp_path, PAGE % own)


async def parts(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024):
        yield b"c" * 1024


def test_a_list_of_a_megabyte_goes_through_and_a_larger_one_never_arrives(tmp_path: Path) -> None:
    async def scene(office: Office, client: httpx.AsyncClient) -> None:
        size = 1024 * 1024
        fits = await client.post(
            "/office/fa/reference/", content=parts(size), headers={"Content-Length": str(size)}
        )
        assert fits.status_code == 200
        assert office.body == b"c" * size
        too_large = await client.post("/office/fa/reference/", content=b"c" * (BODY_BYTES_MAX + 1))
        assert (too_large.status_code, too_large.headers["connection"]) == (413, "close")
        endless = await client.post("/office/fa/reference/", content=parts(size))
        assert endless.status_code == 411
        small = await client.post("/office/fa/reference/", content=parts(2048))
        assert (small.status_code, office.body) == (200, b"c" * 2048)
        assert office.asked == 2

    played(scene, tmp_path)


@pytest.mark.parametrize(
    ("path", "language", "sign"),
    [("/office/fa/", "fa", "میزهای باز"), ("/office/en/people/", "en", "Desks that are open")],
)
def test_without_the_office_a_page_says_so_and_that_desks_go_on(
    tmp_path: Path, path: str, language: str, sign: str
) -> None:
    async def scene(_office: Office, client: httpx.AsyncClient) -> None:
        page = await client.get(path, headers={"Accept": "text/html,*/*"})
        assert page.status_code == 503
        assert page.headers["retry-after"] == "3"
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert f'lang="{language}"' in page.text
        assert sign in page.text
        assert ('dir="rtl"' in page.text) is (language == "fa")
        problem = await client.get(path, headers={"Accept": "application/json"})
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["type"] == "/problems/office-away"
        assert (await client.head(path)).content == b""

    played(scene, tmp_path, there=False)


def test_an_office_that_thinks_too_long_is_said_to_be_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_proxy, "_TIMES", httpx.Timeout(0.1))

    async def scene(office: Office, client: httpx.AsyncClient) -> None:
        office.silent = True
        answer = await client.post("/office/fa/people/", content=b"a=1")
        assert (answer.status_code, answer.json()["type"]) == (504, "/problems/office-slow")
        assert office.asked == 1, "a deed is not asked for twice"

    played(scene, tmp_path)


def test_an_answer_that_breaks_off_does_not_look_whole(tmp_path: Path) -> None:
    told = []

    async def play() -> None:
        office = Office(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        proxy = SiteProxy(tmp_path / "office.sock")
        scope = {
            "type": "http", "method": "GET", "path": "/office/fa/", "raw_path": b"/office/fa/",
            "query_string": b"", "headers": [(b"host", b"a")], "client": ("203.0.113.7", 5),
        }  # fmt: skip

        async def receive() -> dict[str, object]:
            return {"type": "http.request"}

        async def send(message: dict[str, object]) -> None:
            told.append(message)

        async with await asyncio.start_unix_server(office.serve, tmp_path / "office.sock"):
            await proxy(scope, receive, send)
        await proxy.close()

    asyncio.run(play())
    assert told[0]["status"] == 200
    assert all(message["more_body"] for message in told[1:])


def test_only_methods_of_pages_pass(tmp_path: Path) -> None:
    async def scene(office: Office, client: httpx.AsyncClient) -> None:
        answer = await client.request("TRACE", "/office/fa/")
        assert answer.status_code == 405
        assert office.asked == 0

    played(scene, tmp_path)
