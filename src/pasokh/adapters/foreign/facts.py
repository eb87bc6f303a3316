"""What one foreign row says, after the mapping: read once, before any command is made of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from pasokh.adapters.foreign.columns import Field, field_at
from pasokh.adapters.foreign.mapping import Kind, Mapping, Rule, Sieve, span_of
from pasokh.adapters.foreign.predicates import Fields, Predicate, all_of
from pasokh.adapters.foreign.stamps import stamp_reader
from pasokh.answer.events import Origin
from pasokh.core.ids import ID_PATTERN
from pasokh.core.time import DAY, HOUR, SECOND, Instant, Span
from pasokh.dispatch.events import Outcome
from pasokh.drivers.ports_replay import Dirt

CODE_CHARACTERS_MAX = 64
# Shorter than an id may be: missions of further units add their number to it.
ID_CHARACTERS_MAX = 56
# 2200-01-01: a call that says it is later has lost its year.
CENTURIES: Instant = 84_006 * DAY
# A step further than this from its call is a slip of the pen: waiting for it would hold the clock
# of the replay. The step counts, its time does not.
BELIEVED: Span = 30 * DAY
STAMPS = (
    "answered", "dispatched", "acknowledged", "en_route", "on_scene", "cleared", "closed"
)  # fmt: skip
# The steps between which a negative length is a mistake of the source. The desk may close a
# call before its unit clears, so `closed` is held only against the call's own beginning.
_IN_ORDER = ("dispatched", "acknowledged", "en_route", "on_scene", "cleared")

_ID = re.compile(ID_PATTERN)
_NOT_IN_IDS = re.compile(r"[^\w.:/@+-]")

S = TypeVar("S", bound=Sieve)
T = TypeVar("T")
U = TypeVar("U")


class RowFacts(Struct):
    """A row understood. Stamps are milliseconds; those that are missing are not in `stamps`."""

    row: int
    call_id: str
    offered: Instant
    stamps: dict[str, Instant]
    kind: Kind
    rule: Rule
    origin: Origin
    outcome: Outcome | None
    abandoned: bool
    call_type: str
    county: str
    beat: str
    station: str
    disposition: str
    units: list[str]
    dirt: list[Dirt]


class Unreadable(Exception):
    """A row without what every call needs: it is parked whole."""

    def __init__(self, rule: str, says: str) -> None:
        """Name the dirty rule that it breaks."""
        super().__init__(says)
        self.rule = rule


class RowReader:
    """Reads rows by a mapping, all of whose columns are in `places`."""

    def __init__(self, mapping: Mapping, places: dict[str, int]) -> None:
        """Compile the mapping's tests and find its columns, once for all rows."""
        self._mapping = mapping
        self._stamp = stamp_reader(mapping.file.time_format, mapping.file.utc_offset_minutes)
        self._offered = field_at(mapping.stamps.offered, places)
        self._stamps = _present(mapping.stamps, STAMPS, places)
        names = ("id", "type", "county", "beat", "station", "disposition")
        self._columns = dict(_present(mapping.columns, names, places))
        self._units = field_at(mapping.units.column, places)
        self._is_field_unit = re.compile(mapping.units.field).search
        self._rules = _compiled(mapping.rule, places, lambda rule: rule)
        self._origins = _compiled(mapping.origin, places, lambda rule: rule.origin)
        self._outcomes = _compiled(mapping.outcome, places, lambda rule: rule.outcome)
        abandoned = () if mapping.abandoned is None else (mapping.abandoned,)
        self._abandoned = _compiled(abandoned, places, lambda _rule: True)
        self._otherwise = Rule(then="unknown", reason=mapping.unknown_reason)
        self._slip = span_of(mapping.dirty.slip)

    def read(self, row: int, fields: Fields) -> RowFacts:
        """Read one row; Unreadable when it has no usable beginning."""
        dirt: list[Dirt] = []
        offered = self.offered_at(fields)
        stamps = self._stamps_of(row, fields, offered, dirt)
        dirt += negative_intervals(row, offered, stamps)
        dirt += self._slips(row, offered, stamps)
        rule = _first(self._rules, fields, self._otherwise)
        return RowFacts(
            row=row,
            call_id=self._call_id(row, fields, dirt),
            offered=offered,
            stamps=stamps,
            kind=rule.then,
            rule=rule,
            origin=_first(self._origins, fields, Origin.PUBLIC),
            outcome=_first(self._outcomes, fields, None),
            abandoned=_first(self._abandoned, fields, False),  # noqa: FBT003 - the default
            call_type=self._code("type", fields),
            county=self._code("county", fields),
            beat=self._code("beat", fields),
            station=self._code("station", fields),
            disposition=self._code("disposition", fields),
            units=self._field_units(fields),
            dirt=dirt,
        )

    def offered_at(self, fields: Fields) -> Instant:
        """Read when the call came; Unreadable when that is not to be had."""
        text = self._offered.of(fields)
        if not text:
            raise Unreadable("no_time", "nothing says when the call came")
        try:
            offered = self._stamp(text)
        except (ValueError, OverflowError) as error:
            raise Unreadable("unreadable_time", f"offered {text[:40]!r}: {error}") from error
        if not 0 <= offered < CENTURIES:
            raise Unreadable("impossible_time", f"offered {text[:40]!r} is not in 1970 to 2199")
        return offered

    def _stamps_of(
        self, row: int, fields: Fields, offered: Instant, dirt: list[Dirt]
    ) -> dict[str, Instant]:
        stamps: dict[str, Instant] = {}
        for name, field in self._stamps:
            text = field.of(fields)
            if not text:
                continue
            try:
                at = self._stamp(text)
            except (ValueError, OverflowError):
                dirt.append(Dirt(row, "unreadable_time", f"{name} {text[:40]!r} is no time"))
                continue
            if abs(at - offered) > BELIEVED:
                dirt.append(Dirt(row, "impossible_time", f"{name} {text[:40]!r}: not believed"))
            else:
                stamps[name] = at
        return stamps

    def _slips(self, row: int, offered: Instant, stamps: dict[str, Instant]) -> Iterator[Dirt]:
        slip = self._slip
        if slip is None:
            return
        for name, at in stamps.items():
            if abs(at - offered) > slip:
                says = f"{name} is {(at - offered) / HOUR:.1f} h after offered"
                yield Dirt(row, "clock_slip", says)

    def _call_id(self, row: int, fields: Fields, dirt: list[Dirt]) -> str:
        if "id" not in self._columns:
            return f"row-{row}"
        text = self._columns["id"].of(fields)
        if not text:
            dirt.append(Dirt(row, "no_id", f"called row-{row} here"))
            return f"row-{row}"
        if len(text) <= ID_CHARACTERS_MAX and _ID.fullmatch(text):
            return text
        call_id = as_id(text)
        dirt.append(Dirt(row, "unusable_id", f"called {call_id} here"))
        return call_id

    def _code(self, name: str, fields: Fields) -> str:
        field = self._columns.get(name)
        return "" if field is None else field.of(fields)[:CODE_CHARACTERS_MAX]

    def _field_units(self, fields: Fields) -> list[str]:
        if not self._units.places:
            return []
        listed = self._units.of(fields).split(self._mapping.units.separator)
        named = dict.fromkeys(unit.strip() for unit in listed)
        return [as_id(unit) for unit in named if unit and self._is_field_unit(unit)]


def negative_intervals(row: int, offered: Instant, stamps: dict[str, Instant]) -> Iterator[Dirt]:
    """Say which steps are before the step that they follow. Nothing is put right."""
    latest: dict[str, tuple[str, Instant]] = {"call": ("offered", offered)}
    for name, at in stamps.items():
        chain = "mission" if name in _IN_ORDER else "call"
        before, at_before = latest.get(chain, latest["call"])
        if at < at_before:
            says = f"{name} is {(at_before - at) // SECOND} s before {before}"
            yield Dirt(row, "negative_interval", says)
        if chain == "mission":
            latest[chain] = name, at


def _present(keys: Struct, names: Sequence[str], places: dict[str, int]) -> list[tuple[str, Field]]:
    return [(name, field_at(getattr(keys, name), places)) for name in names if getattr(keys, name)]


def _compiled(
    rules: Sequence[S], places: dict[str, int], gives: Callable[[S], T]
) -> list[tuple[Predicate, T]]:
    return [(all_of(rule.when, places), gives(rule)) for rule in rules]


def _first(choices: list[tuple[Predicate, T]], fields: Fields, otherwise: U) -> T | U:
    for holds, given in choices:
        if holds(fields):
            return given
    return otherwise


def as_id(text: str) -> str:
    """Make a text usable as an id, whatever it holds."""
    return _NOT_IN_IDS.sub("_", text)[:ID_CHARACTERS_MAX] or "_"
