"""Letters reach a real mail server once, and none is lost while there is none."""

import pytest
from django.test.utils import override_settings

from pasokh.newsroom.mail import deeds
from pasokh.newsroom.mail.models import OutgoingLetter
from tests.adapters.api.process import free_port
from tests.newsroom.mail.server import newsroom_with, receiving

pytestmark = pytest.mark.usefixtures("rows")


def test_a_letter_is_kept_and_brought_once() -> None:
    deeds.send("reader@example.org", "نظر شما", "پیوند تأیید\n", "comment-1")
    deeds.send("reader@example.org", "نظر شما", "پیوند تأیید\n", "comment-1")
    assert deeds.post_waiting() == 0, "without a mail server it waits"
    with receiving() as box:
        assert (deeds.post_waiting(), deeds.post_waiting()) == (1, 0)
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == ("reader@example.org", "نظر شما")
    assert "پیوند تأیید" in letter.get_content()
    assert letter["Auto-Submitted"] == "auto-generated"
    kept = OutgoingLetter.objects.get()
    assert (kept.to, kept.subject, kept.body) == ("", "", ""), "nothing of it is kept"


def test_what_a_server_does_not_want_is_asked_again_or_given_up() -> None:
    deeds.send("gone@example.org", "a", "b", "gone")
    deeds.send("later@example.org", "a", "b", "later")
    with receiving(refuses={"gone@example.org": "550 none", "later@example.org": "451 later"}):
        assert deeds.post_waiting() == 0
    assert OutgoingLetter.objects.get(key="gone").given_up_at is not None
    later = OutgoingLetter.objects.get(key="later")
    assert (later.given_up_at, later.tries) == (None, 1)
    assert later.next_at > later.made_at


def test_a_server_that_is_away_loses_nothing() -> None:
    deeds.send("reader@example.org", "a", "b", "one")
    with override_settings(PASOKH_NEWSROOM=newsroom_with(f"127.0.0.1:{free_port()}")):
        assert deeds.post_waiting() == 0
    OutgoingLetter.objects.update(next_at=0)
    with receiving() as box:
        assert deeds.post_waiting() == 1
    assert len(box.letters) == 1


def test_letters_are_forgotten_when_no_deed_uses_their_key_again() -> None:
    deeds.send("reader@example.org", "a", "b", "old")
    deeds.send("reader@example.org", "a", "b", "waits")
    OutgoingLetter.objects.filter(key="old").update(sent_at=1)
    assert deeds.forget_letters() == 1
    assert [letter.key for letter in OutgoingLetter.objects.all()] == ["waits"]


def test_a_subject_of_many_lines_is_one_line() -> None:
    deeds.send("reader@example.org", "one\r\nBcc: all@example.org", "b", "lines")
    with receiving() as box:
        assert deeds.post_waiting() == 1
    [letter] = box.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == "one Bcc: all@example.org"
