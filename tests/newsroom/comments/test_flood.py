"""A flood: hundreds of comments are no hundreds of letters, and nobody is refused."""

import re
from html import unescape
from itertools import count

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pasokh.core.time import DAY, HOUR, MINUTE, Instant
from pasokh.newsroom.comments.deeds import (
    CommentSaid,
    confirm,
    send_in,
    send_later_letters,
    waiting_for,
)
from pasokh.newsroom.comments.flood import is_flood, is_proved, task_of
from pasokh.newsroom.comments.judging import erase_old
from pasokh.newsroom.comments.models import UnconfirmedComment
from pasokh.newsroom.comments.rules import (
    FLOOD_FROM,
    FLOOD_WITHIN,
    PROOF_BITS,
    SLOW_A_MINUTE,
    SLOW_AFTER,
)
from pasokh.newsroom.comments.stamps import stamp
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.sites.clock import instant_now
from pasokh.words.digits import number
from pasokh.words.say import say
from tests.newsroom.comments.reader import NEWS, SAID, publish

PATH = f"/newsroom/fa/comments/of/{NEWS}/"
NOW = Instant(20_000 * DAY)
FLOOD = 300


def flood(at: Instant, many: int = FLOOD_FROM) -> None:
    for one in range(many):
        said = CommentSaid(NEWS, "x", f"reader-{one}@example.org", "x", "fa")
        send_in(said, f"network {one}", at, later=is_flood(at))


def letters() -> int:
    return int(OutgoingLetter.objects.count())


def solved(task: str) -> str:
    return next(str(tried) for tried in count() if is_proved(task, str(tried)))


def text_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def task_in(page: str) -> str:
    found = re.search(r'data-task="([0-9a-f]{64})"', page)
    return found[1] if found else ""


@given(st.text(max_size=20))
def test_no_other_text_is_a_proof(tried: str) -> None:
    task = task_of("mark", "x")
    plain = tried.isascii() and tried.isdecimal()
    assert not is_proved(task, tried) or plain


def test_a_proof_is_good_for_one_comment_of_one_form() -> None:
    proof = solved(task_of("mark", "news", "text"))
    assert is_proved(task_of("mark", "news", "text"), proof)
    others = (("other", "news", "text"), ("mark", "news", "texts"), ("mark", "newst", "ext"))
    # One of 65,000 numbers would be a proof of another task by chance.
    assert not any(is_proved(task_of(*other), proof) for other in others)
    assert PROOF_BITS < 20, "more than seconds on an old telephone"


@pytest.mark.slow
def test_hundreds_are_all_kept_and_their_letters_come_one_after_the_other(rows: None) -> None:
    flood(NOW, FLOOD)
    assert UnconfirmedComment.objects.count() == FLOOD, "no machine refuses one"
    assert letters() == FLOOD_FROM
    assert send_later_letters(NOW) == SLOW_A_MINUTE, "a trickle while it lasts"
    sent, minute = letters(), NOW
    while UnconfirmedComment.objects.filter(letter_at=None).exists():
        minute = Instant(minute + MINUTE)
        most = SLOW_A_MINUTE if is_flood(minute) else SLOW_AFTER
        assert send_later_letters(minute) <= most
        assert letters() - sent <= most
        sent = letters()
    assert letters() == FLOOD, "everybody got theirs, once"
    assert minute - NOW < HOUR
    assert set(OutgoingLetter.objects.values_list("to", flat=True)) == {
        f"reader-{one}@example.org" for one in range(FLOOD)
    }


@pytest.mark.slow
def test_who_came_first_has_the_letter_first_and_one_address_holds_up_nobody(rows: None) -> None:
    for one, email in enumerate(["loud@example.org"] * 20 + ["quiet@example.org"]):
        said = CommentSaid(NEWS, "x", email, "x", "fa")
        send_in(said, f"network {one}", Instant(NOW + one), later=True)
    assert send_later_letters(NOW) == 4
    to = list(OutgoingLetter.objects.order_by("pk").values_list("to", flat=True))
    assert to == ["loud@example.org"] * 3 + ["quiet@example.org"]
    assert send_later_letters(Instant(NOW + HOUR + 1)) == 3


def test_two_days_run_from_the_letter_on(rows: None) -> None:
    send_in(CommentSaid(NEWS, "x", "a@example.org", "x", "fa"), "n", NOW, later=True)
    late = Instant(NOW + 3 * DAY)
    erase_old(late)
    assert send_later_letters(late) == 1
    token = re.search(r"/confirm/([^/\s]+)/", OutgoingLetter.objects.get().body)
    assert token is not None
    erase_old(Instant(late + DAY))
    assert waiting_for(token[1], Instant(late + DAY)) is not None
    assert confirm(token[1], Instant(late + DAY)) is not None


@pytest.mark.slow
def test_a_flood_is_over_when_no_more_come(rows: None) -> None:
    flood(NOW)
    assert is_flood(NOW)
    assert is_flood(Instant(NOW + FLOOD_WITHIN - 1))
    assert not is_flood(Instant(NOW + FLOOD_WITHIN))


def test_a_page_without_a_flood_asks_for_nothing(visitor: Client) -> None:
    with publish():
        page = text_of(visitor.post(PATH, SAID))
    assert "stamp" in page
    assert "<script" not in page
    assert task_in(page) == ""


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False])
def test_in_a_flood_the_form_asks_and_takes_both_ways(visitor: Client, *, script: bool) -> None:
    flood(instant_now())
    before = letters()
    with publish():
        shown = text_of(visitor.post(PATH, SAID))
        assert say("fa", "newsroom.comments.flood") in shown
        mark = stamp(Instant(instant_now() - 10_000))
        fields = SAID | {"stamp": mark, "asked": "1"}
        if script:
            said = (NEWS, SAID["name"], "mina1@example.ir", SAID["text"])
            fields["proof"] = solved(task_of(mark, *said))
        answer = visitor.post(PATH, fields, follow=True)
    assert answer.status_code == 200
    kind = "to" if script else "later"
    assert say("fa", f"newsroom.comments.sent.{kind}") in text_of(answer)
    assert letters() - before == script
    assert UnconfirmedComment.objects.filter(email="mina1@example.ir").count() == 1


@pytest.mark.slow
def test_who_was_shown_the_form_before_the_flood_is_shown_it_again(visitor: Client) -> None:
    flood(instant_now())
    with publish():
        fields = SAID | {"stamp": stamp(Instant(instant_now() - 10_000))}
        shown = text_of(visitor.post(PATH, fields))
    assert task_in(shown)
    assert not UnconfirmedComment.objects.filter(email="mina1@example.ir").exists()


def test_who_presses_too_soon_is_told_that_nothing_was_sent(visitor: Client) -> None:
    with publish():
        first = text_of(visitor.post(PATH, SAID))
        again = text_of(visitor.post(PATH, SAID | {"stamp": stamp(instant_now())}))
    told = say("fa", "newsroom.comments.look.not_yet")
    assert (told in first, told in again) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_limits_stand_on_the_page_of_rules(visitor: Client, language: str) -> None:
    page = text_of(visitor.get(f"/newsroom/{language}/comments/"))
    limits = {
        "count": FLOOD_FROM,
        "minutes": FLOOD_WITHIN // MINUTE,
        "bits": PROOF_BITS,
        "slow": SLOW_A_MINUTE,
    }
    assert say(language, "newsroom.comments.way.flood", **limits) in page
    assert number(language, FLOOD_FROM) in page
