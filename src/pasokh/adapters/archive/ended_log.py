"""What a replay's report says of a log that has ended: its source, and how others would read it.

Each reading is a figure, made of one table and proved as every other figure is.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from pasokh.account.disclosure.rows import PublicRow
from pasokh.account.open_data.json_text import json_text
from pasokh.account.open_data.series import SeriesFile
from pasokh.account.proofs.leaf import FigureLeaf, OpenRowsLeaf, read_leaf, write_leaf
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.account.proofs.values import ShareValue
from pasokh.account.publication import rows_path
from pasokh.account.publication_month import read_rows
from pasokh.account.published_endings import EndingTold, endings_told, hidden_beside, is_few
from pasokh.account.published_readings import UNKNOWN, readings_of
from pasokh.account.rivals import ReadingCell
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.open_data import WORDS
from pasokh.adapters.archive.open_kept import OpenKept
from pasokh.adapters.archive.transparency import TransparencyLog

SOURCE_PATH = "source.json"
_WHOLE = "whole/operational-share-1.0.json"
_VERSION = "1.0"
# What a replay's report says that no row tells.
_SAID = ("source", "notes", "log")


class EndedPublisher:
    """Publishes it, beside the figures of the whole log, which are out already."""

    def __init__(
        self, public: Files, log: TransparencyLog, responsible: str, private: Files
    ) -> None:
        """`responsible`: who answers for the figures, in words; `private` is the publisher's."""
        self._public = public
        self._log = log
        self._responsible = responsible
        self._kept = OpenKept(private)

    def publish(self, report: bytes, days: Sequence[str]) -> None:
        """Publish the readings that can be told, and what the report says of the source.

        `days`: those that are out, by which every number of the report is held.
        """
        found = msgspec.json.decode(report, type=dict[str, Any])
        hidden = hidden_beside(found["classes"], self._rows(days))
        cells = msgspec.convert(found.get("readings", []), list[ReadingCell])
        says = {one["name"]: one["says"] for one in found["rivals"]}
        figures = {} if hidden is None else self._readings(cells, says, hidden)
        said = {name: found[name] for name in _SAID if name in found}
        said |= _counts(found, hidden)
        said["rivals"] = [
            one | {"figure": figures[one["name"]]}
            for one in found["rivals"]
            if one["name"] in figures
        ]
        said["withheld"] = sorted({*says} - {*figures})
        if UNKNOWN in figures:
            said[UNKNOWN] = figures[UNKNOWN]
        raw = msgspec.json.encode(said, order="deterministic")
        self._put(SOURCE_PATH, msgspec.json.format(raw, indent=1) + b"\n")
        self._log.sign()

    def _rows(self, days: Sequence[str]) -> Iterator[PublicRow]:
        for day in days:
            path = rows_path(day)
            folder, _, name = path.rpartition("/")
            if name in self._public.names(folder):
                yield from read_rows(self._public.read(path))

    def _readings(
        self, cells: list[ReadingCell], says: Mapping[str, str], hidden: Collection[str]
    ) -> dict[str, str]:
        """Publish the table and a figure for each reading; give the figures' paths by name."""
        whole = self._headline()
        if whole is None:
            return {}
        first, _, last = whole.figure_id.split("/")[3].partition("..")
        table = readings_of(cells, (first, last), hidden)
        if table is None:
            return {}
        self._put(table.table.file, table.raw)
        self._kept.keep_table(SeriesFile(table.table, table.raw))
        rows = {table.table.file: sha256(table.raw).hexdigest()}
        return {
            name: self._figure(name, share, says.get(name, ""), rows, whole)
            for name, share in table.shares.items()
        }

    def _figure(
        self, name: str, share: ShareValue, says: str, rows: Mapping[str, str], whole: FigureLeaf
    ) -> str:
        definition_id = f"reading-{name.replace('_', '-')}"
        defined = json_text(_definition(name, definition_id, says))
        digest = sha256(defined).hexdigest()
        path = f"definitions/{definition_id}-{_VERSION}-{digest[:12]}.json"
        self._put(path, defined)
        inputs = {**rows, path: digest}
        told = sha256("".join(f"{one} {inputs[one]}\n" for one in sorted(inputs)).encode())
        span = whole.figure_id.split("/")[3]
        ids = (definition_id, _VERSION, "public", span, whole.cutoff, told.hexdigest()[:32])
        leaf = FigureLeaf(
            figure_id="/".join(ids),
            value=share,
            definition_id=definition_id,
            definition_version=_VERSION,
            inputs=inputs,
            cutoff=whole.cutoff,
            responsible=whole.responsible,
        )
        place = f"whole/{definition_id}-{_VERSION}.json"
        raw = write_leaf(leaf)
        self._public.write(place, raw)
        (index,) = self._log.append([raw])
        self._log.sign()
        if place.rpartition("/")[2] + SUFFIX not in self._public.names("whole"):
            self._public.write(place + SUFFIX, self._log.proof_of(index))
        return place

    def _headline(self) -> FigureLeaf | None:
        try:
            leaf = read_leaf(self._public.read(_WHOLE))
        except FileNotFoundError:
            return None
        return leaf if isinstance(leaf, FigureLeaf) else None

    def _put(self, path: str, raw: bytes) -> None:
        self._public.write(path, raw)
        self._log.append([write_leaf(OpenRowsLeaf(path, sha256(raw).hexdigest()))])


def said_of(source: Mapping[str, Any]) -> Iterator[str]:
    """Say what stayed unknown, and how others would read the same rows."""
    for one in source["endings"]:
        if one["kind"] == UNKNOWN:
            share = f"{one['count']} of {source['public']} = {one['share_percent']} %"
            yield f"  unknown, and counted as not operational: {share}, {one['reason']}"
    for one in source["rivals"]:
        share = f"{one['share_percent']} % = {one['operational']} of {one['of']}"
        yield f"  read otherwise: {share}, {one['says']}"


def _definition(name: str, definition_id: str, says: str) -> dict[str, str]:
    """Write a reading's rule; the source's own words are in one language."""
    about = UNKNOWN if name == UNKNOWN else "reading"
    told, words = WORDS.both(f"readings.{about}"), WORDS.both(f"readings.{about}.says")
    return {
        "definition_id": definition_id,
        "version": _VERSION,
        "name_fa": told.fa,
        "name_en": told.en,
        "says_fa": f"{words.fa} {says}".strip(),
        "says_en": f"{words.en} {says}".strip(),
    }


def _counts(found: Mapping[str, Any], hidden: Collection[str] | None) -> dict[str, Any]:
    """Say how many calls there were and what became of them, as far as the rows leave room."""
    if hidden is None:
        return {"endings": []}
    public = found["public"]
    endings = msgspec.convert(found["endings"], list[EndingTold])
    told = {"public": public, "endings": list(endings_told(endings, hidden, public))}
    return told if is_few(found["calls"] - public) else told | {"calls": found["calls"]}
