"""An official table of villages becomes a list of places that the office imports."""

import csv
import gzip
from pathlib import Path

import pytest

from pasokh.cli import main
from pasokh.office.reference.rows import Known
from pasokh.office.reference.table import table_of
from pasokh.office.reference.verdicts import dry_run
from pasokh.reference.entries import ListName
from pasokh.words.sounds import latin_of

SHARED = Path(__file__).parents[3] / "shared/data/khorasan-razavi"
AREAS = "code,name_fa,name_en,kind,within\nc-9,گناباد,Gonabad,county,\n"
TABLE = "code,name_fa,county_fa,district_fa,rural_district_fa\n7001,علي آباد,گناباد,کاخک,زیبد\n"


def made(folder: Path, table: str, areas: str = AREAS) -> tuple[int, Path]:
    (folder / "table.csv").write_text(table, "utf-8")
    (folder / "areas.csv").write_text(areas, "utf-8")
    out = folder / "places.csv"
    asked = ["places", str(folder / "table.csv"), "--areas", str(folder / "areas.csv")]
    return main([*asked, "--out", str(out)]), out


def verdicts(out: Path, counties: frozenset[str]) -> set[str]:
    known = Known({}, {ListName.AREA: counties})
    rows = dry_run(ListName.PLACE, table_of(ListName.PLACE, out.read_bytes()), known)
    return {verdict.kind.value for verdict in rows}


def test_a_table_becomes_a_list_that_the_dry_run_takes(tmp_path: Path) -> None:
    status, out = made(tmp_path, TABLE)
    assert status == 0
    assert out.read_text("utf-8").splitlines()[1] == (
        "7001,علی آباد,Ali Abad,village,c-9,,,کاخک - زیبد,"
    )
    assert verdicts(out, frozenset({"c-9"})) == {"new"}


@pytest.mark.parametrize(
    ("table", "areas", "says"),
    [
        (TABLE.replace("گناباد", "ناکجا"), AREAS, "line 2: the county “ناکجا”"),
        (TABLE.replace("7001", ""), AREAS, "line 2: needs a code"),
        (TABLE, "name\nx\n", "needs the columns code, name_fa, name_en"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, areas: str, says: str
) -> None:
    status, out = made(tmp_path, table, areas)
    assert (status, out.exists()) == (2, False)
    assert says in capsys.readouterr().err


def test_latin_letters_stand_for_persian_ones() -> None:
    assert latin_of("قلعه نو") == "Ghlah Nu"


@pytest.mark.slow
def test_the_province_s_villages_become_places(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("no ../shared/data/khorasan-razavi beside this checkout: no real villages")
    with gzip.open(SHARED / "villages.csv.gz", "rt", encoding="utf-8", newline="") as file:
        text = file.read()
    names = sorted({row["county_fa"] for row in csv.DictReader(text.splitlines())})
    codes = {name: f"c-{number}" for number, name in enumerate(names)}
    areas = "".join(f"{code},{name},County {code},county,\n" for name, code in codes.items())
    status, out = made(tmp_path, text, AREAS.splitlines()[0] + "\n" + areas)
    assert status == 0
    assert verdicts(out, frozenset(codes.values())) == {"new"}
