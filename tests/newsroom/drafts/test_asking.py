"""A command whose answer is lost, late or never comes: the log says what was done, and once."""

from typing import NamedTuple

import pytest

from pasokh.newsroom.drafts.models import AskedCommand, Draft
from pasokh.sites.control_room import ControlRoom, ControlRoomAway, Told
from pasokh.words.say import say
from tests.newsroom.drafts.conftest import PressDesk, text_of
from tests.newsroom.drafts.test_editor import WORDS, At, versions

pytestmark = pytest.mark.slow


class AwaitedDraft(NamedTuple):
    """A draft that waits for approval, at the desk of who wrote it; another looks on."""

    desk: PressDesk
    other: PressDesk
    draft: Draft

    def is_out(self) -> None:
        """The log has it, everybody sees that, and it was noted once."""
        assert say("fa", "editor.waiting") not in self.other.page(self.draft, "out/")
        steps = self.draft.steps.values_list("step", flat=True)
        assert list(steps).count("approved") == len(versions(self.draft)) == 1
        assert [one.settled for one in AskedCommand.objects.all()] == ["accepted"]
        self.draft.refresh_from_db()
        assert self.draft.state == "settled"


@pytest.fixture
def asked(at_press: At) -> AwaitedDraft:
    desk, other = at_press(), at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    return AwaitedDraft(desk, other, draft)


def lost(*_: object, **_more: object) -> Told:
    raise ControlRoomAway("before it arrived")


def test_a_command_whose_answer_was_lost_is_asked_again_and_is_no_second_deed(
    asked: AwaitedDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other, draft = asked
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
    asked.is_out()


def test_what_another_sees_in_the_log_before_the_answer_comes_is_noted_once(
    asked: AwaitedDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other, draft = asked
    given = ControlRoom.give

    def seen_before(line: ControlRoom, *given_to: object, **more: object) -> Told:
        told = given(line, *given_to, **more)  # type: ignore[arg-type]
        assert say("fa", "editor.waiting") not in other.page(draft, "out/")
        return told

    monkeypatch.setattr(ControlRoom, "give", seen_before)
    assert desk.review(draft).status_code == 302
    asked.is_out()


def test_a_command_that_never_arrived_is_given_up_after_a_minute(
    asked: AwaitedDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other, draft = asked
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
