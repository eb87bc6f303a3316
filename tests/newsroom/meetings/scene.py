"""A meeting and people who come to it, as the tests of this room need them."""

from typing import Any

from pasokh.core.time import DAY, HOUR
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.meetings.journalists import Journalist
from pasokh.newsroom.meetings.models import Meeting
from pasokh.sites.clock import instant_now


def a_meeting(**fields: Any) -> Meeting:
    """An announced meeting in two days with two seats, unless the fields say otherwise."""
    now = instant_now()
    usual: dict[str, Any] = {
        "title_fa": "نشست گناباد",
        "title_en": "Meeting in Gonabad",
        "place_fa": "سالن نمونه",
        "county": "0915",
        "begins_at": now + 2 * DAY,
        "ends_at": now + 2 * DAY + HOUR,
        "register_until": now + DAY,
        "seats": 2,
        "made_by": "p-1",
        "announced_at": now,
        "changed_at": now,
    }
    made: Meeting = Meeting.objects.create(**usual | fields)
    return made


def guest(name: str, language: str = "fa") -> Journalist:
    """Somebody of an invented outlet."""
    return Journalist(name, f"{name}@example.com", "outlet", language)


def letters(key: str) -> list[OutgoingLetter]:
    """The letters whose key begins so, in the order in which they were written."""
    return list(OutgoingLetter.objects.filter(key__startswith=key).order_by("pk"))
