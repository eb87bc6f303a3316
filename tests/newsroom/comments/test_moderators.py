"""What moderators see and do at their page; and that no page of anybody shows an address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings

from pasokh.core.people import Role
from pasokh.core.time import HOUR
from pasokh.newsroom.comments import judging
from pasokh.newsroom.comments.deeds import confirm, object_to, send_in
from pasokh.newsroom.comments.models import Comment, CommentState
from pasokh.sites.clock import instant_now
from tests.newsroom.comments.reader import ADDRESS, NEWS, links, publish
from tests.newsroom.comments.test_comments import said
from tests.newsroom.conftest import PUBLIC

pytestmark = pytest.mark.slow

DESK = "/office/fa/press/comments/"
Desk = Callable[..., Client]


def waiting(text: str = "") -> Comment:
    now = instant_now()
    send_in(said(int(bool(text))), "203.0.113.0/24", now - HOUR)
    found = confirm(links("confirm")[0].rstrip("/").rpartition("/")[2], now - HOUR)
    assert found is not None
    return found


def judged(client: Client, comment: Comment, **fields: str) -> Any:
    return client.post(f"{DESK}{comment.comment_id}/", fields)


def test_a_press_officer_publishes_and_refuses_by_a_rule(desk: Desk) -> None:
    officer, first, second = desk(Role.PRESS_OFFICER), waiting(), waiting("other")
    with publish():
        page = officer.get(DESK).content.decode()
        assert page.index(first.comment_id) < page.index(second.comment_id)
        assert ADDRESS not in page
        for wrong in ("", "99", "-1", "publish"):
            assert judged(officer, first, rule=wrong).status_code == 400
        assert judged(officer, first, rule="0").status_code == 302
        assert judged(officer, second, rule="3").status_code == 302
        assert judged(officer, second, rule="0").status_code == 400
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (CommentState.PUBLISHED, CommentState.REFUSED)


def test_who_refused_does_not_decide_on_the_appeal(desk: Desk) -> None:
    officer, found = desk(Role.PRESS_OFFICER), waiting()
    judged(officer, found, rule="3")
    assert object_to(links("appeal")[0].rstrip("/").rpartition("/")[2], "why?", instant_now())
    path = f"{DESK}{found.comment_id}/appeal/"
    with publish():
        assert officer.post(path, {"upheld": "yes"}).status_code == 400
        other = desk(Role.SUPERVISOR)
        assert other.post(path, {"upheld": "perhaps"}).status_code == 400
        assert other.post(path, {"upheld": "yes"}).status_code == 302
    assert judging.figures().upheld == 1


@pytest.mark.parametrize("role", [Role.CALL_TAKER, Role.DISPATCHER, Role.ANALYST, Role.AUDITOR])
def test_others_judge_nothing(desk: Desk, role: Role) -> None:
    client, found = desk(role), waiting()
    assert judged(client, found, rule="0").status_code == 403
    found.refresh_from_db()
    assert found.state == CommentState.WAITING


def test_no_page_shows_an_address(desk: Desk) -> None:
    officer = desk(Role.PRESS_OFFICER, Role.AUDITOR)
    shown, refused = waiting(), waiting("other")
    judged(officer, shown, rule="0")
    judged(officer, refused, rule="1")
    appeal = links("appeal")[0]
    with publish():
        pages = [officer.get(path) for path in (DESK, "/office/fa/", "/office/fa/press/survey/")]
        with override_settings(**PUBLIC):
            reader = Client(SERVER_NAME="127.0.0.1")
            paths = [f"of/{NEWS}/", "", appeal.partition("comments/")[2]]
            pages += [reader.get(f"/newsroom/fa/comments/{path}") for path in paths]
    assert [page.status_code for page in pages] == [200] * 6
    assert not [page for page in pages if b"example.ir" in page.content]
