"""An adversary who reads a whole published folder, with its log, and has our program.

It lays every number beside every other that is about the same calls: open rows, bins of times, the
switch's count, the size of the secret rows, provisional and final, final and revised, days and
their month. A difference of one to four that is certain is a find.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pasokh.account.definitions import OPERATIONAL
from pasokh.account.disclosure.days import size_told
from pasokh.account.disclosure.rows import (
    SIDE_OF,
    K,
    PublicLists,
    PublicRow,
    Side,
    class_total,
    totals,
    words_for,
)
from pasokh.account.proofs.leaf import DayRowsLeaf, read_leaf
from pasokh.account.proofs.note import read_key
from pasokh.account.provisional import ProvisionalShare
from pasokh.account.publication_month import read_rows
from pasokh.adapters.archive.audit import audit
from pasokh.adapters.archive.mirror import FolderMirror
from pasokh.core.time import day_from_iso
from tests.account.disclosure.attacker import (
    Attacker,
    Person,
    days_of_month,
    differences,
)
from tests.account.disclosure.test_provisional import finds as finds_provisional

# What other times than the answering time are counted among.
_BASE_OF = {"dispatch-time": OPERATIONAL[:1], "arrival-time": OPERATIONAL[:1]}


class FolderAttacker:
    """Looks at one folder. `key` is the log's public key as it is told everywhere."""

    def __init__(self, public: Path, key: str) -> None:
        self.public = public
        found = audit(FolderMirror(public), read_key(key, [1]))
        leaves = [read_leaf(raw) for raw in found.leaves]
        self._secret = {leaf.day: leaf.count for leaf in leaves if isinstance(leaf, DayRowsLeaf)}
        self.days = sorted(path.name for path in (public / "days").iterdir() if path.is_dir())

    def rows(self, day: str) -> tuple[PublicRow, ...]:
        return read_rows((self.public / "days" / day / "calls.csv").read_bytes())

    def finds(self, day: str, people: Iterable[Person], lists: PublicLists) -> Iterator[str]:
        """Name what is certain of a few calls of a day."""
        rows = self.rows(day)
        attacker = Attacker(rows, lists)
        yield from (why for person in people if (why := attacker.finds(person)))
        yield from (row.call_class for row in rows if row.count < K)
        for look in (
            self._waiting,
            self._times,
            self._shares,
            self._switch,
            self._provisional,
            self._revised,
        ):
            yield from look(day, rows)

    def finds_in_months(self) -> Iterator[str]:
        """Lay each month beside its days."""
        days = [row for day in self.days for row in self.rows(day)]
        for path in self.public.glob("months/*/calls.csv"):
            month = read_rows(path.read_bytes())
            first, last = month[0].from_day, month[0].to_day
            within = [row for row in days if first <= row.to_day <= last]
            yield from (f"{node}" for node in differences(within, month))
            yield from (f"{day} {name}" for day, name in days_of_month(month, within))

    def _waiting(self, day: str, rows: tuple[PublicRow, ...]) -> Iterator[str]:
        """How many of the day's secret rows no open row counts, by every number that fits."""
        shown = sum(row.count for row in rows)
        fits = [n for n in range(3 * K) if size_told(shown + n, shown) == self._secret[day]]
        if self._secret[day] - shown in range(1, K) or (fits and min(fits) > 0):
            yield f"{day}: some wait"

    def _times(self, day: str, rows: tuple[PublicRow, ...]) -> Iterator[str]:
        """Bins beside the rows of their base; the last one without those who gave up."""
        bins: dict[str, list[int]] = defaultdict(list)
        for line in self._table(day, "times.csv"):
            bins[line["time"]].append(int(line["count"]))
        gave_up = sum(row.count for row in rows if row.side is Side.ABANDONED)
        for name, counts in bins.items():
            base = words_for(_BASE_OF.get(name, SIDE_OF), rows) or ()
            gap = sum(counts) - sum(row.count for row in rows if row.call_class in base)
            last = counts.pop() - (0 if name in _BASE_OF else gave_up)
            if gap or min([*counts, last]) < K:
                yield f"{day}: {name} has a bin of few"

    def _shares(self, day: str, rows: tuple[PublicRow, ...]) -> Iterator[str]:
        """Parts and rests beside the rows: of calls the rows' own sums, of others first calls."""
        sums: dict[str, int] = defaultdict(int)
        for line in self._table(day, "shares.csv"):
            sums[line["share"]] += int(line["count"])
            if int(line["count"]) < K:
                yield f"{day}: {line['share']} of few"
        first = class_total(rows, "O1")
        beside = {"recoded-share": totals(rows).answered, "called-back-share": totals(rows).offered}
        for name, told in sums.items():
            known = beside.get(name, first)
            if known is not None and 0 < abs(told - known) < K:
                yield f"{day}: {name} beside the rows"

    def _switch(self, day: str, rows: tuple[PublicRow, ...]) -> Iterator[str]:
        for line in self._table(day, "switch.csv"):
            for name, counted in (
                ("offered", totals(rows).offered),
                ("answered", totals(rows).answered),
            ):
                if line[name] and 0 < abs(int(line[name]) - counted) < K:
                    yield f"{day}: {name} by the switch"

    def _provisional(self, day: str, rows: tuple[PublicRow, ...]) -> Iterator[str]:
        note = json.loads((self.public / f"releases/{day}-provisional.json").read_bytes())
        if "provisional" in note and {row.from_day for row in rows} == {day_from_iso(day)}:
            share = ProvisionalShare(**note["provisional"])
            yield from (f"{day}: {name} changed" for name in finds_provisional(share, rows))

    def _revised(self, day: str, rows: tuple[PublicRow, ...]) -> Iterator[str]:
        """Each version of each number beside the others."""
        sums = [sum(row.count for row in rows)]
        for number in range(1, 9):
            path = self.public / "days" / day / f"correction-{number}.csv"
            changed = read_rows(path.read_bytes()) if path.is_file() else ()
            yield from (f"{day}: {row.call_class}" for row in changed if abs(row.count) < K)
            sums.append(sums[-1] + sum(row.count for row in changed))
        for name, numbers in {"all": sums, **self._versions(day)}.items():
            if any(0 < b - a < K for a in numbers for b in numbers):
                yield f"{day}: {name} changed by a few"

    def _versions(self, day: str) -> dict[str, list[int]]:
        """Every number of every figure, as it was and as it was corrected."""
        versions: dict[str, list[int]] = defaultdict(list)
        for path in sorted((self.public / "days" / day).glob("*.json")):
            told = json.loads(path.read_bytes())
            value = told.get("value", {}) if isinstance(told, dict) else {}
            figure = path.name.partition("-revised")[0].removesuffix(".json")
            for name in ("part", "whole", "count", "n"):
                if name in value:
                    versions[f"{figure} {name}"].append(value[name])
        return versions

    def _table(self, day: str, name: str) -> list[dict[str, str]]:
        path = self.public / "days" / day / name
        return list(csv.DictReader(path.read_text().splitlines())) if path.is_file() else []
