"""The dry run: what each row of a file would do to a list, or what is wrong. Sends nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pasokh.office.reference.cells import read_cell
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.columns import CODE, COLUMNS
from pasokh.office.reference.rows import Known, Mistake, read_row
from pasokh.office.reference.table import TableRow
from pasokh.reference.entries import AreaEntry, AreaKind, ListEntry, ListName, UnitEntry


class VerdictKind(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


class RowVerdict(Struct, frozen=True):
    """A row's number in the file, its code, what it would do, and why not."""

    row: int
    code: str
    kind: VerdictKind
    entry: ListEntry | None = None
    before: ListEntry | None = None
    mistakes: tuple[Mistake, ...] = ()

    @property
    def sends(self) -> bool:
        """Whether the row asks for anything."""
        return self.kind in (VerdictKind.NEW, VerdictKind.CHANGED)


def dry_run(name: ListName, rows: Sequence[TableRow], known: Known) -> list[RowVerdict]:
    """Judge every row, in the file's order. A row may name an area that a row before it brings."""
    known = _with_counties(name, rows, known)
    found: list[RowVerdict] = []
    first: dict[str, int] = {}
    for row in rows:
        verdict = _judged(name, row, known)
        earlier = first.setdefault(verdict.code, row.number)
        if earlier != row.number and verdict.code:
            mistake = Mistake(CODE, "lists.wrong.twice", {"typed": verdict.code, "row": earlier})
            verdict = _wrong(verdict, mistake)
        found.append(verdict)
    return _told_apart(found, known)


def counted(verdicts: Sequence[RowVerdict]) -> dict[str, int]:
    """Count the rows by what they would do."""
    found = Counter(verdict.kind.value for verdict in verdicts)
    return {kind.value: found[kind.value] for kind in VerdictKind}


def _judged(name: ListName, row: TableRow, known: Known) -> RowVerdict:
    if row.cells is None:
        mistake = Mistake("", "lists.wrong.cells", {"count": len(COLUMNS[name])})
        return RowVerdict(row.number, "", VerdictKind.WRONG, mistakes=(mistake,))
    read = read_row(name, row.cells, known)
    before = known.own.get(read.code)
    if read.mistakes or read.entry is None:
        return RowVerdict(row.number, read.code, VerdictKind.WRONG, mistakes=read.mistakes)
    if before is None:
        return RowVerdict(row.number, read.code, VerdictKind.NEW, read.entry)
    kind = VerdictKind.SAME if before == read.entry else VerdictKind.CHANGED
    return RowVerdict(row.number, read.code, kind, read.entry, before)


def _with_counties(name: ListName, rows: Sequence[TableRow], known: Known) -> Known:
    """Counties of the same file may be named by its beats: they are sent first."""
    if name is not ListName.AREA:
        return known
    brought = frozenset(
        code
        for row in rows
        if row.cells is not None
        and row.cells["kind"].strip() in ("", AreaKind.COUNTY)
        and (code := _code_in(row.cells))
    )
    codes = {**known.codes, name: known.codes.get(name, frozenset()) | brought}
    return replace(known, codes=codes)


def _code_in(cells: Mapping[str, str]) -> str:
    try:
        return str(read_cell(COLUMNS[ListName.AREA][0], cells[CODE]))
    except CellWrong:
        return ""


def _told_apart(verdicts: list[RowVerdict], known: Known) -> list[RowVerdict]:
    """Refuse two units with one call sign, whether the file or the list has the other."""
    signs: dict[str, str] = {}
    in_file = {verdict.code for verdict in verdicts if verdict.entry is not None}
    for code, entry in known.own.items():
        if isinstance(entry, UnitEntry) and code not in in_file:
            signs[entry.call_sign] = code
    return [_sign_checked(verdict, signs) for verdict in verdicts]


def _sign_checked(verdict: RowVerdict, signs: dict[str, str]) -> RowVerdict:
    if not isinstance(verdict.entry, UnitEntry):
        return verdict
    sign = verdict.entry.call_sign
    other = signs.setdefault(sign, verdict.code)
    if other == verdict.code:
        return verdict
    return _wrong(
        verdict, Mistake("call_sign", "lists.wrong.call_sign", {"typed": sign, "unit": other})
    )


def _wrong(verdict: RowVerdict, mistake: Mistake) -> RowVerdict:
    mistakes = (*verdict.mistakes, mistake)
    return RowVerdict(verdict.row, verdict.code, VerdictKind.WRONG, mistakes=mistakes)


def in_sending_order(verdicts: Sequence[RowVerdict]) -> list[RowVerdict]:
    """Give the rows that ask for something: counties before the beats that lie within them."""
    asking = [verdict for verdict in verdicts if verdict.sends]
    return sorted(asking, key=is_beat)


def is_beat(verdict: RowVerdict) -> bool:
    """Tell whether a row brings a beat, which needs its county."""
    return isinstance(verdict.entry, AreaEntry) and verdict.entry.kind is AreaKind.BEAT
