"""A figure made again from open rows, by nothing but what the figure itself says of its rule."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from msgspec import structs

from pasokh.account.disclosure.histogram import Bin, quantile
from pasokh.account.figures import percent
from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value

_Row: TypeAlias = dict[str, str]
_Word = TypeVar("_Word")
# Corrections take calls away: a count of theirs may be negative.
_COUNT = re.compile(r"-?[0-9]{1,9}")
_UPTO = re.compile(r"[0-9]{0,9}")


def recomputed(tables: Iterable[bytes], value: Value) -> Value:
    """Give the value that CSV files give by this value's rule; NoteFault when they do not fit."""
    match value:
        case CountValue():
            counts = _counted(tables, value.where, _class)
            return structs.replace(value, count=_sum(counts, value.classes))
        case ShareValue():
            counts = _counted(tables, value.where, _class)
            part, whole = _sum(counts, value.numerator), _sum(counts, value.base)
            share = percent(part, whole, value.decimals)
            return structs.replace(value, part=part, whole=whole, percent=share)
        case QuantilesValue():
            seconds = _counted(tables, value.where, _upto)
            bins = [Bin(0, upto, seconds[upto]) for upto in sorted(seconds, key=_last)]
            p50, p90, p95 = (quantile(bins, share) for share in (50, 90, 95))
            return structs.replace(value, n=seconds.total(), p50=p50, p90=p90, p95=p95)


def told(value: Value) -> str:
    """Write a value for people, in digits and signs alone."""
    match value:
        case CountValue():
            return str(value.count)
        case ShareValue():
            return f"{value.part} / {value.whole} = {value.percent} %"
        case QuantilesValue():
            return f"n {value.n}: p50 {value.p50} s, p90 {value.p90} s, p95 {value.p95} s"


def _counted(
    tables: Iterable[bytes], where: dict[str, str], word: Callable[[_Row], _Word]
) -> Counter[_Word]:
    """Add up the counts of the rows that fit, by a word of theirs."""
    counts: Counter[_Word] = Counter()
    for table in tables:
        for row in _rows(table):
            if all(row.get(column) == wanted for column, wanted in where.items()):
                counts[word(row)] += _count(row)
    return counts


def _sum(counts: Counter[str], names: Iterable[str]) -> int:
    return sum(counts[name] for name in dict.fromkeys(names))


def _last(upto: int | None) -> tuple[bool, int]:
    """Let what has no end come last."""
    return upto is None, upto or 0


def _rows(table: bytes) -> Iterator[_Row]:
    try:
        lines = (f"{line}\n" for line in table.decode("utf-8-sig").split("\n") if line.strip("\r"))
        yield from csv.DictReader(lines, strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise NoteFault(f"the open rows are no CSV: {error}") from error


def _class(row: _Row) -> str:
    name = row.get("class")
    if not name:
        raise NoteFault("a row has no class")
    return name


def _upto(row: _Row) -> int | None:
    upto = row.get("upto")
    if upto is None or not _UPTO.fullmatch(upto):
        raise NoteFault("a row has no end in seconds")
    return int(upto) if upto else None


def _count(row: _Row) -> int:
    count = row.get("count") or ""
    if not _COUNT.fullmatch(count):
        raise NoteFault("a row has no count that is a number")
    return int(count)
