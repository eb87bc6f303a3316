"""A settled day as it is published: its open rows, its figures, and the leaves that prove them.

Rows are published once, when the day has settled. A side of the headline that has too few calls
waits for the next day; while it waits, the day has no figure that counts it, and the first day that
can be shown speaks for all that waited.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256

import msgspec
from msgspec import Struct

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.class_values import value_of
from pasokh.account.disclosure.days import Carried, publish, size_told
from pasokh.account.disclosure.rows import (
    Cells,
    PublicLists,
    PublicRow,
    Side,
    speak,
    words_for,
)
from pasokh.account.expressions import Only
from pasokh.account.identity import check_published, check_rows, check_tally
from pasokh.account.open_data.day import open_rows_csv
from pasokh.account.proofs.commitment import commitment, rows_tree
from pasokh.account.proofs.leaf import (
    DayRowsLeaf,
    FigureLeaf,
    Leaf,
    OpenRowsLeaf,
    write_leaf,
)
from pasokh.account.proofs.values import Value
from pasokh.account.published_counts import FILE, beside
from pasokh.account.published_shares import FILE as SHARES_FILE
from pasokh.account.published_shares import ShareRow, shares_csv, shares_of, shares_values
from pasokh.account.published_times import TimeRow, times_csv, times_of, times_values
from pasokh.account.rows import CallRow, SettledDay
from pasokh.core.time import iso_day, iso_instant

# The name of the salt of rows that are not there; no call is called so.
PADDING = "/padding"


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
    *,
    definitions: Mapping[str, bytes] | None = None,
    counted: bytes | None = None,
) -> Publication:
    """Publish a day. `salt_of` gives the secret salt of a call's row, and that of PADDING.

    `definitions`: by id and version, what is published of each in words and as data. `counted`:
    the switch's own count of the day (`published_counts`), which is in no figure. Raises
    IdentityBroken when the day does not add up.
    """
    day, tally = iso_day(settled.figure.day), settled.figure.tally
    check_tally(day, tally)
    check_rows(day, tally, settled.rows.calls)
    released = publish(settled.figure.day, cells_of(settled.rows.calls, lists), lists, waiting)
    rows = released.rows
    check_published(day, tally, rows, waiting, released.carried)
    times, shares = times_of(settled, rows), shares_of(settled, rows)
    files = {rows_path(day): open_rows_csv(rows)}
    if times:
        files[f"days/{day}/times.csv"] = times_csv(times)
    if shares:
        files[f"days/{day}/{SHARES_FILE}"] = shares_csv(shares)
    if counted is not None and (shown := beside(counted, rows, settled.figure.day)) is not None:
        files[f"days/{day}/{FILE}"] = shown
    leaves: list[Leaf] = [
        _secret_rows(day, settled.rows.calls, sum(row.count for row in rows), salt_of),
        *(OpenRowsLeaf(path, sha256(table).hexdigest()) for path, table in files.items()),
    ]
    for name, table, value in _values(rows, times, shares):
        path = f"days/{day}/{table}.csv"
        inputs = {path: files[path], **_definition_file(name, definitions or {})}
        leaf = _figure(settled, name, value, inputs, responsible)
        files |= {**inputs, figure_path(leaf): write_leaf(leaf)}
        leaves.append(leaf)
    return Publication(files, tuple(leaves), released.carried, released.rows)


def cells_of(calls: Iterable[CallRow], lists: PublicLists) -> Cells:
    """Count calls by county, type and class.

    A log without a list of types, as a replayed one, tells no type at all: each would be unlisted,
    and so too sensitive for a day's rows.
    """
    typed = bool(lists.types.groups)
    return Counter(
        (call.county, call.incident_type if typed else "", call.call_class) for call in calls
    )


def rows_path(day: str) -> str:
    """Say where the open rows of a day lie."""
    return f"days/{day}/calls.csv"


def figure_path(figure: FigureLeaf, revision: int = 0) -> str:
    """Say where a figure lies: by its day and its definition, and which revision it is."""
    day = figure.figure_id.split("/")[3]
    revised = f"-revised-{revision}" if revision else ""
    return f"days/{day}/{figure.definition_id}-{figure.definition_version}{revised}.json"


def figure_id(name: str, day: str, cutoff: str, inputs: Mapping[str, str]) -> str:
    """Name a figure by its definition, day, cut-off, and the digest of what it is made of."""
    told = sha256("".join(f"{path} {inputs[path]}\n" for path in sorted(inputs)).encode())
    return "/".join((name, "public", day, cutoff, told.hexdigest()[:32]))


def _secret_rows(
    day: str, calls: Iterable[CallRow], published: int, salt_of: Callable[[str], bytes]
) -> DayRowsLeaf:
    """Fix every row of the day without telling any, or how many of them no open row counts."""
    own = [commitment(msgspec.to_builtins(call), salt_of(call.call_id)) for call in calls]
    empty = salt_of(PADDING)
    filling = range(size_told(len(own), published) - len(own))
    tree = rows_tree([*own, *(commitment({"empty": number}, empty) for number in filling)])
    return DayRowsLeaf(day, "own", tree.root().hex(), tree.size)


def _values(
    rows: tuple[PublicRow, ...], times: tuple[TimeRow, ...], shares: tuple[ShareRow, ...]
) -> Iterator[tuple[str, str, Value]]:
    """Give what the rows tell: the definition, by id and version, the table, and the value."""
    for definition in DEFINITIONS:
        value = value_of(definition.expression, partial(_words_of, rows), partial(_sum, rows))
        if value is not None:
            yield definition.name, "calls", value
    for name, value in times_values(times):
        yield name, "times", value
    for name, share in shares_values(shares):
        yield name, "shares", share


def _words_of(rows: tuple[PublicRow, ...], only: tuple[Only, ...]) -> tuple[str, ...] | None:
    if [one.column for one in only] != ["call_class"]:
        return None
    return None if speak(rows, only[0].among) is None else words_for(only[0].among, rows)


def _sum(rows: tuple[PublicRow, ...], words: tuple[str, ...]) -> int:
    return sum(row.count for row in rows if row.call_class in words)


def _definition_file(name: str, definitions: Mapping[str, bytes]) -> dict[str, bytes]:
    """Name a definition's file by what is in it: another word is another file."""
    raw = definitions.get(name)
    if raw is None:
        return {}
    told = sha256(raw).hexdigest()[:12]
    return {f"definitions/{name.replace('/', '-')}-{told}.json": raw}


def _figure(
    settled: SettledDay, name: str, value: Value, inputs: Mapping[str, bytes], responsible: str
) -> FigureLeaf:
    digests = {path: sha256(raw).hexdigest() for path, raw in inputs.items()}
    cutoff = iso_instant(settled.figure.cutoff)
    day = iso_day(settled.figure.day)
    definition_id, _, version = name.partition("/")
    return FigureLeaf(
        figure_id=figure_id(name, day, cutoff, digests),
        value=value,
        definition_id=definition_id,
        definition_version=version,
        inputs=digests,
        cutoff=cutoff,
        responsible=responsible,
    )
