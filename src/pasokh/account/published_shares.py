"""Shares that no row by class tells, as a day publishes them: how many of the part, how many not.

Of calls, both together are the calls of the rows; of incidents and missions they are few more than
first calls, or enough more. A share of which either would hold fewer than k is not published, and
neither is one that would tell, beside the rows, of fewer than k.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.account.catalogue import DEFINITIONS, FigureDefinition
from pasokh.account.csv_text import csv_text
from pasokh.account.definitions import OPERATIONAL
from pasokh.account.disclosure.rows import K, PublicRow, speak, words_for
from pasokh.account.expressions import ShareOf, Table, evaluate
from pasokh.account.figures import DECIMALS, percent
from pasokh.account.proofs.values import ShareValue
from pasokh.account.published_times import IN_TIME
from pasokh.account.rows import SettledDay
from pasokh.core.time import iso_day

FILE = "shares.csv"
COLUMNS = ("from", "to", "share", "class", "count")
PART, REST = "part", "rest"


def _by_class_alone(definition: FigureDefinition) -> bool:
    expression = definition.expression
    parts = expression.part if isinstance(expression, ShareOf) else ()
    return all(one.column == "call_class" for one in parts)


SHARES = tuple(one for one in DEFINITIONS if one.name != IN_TIME and not _by_class_alone(one))


class ShareRow(Struct, frozen=True):
    """How many of a day are of a share's part, and how many are not. `share`: its definition."""

    day: str
    share: FigureDefinition
    part: int
    rest: int


def shares_of(settled: SettledDay, rows: tuple[PublicRow, ...]) -> tuple[ShareRow, ...]:
    """Count the shares of a day that tell of nobody."""
    day = iso_day(settled.figure.day)
    found = ((one, evaluate(one.expression, settled.rows)[0]) for one in SHARES)
    made = (ShareRow(day, one, told.part, told.base - told.part) for one, told in found)
    return tuple(one for one in made if _tells_of_nobody(one, settled, rows))


def shares_csv(rows: Iterable[ShareRow]) -> bytes:
    """Write the table."""
    return csv_text(
        COLUMNS,
        (
            (one.day, one.day, one.share.definition_id, word, count)
            for one in rows
            for word, count in ((PART, one.part), (REST, one.rest))
        ),
    )


def shares_values(rows: Iterable[ShareRow]) -> Iterator[tuple[str, ShareValue]]:
    """Give definitions, by id and version, with what the table says of them."""
    for one in rows:
        whole = one.part + one.rest
        where = {"share": one.share.definition_id}
        share = percent(one.part, whole)
        words = ((PART,), (PART, REST))
        yield one.share.name, ShareValue(*words, one.part, whole, share, DECIMALS, where)


def _tells_of_nobody(one: ShareRow, settled: SettledDay, rows: tuple[PublicRow, ...]) -> bool:
    if min(one.part, one.rest) < K:
        return False
    expression = one.share.expression
    calls = expression.table is Table.CALLS
    names = expression.base[0].among if calls else OPERATIONAL
    if speak(rows, names) != settled.figure.day or words_for(names, rows) is None:
        return False
    # Of calls the sum is that of the rows: nothing lies between.
    return calls or _far_apart(settled)


def _far_apart(settled: SettledDay) -> bool:
    """Tell whether incidents, missions and first calls differ by nothing, or by enough."""
    first = sum(call.call_class == OPERATIONAL[0] for call in settled.rows.calls)
    incidents = sum(one.public and not one.test for one in settled.rows.incidents)
    counts = sorted((first, incidents, len(settled.rows.missions)))
    gaps = (counts[1] - counts[0], counts[2] - counts[1], counts[2] - counts[0])
    return not any(0 < gap < K for gap in gaps)
