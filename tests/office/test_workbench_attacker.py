"""Somebody who may not count single rows asks the workbench's page for all that it gives."""

import csv
from collections import Counter
from random import Random

import pytest
from django.test import Client, override_settings
from msgspec import structs

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.disclosure.rows import SIDE_OF, CellKey
from pasokh.account.expressions import Found, ShareOf
from pasokh.account.workbench import CountQuestion, CountReading
from pasokh.adapters.archive.counting import Workbench
from pasokh.adapters.archive.parquet import Archive
from pasokh.core.people import Role
from pasokh.core.time import iso_day
from tests.account.disclosure.days import COUNTIES, TREE, random_day
from tests.adapters.archive.bench_attacker import Answer, finds_in_answers
from tests.adapters.archive.settled import judged_anew, settled_cells
from tests.adapters.archive.test_publishing import DAY, Office
from tests.office.people import make_person, sign_in

pytestmark = [pytest.mark.usefixtures("control_room"), pytest.mark.slow]
PAGE = "/office/en/workbench/"
SHARES = {one.name for one in DEFINITIONS if isinstance(one.expression, ShareOf)}
HERE = 60  # planted on each day


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two days with people of the rarest kind in them; the second was corrected."""
    office = Office(tmp_path_factory.mktemp("bench"))
    for at, calls in enumerate((80, 900)):
        day = settled_cells(DAY + at, random_day(calls, at) + people_of(at), at)
        Archive(office.key.parent / "archive", "own").keep(day)
        office.release(day)
    office.release(judged_anew(day, 20))
    return office


def people_of(day: int) -> Counter[CellKey]:
    chance = Random(day)  # noqa: S311 - a seeded sample, nothing secret
    kinds = ("", *TREE.groups)
    return Counter(
        (chance.choice(("", *COUNTIES)), chance.choice(kinds), chance.choice([*SIDE_OF]))
        for _ in range(HERE)
    )


def bench_of(office: Office) -> Workbench:
    return Workbench(office.key.parent / "archive", office.public)


def taken(client: Client, fields: dict[str, str]) -> Answer:
    """Read an export as anyone does: comments away, the last columns are numbers."""
    page = client.get(PAGE, fields | {"as": "csv"})
    assert page.status_code == 200, page.content.decode()
    lines = [line for line in page.content.decode().splitlines() if not line.startswith("#")]
    shares = fields["figure"] in SHARES
    numbers = 2 if shares else 1
    return {
        tuple(line[:-numbers]): (int(line[-numbers]), int(line[-1]))
        for line in [*csv.reader(lines)][1:]
    }


def test_every_export_is_a_sum_of_open_rows(office: Office) -> None:
    keeper = sign_in(make_person(Role.ADMINISTRATOR))
    with override_settings(PASOKH_WORKBENCH=bench_of(office)):
        assert list(finds_in_answers(lambda fields: taken(keeper, fields), office.public)) == []


class CarelessBench(Workbench):
    """Counts single rows whatever is asked."""

    def count(self, question: CountQuestion) -> list[Found]:
        return super().count(structs.replace(question, reading=CountReading.EXACT))


def test_answers_of_single_rows_are_found(office: Office) -> None:
    keeper = sign_in(make_person(Role.ADMINISTRATOR))
    careless = CarelessBench(office.key.parent / "archive", office.public)
    with override_settings(PASOKH_WORKBENCH=careless):
        found = list(finds_in_answers(lambda fields: taken(keeper, fields), office.public))
    assert any("county" in one for one in found)


@pytest.mark.parametrize("kind", ["", "csv", "parquet"])
def test_single_rows_are_given_to_nobody_who_may_not_see_them(office: Office, kind: str) -> None:
    keeper = sign_in(make_person(Role.ADMINISTRATOR))
    fields = {"from": iso_day(DAY), "to": iso_day(DAY + 1), "reading": "exact", "as": kind}
    with override_settings(PASOKH_WORKBENCH=bench_of(office)):
        for one in DEFINITIONS:
            asked = fields | {"figure": one.name, "rows": "day", "reason": "to know it"}
            for page in (keeper.get(PAGE, asked), keeper.post(PAGE, asked)):
                assert page.status_code == 400
                assert page["Content-Type"].startswith("text/html")
                assert 'id="answer"' not in page.content.decode()


def test_who_looks_after_a_county_counts_single_rows_of_no_other(office: Office) -> None:
    own, other = COUNTIES[0], COUNTIES[1]
    keeper = sign_in(make_person(Role.SUPERVISOR, county=own))
    fields = {"from": iso_day(DAY), "to": iso_day(DAY + 1), "reading": "exact", "as": "csv"}
    fields |= {"figure": "calls-offered/1.0", "rows": "county", "county": other, "reason": "why"}
    with override_settings(PASOKH_WORKBENCH=bench_of(office)):
        page = keeper.post(PAGE, fields)
    lines = [line for line in page.content.decode().splitlines() if not line.startswith("#")]
    assert {line[0] for line in [*csv.reader(lines)][1:]} == {own}
