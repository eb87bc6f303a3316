"""Files of reference data: what is read, what is refused and where, before anything is sent."""

import csv
import gzip
from io import StringIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from pasokh.office.reference.columns import COLUMNS
from pasokh.office.reference.rows import Known, known_of
from pasokh.office.reference.table import (
    FILE_BYTES_MAX,
    ROWS_MAX,
    TableRow,
    TableWrong,
    csv_of,
    table_of,
)
from pasokh.office.reference.verdicts import (
    RowVerdict,
    VerdictKind,
    counted,
    dry_run,
    in_sending_order,
)
from pasokh.reference.entries import (
    AdviceEntry,
    AreaEntry,
    AreaKind,
    CapabilityEntry,
    DispositionEntry,
    EndsWhat,
    ListEntry,
    ListName,
    PlaceEntry,
    PublishedAs,
    Question,
    ServiceEntry,
    StationEntry,
    TimedStage,
    TimerEntry,
    TypeEntry,
    UnitEntry,
)
from tests.reference.test_protocols import BRAWL

VILLAGES = Path(__file__).parents[3] / "shared/data/khorasan-razavi/villages.csv.gz"
AREAS: dict[str, ListEntry] = {
    "mashhad": AreaEntry("مشهد", "Mashhad"),
    "mashhad-1": AreaEntry("حوزهٔ ۱", "Beat 1", AreaKind.BEAT, "mashhad"),
}
LISTS: dict[ListName, dict[str, ListEntry]] = {
    ListName.AREA: AREAS,
    ListName.STATION: {"s-12": StationEntry("کلانتری ۱۲", "Station 12", "mashhad", 36.3, 59.6)},
    ListName.CAPABILITY: {
        "k9": CapabilityEntry("سگ", "Dogs"),
        "car": CapabilityEntry("سواری", "Car"),
    },
    ListName.INCIDENT_TYPE: {
        "fight": TypeEntry(
            "نزاع",
            "Fight",
            2,
            ("car", "k9"),
            (Question("سلاح | ابزار دارند؟", "Armed?\nWith \\ what?"), Question("کجا؟", "Where?")),
            "ne fi",
            "violence",
            PublishedAs.SENSITIVE,
        )
    },
    ListName.DISPOSITION: {"told": DispositionEntry("آگاه شد", "Told", EndsWhat.CALL)},
    ListName.SERVICE: {
        "ems": ServiceEntry(
            *("اورژانس", "Ambulance", "+98 115", "mashhad"),
            *("sat-wed 07:30-14:30", "fire", "شب", "Night"),
        ),
        "fire": ServiceEntry(
            *("آتش‌نشانی", "Fire", "125", "mashhad"),
            *("thu 07:30-12:00", "ems", "روز", "Day"),
        ),
    },
    ListName.ADVICE: {"cpr": AdviceEntry("احیا", "CPR", 'دست‌ها را، "محکم"\nبفشارید', "Push; so")},
    ListName.PLACE: {
        "tus": PlaceEntry("توس", "Tus", "village", "mashhad", 36.48, 59.52, "تبادکان", 900)
    },
    ListName.UNIT: {"u-1": UnitEntry("412", "گشت 412", "Patrol 412", "s-12", "mashhad", ("car",))},
    ListName.TIMER: {"en_route-2": TimerEntry(TimedStage.EN_ROUTE, 2, 600)},
    ListName.PROTOCOL: {"brawl": replace(BRAWL, types=("fight",))},
}  # fmt: skip


def known(name: ListName) -> Known:
    return known_of(name, LISTS)


def judged(name: ListName, text: str) -> list[RowVerdict]:
    return dry_run(name, table_of(name, text.encode()), known(name))


def one(name: ListName, text: str) -> RowVerdict:
    (verdict,) = judged(name, text)
    return verdict


def mistakes(verdict: RowVerdict) -> list[tuple[str, str]]:
    return [(mistake.column, mistake.message_id) for mistake in verdict.mistakes]


def refused(name: ListName, data: bytes) -> TableWrong:
    with pytest.raises(TableWrong) as caught:
        table_of(name, data)
    return caught.value


@pytest.mark.parametrize("name", ListName)
def test_a_download_reads_as_the_same_list(name: ListName) -> None:
    data = csv_of(name, LISTS[name])
    verdicts = dry_run(name, table_of(name, data), known(name))
    assert [verdict.kind for verdict in verdicts] == [VerdictKind.SAME] * len(LISTS[name])


@pytest.mark.parametrize("name", ListName)
def test_a_download_reads_as_the_same_entries_where_the_list_is_empty(name: ListName) -> None:
    bare = Known({}, {other: frozenset(codes) for other, codes in LISTS.items()})
    verdicts = dry_run(name, table_of(name, csv_of(name, LISTS[name])), bare)
    assert {verdict.kind for verdict in verdicts} == {VerdictKind.NEW}
    if name is ListName.INCIDENT_TYPE:
        assert verdicts[0].entry == LISTS[name]["fight"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ListName)
def test_every_pair_of_swapped_headers_is_seen(name: ListName) -> None:
    """Columns whose headers were swapped by hand never import as something else unnoticed."""
    rows = list(csv.reader(StringIO(csv_of(name, LISTS[name]).decode("utf-8-sig"))))
    unseen = []
    for left in range(len(rows[0])):
        for right in range(left):
            header = rows[0].copy()
            header[left], header[right] = header[right], header[left]
            sheet = StringIO()
            csv.writer(sheet).writerows([header, *rows[1:]])
            kinds = {verdict.kind for verdict in judged(name, sheet.getvalue())}
            # A row in which both cells are empty is the same either way.
            if VerdictKind.WRONG not in kinds or kinds - {VerdictKind.WRONG, VerdictKind.SAME}:
                unseen.append({header[left], header[right]})
    # Both are codes of services: the dry run shows who would change, and a person sees it.
    assert unseen == ([{"alternative", "code"}] if name is ListName.SERVICE else [])


def test_columns_may_stand_in_any_order_and_be_called_as_on_the_screen() -> None:
    text = "نام انگلیسی;Code;نام فارسی\nDogs;k9;سگ\n"
    assert one(ListName.CAPABILITY, text).kind is VerdictKind.SAME


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_files_of_any_spreadsheet_are_read(delimiter: str, mark: bytes, line_end: str) -> None:
    rows = [["code", "name_fa", "name_en"], ["k9", "سگ", "Dogs"]]
    data = mark + line_end.join(delimiter.join(row) for row in rows).encode()
    assert table_of(ListName.CAPABILITY, data) == [
        TableRow(2, {"code": "k9", "name_fa": "سگ", "name_en": "Dogs"})
    ]


def test_arabic_letters_and_persian_digits_are_normalised() -> None:
    verdict = one(
        ListName.PLACE,
        "code,name_fa,name_en,kind,county,latitude,longitude,district,people\n"
        "p-۱,علي آباد كتول,Aliabad,village,mashhad,۳۶٫۵,۵۹.۲۵,كمال آباد,۱۲۰\n",
    )
    assert verdict.code == "p-1"
    assert verdict.entry == PlaceEntry(
        "علی آباد کتول", "Aliabad", "village", "mashhad", 36.5, 59.25, "کمال آباد", 120
    )


def test_a_header_that_leaves_anything_to_guess_is_refused_by_name() -> None:
    unknown = refused(ListName.CAPABILITY, b"code,name_fa,name_en,colour\n")
    assert (unknown.message_id, unknown.details["column"]) == ("lists.file.unknown", "colour")
    doubled = refused(ListName.CAPABILITY, "code,name_fa,name_en,نام فارسی\n".encode())
    assert (doubled.message_id, doubled.details["column"]) == ("lists.file.doubled", "name_fa")
    missing = refused(ListName.CAPABILITY, b"code,name_en\n")
    assert (missing.message_id, missing.details["column"]) == ("lists.file.missing", "name_fa")
    unnamed = refused(ListName.CAPABILITY, b"code,,name_fa,name_en\n")
    assert (unnamed.message_id, unnamed.details["column"]) == ("lists.file.unknown", "2")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "message_id"),
    [
        (b"", "lists.file.missing"),
        (b"code,name_fa,name_en\n\n , ,\n", "lists.file.empty"),
        ("code,name_fa,name_en\nk9,سگ,Dogs".encode("utf-16"), "lists.file.utf8"),
        ("code,name_fa,name_en\nk9,سگ پلس,Dogs".encode("cp1256"), "lists.file.utf8"),
        (b'code,name_fa,name_en\nk9,"open,Dogs\n', "lists.file.quotes"),
        (b'code,name_fa,name_en\nk9,"a"b,Dogs\n', "lists.file.quotes"),
        (b"x" * (FILE_BYTES_MAX + 1), "lists.file.bytes"),
        (b"code,name_fa,name_en\n" + b"a,b,c\n" * (ROWS_MAX + 1), "lists.file.rows"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_rows_is_refused_as_a_whole(data: bytes, message_id: str) -> None:
    assert refused(ListName.CAPABILITY, data).message_id == message_id


def test_each_row_says_its_number_its_column_and_what_is_wrong() -> None:
    text = (
        "code,name_fa,name_en,county,latitude,longitude\n"
        "s-1,کلانتری,Station,mashhad,36,59\n"
        "\n"
        "S 2,Station,کلانتری,nowhere,north,200\n"
        "s-3,کلانتری,Station,mashhad,59.5,36.5\n"
        "s-4,کلانتری,Station,mashhad\n"
        "s-1,کلانتری,Station,mashhad,,\n"
    )
    new, strange, swapped, short, twice = judged(ListName.STATION, text)
    assert (new.row, new.kind) == (2, VerdictKind.NEW)
    assert strange.row == 4
    assert mistakes(strange) == [
        ("code", "lists.wrong.code"),
        ("name_fa", "lists.wrong.persian"),
        ("name_en", "lists.wrong.latin"),
        ("latitude", "lists.wrong.degrees"),
    ]
    assert mistakes(swapped) == [
        ("latitude", "lists.wrong.abroad"),
        ("longitude", "lists.wrong.abroad"),
    ]
    assert mistakes(short) == [("", "lists.wrong.cells")]
    assert mistakes(twice) == [("code", "lists.wrong.twice")]
    assert twice.mistakes[0].details == {"typed": "s-1", "row": 2}


@pytest.mark.parametrize(
    ("name", "row", "column", "message_id"),
    [
        (ListName.INCIDENT_TYPE, "x,نزاع,Fight,6,,,,,", "priority", "lists.wrong.bounds"),
        (ListName.INCIDENT_TYPE, "x,نزاع,Fight,one,,,,,", "priority", "lists.wrong.whole"),
        (ListName.INCIDENT_TYPE, "x,نزاع,Fight,1,boat,,,,", "capabilities", "lists.wrong.named"),
        (ListName.INCIDENT_TYPE, "x,نزاع,Fight,1,,کجا؟,,,", "card", "lists.wrong.card"),
        (ListName.INCIDENT_TYPE, "x,نزاع,Fight,1,,Where? | کجا؟,,,", "card", "lists.wrong.persian"),
        (ListName.INCIDENT_TYPE, "x,نزاع,Fight,1,,,,,secret", "published_as", "lists.wrong.choice"),
        (ListName.AREA, "x,نام,Name,village,,", "kind", "lists.wrong.choice"),
        (ListName.AREA, "x,نام,Name,beat,mashhad-1,", "within", "lists.wrong.within"),
        (ListName.AREA, "x,نام,Name,county,,mashhad-1", "split_from", "lists.wrong.split_from"),
        (ListName.AREA, "x,نام,Name,beat,mashhad,mashhad", "split_from", "lists.wrong.split_from"),
        (ListName.TIMER, "en_route-1,en_route,2,60", "code", "lists.wrong.timer"),
        (ListName.TIMER, "en_route-1,en_route,1,86401", "limit_seconds", "lists.wrong.bounds"),
        (ListName.TIMER, "appeal-3,appeal,3,2678401", "limit_seconds", "lists.wrong.bounds"),
        (ListName.SERVICE, "x,آتش‌نشانی,Fire,one two five,,,,,", "number", "lists.wrong.number"),
        (ListName.UNIT, "u-2,412,گشت,Patrol,s-12,mashhad,", "call_sign", "lists.wrong.call_sign"),
        (ListName.UNIT, "u-2,413,گشت,Patrol,s-9,mashhad,", "station", "lists.wrong.named"),
        (ListName.UNIT, "u-2," + "4" * 17 + ",گشت,P,,,", "call_sign", "lists.wrong.bounds"),
        (ListName.CAPABILITY, "x,,Name", "name_fa", "lists.wrong.blank"),
        (ListName.CAPABILITY, "x,نام," + "N" * 121, "name_en", "lists.wrong.bounds"),
    ],
)  # fmt: skip
def test_values_are_held_to_type_range_and_codes(
    name: ListName, row: str, column: str, message_id: str
) -> None:
    header = ",".join(column.name for column in COLUMNS[name])
    if name is ListName.UNIT:
        assert header == "code,call_sign,name_fa,name_en,station,county,capabilities"
    verdict = one(name, f"{header}\n{row}\n")
    assert mistakes(verdict) == [(column, message_id)]


def test_what_differs_is_a_change_and_keeps_what_was() -> None:
    verdict = one(ListName.CAPABILITY, "code,name_fa,name_en\nk9,سگ,Police dogs\n")
    assert verdict.kind is VerdictKind.CHANGED
    assert verdict.before == LISTS[ListName.CAPABILITY]["k9"]
    assert verdict.entry == CapabilityEntry("سگ", "Police dogs")


def test_a_file_may_bring_counties_and_their_beats_in_any_order() -> None:
    text = (
        "code,name_fa,name_en,kind,within,split_from\n"
        "tus-1,حوزهٔ ۱,Beat 1,beat,tus,\n"
        "tus,توس,Tus,county,,\n"
    )
    verdicts = judged(ListName.AREA, text)
    assert [verdict.kind for verdict in verdicts] == [VerdictKind.NEW] * 2
    assert [verdict.code for verdict in in_sending_order(verdicts)] == ["tus", "tus-1"]


def test_two_rows_with_one_call_sign_are_told_apart() -> None:
    text = (
        "code,call_sign,name_fa,name_en,station,county,capabilities\n"
        "u-7,77,گشت,Patrol,,,\n"
        "u-8,۷۷,گشت,Patrol,,,\n"
    )
    first, second = judged(ListName.UNIT, text)
    assert first.kind is VerdictKind.NEW
    assert mistakes(second) == [("call_sign", "lists.wrong.call_sign")]


def test_a_spreadsheet_finds_no_formula_in_a_download() -> None:
    entries: dict[str, ListEntry] = {"ems": ServiceEntry("=اورژانس", "@Ambulance", "+115")}
    cells = csv_of(ListName.SERVICE, entries).decode("utf-8-sig").splitlines()[1].split(",")
    assert cells[:4] == ["ems", "'=اورژانس", "'@Ambulance", "'+115"]
    rows = table_of(ListName.SERVICE, csv_of(ListName.SERVICE, entries))
    verdicts = dry_run(ListName.SERVICE, rows, Known(entries, {}))
    assert counted(verdicts) == {"new": 0, "changed": 0, "same": 1, "wrong": 0}


def villages() -> list[dict[str, str]]:
    """The province's villages; the source has no Latin names and no points."""
    if not VILLAGES.exists():
        pytest.skip("the villages of shared/data are not beside this checkout")
    with gzip.open(VILLAGES, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_the_province_s_villages_are_read_as_a_gazetteer() -> None:
    found = villages()
    assert len(found) == 7_361
    header = "code,name_fa,name_en,kind,county,latitude,longitude,district,people\n"
    text = header + "".join(
        f"{row['code']},{row['name_fa']},Village {row['code']},village,mashhad,,,"
        f"{row['district_fa']},\n"
        for row in found
    )
    verdicts = judged(ListName.PLACE, text)
    assert counted(verdicts) == {"new": 7_361, "changed": 0, "same": 0, "wrong": 0}
    names = "".join(getattr(verdict.entry, "name_fa", "") for verdict in verdicts)
    assert not set("يك") & set(names)
    own = {v.code: v.entry for v in verdicts if v.entry}
    again = dry_run(
        ListName.PLACE,
        table_of(ListName.PLACE, csv_of(ListName.PLACE, own)),
        known_of(ListName.PLACE, LISTS | {ListName.PLACE: own}),
    )
    assert counted(again)["same"] == 7_361


def test_the_source_s_own_file_is_refused_with_the_columns_it_lacks() -> None:
    villages()
    with gzip.open(VILLAGES) as file:
        wrong = refused(ListName.PLACE, file.read())
    assert (wrong.message_id, wrong.details["column"]) == ("lists.file.unknown", "county_fa")
