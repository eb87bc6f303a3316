"""What happened to a news release, as a CloudEvent 1.0: an envelope that other programs know.

It names the release and where it is read, and holds no text of it: whoever is told fetches it.
"""

from enum import StrEnum
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from pasokh.core.time import Instant, iso_instant

MEDIA = "application/cloudevents+json; charset=utf-8"


class NewsDeed(StrEnum):
    """What happened, as the last part of an event's type."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class CloudEvent(Struct, frozen=True):
    """The envelope, structured. `id` is unique beside `source`; `time`: ISO 8601 in UTC."""

    id: str
    source: str
    type: str
    time: str
    subject: str
    data: dict[str, Any]
    datacontenttype: str = "application/json"
    specversion: str = "1.0"
    dataschema: str | UnsetType = UNSET


class NewsTold(Struct, frozen=True):
    """What an event says of a release. `titles`, `addresses`: by language."""

    news_id: str
    number: int
    kind: str
    out_at: Instant
    titles: dict[str, str]
    addresses: dict[str, str]
    mistake: str = ""
    reason: str = ""


def news_event(deed: NewsDeed, told: NewsTold, source: str, at: Instant) -> CloudEvent:
    """Make the event of a deed. `source`: the newsroom's address. The same deed has the same id."""
    data = {
        "news_id": told.news_id,
        "number": told.number,
        "kind": told.kind,
        "out_at": iso_instant(told.out_at),
        "titles": told.titles,
        "addresses": told.addresses,
        **({"mistake": told.mistake} if told.mistake else {}),
        **({"reason": told.reason} if told.reason else {}),
    }
    return CloudEvent(
        id=f"{told.news_id}-{told.number}-{deed.value}",
        source=source,
        type=f"pasokh.news.{deed.value}",
        time=iso_instant(at),
        subject=told.news_id,
        data=data,
    )


def subject_of(event_id: str) -> str:
    """Give the release that an event of ours is about, by its id."""
    return event_id.rsplit("-", 2)[0]
