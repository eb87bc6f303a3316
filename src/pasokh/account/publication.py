"""A settled day as it is published: its open rows, its figures, and the leaves that prove them.

Rows are published once, when the day has settled. A side of the headline that has too few calls
waits for the next day; while any side waits, the day has no figure, and the first day that can be
shown speaks for all that waited.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

import msgspec
from msgspec import Struct

from pasokh.account.catalogue import DEFINITIONS, Disclosure, FigureDefinition
from pasokh.account.disclosure.days import Carried, publish
from pasokh.account.disclosure.rows import (
    CLASSES_OF,
    Cells,
    PublicLists,
    PublicRow,
    Side,
    class_total,
)
from pasokh.account.expressions import CountOf, ShareOf
from pasokh.account.figures import DECIMALS, percent
from pasokh.account.open_data.day import open_rows_csv
from pasokh.account.proofs.commitment import commitment, rows_tree
from pasokh.account.proofs.leaf import (
    DayRowsLeaf,
    FigureLeaf,
    Leaf,
    OpenRowsLeaf,
    write_leaf,
)
from pasokh.account.proofs.values import ShareValue
from pasokh.account.rows import CallRow, SettledDay
from pasokh.core.time import iso_day, iso_instant


class Publication(Struct, frozen=True):
    """What a day adds: files by their path under the public folder, and leaves in their order.

    `rows` are the open rows, for other formats of them. `waiting` is what no row counts yet. It is
    never published.
    """

    files: dict[str, bytes]
    leaves: tuple[Leaf, ...]
    waiting: dict[Side, Carried]
    rows: tuple[PublicRow, ...] = ()


def publish_day(
    settled: SettledDay,
    lists: PublicLists,
    waiting: Mapping[Side, Carried],
    salt_of: Callable[[str], bytes],
    responsible: str,
) -> Publication:
    """Publish a day. `salt_of` gives the secret salt of a call's row, which others keep."""
    figure = settled.figure
    day = iso_day(figure.day)
    released = publish(figure.day, cells_of(settled.rows.calls), lists, waiting)
    path = f"days/{day}/calls.csv"
    table = open_rows_csv(released.rows)
    files = {path: table}
    leaves: list[Leaf] = [
        _secret_rows(day, settled.rows.calls, salt_of),
        OpenRowsLeaf(path, sha256(table).hexdigest()),
    ]
    for leaf in _figures(settled, released.rows, path, table, responsible):
        files[figure_path(leaf)] = write_leaf(leaf)
        leaves.append(leaf)
    return Publication(files, tuple(leaves), released.carried, released.rows)


def cells_of(calls: Iterable[CallRow]) -> Cells:
    """CountOf calls by county, type and class."""
    return Counter((call.county, call.incident_type, call.call_class) for call in calls)


def figure_path(figure: FigureLeaf) -> str:
    """Say where a figure lies: by its day and its definition."""
    day = figure.figure_id.split("/")[3]
    return f"days/{day}/{figure.definition_id}-{figure.definition_version}.json"


def _secret_rows(
    day: str, calls: Iterable[CallRow], salt_of: Callable[[str], bytes]
) -> DayRowsLeaf:
    """Fix every row of the day without telling any."""
    tree = rows_tree(commitment(msgspec.to_builtins(call), salt_of(call.call_id)) for call in calls)
    return DayRowsLeaf(day, "own", tree.root().hex(), tree.size)


def _figures(
    settled: SettledDay, rows: tuple[PublicRow, ...], path: str, table: bytes, responsible: str
) -> Iterable[FigureLeaf]:
    """Make the figures that the rows give; none while a side of the headline waits."""
    spans = {side: {row.from_day for row in rows if row.side is side} for side in Side}
    if len(set().union(*spans.values())) != 1 or not all(spans.values()):
        return
    digest = sha256(table).hexdigest()
    cutoff = iso_instant(settled.figure.cutoff)
    for definition in DEFINITIONS:
        value = _value(definition, rows)
        if value is not None:
            yield FigureLeaf(
                figure_id="/".join(
                    (definition.name, "public", iso_day(settled.figure.day), cutoff, digest[:32])
                ),
                value=value,
                definition_id=definition.definition_id,
                definition_version=definition.version,
                inputs={path: digest},
                cutoff=cutoff,
                responsible=responsible,
            )


def _value(definition: FigureDefinition, rows: tuple[PublicRow, ...]) -> ShareValue | None:
    """Work a share of classes out of public rows; None when they do not tell it."""
    expression = definition.expression
    if definition.disclosure is not Disclosure.ROLLED_UP or isinstance(expression, CountOf):
        return None
    if not isinstance(expression, ShareOf):
        return None
    numerator = _words_for(expression.part[0].among, rows)
    base = _words_for(expression.base[0].among, rows)
    if numerator is None or base is None:
        return None
    part = sum(row.count for row in rows if row.call_class in numerator)
    whole = sum(row.count for row in rows if row.call_class in base)
    return ShareValue(numerator, base, part, whole, percent(part, whole), DECIMALS)


def _words_for(names: Iterable[object], rows: tuple[PublicRow, ...]) -> tuple[str, ...] | None:
    """Say which words of the column `class` stand for these classes together, and no other."""
    wanted = {str(name) for name in names}
    found: list[str] = []
    for side, classes in CLASSES_OF.items():
        own = [one.value for one in classes if one.value in wanted]
        whole = len(own) == len(classes)
        if not whole and any(class_total(rows, name) is None for name in own):
            return None
        found += own
        # The side's row holds the rest of its commonest class.
        if whole or classes[0].value in own:
            found.append(side.value)
    return tuple(found)
