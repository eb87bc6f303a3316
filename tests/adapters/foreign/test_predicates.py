import msgspec
import pytest

from pasokh.adapters.foreign.mapping import Test as Question
from pasokh.adapters.foreign.predicates import all_of

# What is asked, texts for which it holds, texts for which it does not.
QUESTIONS = {
    "is": ({"is": "W"}, ["W"], ["w", "", "WW"]),
    "is_not": ({"is_not": "W"}, ["", "K"], ["W"]),
    "in": ({"in": ["A", "B"]}, ["A", "B"], ["", "C"]),
    "not_in": ({"not_in": ["A", "B"]}, ["", "C"], ["A"]),
    "empty": ({"empty": True}, [""], ["x"]),
    "not empty": ({"empty": False}, ["x"], [""]),
    "starts_with": ({"starts_with": "False"}, ["False Alarm"], ["A False Alarm", ""]),
    "contains": ({"contains": ["PORT", "FER"]}, ["TRANSFER", "PORT"], ["", "STAND"]),
    "contains_none": ({"contains_none": ["PORT"]}, ["", "FER"], ["TRANSPORT"]),
    "matches": ({"matches": "^U[0-9]"}, ["U1"], ["C1", "XU1"]),
    "at_least": ({"at_least": 2}, ["2", "3.5"], ["1", "", "many"]),
    "at_most": ({"at_most": 2}, ["2", "-1"], ["2.1", "", "few"]),
    "two at once": ({"at_least": 1, "at_most": 3}, ["1", "3"], ["0", "4"]),
}


@pytest.mark.parametrize(("asked", "yes", "no"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_question_holds_where_it_should(asked: dict, yes: list[str], no: list[str]) -> None:
    holds = all_of([msgspec.convert({"field": "f", **asked}, Question)], {"f": 0})
    assert [text for text in (*yes, *no) if holds([text])] == yes


def test_all_questions_must_hold() -> None:
    asked = [Question(field="a", is_="1"), Question(field="b", empty=True)]
    holds = all_of(asked, {"a": 0, "b": 1})
    assert [holds(row) for row in (["1", ""], ["1", "x"], ["2", ""])] == [True, False, False]


def test_no_question_holds_always() -> None:
    assert all_of([], {})(["anything"])
