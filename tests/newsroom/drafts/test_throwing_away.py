"""A draft is thrown away by its writer or a chief, with a reason; what was approved never is."""

from collections.abc import Callable

import pytest

from pasokh.core.people import Role
from pasokh.newsroom.drafts.models import Draft, DraftSave, DraftStep
from pasokh.words.say import say
from tests.newsroom.drafts.conftest import PressDesk, text_of

pytestmark = pytest.mark.slow
At = Callable[..., PressDesk]
WORDS = {"title_fa": "جاده بسته است", "body_fa": "تا ظهر."}
WHY = "دو بار نوشته شده"


def throw(desk: PressDesk, draft: Draft, reason: str = WHY, **more: object) -> int:
    draft.refresh_from_db()
    form = {"version": draft.version, "thrown": reason} | more
    return int(desk.client.post(f"{desk.at}{draft.news_id}/throw/", form).status_code)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_its_writer_throws_it_away_with_a_reason_and_nothing_is_lost(
    at_press: At, language: str
) -> None:
    desk = PressDesk(at_press().client, language)
    draft = desk.begin()
    desk.write(draft, **WORDS)
    assert say(language, "editor.throw") in desk.page(draft)
    assert throw(desk, draft, " ") == 400
    assert throw(desk, draft) == 302
    listed = text_of(desk.client.get(desk.at))
    assert say(language, "editor.thrown_away") in listed
    assert WHY in listed
    page = desk.page(draft, "review/")
    assert say(language, "editor.thrown") in page
    assert WORDS["body_fa"] in page
    assert WHY in page
    assert say(language, "editor.approve") not in page
    assert DraftSave.objects.filter(draft=draft).count() == 2
    assert desk.write(draft, "send").status_code == 302, "it is shown, and not written in"
    assert desk.review(draft).status_code == 400
    assert throw(desk, draft) == 400, "once"
    assert throw(desk, draft, deed="take") == 302
    draft.refresh_from_db()
    assert draft.state == "writing"
    steps = DraftStep.objects.filter(draft=draft).order_by("id").values_list("step", flat=True)
    assert list(steps) == ["begun", "thrown-away", "taken-again"]


def test_another_writer_does_not_and_a_chief_does(at_press: At) -> None:
    writer, other, chief = at_press(), at_press(), at_press(Role.SUPERVISOR)
    draft = writer.begin()
    writer.write(draft, "send", **WORDS)
    assert say("fa", "editor.throw") not in other.page(draft, "review/")
    assert throw(other, draft) == 404
    assert throw(chief, draft, version=0) == 400, "not what was seen"
    assert throw(chief, draft) == 302
    assert throw(other, draft, deed="take") == 404
    assert throw(writer, draft, deed="take") == 302


def test_what_was_ever_approved_is_never_thrown_away(at_press: At) -> None:
    desk, chief = at_press(), at_press(Role.SUPERVISOR)
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    assert desk.review(draft).status_code == 302
    assert throw(desk, draft) == 404
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("writing", 2)
    Draft.objects.filter(pk=draft.pk).update(number=1)
    assert throw(chief, draft) == 404, "the log knows it, whatever the row says"
    assert say("fa", "editor.throw") not in desk.page(draft)


def test_a_correction_that_is_not_wanted_is_given_up_and_what_stands_is_shown_again(
    at_press: At,
) -> None:
    desk, other = at_press(), at_press()
    draft = desk.begin()
    desk.write(draft, "send", **WORDS)
    assert desk.review(draft).status_code == 302
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    desk.write(draft, **(WORDS | {"title_fa": "جاده باز است"}))
    assert say("fa", "editor.give_up") in desk.page(draft)
    assert throw(other, draft) == 404, "it is not this person's"
    assert throw(desk, draft, " ") == 400
    assert throw(desk, draft) == 302
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("settled", 1)
    listed = text_of(desk.client.get(desk.at))
    assert WORDS["title_fa"] in listed
    assert "جاده باز است" not in listed
    assert throw(desk, draft) == 404, "once"
    kept = DraftSave.objects.filter(draft=draft, number=2)
    assert "جاده باز است" in [one.contents["title_fa"] for one in kept]
    desk.client.post(f"{desk.at}{draft.news_id}/correct/")
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("writing", 2), "another may be begun"
