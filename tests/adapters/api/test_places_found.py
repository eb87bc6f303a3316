"""Places are found by the beginnings of their words, in any order and spelling, near ones first."""

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.api.gazetteer import FOUND_MAX, FoundPlace, PlaceBoard
from pasokh.words.spelling import key

VILLAGES = Path(__file__).parents[4] / "shared/data/khorasan-razavi/villages.csv.gz"
COUNTIES = {"mashhad": ("مشهد", "Mashhad"), "gonabad": ("گناباد", "Gonabad")}
words = st.text(alphabet="ابپتحسغقطعضی‌۰۱۲", min_size=1, max_size=6)
names = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda name: key(name).strip())


def place(
    code: str,
    name: str,
    county: str = "mashhad",
    latitude: float | None = None,
    district: str = "",
    *,
    people: int = 0,
) -> FoundPlace:
    longitude = None if latitude is None else 59.0
    return FoundPlace(
        code, name, f"P {code}", "village", county, latitude, longitude, district, people
    )


def found(board: PlaceBoard, typed: str, county: str = "") -> list[str]:
    return [each.code for each in board.find(typed, county, lambda _: True)]


BOARD = PlaceBoard(
    [
        place("a", "علی آباد", "gonabad", 34.3, "کاخک"),
        place("b", "علی‌آباد", "mashhad", 36.3, "طرقبه", people=90),
        place("c", "علی‌آباد کتول", "mashhad", 36.3),
        place("d", "قلعه علی آباد ۱۲", "mashhad", 36.3),
        place("e", "علی آباد", "quchan", 37.1, people=500),
    ],
    COUNTIES,
)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("علی آباد", "ebacd"),
        ("علي‌اباد", "ebacd"),
        ("علیاباد", "ebacd"),
        ("آباد علی", "ebacd"),
        ("الی اباد", "ebacd"),
        ("گناباد علی آ", "a"),
        ("علی طرقبه", "b"),
        ("12 علی", "d"),
        ("غلعه", "d"),
        ("gonabad", ""),
        ("…", ""),
    ],
)
def test_order_spelling_sound_and_digits_do_not_count(typed: str, codes: str) -> None:
    assert set(found(BOARD, typed)) == set(codes)


def test_a_whole_name_comes_first_then_the_nearer_county_then_the_larger() -> None:
    assert found(BOARD, "علی آباد") == ["e", "b", "a", "c", "d"]
    assert found(BOARD, "علی آباد", "gonabad") == ["a", "b", "e", "c", "d"]
    assert found(BOARD, "علی آباد", "mashhad")[:3] == ["b", "e", "a"]
    assert found(BOARD, "علی آباد", "nowhere") == found(BOARD, "علی آباد")


def test_another_s_county_is_not_found() -> None:
    own = BOARD.find("علی آباد", "", lambda county: county == "gonabad")
    assert [each.code for each in own] == ["a"]


@given(st.lists(names, min_size=1, max_size=12), st.data())
def test_any_beginning_of_its_words_in_any_order_finds_a_place(
    named: list[str], data: st.DataObject
) -> None:
    board = PlaceBoard([place(f"p{n}", name) for n, name in enumerate(named)], {})
    chosen = data.draw(st.sampled_from(range(len(named))))
    parts = data.draw(st.permutations(key(named[chosen]).split()))
    cut = [part[: data.draw(st.integers(1, len(part)))] for part in parts]
    assert f"p{chosen}" in found(board, " ".join(cut))


@given(st.lists(names, max_size=12), st.text(max_size=20))
def test_whatever_is_typed_gets_an_answer_without_doubles(named: list[str], typed: str) -> None:
    board = PlaceBoard([place(f"p{n}", name) for n, name in enumerate(named)], {})
    codes = found(board, typed)
    assert len(codes) == len(set(codes))


@pytest.mark.slow
def test_the_province_s_villages_of_one_name_are_told_apart() -> None:
    if not VILLAGES.exists():
        pytest.skip("no ../shared/data/khorasan-razavi beside this checkout: no real villages")
    with gzip.open(VILLAGES, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    board = PlaceBoard(
        [place(r["code"], r["name_fa"], r["county_fa"], None, r["district_fa"]) for r in rows],
        {row["county_fa"]: (row["county_fa"],) for row in rows},
    )
    same = [row for row in rows if key(row["name_fa"]) == key("علی آباد")]
    shown = board.find("علی آباد", "", lambda _: True)
    assert len(shown) == len(same) == 48 > FOUND_MAX
    assert {(each.county, each.district) for each in shown} == {
        (row["county_fa"], row["district_fa"]) for row in same
    }
    for row in same:
        own = found(board, f"{row['county_fa']} علی آباد")
        assert row["code"] in own
        assert len(own) < len(shown)
        first = board.find("علی آباد", row["county_fa"], lambda _: True)[0]
        assert first.county == row["county_fa"]
    missed = [
        r["name_fa"]
        for r in rows
        if r["code"] not in found(board, f"{r['name_fa']} {r['county_fa']}", r["county_fa"])
    ]
    assert missed == []
