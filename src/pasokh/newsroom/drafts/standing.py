"""What a release is in public now, as the log says it."""

from enum import StrEnum

from msgspec import Struct

from pasokh.control_room.views_news import NewsSheet
from pasokh.core.time import Instant
from pasokh.press.events import NewsKind, NewsMistake


class PublicStanding(StrEnum):
    """`editor.standing.<value>` is its word."""

    UNKNOWN = "unknown"  # the log knows nothing of it
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    OUT = "out"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class LoggedVersion(Struct, frozen=True):
    """One approved version. `replaced`: before its hour, so that it never comes out."""

    number: int
    text_sha256: str
    out_at: Instant
    mistake: NewsMistake | None
    reason: str
    is_out: bool
    embargoed: bool = False
    replaced: bool = False


class InLog(Struct, frozen=True):
    """A release in the log. `waits`: its last version is not out yet, and may be moved."""

    news_id: str
    standing: PublicStanding = PublicStanding.UNKNOWN
    kind: NewsKind | None = None
    versions: tuple[LoggedVersion, ...] = ()
    waits: bool = False
    why: str = ""
    gone_at: Instant | None = None

    @property
    def gone_waiting(self) -> bool:
        """Whether outlets could read its last version before its hour when it was withdrawn."""
        last = self.versions[-1]
        return self.gone_at is not None and last.embargoed and last.out_at > self.gone_at

    @property
    def never_out(self) -> bool:
        """Whether it was withdrawn before anything of it was out."""
        gone = self.gone_at
        return gone is not None and all(one.replaced or one.out_at > gone for one in self.versions)

    @property
    def may_change(self) -> bool:
        """Whether it can be corrected and withdrawn."""
        return self.standing not in (PublicStanding.UNKNOWN, PublicStanding.WITHDRAWN)

    @property
    def unseen(self) -> bool:
        """Whether it waits and nothing of it is out."""
        return self.standing in (PublicStanding.SCHEDULED, PublicStanding.EMBARGOED)


def in_log(sheet: NewsSheet, now: Instant) -> dict[str, InLog]:
    """Say how every release of the log stands."""
    found = {}
    for news in sheet.news:
        versions = tuple(
            LoggedVersion(
                number,
                one.text_sha256,
                one.out_at,
                one.mistake,
                one.reason,
                one.out_at <= now and not one.replaced,
                one.embargoed,
                one.replaced,
            )
            for number, one in enumerate(news.versions, 1)
        )
        last = news.versions[-1]
        gone = news.withdrawn_at is not None
        standing = _standing(gone, [one.is_out for one in versions])
        if standing is PublicStanding.SCHEDULED and last.embargoed:
            standing = PublicStanding.EMBARGOED
        waits = not gone and last.out_at > now
        found[news.news_id] = InLog(
            news.news_id,
            standing,
            news.kind,
            versions,
            waits,
            news.withdrawn_why,
            news.withdrawn_at,
        )
    return found


def _standing(gone: bool, out: list[bool]) -> PublicStanding:  # noqa: FBT001 - whether it was withdrawn
    if gone:
        return PublicStanding.WITHDRAWN
    if not any(out):
        return PublicStanding.SCHEDULED
    return PublicStanding.CORRECTED if sum(out) > 1 else PublicStanding.OUT
