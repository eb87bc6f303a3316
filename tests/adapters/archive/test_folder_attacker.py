"""A thousand people are planted in ten days that are published whole, and changed afterwards.

Provisional, final and revised releases, weeks, a month, times, readings, the switch's count, the
log, the workbench, and counties of which six begin on the fifth day: who reads all of it finds
nobody.
"""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from pasokh.account import publication
from pasokh.account.definitions import FigureVersion
from pasokh.account.disclosure.rows import CLASSES_OF, SIDE_OF, CellKey, PublicLists
from pasokh.account.published_counts import counts_csv
from pasokh.account.rows import SettledDay
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.counting import Workbench
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.periods import PeriodPublisher
from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.core.time import HOUR, iso_day
from pasokh.wiring_pages import PublicDisk
from tests.account.disclosure.attacker import Person
from tests.account.disclosure.days import COUNTIES, LISTS, TREE, random_day
from tests.account.test_published_shares import marked
from tests.adapters.archive.bench_attacker import finds_in_bench
from tests.adapters.archive.folder_attacker import FolderAttacker
from tests.adapters.archive.settled import settled_cells
from tests.adapters.archive.test_publishing import DAY, Office
from tests.adapters.archive.whole_attacker import finds_in_periods, finds_in_readings

pytestmark = pytest.mark.slow
HERE = 100  # planted on each day
SIZES = (60, 120, 300, 500, 900, 1_500, 2_500, 4_000, 700, 1_200)
DAYS = (*(DAY + n for n in range(1, 10)), DAY + 27)  # two weeks end, and the last ends its month
CHANGES = (0, 1, 2, 3, 4, 5, 8, 20, 60, HERE)
SPLIT = 5
PARENTS = dict(zip(COUNTIES[-6:], COUNTIES[:6], strict=True))
BEFORE = PublicLists(COUNTIES[-7::-1], TREE)


def lists_on(number: int) -> PublicLists:
    return LISTS if number >= SPLIT else BEFORE


def of_its_day(number: int, cells: Counter[CellKey]) -> Counter[CellKey]:
    """Before the split a call of a new county is of the old one."""
    if number >= SPLIT:
        return cells
    found: Counter[CellKey] = Counter()
    for (county, kind, name), size in cells.items():
        found[PARENTS.get(county, county), kind, name] += size
    return found


class Planted:
    """A day with a hundred people of the rarest kind, and the day as it is judged later."""

    def __init__(self, number: int) -> None:
        chance = Random(number)  # noqa: S311 - a seeded sample, nothing secret
        lists = lists_on(number)
        kinds, classes = ("", *TREE.groups), [*SIDE_OF]
        self.people = [
            Person(
                chance.choice(("", *lists.counties)), chance.choice(kinds), chance.choice(classes)
            )
            for _ in range(HERE)
        ]
        self.cells = of_its_day(number, random_day(SIZES[number], number)) + Counter(
            map(tuple, self.people)
        )
        self.again = Counter(self.cells)
        for person in self.people[: CHANGES[number]]:
            self.again[tuple(person)] -= 1
            within = CLASSES_OF[SIDE_OF[person.call_class]]
            self.again[person.county, person.kind, within[1].value] += 1
        self.number = number

    def settled(self, version: FigureVersion, *, again: bool = False) -> SettledDay:
        cells = +(self.again if again else self.cells)
        plain = settled_cells(DAYS[self.number], cells, self.number, lists_on(self.number))
        # On some days few have a mark, on others enough; more missions than first calls, or few.
        few = self.number % 3
        day = marked(plain, recoded=few * 4, reached=few * 3, regraded=few * 5, more=few * 4)
        figure = structs.replace(
            day.figure, figure_version=version, cutoff=day.figure.cutoff + again * HOUR, reason="x"
        )
        return structs.replace(day, figure=figure)


def counted(day: SettledDay) -> bytes | None:
    """A switch by which every call came."""
    offered = day.figure.tally.offered
    gave_up = sum(day.figure.tally.classes.get(name, 0) for name in ("A1", "A2"))
    both = LineCounts(offered, offered - gave_up)
    return counts_csv([CountsCompared("k", "line", 0, 0, HOUR, both, both)])


def all_finds(office: Office, planted: list[Planted]) -> list[str]:
    attacker = FolderAttacker(office.public, office.name)
    assert attacker.days == [iso_day(DAYS[one.number]) for one in planted]
    found = [*attacker.finds_in_months(), *finds_in_periods(office.public)]
    found += finds_in_bench(Workbench(None, office.public), office.public)
    for one, day in zip(planted, attacker.days, strict=True):
        found += attacker.finds(day, one.people, lists_on(one.number))
        found += finds_in_readings(office.public, day)
    return found


def publish_weeks(office: Office) -> None:
    files, private = PublicDisk(office.public), DiskFiles(office.key.parent / "days", 0o600)
    with opened_log(office.public, office.key) as log:
        periods = PeriodPublisher(files, log, "nobody", private)
        assert periods.publish(files.folders("days"), ended=False)


def test_none_of_a_thousand_is_found_in_a_whole_folder(tmp_path: Path) -> None:
    office, planted = Office(tmp_path), [Planted(number) for number in range(len(SIZES))]
    assert sum(len(one.people) for one in planted) == 1_000
    for one in planted:
        office.release(one.settled(FigureVersion.PROVISIONAL))
        final = one.settled(FigureVersion.FINAL)
        office.release(final, counted=counted(final))
        office.release(one.settled(FigureVersion.REVISED, again=True))
    publish_weeks(office)
    assert len(list(office.public.glob("weeks/*/operational-share-1.0.json"))) == 2
    assert list(office.public.glob("months/*/calls.csv"))
    assert list(office.public.glob("days/*/correction-1.csv"))
    assert list(office.public.glob("days/*/switch.csv"))
    assert list(office.public.glob("days/*/shares.csv"))
    assert all_finds(office, planted) == []


@pytest.mark.parametrize("broken", ["size_told", "beside"])
def test_what_the_log_or_the_switch_would_tell_is_found(
    tmp_path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two numbers that once told how many gave up on a day on which few did."""
    monkeypatch.setattr(publication, broken, lambda first, *_: first)
    one = Planted(0)
    one.people = []
    one.cells = Counter({("0901", "", "O1"): 40, ("0901", "", "V"): 40, ("0901", "", "A2"): 3})
    office, final = Office(tmp_path), one.settled(FigureVersion.FINAL)
    office.release(one.settled(FigureVersion.PROVISIONAL))
    office.release(final, counted=counted(final))
    assert all_finds(office, [one])
