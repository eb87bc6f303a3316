"""A form is taken once: what its page says afterwards is loaded anew without sending it again."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client, override_settings
from msgspec import Struct
from msgspec.structs import replace

from pasokh.control_room.survey_tokens import SURVEY_KEY, survey_token
from pasokh.core.time import DAY
from pasokh.newsroom.comments import judging
from pasokh.newsroom.comments.models import Comment, CommentAppeal, UnconfirmedComment
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.taken import told_of
from pasokh.newsroom.trust.models import Complaint, SurveyAnswer
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.comments.reader import ADDRESS, NEWS, SAID, links, publish, send
from tests.newsroom.conftest import PUBLIC
from tests.newsroom.meetings.scene import a_meeting

AT = "/newsroom/fa/"
WHO = {"name": "نمونه", "outlet": "روزنامه", "email": ADDRESS}
CODE = re.compile("[۰-۹]{4}(-[۰-۹]{4}){3}")
NOBODY = Client(SERVER_NAME="127.0.0.1")


class Form(Struct, frozen=True):
    """A public form: where it is, what is typed, what is then said, and what it left."""

    path: str
    typed: dict[str, str]
    said: str
    left: Callable[[], int]


def a_complaint() -> Form:
    said = say("fa", "newsroom.complaint.got")
    return Form(f"{AT}complaint/", {"text": "کسی نیامد"}, said, Complaint.objects.count)


def a_survey() -> Form:
    (settings.PASOKH_NEWSROOM.data / SURVEY_KEY).write_bytes(b"s" * 32)
    token = survey_token(b"s" * 32, instant_now() // DAY, b"taken1")
    said = say("fa", "newsroom.survey.done")
    return Form(f"{AT}survey/{token}/", {"again": "5"}, said, SurveyAnswer.objects.count)


def a_confirmation() -> Form:
    send(NOBODY)
    said = say("fa", "newsroom.comments.confirmed")
    return Form(links("confirm")[0], {}, said, Comment.objects.count)


def an_objection() -> Form:
    NOBODY.post(a_confirmation().path)
    judging.judge(Comment.objects.get().comment_id, "p-1", 3, instant_now())
    said = say("fa", "newsroom.comments.appeal.done")
    return Form(links("appeal")[0], {"text": "چرا؟"}, said, CommentAppeal.objects.count)


def a_link_for_questions() -> Form:
    said = say("fa", "agenda.letter_sent")
    return Form(f"{AT}questions/link/", WHO, said, OutgoingLetter.objects.count)


def a_link_to_a_meeting() -> Form:
    said = say("fa", "agenda.letter_sent")
    return Form(f"{AT}agenda/{a_meeting().pk}/ask/", WHO, said, OutgoingLetter.objects.count)


FORMS = (a_complaint, a_survey, a_confirmation, an_objection)
LINKS = (a_link_for_questions, a_link_to_a_meeting)


@pytest.fixture(autouse=True)
def site(rows: None) -> Iterator[None]:
    with ExitStack() as settled:
        settled.enter_context(override_settings(**PUBLIC))
        settled.enter_context(publish())
        yield


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.slow
@pytest.mark.parametrize("made", [*FORMS, *LINKS])
def test_what_is_said_is_loaded_anew_and_nothing_is_sent_again(
    visitor: Client, made: Callable[[], Form]
) -> None:
    form = made()
    before = form.left()
    visitor.get(form.path)
    answer = visitor.post(form.path, form.typed)
    assert answer.status_code == 303
    for _ in range(2):
        assert form.said in page_of(visitor, answer["Location"])
    assert form.left() == before + 1
    assert form.said not in unescape(NOBODY.get(answer["Location"]).content.decode())


@pytest.mark.slow
@pytest.mark.parametrize("made", FORMS)
def test_a_browser_without_cookies_is_answered_at_once(
    visitor: Client, made: Callable[[], Form]
) -> None:
    form = made()
    visitor.get(form.path)
    visitor.cookies.clear()
    answer = visitor.post(form.path, form.typed)
    assert answer.status_code == 200
    assert form.said in unescape(answer.content.decode())


def test_a_comment_that_was_sent_is_not_sent_again(visitor: Client) -> None:
    path = f"{AT}comments/of/{NEWS}/"
    assert not visitor.get(path).cookies, "who only reads gets none"
    visitor.post(path, SAID)
    answer = send(visitor)
    assert answer.status_code == 303
    assert "mina1@example.ir" in page_of(visitor, answer["Location"])
    assert UnconfirmedComment.objects.count() == 1
    other = answer["Location"].replace(NEWS, "another")
    assert visitor.get(other).status_code == 302


def test_a_tracking_number_stands_in_no_address_and_is_forgotten_soon(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = a_complaint()
    safe = replace(settings.PASOKH_NEWSROOM, public_url="https://news.example")
    with override_settings(PASOKH_NEWSROOM=safe):
        visitor.get(form.path)
        answer = visitor.post(form.path, form.typed)
    assert answer["Location"] == f"{AT}complaint/kept/"
    cookie = answer.cookies["pasokh_taken_complaint"]
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == (600, "/newsroom/", "Strict")
    assert cookie["httponly"]
    assert cookie["secure"]
    assert CODE.search(page_of(visitor, answer["Location"]))
    late = signing.time.time() + 601
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert visitor.get(answer["Location"])["Location"] == f"{AT}complaint/state/"


@pytest.mark.slow
@pytest.mark.parametrize("salt", ["", "other"])
def test_only_what_we_signed_is_told(visitor: Client, salt: str) -> None:
    forged = signing.dumps({"code": "1"}, salt=salt) if salt else "x"
    visitor.cookies["pasokh_taken_complaint"] = forged
    answer = visitor.get(f"{AT}complaint/kept/")
    assert answer.status_code == 302
    assert told_of(answer.wsgi_request, "complaint") is None
