"""What was withdrawn is in no draft any more, and a picture that nobody shows goes."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from pasokh.core.time import DAY
from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.contents import Contents, DraftPicture
from pasokh.newsroom.drafts.forgetting import forget_pictures, forget_texts, forget_withdrawn
from pasokh.newsroom.drafts.models import AskedCommand, DraftSave
from pasokh.sites.control_room import ControlRoom, ControlRoomAway
from tests.newsroom.drafts.conftest import PressDesk

pytestmark = pytest.mark.slow
NAME = "نامی ساختگی"


def test_what_was_withdrawn_leaves_no_word_in_the_rows(at_press: Callable[..., PressDesk]) -> None:
    desk = at_press()
    draft, other = desk.begin(), desk.begin()
    for one in (draft, other):
        desk.write(one, "send", title_fa=NAME, body_fa="تا ظهر.")
        desk.review(one)
    desk.out(draft, "withdraw", reason="دادگاه گفت")
    assert forget_withdrawn() == 1
    assert forget_withdrawn() == 0
    draft.refresh_from_db()
    assert NAME not in str(draft.contents)
    assert not draft.saves.exists()
    assert [one.text for one in AskedCommand.objects.all()] == ["", "", ""]
    assert DraftSave.objects.filter(draft=other).exists()
    assert "دادگاه گفت" in desk.page(draft, "out/")


@pytest.mark.usefixtures("rows")
def test_a_picture_that_no_draft_shows_goes_after_a_day() -> None:
    folder = settings.PASOKH_NEWSROOM.pictures
    shown, unused, fresh = (folder / f"{sign * 64}.jpg" for sign in "abc")
    for file in (shown, unused, fresh):
        file.write_bytes(b"x")
    for file in (shown, unused):
        os.utime(file, (1, 1))
    picture = DraftPicture("a" * 64, "image/jpeg", 40, 30)
    deeds.begin("p-1", 3 * DAY, 0, Contents(pictures=(picture,)))
    forget_pictures()
    assert shown.exists()
    assert fresh.exists()
    assert not unused.exists()
    for file in (shown, fresh):
        file.unlink()


def test_a_text_whose_approval_was_taken_back_goes_after_a_day_and_no_other(
    at_press: Callable[..., PressDesk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, folder = at_press(), settings.PASOKH_NEWSROOM.texts
    for file in folder.iterdir():
        file.unlink()
    laid: dict[str, str] = {}

    def lay(name: str, **typed: str) -> None:
        draft, there = desk.begin(), set(folder.iterdir())
        desk.write(draft, "send", title_fa=f"{NAME} {name}", body_fa="تا ظهر.", **typed)
        desk.review(draft)
        ((laid[name],),) = [[file.name for file in set(folder.iterdir()) - there]]
        if name == "withdrawn":
            desk.out(draft, "withdraw", reason="over")

    lay("out")
    lay("waiting", day="2036-11-30", time="09:30")
    lay("withdrawn")
    with monkeypatch.context() as broken:
        broken.setattr(ControlRoom, "give", away)
        for name in ("taken back", "on its way"):
            lay(name)
    (folder / f"{laid['out']}.new").write_bytes(b"half")
    for file in folder.iterdir():
        if file.name != laid["on its way"]:
            os.utime(file, (1, 1))
    with monkeypatch.context() as broken:
        broken.setattr(ControlRoom, "look", away)
        with pytest.raises(ControlRoomAway):
            forget_texts()
    assert len(list(folder.iterdir())) == 6, "who does not know the log takes nothing away"
    assert forget_texts() == 3
    left = {laid[name] for name in ("out", "waiting", "on its way")}
    assert {file.name for file in folder.iterdir()} == left


def away(*_: object, **_more: object) -> Any:
    raise ControlRoomAway("nobody answers")
