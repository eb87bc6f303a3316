"""What the press office may ask of the log."""

from typing import Annotated

from msgspec import Meta

from pasokh.core.ids import PersonId, ReasonText
from pasokh.core.machine import Command
from pasokh.core.time import Instant
from pasokh.press.events import NewsId, NewsKind, NewsMistake, TextHash


class ApproveNews(Command, frozen=True):
    """Let one version of a news release out, at once or at a time to come.

    `reason` is what the review found. `mistake` belongs to every version after the first: what
    was wrong with the one before. Figures, and what sets one right, need another person than
    `author`.
    """

    news_id: NewsId
    number: Annotated[int, Meta(ge=1)]
    kind: NewsKind
    text_sha256: TextHash
    out_at: Instant
    author: PersonId
    reason: ReasonText
    figures: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=200)], ...], Meta(max_length=200)
    ] = ()
    embargoed: bool = False
    mistake: NewsMistake | None = None


class RescheduleNews(Command, frozen=True):
    """Let a version that is not out yet out at another time. A time that is over means now."""

    news_id: NewsId
    out_at: Instant
    reason: ReasonText


class WithdrawNews(Command, frozen=True):
    """Show a news release no more. The reason is published in its place."""

    news_id: NewsId
    reason: ReasonText
