"""A day that was judged anew after its rows were out: a correction by class, figures old and new.

The rows stay. What changed is a table beside them, k calls or more at a time, so a figure may be
behind by up to four calls; when nothing may be said, nothing is published at all.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct, structs

from pasokh.account.disclosure.corrections import by_class, correct
from pasokh.account.disclosure.days import CarriedCell
from pasokh.account.disclosure.joined import sums
from pasokh.account.disclosure.rows import TypeTree
from pasokh.account.open_data.day import open_rows_csv
from pasokh.account.proofs.canonical import canonical
from pasokh.account.proofs.leaf import CorrectionLeaf, FigureLeaf, Leaf, OpenRowsLeaf, write_leaf
from pasokh.account.proofs.recomputed import recomputed, told
from pasokh.account.publication import cells_of, figure_id, figure_path, rows_path
from pasokh.account.rows import SettledDay
from pasokh.core.time import iso_day, iso_instant


class DayAccount(Struct, frozen=True):
    """What is published of a day: the counts that its rows and corrections hold. Never published.

    `made_by`: what was published, so that it can be done again. `figures`: the newest of each
    definition by class, none while the day does not speak for itself. `sensitive` is for the month.
    """

    made_by: str
    number: int
    classes: dict[str, int]
    figures: tuple[FigureLeaf, ...]
    tables: tuple[str, ...]
    sensitive: tuple[CarriedCell, ...] = ()
    types: TypeTree = TypeTree({})


class Revision(Struct, frozen=True):
    """What a revision adds: files by path, leaves in their order, and the account afterwards."""

    files: dict[str, bytes]
    leaves: tuple[Leaf, ...]
    account: DayAccount


def first_account(settled: SettledDay, made_by: str, leaves: Sequence[Leaf]) -> DayAccount:
    """Give the account of a day whose rows have just been made."""
    cells = cells_of(settled.rows.calls, settled.lists)
    types = settled.lists.types
    kept = [CarriedCell(*key, n) for key, n in cells.items() if types.is_sensitive(key[1])]
    path = rows_path(iso_day(settled.figure.day))
    figures = tuple(leaf for leaf in leaves if isinstance(leaf, FigureLeaf) and path in leaf.inputs)
    tables = (path,) if figures else ()
    return DayAccount(made_by, 0, by_class(cells), figures, tables, tuple(sorted(kept)), types)


def judged(settled: SettledDay) -> dict[str, int]:
    """Count a day by class as it was judged last."""
    return by_class(cells_of(settled.rows.calls, settled.lists))


def revise(
    settled: SettledDay,
    account: DayAccount,
    made_by: str,
    published: Mapping[str, bytes],
    joined: Mapping[str, int],
) -> Revision | None:
    """Correct a day; None when nothing may be said. `published`: the tables of the account.

    `joined`: how many of each class were said with other days, and not of this one.
    """
    if not account.figures:
        return None
    figure = settled.figure
    now = judged(settled)
    rows = correct(figure.day, figure.day, sums((account.classes, joined)), now)
    if not rows:
        return None
    folder, number = f"days/{iso_day(figure.day)}", account.number + 1
    path = f"{folder}/correction-{number}.csv"
    tables = {**published, path: open_rows_csv(rows)}
    replaced = _replaced(settled, account.figures, tables)
    listed = f"{folder}/revision-{number}.json"
    files = {path: tables[path], listed: _listed(settled, replaced, number)}
    leaves: list[Leaf] = [OpenRowsLeaf(path, sha256(tables[path]).hexdigest())]
    for old, new in replaced:
        files[figure_path(new, number)] = write_leaf(new)
        digest = sha256(files[listed]).hexdigest()
        leaves += [new, CorrectionLeaf(old.figure_id, listed, digest, figure.reason)]
    newest = {one.definition_id: one for one in account.figures}
    newest |= {new.definition_id: new for _, new in replaced}
    after = structs.replace(
        account,
        made_by=made_by,
        number=number,
        classes=sums((now, {name: -count for name, count in joined.items()})),
        figures=tuple(newest.values()),
        tables=(*account.tables, path),
    )
    return Revision(files, tuple(leaves), after)


def _replaced(
    settled: SettledDay, figures: Sequence[FigureLeaf], tables: Mapping[str, bytes]
) -> list[tuple[FigureLeaf, FigureLeaf]]:
    """Make each figure again from rows and corrections; give those that changed, old and new."""
    digests = {path: sha256(raw).hexdigest() for path, raw in tables.items()}
    cutoff, day = iso_instant(settled.figure.cutoff), iso_day(settled.figure.day)
    found = []
    for old in figures:
        value = recomputed(tables.values(), old.value)
        if value != old.value:
            name, inputs = f"{old.definition_id}/{old.definition_version}", old.inputs | digests
            new = structs.replace(
                old,
                figure_id=figure_id(name, day, cutoff, inputs),
                value=value,
                inputs=inputs,
                cutoff=cutoff,
                supersedes=old.figure_id,
            )
            found.append((old, new))
    return found


def _listed(
    settled: SettledDay, replaced: Sequence[tuple[FigureLeaf, FigureLeaf]], number: int
) -> bytes:
    """Write the table: each figure that changed, old and new, and the reason of all."""
    lines = [
        {
            "definition": f"{new.definition_id}/{new.definition_version}",
            "old": told(old.value),
            "new": told(new.value),
            "path": figure_path(new, number),
            "supersedes": old.figure_id,
        }
        for old, new in replaced
    ]
    return canonical({"reason": settled.figure.reason, "figures": msgspec.to_builtins(lines)})
