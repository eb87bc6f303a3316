"""What an index says of everything that is out, kept beside the key: the public folder may lie."""

from typing import TypeVar

import msgspec
from msgspec import structs

from pasokh.account.areas import CountyLife
from pasokh.account.open_data.catalogue import OpenSet
from pasokh.account.open_data.day_files import IndexedDay
from pasokh.account.open_data.names import PublicNames
from pasokh.account.open_data.series import FiguredPeriod, PeriodFigure, SeriesFile, SeriesKind
from pasokh.adapters.archive.files import Files

_DAYS, _SETS, _PERIODS, _TABLES = "open", "open-sets", "open-periods", "open-tables"
_NAMES, _LIVES = "open-names", "open-lives.json"
_Kept = TypeVar("_Kept")


class OpenKept:
    """Keeps it in a folder that is for publishing alone."""

    def __init__(self, private: Files) -> None:
        """Nothing is read yet."""
        self._private = private

    def keep_day(self, day: IndexedDay, names: PublicNames, lives: tuple[CountyLife, ...]) -> None:
        """Keep a day that is out, what its codes are called, and the counties there were."""
        self._write(f"{_DAYS}/{day.day}.json", day)
        self._write(f"{_NAMES}/{day.day}.json", names)
        self._write(_LIVES, lives)

    def keep_period(self, period: FiguredPeriod) -> None:
        """Keep the figures of a period."""
        self._write(_period(period.kind, period.to_day), period)

    def keep_newer(self, day: str, figures: tuple[PeriodFigure, ...]) -> None:
        """Keep that figures of a day were revised."""
        kept = self._read(_period(SeriesKind.DAY, day), FiguredPeriod)
        if kept is not None:
            newer = {one.definition_id: one for one in figures}
            told = tuple(newer.get(one.definition_id, one) for one in kept.figures)
            self.keep_period(structs.replace(kept, figures=told))

    def keep_set(self, name: str, found: OpenSet) -> None:
        """Keep files that are out beside the days."""
        self._write(f"{_SETS}/{name}.json", found)

    def keep_table(self, found: SeriesFile) -> None:
        """Keep a table over many days."""
        self._write(f"{_TABLES}/{found.table.name}.json", found)

    def day(self, day: str) -> IndexedDay | None:
        """Give a day; None when it is not out."""
        return self._read(f"{_DAYS}/{day}.json", IndexedDay)

    def names(self, day: str) -> PublicNames:
        """Say what the codes of a day are called."""
        return self._read(f"{_NAMES}/{day}.json", PublicNames) or PublicNames()

    def lives(self) -> tuple[CountyLife, ...]:
        """Say which counties there were when, as the newest day told it."""
        return self._read(_LIVES, tuple[CountyLife, ...]) or ()

    def days(self) -> tuple[IndexedDay, ...]:
        """Give all days in their order."""
        return self._all(_DAYS, IndexedDay)

    def sets(self) -> tuple[OpenSet, ...]:
        """Give what is out beside the days, in the order of its names."""
        return self._all(_SETS, OpenSet)

    def periods(self) -> tuple[FiguredPeriod, ...]:
        """Give every period that has figures."""
        return self._all(_PERIODS, FiguredPeriod)

    def tables(self) -> tuple[SeriesFile, ...]:
        """Give the tables over many days that were kept."""
        return self._all(_TABLES, SeriesFile)

    def _write(self, path: str, what: object) -> None:
        self._private.write(path, msgspec.json.encode(what))

    def _read(self, path: str, kind: type[_Kept]) -> _Kept | None:
        try:
            return msgspec.json.decode(self._private.read(path), type=kind)
        except FileNotFoundError:
            return None

    def _all(self, folder: str, kind: type[_Kept]) -> tuple[_Kept, ...]:
        names = sorted(self._private.names(folder))
        return tuple(
            msgspec.json.decode(self._private.read(f"{folder}/{name}"), type=kind) for name in names
        )


def _period(kind: SeriesKind, to_day: str) -> str:
    return f"{_PERIODS}/{kind}-{to_day}.json"
