"""Telling accredited outlets that a release under embargo has another hour.

The copy keeps what it changed (`EmbargoMove`) with the change; it goes with the letters, in one
transaction. So each move is told once, whenever a process ends.
"""

from collections.abc import Iterable

from django.conf import settings

from pasokh.core.time import Instant
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.drafts.telling import Receiver, allowed_early
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.outlets.hours import hour_told
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.models import EmbargoMove
from pasokh.sites.clock import instant_now
from pasokh.words.say import say


def tell_new_hours() -> int:
    """Write to all who may read a release before its hour that it has another; count letters.

    Who moved it twice meanwhile is told of once: a letter with an hour that is no more misleads.
    """
    with together():
        moves = list(EmbargoMove.objects.order_by("pk"))
        told = sum(_tell(one) for one in _at_last(moves) if one.was != one.out_at)
        EmbargoMove.objects.filter(pk__in=[one.pk for one in moves]).delete()
    return told


def _at_last(moves: Iterable[EmbargoMove]) -> Iterable[EmbargoMove]:
    """Give one move a release: from the hour that was told to the one that it has."""
    found: dict[str, EmbargoMove] = {}
    for one in moves:
        if one.news_id in found:
            one.was = found[one.news_id].was
        found[one.news_id] = one
    return found.values()


def _tell(move: EmbargoMove) -> int:
    now, allowed = instant_now(), allowed_early(move.news_id)
    for one in allowed:
        subject = say(one.language, "editor.mail.moved", news=move.news_id)
        key = f"moved-{move.news_id}-{move.pk}-{digest_of(one.address)[:16]}"
        send(one.address, subject, _body(one, move, now), key)
    return len(allowed)


def _body(one: Receiver, move: EmbargoMove, now: Instant) -> str:
    language, place = one.language, settings.PASOKH_NEWSROOM.public_url
    still = "waits" if move.out_at > now else "come"
    lines = [
        say(language, "editor.mail.dear", name=one.name),
        say(language, "editor.mail.moved.body"),
        say(language, "editor.mail.moved.to", hour=_hour(language, move.out_at)),
        say(language, "editor.mail.moved.was", hour=_hour(language, move.was)),
        say(language, f"editor.mail.moved.{still}"),
        f"{place}/newsroom/{language}/news/{move.news_id}/",
    ]
    return "\n\n".join(lines) + "\n"


def _hour(language: str, at: Instant) -> str:
    return hour_told(language, at, offset_minutes())
