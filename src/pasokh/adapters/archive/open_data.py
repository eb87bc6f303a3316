"""Open data beside the published days: made, and named in the public log file by file."""

from collections.abc import Mapping
from hashlib import sha256

from pasokh.account.open_data.day import OpenRows, open_day
from pasokh.account.open_data.names import OpenWords
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.proofs.leaf import OpenRowsLeaf
from pasokh.account.publication import Publication
from pasokh.account.rows import SettledDay
from pasokh.adapters.archive.open_parquet import open_parquet
from pasokh.words.jalali import long_day
from pasokh.words.say import say

# Families of messages that are said elsewhere too.
_CLASSES = ("class.", "rule.")


def _say(language: str, told: str) -> str:
    return say(language, told) if told.startswith(_CLASSES) else say(language, f"open.{told}")


WORDS = OpenWords(_say, long_day)


class OpenData:
    """Makes the open files of a publisher, the same bytes for the same days."""

    def __init__(self, settings: OpenSettings) -> None:
        """`settings` are repeated in the files; OpenSettingsRefused when they cannot be."""
        settings.check()
        self._settings = settings

    def of_day(self, settled: SettledDay, published: Publication) -> dict[str, bytes]:
        """Give what lies beside the open rows of a day, by path."""
        found = OpenRows(settled.figure.day, published.rows, settled.lists, settled.names)
        return open_day(found, self._settings, WORDS, open_parquet)


def leaves_of(files: Mapping[str, bytes]) -> tuple[OpenRowsLeaf, ...]:
    """Name files for the public log."""
    return tuple(OpenRowsLeaf(path, sha256(raw).hexdigest()) for path, raw in files.items())
