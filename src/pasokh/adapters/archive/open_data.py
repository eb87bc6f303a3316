"""Open data beside the published days: made, and named in the public log file by file."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from pasokh.account.open_data.catalogue import Catalogued
from pasokh.account.open_data.day import OpenRows, open_day
from pasokh.account.open_data.day_files import IndexedDay, day_record, folder_of, open_file
from pasokh.account.open_data.index import around
from pasokh.account.open_data.names import OpenWords
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.proofs.leaf import FigureLeaf, OpenRowsLeaf
from pasokh.account.publication import Publication, figure_path
from pasokh.account.rows import SettledDay
from pasokh.adapters.archive.definitions import definitions_json
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.open_parquet import open_parquet
from pasokh.core.time import iso_day, iso_instant
from pasokh.words.jalali import long_day
from pasokh.words.say import say

DEFINITIONS_PATH = "definitions.json"
_KEPT = "open"
# Families of messages that are said elsewhere too.
_CLASSES = ("class.", "rule.")


def _say(language: str, told: str) -> str:
    return say(language, told) if told.startswith(_CLASSES) else say(language, f"open.{told}")


WORDS = OpenWords(_say, long_day)


class OpenData:
    """Makes the open files of a publisher, the same bytes for the same days.

    What an index says of each day is kept beside the key, not believed from the public folder.
    """

    def __init__(self, private: Files, settings: OpenSettings) -> None:
        """`settings` are repeated in the files; OpenSettingsRefused when they cannot be."""
        settings.check()
        self._private = private
        self._settings = settings

    def of_day(self, settled: SettledDay, published: Publication) -> dict[str, bytes]:
        """Give what lies beside the open rows of a day, by path."""
        found = OpenRows(settled.figure.day, published.rows, settled.lists, settled.names)
        return open_day(found, self._settings, WORDS, open_parquet)

    def keep(self, settled: SettledDay, published: Publication, opened: dict[str, bytes]) -> None:
        """Keep what the index will say of a day that is out."""
        figures = [figure_path(leaf) for leaf in published.leaves if isinstance(leaf, FigureLeaf)]
        folder = folder_of(iso_day(settled.figure.day))
        files = {
            path: raw
            for path, raw in (published.files | opened).items()
            if path.startswith(folder) and path not in figures
        }
        cutoff = iso_instant(settled.figure.cutoff)
        record = day_record(settled.figure.day, cutoff, published.rows, files, figures)
        self._private.write(f"{_KEPT}/{record.day}.json", msgspec.json.encode(record))

    def around(self) -> dict[str, bytes]:
        """Give what is about all days that were kept, by path."""
        days = [
            msgspec.json.decode(self._private.read(f"{_KEPT}/{name}"), type=IndexedDay)
            for name in sorted(self._private.names(_KEPT))
        ]
        definitions = definitions_json()
        found = Catalogued(tuple(days), open_file(DEFINITIONS_PATH, definitions))
        return {DEFINITIONS_PATH: definitions} | around(found, self._settings, WORDS)


def leaves_of(files: Mapping[str, bytes]) -> tuple[OpenRowsLeaf, ...]:
    """Name files for the public log."""
    return tuple(OpenRowsLeaf(path, sha256(raw).hexdigest()) for path, raw in files.items())
