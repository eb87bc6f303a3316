"""The one shape of every location that arrives by wire, whatever it was written in.

Nothing is overwritten and nothing is guessed: what the sender did not say is None.
"""

from enum import StrEnum, unique

from msgspec import Struct

from pasokh.adapters.telephony.signalling.trouble import SignalTrouble
from pasokh.core.time import Instant


@unique
class LocationSource(StrEnum):
    """By which way a location came."""

    PIDF_LO = "pidf_lo"
    GEO_URI = "geo_uri"
    REFERENCE = "reference"
    AML_SMS_V1 = "aml_sms_v1"
    AML_SMS_V2 = "aml_sms_v2"
    AML_DATA_SMS = "aml_data_sms"
    AML_HTTPS = "aml_https"


class CivicLine(Struct, frozen=True, gc=False):
    """One element of a civic address: its short name (A1, RD, HNO...) and what it says."""

    name: str
    text: str


class FoundLocation(Struct, frozen=True, kw_only=True):
    """A place, its uncertainty, its source and age, and the rules that came with it.

    Degrees are WGS 84. `radius_m` is a circle around the point that holds the whole shape; None
    when the sender said no uncertainty. `confidence` is the percentage with which the caller is
    inside; None when not said. `original` is what arrived, `shape` its name there.
    """

    source: LocationSource
    latitude: float | None = None
    longitude: float | None = None
    radius_m: float | None = None
    confidence: float | None = None
    altitude_m: float | None = None
    vertical_m: float | None = None
    shape: str = ""
    method: str = ""
    at: Instant | None = None
    retention_until: Instant | None = None
    may_be_passed_on: bool = False
    civic: tuple[CivicLine, ...] = ()
    about: str = ""
    reference: str = ""
    original: str = ""
    troubles: tuple[SignalTrouble, ...] = ()

    def expired(self, now: Instant) -> bool:
        """Whether the sender's retention-expiry has passed: from here on it may not be kept."""
        return self.retention_until is not None and now >= self.retention_until

    def age_ms(self, now: Instant) -> int | None:
        """How old the fix is; None when the sender did not say when it was made."""
        return None if self.at is None else max(0, now - self.at)
