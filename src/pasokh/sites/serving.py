"""A site's own server: gunicorn around Django, on a socket that only the front reaches."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

THREADS = 8
_REQUEST_SECONDS = 30


class SiteServer(BaseApplication):
    """One process of threads: most of its time is waiting for the disk and the control room."""

    def __init__(
        self, bind: str, when_open: Callable[[], None], begin: Callable[[], object]
    ) -> None:
        """`bind` is unix:/path or host:port; `when_open` gets a thread of its own.

        `begin` starts what works beside the pages, in the process that serves them.
        """
        self._bind = bind
        self._when_open = when_open
        self._beside = begin
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own choice; nothing is read from its files or ours."""
        for name, value in {
            "bind": self._bind,
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "timeout": _REQUEST_SECONDS,
            "graceful_timeout": 5,
            "umask": 0o077,
            "loglevel": "warning",
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            # In the worker: a thread of the process that forks it could leave a lock behind.
            "post_worker_init": lambda _: self._begin(),
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def _begin(self) -> None:
        self._beside()
        Thread(target=self._when_open, daemon=True).start()

    def load(self) -> Any:
        """Give the application; each worker makes its own."""
        return get_wsgi_application()
