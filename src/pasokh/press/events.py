"""What happened to news releases. The texts lie beside the log, which holds their SHA-256."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from pasokh.core.ids import PersonId
from pasokh.core.machine import Event
from pasokh.core.time import Instant

# Part of an address that everybody reads, and of a file's name.
NewsId: TypeAlias = Annotated[
    str, Meta(pattern="^[a-z0-9][a-z0-9-]{0,63}$(?!\\n)", examples=["2026-11-29-3f2a"])
]
# Of the canonical text of one version, in hexadecimal.
TextHash: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{64}$(?!\\n)")]


class NewsKind(StrEnum):
    """What a news release is. A promotion is labelled as one wherever it is shown."""

    STATISTICS = "statistics"
    SERVICE = "service"
    STATEMENT = "statement"
    PROMOTION = "promotion"


class NewsMistake(StrEnum):
    """What was wrong with the version before."""

    TYPO = "typo"
    FACT = "fact"
    FIGURE = "figure"


class NewsApproved(Event, frozen=True):
    """One version of a news release is for everybody from `out_at` on.

    `author` wrote it, the actor approved it. `embargoed`: accredited outlets may read it before.
    `figures`: the ids of the published figures that it holds. `mistake`: of what it corrects.
    """

    news_id: NewsId
    number: int
    kind: NewsKind
    text_sha256: TextHash
    out_at: Instant
    author: PersonId
    reason: str
    figures: tuple[str, ...] = ()
    embargoed: bool = False
    mistake: NewsMistake | None = None


class NewsRescheduled(Event, frozen=True):
    """A version that is not out yet is for everybody from another time on."""

    news_id: NewsId
    number: int
    out_at: Instant
    instead_of: Instant
    reason: str


class NewsWithdrawn(Event, frozen=True):
    """A news release is shown no more. Its address says so, with the reason."""

    news_id: NewsId
    reason: str
