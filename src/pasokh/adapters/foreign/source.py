"""A foreign log ready for the replay driver: file and mapping, checked before the first row."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pasokh.adapters.foreign.columns import field_at, places_of
from pasokh.adapters.foreign.days import DayWatch
from pasokh.adapters.foreign.facts import RowReader, Unreadable
from pasokh.adapters.foreign.mapping import Mapping, load_mapping, report_rules, span_of
from pasokh.adapters.foreign.reading import Broken, header_of, rows_of
from pasokh.adapters.foreign.sorting import by_time
from pasokh.adapters.foreign.steps import StepMaker
from pasokh.core.time import Instant
from pasokh.drivers.ports_replay import Arrival, Dirt


class MappedLog:
    """A file seen through a mapping. Reads once, a row at a time; keeps only the ids it saw."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        """Check the file's header against the mapping; MappingFault or ForeignLogFault."""
        self.name = mapping.title
        self.utc_offset_minutes = mapping.file.utc_offset_minutes
        self.rules = report_rules(mapping)
        self._path = path
        self._shape = mapping.file
        self._header = header_of(path, mapping.file)
        places = places_of(mapping, self._header, f"{mapping.name} on {path}")
        self._id = field_at(mapping.columns.id, places)
        self._reader = RowReader(mapping, places)
        self._maker = StepMaker(mapping)
        self._days = DayWatch(
            utc_offset_minutes=mapping.file.utc_offset_minutes,
            gap=span_of(mapping.dirty.gap),
            short_day=mapping.dirty.short_day,
        )
        # Fingerprints of what names a row: eight bytes of thought a row, not the row.
        self._seen: set[int] = set()

    def arrivals(self) -> Iterator[Arrival]:
        """Yield the rows as timed commands, or parked with the reason."""
        rows = enumerate(rows_of(self._path, self._shape, self._header), 1)
        if self._shape.order == "time":
            yield from (self._arrival(row, fields) for row, fields in rows)
            return
        broken: list[Arrival] = []
        for row, whole in by_time(_whole_rows(rows, broken), self._when):
            yield self._arrival(row, whole)
        yield from broken

    def dirty_days(self) -> list[Dirt]:
        """Say which days look incomplete."""
        return self._days.short_days()

    def _when(self, fields: Sequence[str]) -> Instant:
        try:
            return self._reader.offered_at(fields)
        except Unreadable:
            return 0  # it will be parked, whenever it comes

    def _arrival(self, row: int, fields: Sequence[str] | Broken) -> Arrival:
        if isinstance(fields, Broken):
            return _broken(row, fields)
        doubled = self._doubled(fields)
        if doubled:
            return self._park(row, fields, Dirt(row, "doubled", doubled))
        try:
            facts = self._reader.read(row, fields)
        except Unreadable as unreadable:
            return self._park(row, fields, Dirt(row, unreadable.rule, str(unreadable)))
        too_far = self._days.too_far(facts.offered)
        if too_far:
            return self._park(row, fields, Dirt(row, "impossible_time", too_far))
        facts.dirt.extend(self._days.saw(row, facts.offered))
        return Arrival(row, self._maker.steps_of(facts), tuple(facts.dirt))

    def _doubled(self, fields: Sequence[str]) -> str:
        call_id = self._id.of(fields)
        print_ = hash(call_id) if call_id else hash(tuple(fields))
        if print_ not in self._seen:
            self._seen.add(print_)
            return ""
        what = f"the id {call_id[:64]}" if call_id else "the same row"
        return f"{what} was there before"

    def _park(self, row: int, fields: Sequence[str], dirt: Dirt) -> Arrival:
        named = dict(zip(self._header, fields, strict=True))
        return Arrival(row, [], (dirt,), msgspec.json.encode(named).decode())


def _whole_rows(
    rows: Iterator[tuple[int, Sequence[str] | Broken]], broken: list[Arrival]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Let whole rows through and lay the broken ones aside."""
    for row, fields in rows:
        if isinstance(fields, Broken):
            broken.append(_broken(row, fields))
        else:
            yield row, fields


def _broken(row: int, broken: Broken) -> Arrival:
    dirt = Dirt(row, broken.rule, broken.says)
    return Arrival(row, [], (dirt,), broken.whole or broken.says)


def open_foreign_log(path: str | Path, mapping: str) -> MappedLog:
    """Open a file with a mapping's name or path; MappingFault or ForeignLogFault says why not."""
    return MappedLog(Path(path), load_mapping(mapping))
