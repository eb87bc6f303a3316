"""What the public's process does before it serves, and beside its pages. Django is set up."""

import logging
import os
import signal
from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from pasokh.newsroom.inventing import invent
from pasokh.newsroom.rooms import parts
from pasokh.newsroom.rows import prepare_rows
from pasokh.sites.control_room import ControlRoomAway
from pasokh.sites.serving import SiteServer

# A topic that was invented is published when its release is out.
_INVENTS_SECONDS = 10.0
_log = logging.getLogger(__name__)


def serve(bind: str, say: Callable[[str], None]) -> None:
    """Serve until a signal."""
    prepare_rows()
    newsroom = settings.PASOKH_NEWSROOM

    def tell() -> None:
        say(f"the newsroom is open: {newsroom.public_url}/newsroom/{newsroom.language}/")

    SiteServer(bind, tell, partial(begin_beside, Event())).run()


def begin_beside(ending: Event) -> list[Thread]:
    """Start what the rooms do again and again: a thread for each deed, with its pause."""
    threads = []
    invented = ((_INVENTS_SECONDS, invent),) if settings.PASOKH_NEWSROOM.demo else ()
    for seconds, deed in (*(one for room in parts("beside") for one in room.DEEDS), *invented):
        thread = Thread(target=_again, args=(ending, seconds, deed), daemon=True)
        thread.start()
        threads.append(thread)
    return threads


def _again(ending: Event, seconds: float, deed: Callable[[], object]) -> None:
    """Do it, wait, do it again. What a disk or a line does may go well the next time.

    The same trouble is said once until it is over: a disk that is full is not filled with it.
    A fault of ours ends the process: the supervisor starts it anew and says why.
    """
    said = ""
    try:
        while not ending.is_set():
            try:
                deed()
                said = ""
            except ControlRoomAway:
                pass  # it comes back, and the deed is done then
            except (DatabaseError, OSError) as trouble:
                if said != repr(trouble):
                    _log.exception("the newsroom could not %s", deed.__name__)
                said = repr(trouble)
            finally:
                close_old_connections()
            ending.wait(seconds)
    finally:
        if not ending.is_set():
            os.kill(os.getpid(), signal.SIGTERM)
