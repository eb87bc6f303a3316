"""Places of a caller as each source told them: kept side by side, none replaced by another."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from pasokh.core.time import Instant

_Line = Annotated[str, Meta(max_length=300)]
# What one message may bring: a network that says more than this says nothing more.
PLACES_MAX = 32
DATA_MAX = 400


class PlaceSource(StrEnum):
    """Who or what said a place."""

    PIDF_LO = "pidf_lo"
    GEO_URI = "geo_uri"
    REFERENCE = "reference"
    AML_SMS_V1 = "aml_sms_v1"
    AML_SMS_V2 = "aml_sms_v2"
    AML_DATA_SMS = "aml_data_sms"
    AML_HTTPS = "aml_https"
    ALI = "ali"
    CALLER = "caller"
    ALARM = "alarm"
    BROWSER = "browser"


class Unanswered(StrEnum):
    """Why a place that was given by reference is not here."""

    SCHEME = "scheme"  # of a kind that is not asked: sip, pres
    HOST = "host"  # its server is not among those that the centre asks
    PLAIN = "plain"  # it would be asked, and told, in the clear
    CERTIFICATE = "certificate"
    SILENT = "silent"
    MOVED = "moved"  # the server sends us elsewhere, and we do not go
    REFUSED = "refused"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"  # the server answers that it does not know, or not yet


def subject_of_place(place_id: str) -> str:
    """Name whose key seals a told place: its own, so that it can end before its call."""
    return f"place/{place_id}"


class ToldData(Struct, frozen=True, gc=False):
    """One row of what a network told beside the place (RFC 7852): block, label, text."""

    kind: _Line
    label: _Line
    text: Annotated[str, Meta(max_length=1_000)]


class CivicPart(Struct, frozen=True, gc=False):
    """One element of a civic address: its short name (A1, RD, HNO...) and what it says."""

    name: _Line
    text: _Line


class ToldPlace(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One place with its uncertainty, source, age, and the rules that its sender set.

    `radius_m` is a circle around the point that holds the whole shape, rounded up; None when the
    sender said no uncertainty. `confidence` is the percentage with which the caller is inside.
    `expires_at` is the sender's retention-expiry: from then on the place is not shown.
    `reference` is where it may be asked for; `unanswered`, why nothing came from there.
    """

    source: PlaceSource
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None
    radius_m: Annotated[int, Meta(ge=0)] | None = None
    confidence: Annotated[float, Meta(gt=0, le=100)] | None = None
    method: _Line = ""
    shape: _Line = ""
    at: Instant | None = None
    expires_at: Instant | None = None
    may_be_passed_on: bool = False
    civic: Annotated[tuple[CivicPart, ...], Meta(max_length=64)] = ()
    reference: Annotated[str, Meta(max_length=2000)] = ""
    unanswered: Unanswered | None = None
    troubles: Annotated[tuple[_Line, ...], Meta(max_length=32)] = ()

    @property
    def address(self) -> str:
        """Its civic lines in one, as they came."""
        return ", ".join(part.text for part in self.civic)

    def over(self, now: Instant) -> bool:
        """Whether its sender's time for keeping it has passed."""
        return self.expires_at is not None and now >= self.expires_at
