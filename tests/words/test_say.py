"""Sentences with what they must name: isolated ids, digits, words of closed lists."""

import pytest

from pasokh.words.digits import isolate
from pasokh.words.say import MessageUnknown, language_of, say


def test_an_id_is_isolated_in_both_languages() -> None:
    assert say("en", "refusal.call_ended", call="c-1") == f"Call {isolate('c-1')} has ended."
    assert isolate("c-1") in say("fa", "refusal.call_ended", call="c-1")


def test_a_number_gets_the_digits_of_its_language() -> None:
    assert say("en", "queue.more", count=1200) == "and 1,200 more"
    assert say("fa", "queue.more", count=1200) == "و ۱٬۲۰۰ تماس دیگر"


def test_a_closed_list_is_said_in_words() -> None:
    text = say("fa", "refusal.position_not_ready", position="d1", state="wrap_up")
    assert text.endswith("در حال ثبت.")
    assert "wrap_up" not in text
    assert say("en", "refusal.mission_step_done", mission="m", step="gone").endswith(
        "nobody there."
    )


def test_a_place_without_a_detail_is_a_dash() -> None:
    assert say("en", "refusal.call_ended") == "Call – has ended."


def test_a_message_that_nobody_wrote_is_a_fault() -> None:
    with pytest.raises(MessageUnknown):
        say("fa", "refusal.nobody_wrote_this")


@pytest.mark.parametrize(
    ("asked", "language"),
    [("en-GB,en;q=0.9", "en"), ("de,fa-IR;q=0.8", "fa"), ("fr", "fa"), ("", "fa"), ("*", "fa")],
)
def test_a_language_is_chosen_for_a_header(asked: str, language: str) -> None:
    assert language_of(asked) == language
