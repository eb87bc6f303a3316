"""What a demonstration's newsroom invents, so that there is something to see and to do.

Each room has its own (`demo.invent`), made once: what was invented is left alone. Every page of a
demonstration says that all of it is invented.
"""

from django.conf import settings

from pasokh.newsroom.rooms import parts
from pasokh.newsroom.rows import together
from pasokh.sites.clock import instant_now

# By whom the invented staff's deeds were done.
INVENTED_STAFF = "demo"


def invent() -> None:
    """Let each room invent what it has not yet; nothing in a centre of real people."""
    newsroom = settings.PASOKH_NEWSROOM
    if not newsroom.demo:
        return
    for room in parts("demo"):
        with together():
            room.invent(newsroom.language, instant_now())
