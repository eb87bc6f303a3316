"""Who publishes, and where: what an operator says once and every open file repeats."""

import re

from msgspec import Struct

from pasokh.core.time import Day

# http(s), a host, and a path that a browser leaves as it is.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_PUBLISHER_MAX = 200
# Part of Persian spelling, though it is not printed.
_HALF_SPACE = "\u200c"

LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_PATH = "licence.txt"


class OpenSettingsRefused(ValueError):
    """These cannot stand in open data; the text says which and why."""


class SystemChange(Struct, frozen=True):
    """From this day on the centre counts by another system; in words of both languages."""

    day: Day
    fa: str
    en: str


class OpenSettings(Struct, frozen=True):
    """The publisher's name, and the address of the published folder; relative addresses if "".

    `systems`: when the centre changed to another system, each day once. `newsroom`: where readers
    come to the newsroom, whose hub brings the feeds; empty without one.
    """

    publisher: str
    address: str = ""
    systems: tuple[SystemChange, ...] = ()
    newsroom: str = ""

    def check(self) -> None:
        """Raise OpenSettingsRefused for what would break files or addresses."""
        name = self.publisher.replace(_HALF_SPACE, "")
        if not name.strip() or len(name) > _PUBLISHER_MAX or not name.isprintable():
            raise OpenSettingsRefused(
                f"the publisher's name is one line of at most {_PUBLISHER_MAX} signs"
            )
        for address in filter(None, (self.address, self.newsroom)):
            if not _ADDRESS.fullmatch(address):
                raise OpenSettingsRefused(
                    f"the address is as https://data.example/110, not {address[:80]!r}"
                )

    def at(self, path: str) -> str:
        """Give the address of a published file, or its path where no address is known."""
        return f"{self.address.rstrip('/')}/{path}" if self.address else path
