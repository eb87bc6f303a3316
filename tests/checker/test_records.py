"""Records of published figures: verdicts are computed from the inputs and never read."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.checker.checks import KINDS
from pasokh.checker.records import check_records, record_json
from tests.house.tree import ROOT

PUBLISHED = ROOT.parent / "shared" / "standards" / "figures" / "published_figures.json"
GIVEN = ("consistent", "computed", "computed_pct")


def published() -> list[dict[str, Any]]:
    if not PUBLISHED.is_file():
        pytest.skip("no ../shared/standards beside this checkout: published figures are not tried")
    records: list[dict[str, Any]] = json.loads(PUBLISHED.read_text("utf-8"), parse_float=Decimal)[
        "records"
    ]
    return records


def without_answers(record: dict[str, Any]) -> dict[str, Any]:
    checks = [
        {name: value for name, value in check.items() if name not in GIVEN}
        for check in record["checks"]
    ]
    return {name: value for name, value in record.items() if name != "verdict"} | {"checks": checks}


def judged(check: dict[str, Any]) -> dict[str, Any]:
    (report,) = check_records([{"id": "one", "checks": [check]}])
    told: dict[str, Any] = record_json(report)
    return told


def test_every_published_record_gets_its_verdict_and_every_check_its_number() -> None:
    records = published()
    reports = check_records([without_answers(record) for record in records])
    wanted = [
        (record["id"], record["verdict"], [{n: c.get(n) for n in GIVEN} for c in record["checks"]])
        for record in records
    ]
    told = [record_json(report) for report in reports]
    got = [
        (r["id"], r["verdict"], [{n: c.get(n) for n in GIVEN} for c in r["checks"]]) for r in told
    ]
    assert json.loads(json.dumps(got, default=float)) == json.loads(
        json.dumps(wanted, default=float)
    )
    assert sum(len(record["checks"]) for record in records) == 40


def test_answers_that_stand_in_a_record_are_not_read() -> None:
    for record in published():
        lied = [check | {"consistent": not check["consistent"]} for check in record["checks"]]
        (report,) = check_records([record | {"checks": lied, "verdict": "?"}])
        assert report.verdict == record["verdict"]


CONSISTENT = [
    {"kind": "points", "current": "36 %", "previous": "31 %", "claimed": 5},
    {"kind": "points", "current": 15, "previous": 0, "claimed": "more than 10"},
    {"kind": "times", "current": 54000, "previous": 27000, "claimed": 2},
    {"kind": "share", "num": "۱۴۰ هزار", "den": ">2000000", "claimed_pct": "7 %"},
    {"kind": "share", "num": 46, "den": 81, "claimed_pct": "56٫8"},
    {"kind": "share", "num": 1, "den": 3, "claimed_pct": "a third"},
    {"kind": "share", "num": 60, "den": 100, "claimed_pct": "more than half"},
    {"kind": "share", "num": 30, "den": 100, "claimed_pct": 33, "op": "<"},
    {"kind": "share", "numerator": 25, "denominator": 100, "claimed": 25},
    {"kind": "share", "num": 41473, "den": 263188, "claimed_pct": "about 15"},
    {"kind": "share", "num": 1, "den": 8, "claimed_pct": Decimal("12.5"), "tol_pp": 0},
    {"kind": "share", "num": 1, "den": 200, "claimed_pct": 1, "op": "=", "tol_pp": Decimal("0.5")},
    {"kind": "sum", "parts": ["38 %", "55٪", 7], "total": 100},
    {"kind": "sum", "parts": [Decimal("0.1"), Decimal("0.2")], "total": Decimal("0.3"), "tol": 0},
    {"kind": "sum", "parts": [1, 2], "total": 4, "op": "≤"},
    {"kind": "rate", "total": 447800, "periods": 111, "claimed": ">2500"},
    {"kind": "rate", "total": 40770000, "periods": 365, "claimed": 110000},
    {"kind": "growth", "current": 9600, "previous": 8000, "claimed_pct": 20},
    {"kind": "growth", "current": 3000, "previous": 4000, "claimed_pct": -25},
    {"kind": "complement", "a_pct": 70, "b_pct": 30},
    {"kind": "complement", "a_pct": ">70", "b_bound": "less than one third"},
    {"kind": "complement", "a_pct": ">70", "b_bound": "<20"},
    {"kind": "period", "label": "1 Farvardin to 18 Tir 1401 (111 days)"},
    {"kind": "period", "label": "", "start": "1403/12/29", "end": "1404/01/01", "days": 3},
    {"kind": "period", "label": '"8 months" and "240 days"'},
    {"kind": "period", "label": "in one week and from 10 to 16 Shahrivar 1403"},
    {"kind": "period", "label": "x", "periods": ["first half of 1404", "186 days"]},
    {"kind": "bound", "value": 4034, "bound": "over 2,500"},
    {"kind": "sum", "parts": {"fires": 24, "rescues": 23}, "total": "47 missions"},
    {"kind": "sum", "parts": [300, 310], "total": "about 600"},
    {"kind": "rate", "total": 17150, "periods": 7, "claimed": "2,400 to 2,500"},
    {"kind": "SHARE ", "num": 1, "den": 2, "claimed_pct": 50},
    {"kind": "ratio", "num": 31800, "den": 15900, "claimed": "two times"},
    {"kind": "average", "total": 8700, "count": 29, "claimed": 300},
    {"kind": "percent_change", "current": 110, "previous": 100, "claimed_pct": 10},
    {"kind": "increase", "current": 3410, "previous": 3061, "claimed": 349},
    {"kind": "increase", "current": 3410, "previous": 3061, "claimed_pct": Decimal("11.4")},
    {"kind": "difference", "current": 41549, "previous": 43908, "claimed": 2359},
    {"kind": "range", "value": 11000, "low": 10000, "high": "۱۲ هزار"},
    {"kind": "range", "value": 11000, "claimed": "between 10 and 12 thousand"},
    {"kind": "bound", "value": 4034, "claimed": 2500, "op": ">"},
    {"kind": "bound", "label": 'calls per day "over 2,500"', "value": 4034, "bound": 2500},
    {"kind": "bound", "value": 7, "max": 15},
    {"kind": "per_capita", "count": 18000, "population": 1200000, "claimed": 1500},
    {
        "kind": "per_capita",
        "count": 310000,
        "population": "2.5 million",
        "per": 1000,
        "claimed": 124,
    },
    {"kind": "rank", "values": {"north": 9, "south": 9, "east": 4}, "name": "south", "claimed": 1},
    {"kind": "rank", "values": [9, 12, 4], "claimed": [2, 1, 3]},
    {"kind": "rank", "values": {"a": 4, "b": 9}, "order": ["b", "a"]},
    {"kind": "period", "label": "first quarter of 2024 (91 days)"},
    {"kind": "period", "label": "", "periods": ["زمستان ۱۴۰۳", "۹۰ روز"]},
    {"kind": "period", "label": "۱۱ مرداد الی ۱۷ مردادماه ۱۴۰۴ (یک هفته)"},
    {"kind": "share", "label": None, "num": 1, "den": 2, "claimed_pct": 50, "tol_pp": None},
]
INCONSISTENT = [
    {"kind": "points", "current": "36 %", "previous": "31 %", "claimed": 8},
    {"kind": "times", "current": 54000, "previous": 27000, "claimed": "more than 2"},
    {"kind": "share", "num": 216000, "den": 447800, "claimed_pct": "more than half"},
    {"kind": "share", "num": 1, "den": 3, "claimed_pct": Decimal("33.30")},
    {"kind": "share", "num": 1, "den": 8, "claimed_pct": Decimal("12.4"), "tol_pp": 0},
    {"kind": "sum", "parts": [38, 55, 8], "total": 100},
    {"kind": "sum", "parts": [2, 2], "total": 4, "op": "<"},
    {"kind": "rate", "total": 3410, "periods": 7, "claimed": 488},
    {"kind": "rate", "total": 447800, "periods": 111, "claimed": "more than 5 thousand"},
    {"kind": "growth", "current": 3000, "previous": 4000, "claimed_pct": 25},
    {"kind": "complement", "a_pct": 60, "b_bound": "<33.34"},
    {"kind": "complement", "a_pct": ">70", "b_bound": ">30"},
    {"kind": "complement", "a_pct": 70, "b_pct": 31},
    {"kind": "period", "label": '"the past 24 hours" and "from 8 to 24 o\'clock"'},
    {"kind": "period", "label": "«۲۴ ساعت گذشته» و «از ساعت ۸ تا ۲۴»"},
    {"kind": "period", "label": "1 Farvardin to 18 Tir 1401 (110 days)"},
    {"kind": "period", "label": "", "start": "1403/12/29", "end": "1404/01/01", "days": 2},
    {"kind": "period", "label": '"8 months" and "200 days"'},
    {"kind": "period", "label": '"daily" and "the past week"'},
    {"kind": "sum", "parts": [300, 410], "total": "about 600"},
    {"kind": "rate", "total": 14000, "periods": 7, "claimed": "۲۴۰۰ تا ۲۵۰۰"},
    {"kind": "bound", "value": 2400, "bound": "بیش از ۲ هزار و ۵۰۰"},
    {"kind": "ratio", "num": 24000, "den": 12000, "claimed": 3},
    {"kind": "mean", "total": 8400, "count": 28, "claimed": 250},
    {"kind": "increase", "current": 3061, "previous": 3410, "claimed": 349},
    {"kind": "range", "value": 14000, "min": 10000, "max": 12000},
    {"kind": "bound", "value": 16, "max": 15},
    {"kind": "per_capita", "count": 1640, "population": 800000, "claimed": 250},
    {"kind": "rank", "values": {"north": 9, "south": 12}, "name": "north", "claimed": 1},
    {"kind": "rank", "values": [4100, 4600]},
    {"kind": "rank", "values": {"a": 4, "b": 9}, "order": ["a", "b"]},
    {"kind": "period", "label": "second quarter of 2024 (92 days)"},
    {"kind": "period", "label": "", "periods": ["زمستان ۱۴۰۲", "۹۰ روز"]},
]


@pytest.mark.slow
@pytest.mark.parametrize("check", CONSISTENT, ids=str)
def test_what_fits_is_consistent(check: dict[str, Any]) -> None:
    assert judged(check)["verdict"] == "consistent"


@pytest.mark.slow
@pytest.mark.parametrize("check", INCONSISTENT, ids=str)
def test_what_does_not_fit_is_inconsistent(check: dict[str, Any]) -> None:
    told = judged(check)
    assert told["verdict"] == "inconsistent"
    assert told["checks"][0]["words"]["fa"]
    assert told["checks"][0]["words"]["en"]


BAD = [
    ({"num": 1, "den": 2, "claimed_pct": 50}, "kind"),
    ({"kind": "share", "den": 2, "claimed_pct": 50}, "num"),
    ({"kind": "share", "num": 1, "den": 0, "claimed_pct": 50}, "den"),
    ({"kind": "share", "num": True, "den": 2, "claimed_pct": 50}, "num"),
    ({"kind": "share", "num": "many", "den": 2, "claimed_pct": 50}, "num"),
    ({"kind": "share", "num": 1, "den": 2, "claimed_pct": 50, "op": "!"}, "op"),
    ({"kind": "share", "num": 1, "den": 2, "claimed_pct": 50, "tol_pp": -1}, "tol_pp"),
    ({"kind": "sum", "parts": [], "total": 1}, "parts"),
    ({"kind": "sum", "parts": [1, None], "total": 1}, "parts[1]"),
    ({"kind": "rate", "total": 1, "periods": 0, "claimed": 1}, "periods"),
    ({"kind": "growth", "current": 1, "previous": 0, "claimed_pct": 1}, "previous"),
    ({"kind": "share", "num": Decimal("1e999"), "den": 2, "claimed_pct": 1}, "num"),
    ({"kind": "share", "num": 10**400, "den": 2, "claimed_pct": 1}, "num"),
    ({"kind": "share", "num": float("nan"), "den": 2, "claimed_pct": 1}, "num"),
    ({"kind": "period", "label": 5}, "label"),
    ({"kind": "share", "num": Decimal("sNaN"), "den": 2, "claimed_pct": 1}, "num"),
    ({"kind": "range", "value": 1, "low": 3, "high": 2}, "high"),
    ({"kind": "rank", "values": {"a": 1, "b": 2}, "name": "c", "claimed": 1}, "name"),
    ({"kind": "rank", "values": [1, 2], "claimed": [1]}, "ranks"),
    ({"kind": "per_capita", "count": 1, "population": 0, "claimed": 1}, "population"),
]


@pytest.mark.parametrize(("check", "field"), BAD, ids=str)
def test_a_bad_check_says_its_field(check: dict[str, Any], field: str) -> None:
    told = judged(check)
    assert told["verdict"] == "error"
    (error,) = told["errors"]
    assert error["field"] == f"checks[0].{field}"
    assert error["en"].startswith(f"one: checks[0].{field}: ")


@pytest.mark.parametrize(
    "check", [{"kind": "entropy"}, {"kind": "period", "label": "this and that"}], ids=str
)
def test_what_cannot_be_judged_is_unknown_and_never_passed(check: dict[str, Any]) -> None:
    told = judged(check)
    assert told["verdict"] == "unknown"
    assert told["checks"][0]["consistent"] is None
    assert "not made" in told["checks"][0]["words"]["en"]


def test_bad_records_leave_the_others_alone() -> None:
    good = {"id": "good", "checks": [{"kind": "sum", "parts": [1], "total": 1}]}
    records = [5, {"id": ""}, {"id": "x", "checks": 7}, good, good, {"id": "empty"}]
    told = [record_json(report) for report in check_records(records)]
    assert [one["verdict"] for one in told] == [
        "error",
        "error",
        "error",
        "consistent",
        "error",
        "unknown",
    ]
    assert [one["errors"][0]["field"] for one in told if "errors" in one] == [
        "record",
        "id",
        "checks",
        "id",
    ]


def test_a_record_without_an_id_or_with_one_of_before_is_judged_all_the_same() -> None:
    wrong = {"id": "a", "checks": [{"kind": "sum", "parts": [1], "total": 2}]}
    told = [record_json(one) for one in check_records([wrong, wrong, wrong | {"id": None}])]
    assert [one["verdict"] for one in told] == ["inconsistent"] * 3
    assert [[error["record"] for error in one.get("errors", [])] for one in told] == [
        [],
        ["a"],
        ["#3"],
    ]


@pytest.mark.parametrize("file", [{"records": 5}, {"records": "all"}, None, "all"])
def test_what_is_no_list_of_records_is_said(file: Any) -> None:
    (report,) = check_records(file)
    assert record_json(report)["errors"][0]["field"] == "records"


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from([10**5000, Decimal("sNaN"), Decimal("1e999999"), "۷۰ درصد", "12 to 10", b"x"]),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=4)), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=3),
)
NAMES = ["num", "den", "claimed", "claimed_pct", "parts", "total", "periods", "value", "values"]
NAMES += ["order", "name", "population", "count", "op", "tol", "tol_pp", "label", "low", "a_pct"]
CHECK = st.dictionaries(st.sampled_from(NAMES), ODD, max_size=8)
FACT = ["calls", "calls_prev", "op_pct", "op_pct_prev", "headline", "claim", "per_day", "days"]


@given(
    st.sampled_from([*sorted(KINDS), "entropy", "", None]),
    CHECK,
    st.one_of(ODD, st.dictionaries(st.sampled_from([*FACT, "calls_by_x"]), ODD, max_size=6)),
    ODD,
)
@settings(deadline=None)
def test_odd_records_get_a_verdict_or_an_error_that_names_them(
    kind: Any, check: dict[str, Any], facts: Any, period: Any
) -> None:
    record = {"id": "odd", "checks": [check | {"kind": kind}], "facts": facts, "period": period}
    (report,) = check_records([record])
    told = record_json(report)
    assert told["verdict"] in {"consistent", "inconsistent", "unknown", "error"}
    assert all(error["en"].startswith("odd: ") for error in told.get("errors", []))
    assert told["verdict"] != "consistent" or told["checks"][0]["consistent"]
    json.dumps(told, allow_nan=False)


def test_the_release_in_a_record_is_read_too() -> None:
    text = "Of 200 calls, 50 calls (30 %) led to a mission."
    told = record_json(check_records([{"id": "a", "text_en": text}])[0])
    assert told["verdict"] == "inconsistent"
    assert told["from_texts"]["text_en"]["checks"][0]["sentence"] == text


def test_a_whole_file_may_be_given() -> None:
    check = {"kind": "sum", "parts": [1], "total": 1}
    (report,) = check_records({"records": [{"id": "a", "checks": [check]}]})
    assert report.verdict == "consistent"


def test_a_contradiction_is_told_beside_a_trouble() -> None:
    checks = [{"kind": "sum", "parts": [1], "total": 2}, {"kind": "sum"}]
    (report,) = check_records([{"id": "both", "checks": checks}])
    assert report.verdict == "inconsistent"
    assert report.troubles
