"""The mapping: what a foreign log's columns mean, as a TOML file. Read and checked here.

The reference with an example of each key is docs/reference/mapping.md; the shipped mappings are
in the folder `mappings` beside this file.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from pasokh.account.report_rules import ReportRules, Rival
from pasokh.answer.events import CallCode, Origin
from pasokh.core.time import DAY, HOUR, MINUTE, SECOND, Span
from pasokh.dispatch.events import Outcome

_SPAN = re.compile(r"(\d+) ?(s|min|h|d)")
_SPANS: dict[str, Span] = {"s": SECOND, "min": MINUTE, "h": HOUR, "d": DAY}

# One column, or several that are joined with a space ("date" and "time").
Columns: TypeAlias = str | tuple[str, ...]
Kind: TypeAlias = Literal[
    "dispatched", "desk_settled", "cancelled", "duplicate", "nuisance", "unknown"
]
SpanText: TypeAlias = Annotated[str, Meta(pattern=rf"^(?:{_SPAN.pattern})?$")]


class MappingFault(Exception):
    """A mapping that can not be used. Says which file, which key, and how to mend it."""


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the mapping: a key that is not known is a mistake, not a wish."""


class FileShape(Strict, frozen=True):
    """How the file is written. `records` names the list in a JSON file.

    Rows come in the order of their calls; `order = "any"` sorts a file that is not so.
    """

    format: Literal["csv", "json", "jsonl"] = "csv"
    separator: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    encoding: str = "utf-8"
    utc_offset_minutes: Annotated[int, Meta(ge=-840, le=840)] = 0
    time_format: Annotated[str, Meta(min_length=1)] = "iso"
    records: str = ""
    order: Literal["time", "any"] = "time"


class ColumnNames(Strict, frozen=True):
    """The columns that say what the call is about. An empty name: the source has none."""

    id: str = ""
    type: str = ""
    county: str = ""
    beat: str = ""
    station: str = ""
    disposition: str = ""


class StampColumns(Strict, frozen=True):
    """The columns with times. Only `offered` is needed."""

    offered: Columns
    answered: Columns = ""
    dispatched: Columns = ""
    acknowledged: Columns = ""
    en_route: Columns = ""
    on_scene: Columns = ""
    cleared: Columns = ""
    closed: Columns = ""


class UnitColumn(Strict, frozen=True):
    """The column that lists units, and the pattern of those that leave the house."""

    column: str = ""
    separator: str = " "
    field: str = ""


class Test(Strict, frozen=True):
    """One question to a row. Every part that is given must hold."""

    __test__ = False  # not one of pytest's

    field: str
    is_: str | None = msgspec.field(default=None, name="is")
    is_not: str | None = None
    in_: tuple[str, ...] = msgspec.field(default=(), name="in")
    not_in: tuple[str, ...] = ()
    empty: bool | None = None
    starts_with: str | None = None
    contains: tuple[str, ...] = ()
    contains_none: tuple[str, ...] = ()
    matches: str | None = None
    at_least: float | None = None
    at_most: float | None = None


Tests: TypeAlias = Annotated[tuple[Test, ...], Meta(min_length=1)]


class Sieve(Strict, frozen=True, kw_only=True):
    """Rows that pass every test of `when`; without a test every row passes."""

    when: tuple[Test, ...] = ()


class Rule(Sieve, frozen=True, kw_only=True):
    """What became of the rows that pass. The first rule that fits wins."""

    then: Kind
    reason: Annotated[str, Meta(max_length=200)] = ""
    code: CallCode | None = None


class OriginRule(Sieve, frozen=True, kw_only=True):
    """Rows that are certainly not from the public. What is only suspected is a `[[rival]]`."""

    origin: Origin
    when: Tests


class OutcomeRule(Sieve, frozen=True, kw_only=True):
    """What the unit found, where the source says so."""

    outcome: Outcome
    when: Tests


class AbandonedRule(Sieve, frozen=True, kw_only=True):
    """Calls that ended before anybody answered, and whether the desk reached the caller."""

    when: Tests
    called_back: bool = False


class IntervalRules(Strict, frozen=True):
    """Which lengths enter the intervals; the rest is counted apart."""

    unit: Literal["s", "min"] = "s"
    negative: Literal["in", "out"] = "out"
    longest: SpanText = ""


class DirtyRules(Strict, frozen=True):
    """When a row is called dirty. A day is short below `short_day` of the median day."""

    slip: SpanText = "12h"
    gap: SpanText = "1d"
    short_day: Annotated[float, Meta(ge=0, le=1)] = 0.5


class RivalRule(Strict, frozen=True):
    """Another honest reading of the same log, printed beside the first."""

    name: str
    says: str
    without_types: tuple[str, ...] = ()
    taken_as_unknown: tuple[str, ...] = ()
    taken_as_sent: tuple[str, ...] = ()


class Mapping(Strict, frozen=True):
    """A whole mapping. `unknown_reason` is said of every row that no rule fits."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}$")]
    title: str
    stamps: StampColumns
    notes: tuple[str, ...] = ()
    file: FileShape = FileShape()
    columns: ColumnNames = ColumnNames()
    units: UnitColumn = UnitColumn()
    rule: tuple[Rule, ...] = ()
    unknown_reason: str = "no rule of the mapping fits"
    desk_stamps: bool = False
    origin: tuple[OriginRule, ...] = ()
    outcome: tuple[OutcomeRule, ...] = ()
    abandoned: AbandonedRule | None = None
    intervals: IntervalRules = IntervalRules()
    dirty: DirtyRules = DirtyRules()
    rival: tuple[RivalRule, ...] = ()


def shipped_names() -> list[str]:
    """Name the mappings that come with the program."""
    folder = files(__package__) / "mappings"
    return sorted(
        f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")
    )


def load_mapping(name_or_path: str) -> Mapping:
    """Read a shipped mapping by its name, or any other by its path; MappingFault when wrong."""
    if not name_or_path.endswith(".toml"):
        return parse_mapping(_shipped(name_or_path), f"{name_or_path}.toml")
    try:
        text = Path(name_or_path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name_or_path}: can not be read ({error}); give a readable UTF-8 file"
        raise MappingFault(message) from error
    return parse_mapping(text, name_or_path)


def parse_mapping(text: str, where: str) -> Mapping:
    """Read a mapping from its text; `where` names it in errors."""
    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{where}: is not TOML: {error}; mend that line"
        raise MappingFault(message) from error
    try:
        mapping = msgspec.convert(raw, Mapping)
    except msgspec.ValidationError as error:
        message = f"{where}: {_key_of(str(error))}; see docs/reference/mapping.md"
        raise MappingFault(message) from error
    _check_patterns(mapping, where)
    return mapping


def tests_in(mapping: Mapping) -> Iterator[tuple[str, Test]]:
    """Yield every test of the mapping with its key, as `rule[0].when[1]`."""
    tables: dict[str, tuple[Sieve, ...]] = {
        "rule": mapping.rule,
        "origin": mapping.origin,
        "outcome": mapping.outcome,
        "abandoned": () if mapping.abandoned is None else (mapping.abandoned,),
    }
    for table, sieves in tables.items():
        for i, sieve in enumerate(sieves):
            for j, test in enumerate(sieve.when):
                yield f"{table}[{i}].when[{j}]", test


def report_rules(mapping: Mapping) -> ReportRules:
    """Hand the report what the mapping chose for it."""
    chosen = mapping.intervals
    return ReportRules(
        unit=chosen.unit,
        unit_span=_SPANS[chosen.unit],
        negative_in=chosen.negative == "in",
        longest=span_of(chosen.longest),
        unknown_reason=mapping.unknown_reason,
        rivals=tuple(
            Rival(
                rule.name,
                rule.says,
                frozenset(rule.without_types),
                frozenset(rule.taken_as_unknown),
                frozenset(rule.taken_as_sent),
            )
            for rule in mapping.rival
        ),
        notes=mapping.notes,
    )


def span_of(text: SpanText) -> Span | None:
    """Read '12h', '90 s', '2d' as milliseconds; None for the empty text."""
    found = _SPAN.fullmatch(text)
    return None if found is None else int(found[1]) * _SPANS[found[2]]


def _shipped(name: str) -> str:
    """Find a mapping by its name as a person types it: San Luis Obispo, san_luis_obispo, boone."""
    typed = re.sub(r"[\s_-]+", "-", name.strip().lower())
    known = shipped_names()
    meant = [typed] if typed in known else [each for each in known if each.startswith(typed)]
    if len(meant) != 1:
        message = (
            f"no mapping is called {name!r}; take one of {', '.join(known)}, "
            "or the path of a .toml file"
        )
        raise MappingFault(message)
    return (files(__package__) / "mappings" / f"{meant[0]}.toml").read_text(encoding="utf-8")


def _key_of(error: str) -> str:
    """Turn msgspec's 'what - at `$.a[0].b`' into 'key a[0].b: what'."""
    what, _, place = error.partition(" - at `$")
    key = place.rstrip("`").lstrip(".")
    return f"key {key}: {what}" if key else what


def _check_patterns(mapping: Mapping, where: str) -> None:
    patterns = [("units.field", mapping.units.field)]
    patterns += [(f"{key}.matches", test.matches or "") for key, test in tests_in(mapping)]
    for key, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            message = f"{where}: key {key}: {pattern!r} is no regular expression ({error})"
            raise MappingFault(message) from error
