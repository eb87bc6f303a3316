"""The workbench: what is published for all who count, single rows with a reason in the log."""

import pytest
from django.conf import settings
from django.test import override_settings

from pasokh.adapters.archive.counting import Workbench
from pasokh.core.people import Role
from pasokh.core.time import iso_day
from pasokh.words.say import say
from tests.adapters.archive.settled import settled_day
from tests.adapters.archive.test_counting import bench_of
from tests.office.people import make_person, sign_in

pytestmark = [pytest.mark.usefixtures("control_room"), pytest.mark.slow]

PAGE = "/office/en/workbench/"
# Details of a sentence keep their direction; what is said is the same without.
ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
ASKED = {"figure": "calls-answered/1.0", "from": iso_day(0), "to": iso_day(0), "rows": "call_class"}
EXACT = ASKED | {"reading": "exact", "columns": "county", "reason": "a question of the county"}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return bench_of(tmp_path_factory.mktemp("bench"), [settled_day(0, 900, seed=0)])


def test_an_analyst_counts_what_is_published_and_takes_it_away(bench: Workbench) -> None:
    client = sign_in(make_person(Role.ANALYST))
    with override_settings(PASOKH_WORKBENCH=bench):
        page = client.get(PAGE, ASKED | {"reading": "public"})
        assert page.status_code == 200, page.content.decode()
        assert say("en", "office.bench.counted_public") in page.content.decode()
        taken = client.get(PAGE, ASKED | {"as": "csv"})
        assert taken["Content-Disposition"].startswith('attachment; filename="calls-answered-')
        text = taken.content.decode()
        assert text.startswith("# definition: calls-answered/1.0\n")
        assert "\ncall_class,count\n" in text
        assert client.get(PAGE, ASKED | {"as": "parquet"}).content[:4] == b"PAR1"


def test_single_rows_are_counted_with_a_reason_that_stands_in_the_log(bench: Workbench) -> None:
    client = sign_in(make_person(Role.ANALYST))
    with override_settings(PASOKH_WORKBENCH=bench):
        without = client.post(PAGE, EXACT | {"reason": " "})
        assert without.status_code == 400
        assert say("en", "office.bench.wrong.reason") in without.content.decode()
        assert client.get(PAGE, EXACT).status_code == 400, "a link counts no single row"
        page = client.post(PAGE, EXACT)
    assert page.status_code == 200, page.content.decode()
    assert say("en", "office.bench.counted_exact") in page.content.decode()
    reviewer = sign_in(make_person(Role.AUDITOR))
    reads = reviewer.get("/office/en/reads/").content.decode()
    assert say("en", "office.reads.archive", thing="calls-answered") in reads
    assert "a question of the county · calls-answered/1.0 by call_class,county of" in reads


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rows": "hour"}, "This figure cannot be split by “hour” in this reading."),
        ({"from": "yesterday"}, "“yesterday” is no day"),
        ({"figure": "<script>"}, "There is no figure"),
        ({"figure": "arrival-time/1.0"}, "This figure is not told by what is published"),
    ],
)
def test_what_cannot_be_asked_is_said(bench: Workbench, fields: dict[str, str], said: str) -> None:
    client = sign_in(make_person(Role.ANALYST))
    with override_settings(PASOKH_WORKBENCH=bench):
        page = client.get(PAGE, ASKED | fields)
    assert page.status_code == 400
    assert said in page.content.decode().translate(ISOLATES)
    assert "<script>" not in page.content.decode()


def test_whoever_may_not_count_single_rows_is_refused_and_nothing_is_counted(
    bench: Workbench,
) -> None:
    keeper = sign_in(make_person(Role.ADMINISTRATOR))
    with override_settings(PASOKH_WORKBENCH=bench):
        page = keeper.post(PAGE, EXACT)
    assert page.status_code == 400
    assert say("en", "office.bench.counted_exact") not in page.content.decode()
    assert sign_in(make_person(Role.CALL_TAKER)).get(PAGE).status_code == 403


def test_an_office_without_an_archive_says_so() -> None:
    assert isinstance(settings.PASOKH_WORKBENCH, Workbench)
    client = sign_in(make_person(Role.ANALYST))
    page = client.get(PAGE, ASKED)
    assert page.status_code == 400
    assert "office.toml" in page.content.decode()
