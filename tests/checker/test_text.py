"""What a report says beside its verdict: figures that are named, remarks, places, words."""

from typing import Any

import pytest

from pasokh.checker.inputs import CheckUnfit
from pasokh.checker.text import CheckReport, check_text, remark_words, report_json

FIGURE = {"id": "operational-share/1.0/public/2021-10-01/abc", "base": 145, "period": "2021-10-01"}


def remarks(report: CheckReport) -> list[str]:
    return [remark.kind for remark in report.remarks]


@pytest.mark.parametrize(
    ("written", "value", "verdict"),
    [
        ("68.3 %", 68.28, "consistent"),
        ("68 percent", 68.28, "consistent"),
        ("68.2 %", 68.28, "consistent"),
        ("69 %", 68.28, "inconsistent"),
        ("about 70 %", 68.28, "consistent"),
        ("more than 68 %", 68.28, "consistent"),
        ("more than 70 %", 68.28, "inconsistent"),
    ],
)
def test_a_number_that_names_a_figure_is_that_figure(
    written: str, value: float, verdict: str
) -> None:
    text = f"{written} of the calls became operational ({FIGURE['id']})."
    assert check_text(text, [FIGURE | {"value": value}]).verdict == verdict


def test_a_figure_of_another_text_says_nothing() -> None:
    assert check_text("70 % of the calls", [FIGURE | {"value": 1}]).verdict == "nothing_to_test"


def test_a_figure_without_base_and_period_is_a_remark() -> None:
    figure = {"id": FIGURE["id"], "value": 70}
    report = check_text(f"70 % of the calls ({FIGURE['id']})", [figure])
    assert {"figure-base", "figure-period"} <= set(remarks(report))


@pytest.mark.parametrize("figure", [{"value": 1}, FIGURE, FIGURE | {"value": "many"}])
def test_a_figure_that_cannot_be_read_is_refused(figure: dict[str, Any]) -> None:
    with pytest.raises(CheckUnfit, match=r"figures\[0\]"):
        check_text(f"70 % ({FIGURE['id']})", [figure])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("۷۰ درصد عملیاتی می‌شود.", "no-base"),
        ("Police take 15,000 calls a day.", "no-days"),
        ("The centre took more than 15,000 calls.", "no-exact"),
        ("در سال ۱۴۰۳ تعداد ۴۳۵ هزار و ۶۹۰ هزار تماس گرفته شد.", "misprint"),
        ("Of 9,489 calls 6,888 calls (72.5 %) were nuisance.", "cut"),
        ("Nuisance fell from 20 percent to 15 percent, a fall of 5 percent.", "points"),
        ("In the week of 1 to 7 Tir 1404 28,000 calls came, over 2,500 calls a day.", "far"),
    ],
)
def test_a_remark_is_no_alarm(text: str, kind: str) -> None:
    report = check_text(text)
    assert kind in remarks(report)
    assert report.verdict != "inconsistent"
    said = [remark_words(report, one, "fa") for one in report.remarks]
    assert all(said)


def test_of_a_table_only_a_total_is_read_and_it_is_said() -> None:
    rows = "| place | calls | operational |\n|---|---|---|\n| A | 100 calls | 30 (50 %) |\n"
    report = check_text(rows)
    assert (report.verdict, remarks(report)) == ("nothing_to_test", ["table"])


@pytest.mark.parametrize(
    "text",
    [
        "40 % of the fires were in forests. There were 64 fires and 5,200 calls.",
        "10,000 calls (0.3, 3 and 30)",
        "1,000 calls\n\nIt took 3.5 calls, and 0 calls were lost.",
        "Nuisance is 7 percent of calls. A. B. Elsewhere 50 of 100 calls were nuisance.",
    ],
)
def test_what_is_not_certainly_one_thing_is_left_alone(text: str) -> None:
    assert check_text(text).verdict != "inconsistent"


@pytest.mark.slow
def test_many_numbers_are_said_to_be_many() -> None:
    assert "many" in remarks(check_text("15 calls. " * 500))


def test_a_check_says_where_its_numbers_stand_and_what_would_be_right() -> None:
    text = "Of 200 calls, 50 calls (30 %) led to a mission."
    (check,) = report_json(check_text(text))["checks"]
    assert check["label"] == "200 / 50 / 30 %"
    assert check["consistent"] is False
    assert check["words"]["en"].endswith("25 % would be right.")
    assert "۲۵ درصد درست است" in check["words"]["fa"]
    assert [text[one["start"] : one["end"]] for one in check["spans"]] == ["200", "50", "30 %"]


def test_the_checker_names_numbers_only() -> None:
    text = "Of 200 calls, 50 calls (30 %) led to a mission, he lied."
    report = report_json(check_text(text))
    assert [check.pop("sentence") for check in report["checks"]] == [text]
    assert not [word for word in ("lie", "false", "wrong", "دروغ", "غلط") if word in str(report)]
