"""A command whose answer is lost, late or never comes: the log says what was done, and once."""

import pytest

from pasokh.newsroom.drafts.models import AskedCommand
from pasokh.sites.control_room import ControlRoom, ControlRoomAway, Told
from pasokh.words.say import say
from tests.newsroom.drafts.conftest import text_of
from tests.newsroom.drafts.test_editor import WORDS, At, versions

pytestmark = pytest.mark.slow


def lost(*_: object, **_more: object) -> Told:
    raise ControlRoomAway("before it arrived")


def test_a_command_whose_answer_was_lost_is_asked_again_and_is_no_second_deed(
    at_press: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = at_press(), at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    given = ControlRoom.give

    def unheard(line: ControlRoom, *given_to: object, **more: object) -> Told:
        given(line, *given_to, **more)  # type: ignore[arg-type]
        raise ControlRoomAway("after it arrived")

    monkeypatch.setattr(ControlRoom, "give", lost)
    assert desk.review(draft).status_code == 503
    assert versions(draft) == []
    monkeypatch.setattr(ControlRoom, "give", unheard)
    assert say("fa", "editor.again") in desk.page(draft, "out/")
    assert say("fa", "editor.again") not in other.page(draft, "out/"), "only who asked asks again"
    assert desk.out(draft, "again").status_code == 503
    assert len(versions(draft)) == 1
    monkeypatch.undo()
    assert say("fa", "editor.waiting") not in other.page(draft, "out/"), "the log has it"
    (asked,) = AskedCommand.objects.all()
    assert asked.settled == "accepted"
    draft.refresh_from_db()
    assert draft.state == "settled"


def test_what_another_sees_in_the_log_before_the_answer_comes_is_noted_once(
    at_press: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = at_press(), at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    given = ControlRoom.give

    def seen_before(line: ControlRoom, *given_to: object, **more: object) -> Told:
        told = given(line, *given_to, **more)  # type: ignore[arg-type]
        assert say("fa", "editor.waiting") not in other.page(draft, "out/")
        return told

    monkeypatch.setattr(ControlRoom, "give", seen_before)
    assert desk.review(draft).status_code == 302
    assert list(draft.steps.values_list("step", flat=True)).count("approved") == 1
    draft.refresh_from_db()
    assert draft.state == "settled"


def test_a_command_that_never_arrived_is_given_up_after_a_minute(
    at_press: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = at_press(), at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)

    monkeypatch.setattr(ControlRoom, "give", lost)
    desk.review(draft)
    monkeypatch.undo()
    assert say("fa", "editor.no.on_its_way") in text_of(other.out(draft, "take-back"))
    AskedCommand.objects.update(at=0)
    assert other.out(draft, "take-back").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "review"
    assert desk.review(draft).status_code == 302
    assert len(versions(draft)) == 1
