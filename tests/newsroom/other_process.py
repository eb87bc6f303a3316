"""Another process over the newsroom's rows, for tests: `SITE FOLDER PORT`, then a deed a line.

What is told and what is said is JSON, a line each. Deeds of one line are done by several threads.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings as django_conf
from msgspec.structs import replace

from pasokh import wiring_newsroom, wiring_office
from pasokh.settings import Settings

_THREADS = 4

if __name__ == "__main__":
    site, folder, port = sys.argv[1:]
    wiring: Any = {"office": wiring_office, "newsroom": wiring_newsroom}[site]
    wiring.set_up(Settings(data=Path(folder), port=int(port), language="fa"))

from django.db import DatabaseError, connections  # noqa: E402 - asks for the settings

from pasokh.newsroom.comments.deeds import confirm  # noqa: E402 - models need Django set up
from pasokh.newsroom.drafts import telling_hours  # noqa: E402 - so does this
from pasokh.newsroom.mail.deeds import post_waiting  # noqa: E402 - so do these
from pasokh.newsroom.meetings.journalists import Journalist  # noqa: E402
from pasokh.newsroom.meetings.seating import take_seat  # noqa: E402
from pasokh.newsroom.outlets.models import Outlet  # noqa: E402
from pasokh.newsroom.syndication.sending import Courier  # noqa: E402
from pasokh.newsroom.topics.deeds import vote  # noqa: E402
from pasokh.newsroom.topics.models import ProposedTopic  # noqa: E402
from pasokh.newsroom.trust.survey import take_answer  # noqa: E402
from pasokh.sites.clock import instant_now  # noqa: E402


def seats(meeting: int, names: list[str]) -> int:
    """Take a seat for each."""
    return _all(lambda name: take_seat(meeting, _guest(name), instant_now()), names)


def votes(topic: str, outlets: list[str], wanted: bool) -> int:  # noqa: FBT001 - from JSON
    """Vote for each outlet."""
    return _all(partial(_vote, topic, wanted=wanted), outlets)


def confirmed(links: list[str]) -> int:
    """Use links of comments; say how many were good."""
    return _all(lambda link: confirm(link, instant_now()), links)


def answered(links: list[str]) -> int:
    """Use links of the survey; say how many were good."""
    return _all(lambda link: take_answer(link, {"listened": 5}, "", instant_now()), links)


def letters(smtp: str, turns: int) -> int:
    """Bring letters to the mail server; say how many it took."""
    own = django_conf.PASOKH_NEWSROOM
    file = replace(own.file, smtp=smtp, smtp_tls=False, mail_from="press@example.org")
    django_conf.PASOKH_NEWSROOM = replace(own, file=file)
    return sum(post_waiting() for _ in range(turns))


def hooks(now: int) -> int:
    """Send what is due; say how many were settled."""
    own = django_conf.PASOKH_NEWSROOM
    django_conf.PASOKH_NEWSROOM = replace(own, file=replace(own.file, private_addresses=True))
    courier, settled = Courier(8), 0
    while True:
        settled += courier.turn(now)
        if not courier.wait(1.0):
            return settled


def new_hours(letters_written: int) -> int:
    """Tell of new hours, and be killed after so many letters."""
    real, left = telling_hours.send, [letters_written]

    def killed(*letter: str) -> None:
        real(*letter)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    telling_hours.send = killed
    return telling_hours.tell_new_hours()


def fill_the_disk() -> int:
    """From now on no file takes a byte."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    return 0


def _all(deed: Callable[[str], object], names: list[str]) -> int:
    def done(name: str) -> bool:
        try:
            return bool(deed(name))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(_THREADS) as people:
        return sum(people.map(done, names))


def _guest(name: str) -> Journalist:
    return Journalist(name, f"{name}@example.com", "outlet", "fa")


def _vote(topic: str, outlet: str, *, wanted: bool) -> bool:
    row = ProposedTopic.objects.get(topic_id=topic)
    return not vote(row, Outlet.objects.get(outlet_id=outlet), instant_now(), wanted=wanted)


DEEDS: dict[str, Callable[..., int]] = {
    "seats": seats,
    "votes": votes,
    "confirmed": confirmed,
    "answered": answered,
    "letters": letters,
    "hooks": hooks,
    "new hours": new_hours,
    "fill the disk": fill_the_disk,
}


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _say("ready")
    for told in sys.stdin:
        named, given = json.loads(told)
        try:
            _say(DEEDS[named](*given))
        except DatabaseError as error:
            _say(type(error).__name__)
