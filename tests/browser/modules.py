"""The desk's modules as a browser loads them: served from the tree, with nothing behind them."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.house.tree import ROOT

STATIC = ROOT / "src" / "pasokh" / "office" / "static"


class _Quiet(SimpleHTTPRequestHandler):
    more: Sequence[tuple[bytes, bytes]] = ()

    def end_headers(self) -> None:
        """Say what a server of ours says beside."""
        for name, value in self.more:
            self.send_header(name.decode(), value.decode())
        super().end_headers()

    def log_message(self, *told: object) -> None:
        """Say nothing: the test's own output is read."""


@contextmanager
def served(folder: Path, headers: Sequence[tuple[bytes, bytes]] = ()) -> Iterator[str]:
    """Give the address under which the files of a folder are served, with these headers."""
    handler = type("_Saying", (_Quiet,), {"more": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page_with(browser: Browser, address: str, **modules: str) -> Page:
    """Give a page whose window has each module under its name."""
    page = browser.new_page()
    page.goto(f"{address}/vendor/README.txt")
    for name, path in modules.items():
        page.evaluate(
            "async ([name, path]) => { window[name] = await import(path); }",
            [name, f"{address}/{path}"],
        )
    return page
