"""What a centre publishes by itself, and where: one file in its data folder."""

import re
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.adapters.archive.drilled import responsible_for_drill
from pasokh.settings import Settings, SettingsRefused

PUBLISHING_FILE = "publishing.toml"
# Where the office lays the texts that it approves, each by its SHA-256.
NEWS_FOLDER = "news-texts"
PUBLISHING_EXAMPLE = """\
responsible = "Statistics office"       # who answers for the figures
"""
_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_CALENDARS = ("jalali", "gregorian")


class PublishingSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Folders are below the data folder, or whole paths. Another `hour` later needs a reason.

    `archive`: where settled days are kept as Parquet; empty: nowhere.
    """

    responsible: str
    address: str = ""  # where the public folder is read; empty: not told
    public: str = "public"
    key: str = "publishing/log.key"
    archive: str = "archive"
    cosigned: tuple[str, ...] = ()  # where witnesses put what they cosigned
    province: str = "own"
    hour: str = "09:30"
    hour_reason: str = ""
    calendar: str = _CALENDARS[0]

    def check(self) -> None:
        """Raise SettingsRefused for what cannot work."""
        if not self.responsible.strip():
            _refuse("responsible", "names nobody; a figure has somebody who answers for it")
        if not _HOUR.fullmatch(self.hour):
            _refuse("hour", f"is as 09:30, not {self.hour!r}")
        if self.calendar not in _CALENDARS:
            _refuse("calendar", f"is one of {_CALENDARS}, not {self.calendar!r}")
        if not self.province.isidentifier():
            _refuse("province", "is written with letters, digits and _")

    @property
    def minute(self) -> int:
        """The minute of the day at which releases go out."""
        return int(self.hour[:2]) * 60 + int(self.hour[3:])


def read_publishing(settings: Settings) -> PublishingSettings | None:
    """Read what a centre publishes; None: nothing. A drill without the file publishes too."""
    path = settings.data / PUBLISHING_FILE
    if not path.is_file():
        return PublishingSettings(responsible_for_drill()) if settings.drill else None
    try:
        found: Any = msgspec.toml.decode(path.read_bytes(), type=PublishingSettings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsRefused(
            f"{path}: {error}; the least that it needs is:\n{PUBLISHING_EXAMPLE}"
        ) from error
    publishing: PublishingSettings = found
    publishing.check()
    return publishing


class ToldPublishing(Struct, frozen=True):
    """Whether a centre publishes, and in words."""

    on: bool
    words: str


def told_of_publishing(settings: Settings) -> ToldPublishing:
    """Say for whoever starts a centre what it publishes; SettingsRefused says what is wrong."""
    found = read_publishing(settings)
    if found is None:
        words = f"publishing is off: there is no {settings.data / PUBLISHING_FILE}"
        return ToldPublishing(on=False, words=words)
    folder = settings.data / found.public
    words = f"publishing into {folder} at {found.hour}, by the {found.calendar} calendar"
    return ToldPublishing(on=True, words=words)


def _refuse(what: str, why: str) -> None:
    raise SettingsRefused(f"{PUBLISHING_FILE}: {what} {why}")
