"""Before a drill stands who says no to what came through a proxy: the real server is asked."""

import asyncio
from pathlib import Path

import pytest

from pasokh.adapters.api.here_only import HereOnly
from pasokh.adapters.api.server import server_of
from tests.adapters.api.centre import Served, run
from tests.adapters.api.process import free_port

# What nginx 1.22 writes to whatever stands behind it when its settings say only `proxy_pass`.
NGINX = (
    b"GET /fa/ HTTP/1.0\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
    b"User-Agent: a stranger\r\nAccept: */*\r\nAccept-Language: en\r\n\r\n"
)
BROWSER = NGINX.replace(b"HTTP/1.0", b"HTTP/1.1").replace(b"a stranger", b"a browser here")


@pytest.mark.slow
@pytest.mark.parametrize(("head", "status"), [(NGINX, 421), (BROWSER, 200)])
def test_what_nginx_passes_on_by_itself_is_not_of_this_machine(
    tmp_path: Path, head: bytes, status: int
) -> None:
    async def scene(centre: Served) -> None:
        port = free_port()
        server = server_of(HereOnly(centre.front), "127.0.0.1", port)
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody when
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head % port)
        told = await reader.read()
        writer.close()
        server.should_exit = True
        await serving
        assert int(told.split(b" ")[1]) == status
        assert (b"through-proxy" in told) is (status != 200)

    run(scene, tmp_path, demo=True)
