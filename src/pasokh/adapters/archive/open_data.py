"""Open data beside the published days: made, and named in the public log file by file."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from pasokh.account.disclosure.rows import SIDE_OF, PublicLists, PublicRow, Side, TypeTree
from pasokh.account.open_data.catalogue import OpenSet
from pasokh.account.open_data.csvw import csvw_of
from pasokh.account.open_data.day import (
    OpenRows,
    open_correction,
    open_day,
    open_joined,
    open_month,
)
from pasokh.account.open_data.day_files import IndexedDay, day_record, folder_of, open_file
from pasokh.account.open_data.index import DEFINITIONS_PATH, OutSoFar, around
from pasokh.account.open_data.names import OpenWords
from pasokh.account.open_data.series import FiguredPeriod, PeriodFigure, SeriesKind, SeriesLists
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.open_data.tables import BESIDE, CALLS, CODE_LISTS, JOINED, MONTH
from pasokh.account.proofs.leaf import FigureLeaf, Leaf, OpenRowsLeaf
from pasokh.account.proofs.values import CountValue, QuantilesValue
from pasokh.account.publication import Publication, figure_path
from pasokh.account.publication_month import read_rows
from pasokh.account.rows import SettledDay
from pasokh.adapters.archive.definitions import definitions_json
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.open_kept import OpenKept
from pasokh.adapters.archive.open_parquet import open_parquet
from pasokh.core.time import Day, day_from_iso, iso_day, iso_instant
from pasokh.words.jalali import long_day
from pasokh.words.say import say

# Families of messages that are said elsewhere too.
_ELSEWHERE = ("class.", "rule.", "definition.")


def _say(language: str, told: str) -> str:
    return say(language, told) if told.startswith(_ELSEWHERE) else say(language, f"open.{told}")


WORDS = OpenWords(_say, long_day)


class OpenData:
    """Makes the open files of a publisher, the same bytes for the same days."""

    def __init__(self, private: Files, settings: OpenSettings) -> None:
        """`settings` are repeated in the files; OpenSettingsRefused when they cannot be."""
        settings.check()
        self._kept = OpenKept(private)
        self._settings = settings

    def of_day(self, settled: SettledDay, published: Publication) -> dict[str, bytes]:
        """Give what lies beside the open rows of a day, by path."""
        folder = folder_of(iso_day(settled.figure.day))
        names = [table.file for table in BESIDE if folder + table.file in published.files]
        beside = {name: published.files[folder + name] for name in names}
        found = OpenRows(settled.figure.day, published.rows, settled.lists, settled.names, beside)
        return open_day(found, self._settings, WORDS, open_parquet)

    def keep(self, settled: SettledDay, published: Publication, opened: dict[str, bytes]) -> None:
        """Keep what the index will say of a day that is out."""
        figures = [leaf for leaf in published.leaves if isinstance(leaf, FigureLeaf)]
        paths = list(map(figure_path, figures))
        day = iso_day(settled.figure.day)
        files = {
            path: raw
            for path, raw in (published.files | opened).items()
            if path.startswith(folder_of(day)) and path not in paths
        }
        cutoff = iso_instant(settled.figure.cutoff)
        record = day_record(settled.figure.day, cutoff, published.rows, files, paths)
        self._kept.keep_day(record, settled.names, settled.lives)
        told = (
            _figure(leaf, figure_path(leaf), settled.figure.day, published.rows) for leaf in figures
        )
        counties = _county_counts(published.rows)
        self._kept.keep_period(FiguredPeriod(SeriesKind.DAY, day, tuple(told), counties))

    def of_correction(
        self, settled: SettledDay, leaves: Iterable[Leaf], files: Mapping[str, bytes], number: int
    ) -> dict[str, bytes]:
        """Describe a day's correction and keep it; nothing when the index does not know the day."""
        day = settled.figure.day
        known = self._kept.day(iso_day(day))
        if known is None:
            return {}
        path = f"{known.folder}correction-{number}.csv"
        made = self._described(known, number, files[path], iso_instant(settled.figure.cutoff))
        newer = (
            PeriodFigure(
                leaf.definition_id,
                leaf.definition_version,
                known.from_day,
                leaf.value,
                figure_path(leaf, number),
            )
            for leaf in leaves
            if isinstance(leaf, FigureLeaf)
        )
        self._kept.keep_newer(known.day, tuple(newer))
        return made

    def of_old_correction(self, day: str, number: int, raw: bytes, cutoff: str) -> dict[str, bytes]:
        """Describe a correction that went out when none was described yet, and keep it."""
        known = self._kept.day(day)
        return {} if known is None else self._described(known, number, raw, cutoff)

    def _described(
        self, known: IndexedDay, number: int, raw: bytes, cutoff: str
    ) -> dict[str, bytes]:
        name, day = f"correction-{number}", day_from_iso(known.day)
        table = open_file(f"{known.folder}{name}.csv", raw)
        lists = [known.file(one.file) for one in CODE_LISTS]
        made = open_correction(day, table, lists, self._settings, WORDS)
        found = OpenSet(
            f"{known.folder}{name}.csv#dataset",
            WORDS.of_day("correction.title", day),
            WORDS.both("correction.says"),
            (table,),
            known.folder + csvw_of(table.name),
            (known.from_day, known.day),
            cutoff,
        )
        self._kept.keep_set(f"{known.day}-{name}", found)
        return made

    def days(self) -> tuple[str, ...]:
        """Name the days that are out."""
        return tuple(one.day for one in self._kept.days())

    def of_month(
        self, days: tuple[Day, Day], published: Publication, types: TypeTree, cutoff: str
    ) -> dict[str, bytes]:
        """Give what lies beside the rows of a month, and keep it."""
        last = iso_day(days[1])
        folder = f"months/{last}/"
        found = OpenRows(days[1], published.rows, PublicLists((), types), self._kept.names(last))
        made = open_month(found, folder, self._settings, WORDS)
        rows = folder + MONTH.file
        told = OpenSet(
            folder,
            WORDS.of_day("month.title", days[1]),
            WORDS.both("month.says"),
            (open_file(rows, published.files[rows]),),
            folder + csvw_of(MONTH.file),
            (iso_day(days[0]), last),
            cutoff,
        )
        self._kept.keep_set(f"{last}-month", told)
        return made

    def of_joined(self, files: Mapping[str, bytes], last: Day, cutoff: str) -> dict[str, bytes]:
        """Describe the joined corrections of a month and keep them."""
        folder = f"months/{iso_day(last)}/"
        table = open_file(folder + JOINED.file, files[folder + JOINED.file])
        first = read_rows(files[table.path])[0].from_day
        told = OpenSet(
            f"{table.path}#dataset",
            WORDS.of_day("joined.title", last),
            WORDS.both("joined.says"),
            (table,),
            folder + csvw_of(table.name),
            (iso_day(first), iso_day(last)),
            cutoff,
        )
        self._kept.keep_set(f"{iso_day(last)}-joined", told)
        return open_joined(last, folder, self._settings, WORDS)

    def around(self) -> dict[str, bytes]:
        """Give what is about all days that were kept, by path."""
        definitions = definitions_json()
        found = OutSoFar(
            self._kept.days(),
            open_file(DEFINITIONS_PATH, definitions),
            self._kept.sets(),
            self._kept.periods(),
            SeriesLists(self._kept.lives(), self._settings.systems),
            self._kept.tables(),
        )
        return {DEFINITIONS_PATH: definitions} | around(found, self._settings, WORDS)


def leaves_of(files: Mapping[str, bytes]) -> tuple[OpenRowsLeaf, ...]:
    """Name files for the public log."""
    return tuple(OpenRowsLeaf(path, sha256(raw).hexdigest()) for path, raw in files.items())


def _figure(leaf: FigureLeaf, path: str, day: Day, rows: Iterable[PublicRow]) -> PeriodFigure:
    """Say from which day on the rows speak of a figure: with a small side, of days before too."""
    begun = day
    if not isinstance(leaf.value, QuantilesValue) and _of_rows(leaf):
        words = leaf.value.classes if isinstance(leaf.value, CountValue) else leaf.value.base
        sides = {SIDE_OF.get(word) or Side(word) for word in words}
        begun = min((row.from_day for row in rows if row.side in sides), default=day)
    return PeriodFigure(
        leaf.definition_id, leaf.definition_version, iso_day(begun), leaf.value, path
    )


def _of_rows(leaf: FigureLeaf) -> bool:
    return any(path.endswith(f"/{CALLS.file}") for path in leaf.inputs)


def _county_counts(rows: Iterable[PublicRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row.county:
            found[row.county] = found.get(row.county, 0) + row.count
    return found
