"""A comment's way: apart until its link is used, judged by rule, appealed once, never edited."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connections
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.core.time import DAY, HOUR, MINUTE, Instant
from pasokh.newsroom import comments as room
from pasokh.newsroom.comments import judging
from pasokh.newsroom.comments.deeds import (
    CommentSaid,
    TooMany,
    comments_of,
    confirm,
    object_to,
    send_in,
)
from pasokh.newsroom.comments.models import Comment, CommentDecision, NetworkDay, UnconfirmedComment
from pasokh.newsroom.comments.networks import network_of
from pasokh.newsroom.mail.deeds import post_waiting
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.newsroom_settings import NewsroomFile
from pasokh.newsroom.rows import ROWS, ROWS_FILE
from pasokh.newsroom.site.models import NewsRelease
from pasokh.sites.clock import instant_now
from tests.newsroom.comments.reader import ADDRESS, NEWS, SAID, TEXT, links, publish, send
from tests.newsroom.conftest import PUBLIC
from tests.newsroom.mail.server import receiving
from tests.sites.on_disk import bytes_of

NOW = Instant(20_000 * DAY + 8 * HOUR)
NETWORK = "203.0.113.0/24"
FIRST, SECOND = "p-1", "p-2"


def said(number: int = 0, email: str = ADDRESS) -> CommentSaid:
    return CommentSaid(NEWS, "مینا", email, f"{TEXT} {number}", "fa")


def token_of(kind: str) -> str:
    return links(kind)[0].rstrip("/").rpartition("/")[2]


def confirmed(number: int = 0, at: Instant = NOW, email: str = ADDRESS) -> Comment:
    send_in(said(number, email), f"198.51.{number}.0/24", at)
    found = confirm(token_of("confirm"), at + MINUTE)
    assert found is not None
    return found


def refused(rule: int = 2, at: Instant = NOW) -> tuple[Comment, str]:
    found = confirmed(at=at)
    assert judging.judge(found.comment_id, FIRST, rule, at + HOUR)
    return found, token_of("appeal")


@pytest.mark.slow
def test_nothing_is_public_before_the_link_is_used(visitor: Client) -> None:
    with publish():
        assert "صندوق ایمیل" in send(visitor).content.decode()
        assert (Comment.objects.count(), UnconfirmedComment.objects.count()) == (0, 1)
        (link,) = links("confirm")
        # A program that looks whether a link is good confirms nothing.
        assert TEXT.splitlines()[0] in visitor.get(link).content.decode()
        assert Comment.objects.count() == 0
        assert visitor.post(link, follow=True).status_code == 200
        assert UnconfirmedComment.objects.count() == 0
        assert comments_of(NEWS) == []
        (found,) = Comment.objects.all()
        assert (found.text, found.email, found.state) == (TEXT, ADDRESS, "waiting")
        assert judging.judge(found.comment_id, FIRST, judging.PUBLISHED, NOW)
        shown = visitor.get(f"/newsroom/en/comments/of/{NEWS}/").content.decode()
        assert "[name] &amp; &lt;b&gt;" in shown
        assert visitor.post(link).status_code == 410


@pytest.mark.slow
def test_what_is_typed_is_shown_once_more_and_nothing_is_kept(visitor: Client) -> None:
    with publish():
        page = visitor.post(f"/newsroom/fa/comments/of/{NEWS}/", SAID)
        assert (page.status_code, UnconfirmedComment.objects.count()) == (200, 0)
        assert re.search('name="stamp" value="[^"]+"', page.content.decode())
        # At once, as a machine would: it is shown again.
        stamped = re.search('name="stamp" value="([^"]+)"', page.content.decode())
        assert stamped is not None
        visitor.post(f"/newsroom/fa/comments/of/{NEWS}/", SAID | {"stamp": stamped[1]})
        send(visitor, SAID | {"homepage": "http://buy.example"})
        assert UnconfirmedComment.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("email", ["", "mina", "mina@home", "مینا@example.ir", "a b@example.ir"])
def test_a_wrong_address_is_told_and_nothing_typed_is_lost(
    visitor: Client, email: str, language: str
) -> None:
    with publish():
        page = send(visitor, SAID | {"email": email}, language=language)
        told = page.content.decode()
        assert page.status_code == 400
        assert 'id="wrong-email"' in told
        assert "مینا" in told
        assert TEXT.splitlines()[0] in told
        assert UnconfirmedComment.objects.count() == 0


def test_only_a_release_that_is_out_has_comments(visitor: Client) -> None:
    with publish():
        for news_id in ("no-such-news", "..", "%2e%2e%2fnews", "UPPER"):
            assert visitor.get(f"/newsroom/fa/comments/of/{news_id}/").status_code == 404


def test_no_database_deed_writes_what_somebody_said(rows: None) -> None:
    found = confirmed()
    for change in ({"text": "better"}, {"name": "somebody"}, {"news_id": "another"}):
        with pytest.raises(DatabaseError, match="never edited"):
            Comment.objects.filter(pk=found.pk).update(**change)
    assert Comment.objects.get().text == found.text


def test_no_code_path_writes_a_comments_words() -> None:
    """Words are given where a row is made, and nowhere else."""
    written = []
    for path in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                written.append(node.attr)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
                written += [word.arg for word in node.keywords]
    assert set(written) & {"text", "name", "news_id", "language"} == set()
    assert {"state", "email", "last_at"} <= set(written)


def test_three_an_hour_of_an_address(rows: None) -> None:
    for number in range(3):
        confirmed(number)
    assert OutgoingLetter.objects.count() == 3
    # The fourth is kept, and nobody is written to: mail to others cannot be made with our form.
    send_in(said(3), "198.51.9.0/24", NOW + 2 * MINUTE)
    assert OutgoingLetter.objects.count() == 3
    send_in(said(4), "198.51.9.0/24", NOW + HOUR + 2 * MINUTE)
    assert OutgoingLetter.objects.count() == 4


def test_the_fourth_link_within_the_hour_waits_and_stays_good(rows: None) -> None:
    # Four letters of two hours: the links of the first are used in the second.
    tokens = []
    for number in range(4):
        send_in(said(number), f"198.51.{number}.0/24", NOW + (number // 3) * 2 * HOUR)
        tokens.append(token_of("confirm"))
    later = NOW + 2 * HOUR
    for token in tokens[:3]:
        assert confirm(token, later) is not None
    with pytest.raises(TooMany):
        confirm(tokens[3], later + HOUR - 1)
    assert confirm(tokens[3], later + HOUR) is not None


def test_ten_a_day_of_a_network_and_nobody_knows_which_on_the_next(rows: None) -> None:
    for number in range(10):
        send_in(said(number, f"a{number}@example.ir"), NETWORK, NOW)
    with pytest.raises(TooMany):
        send_in(said(11, "b@example.ir"), NETWORK, NOW + 9 * HOUR)
    assert UnconfirmedComment.objects.count() == 10
    send_in(said(12, "c@example.ir"), "198.51.100.0/24", NOW)
    salt = bytes(NetworkDay.objects.get().salt)
    send_in(said(13, "d@example.ir"), NETWORK, NOW + DAY)
    assert [bytes(one.salt) != salt for one in NetworkDay.objects.all()] == [True]
    judging.erase_old(NOW + 2 * DAY)
    assert NetworkDay.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", NETWORK),
        ("::ffff:203.0.113.9", NETWORK),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
    ],
)
def test_a_network_is_as_large_as_a_household(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_refusal_names_its_rule_and_another_decides_on_the_appeal(rows: None) -> None:
    found, token = refused(rule=4)
    assert "۴" in OutgoingLetter.objects.order_by("-id")[0].body
    assert object_to(token, "it is in the verdict", NOW + 2 * HOUR)
    assert not object_to(token, "and again", NOW + 2 * HOUR)
    with pytest.raises(judging.NotYours):
        judging.judge_appeal(found.comment_id, FIRST, upheld=False, now=NOW + 3 * HOUR)
    assert judging.judge_appeal(found.comment_id, SECOND, upheld=True, now=NOW + 4 * HOUR)
    assert not judging.judge_appeal(found.comment_id, SECOND, upheld=False, now=NOW + 4 * HOUR)
    assert [one.text for one in comments_of(NEWS)] == [found.text]
    counted = judging.figures()
    assert (counted.received, counted.published, counted.refused[4]) == (1, 1, 1)
    assert (counted.appeals, counted.upheld, counted.median_hours) == (1, 1, 59 / 60)


def test_an_appeal_has_an_end(rows: None) -> None:
    _, token = refused()
    assert not object_to(token, "late", NOW + HOUR + 14 * DAY + 1)
    assert object_to(token, "in time", NOW + HOUR + 14 * DAY)


def test_one_decision_only(rows: None) -> None:
    found = confirmed()
    assert judging.judge(found.comment_id, FIRST, 1, NOW)
    assert not judging.judge(found.comment_id, SECOND, judging.PUBLISHED, NOW)
    with pytest.raises(ValueError, match="rule 99"):
        judging.judge(found.comment_id, FIRST, 99, NOW)
    assert CommentDecision.objects.count() == 1


def test_every_kind_of_word_ends_in_its_time_and_the_counts_stay(rows: None) -> None:
    shown = confirmed(1)
    assert judging.judge(shown.comment_id, FIRST, judging.PUBLISHED, NOW + HOUR)
    gone, _ = refused()
    send_in(said(7, "never@example.ir"), NETWORK, NOW)
    judging.erase_old(NOW + 2 * DAY - 1)
    assert UnconfirmedComment.objects.count() == 1
    judging.erase_old(NOW + 2 * DAY)
    assert UnconfirmedComment.objects.count() == 0
    judging.erase_old(NOW + HOUR + 30 * DAY)
    assert set(Comment.objects.values_list("email", flat=True)) == {""}
    judging.erase_old(NOW + HOUR + 90 * DAY)
    assert not Comment.objects.filter(comment_id=gone.comment_id).exists()
    assert [one.text for one in comments_of(NEWS)] == [shown.text]
    assert (judging.figures().received, judging.figures().refused[2]) == (2, 1)


def test_an_address_without_a_decision_goes_too(rows: None) -> None:
    confirmed()
    judging.erase_old(NOW + MINUTE + 90 * DAY)
    assert Comment.objects.get().email == ""


def test_an_erased_address_is_in_no_byte_of_the_file(rows: None) -> None:
    if connections[ROWS].vendor != "sqlite":
        pytest.skip("what a server's files keep is said in docs/reference/retention.md")
    confirmed(email="planted-needle@example.ir")
    judging.erase_old(NOW + MINUTE + 90 * DAY)
    OutgoingLetter.objects.all().delete()
    with connections[ROWS].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(str(connections[ROWS].settings_dict["NAME"])).parent
    held = bytes_of(folder.glob(f"{ROWS_FILE}*"))
    assert held
    assert b"planted-needle" not in held


@pytest.mark.slow
def test_from_the_form_over_a_real_mail_server_to_the_page(rows: None) -> None:
    """The reader's address is in Persian letters; the letter goes to what mail servers know."""
    with receiving() as box, publish(), override_settings(**PUBLIC):
        reader = Client(SERVER_NAME="127.0.0.1")
        send(reader, SAID | {"email": "mina۱@مثال.ایران"})
        assert post_waiting() == 1
        (letter,) = box.letters
        assert letter["To"] == "mina1@xn--mgbh0fb.xn--mgba3a4f16a"
        link = re.search(
            r"^http\S+?(/newsroom/fa/comments/confirm/\S+)$", letter.get_content(), re.MULTILINE
        )
        assert link is not None
        assert reader.post(link[1]).status_code == 200
        judging.judge(Comment.objects.get().comment_id, FIRST, judging.PUBLISHED, NOW)
        assert post_waiting() == 1
        assert f"/newsroom/fa/comments/of/{NEWS}/" in box.letters[1].get_content()
        assert (
            TEXT.splitlines()[0] in reader.get(f"/newsroom/fa/comments/of/{NEWS}/").content.decode()
        )


def test_without_a_mail_server_nobody_can_comment_and_the_page_says_so(visitor: Client) -> None:
    with publish():
        page = visitor.get(f"/newsroom/en/comments/of/{NEWS}/")
        assert 'name="email"' in page.content.decode()
        mute = replace(settings.PASOKH_NEWSROOM, file=NewsroomFile())
        with override_settings(PASOKH_NEWSROOM=mute):
            assert "cannot send letters" in send(visitor, language="en").content.decode()
    assert UnconfirmedComment.objects.count() == 0


@pytest.mark.slow
def test_a_release_shows_its_comments_and_the_form_on_its_own_page(visitor: Client) -> None:
    """The page is kept for everybody, until somebody publishes a comment."""
    with publish():
        path = f"/newsroom/fa/news/{NEWS}/"
        before = visitor.get(path).content.decode()
        assert f'action="/newsroom/fa/comments/of/{NEWS}/#write-name"' in before
        found = confirmed()
        assert found.text not in visitor.get(path).content.decode()
        judging.judge(found.comment_id, FIRST, judging.PUBLISHED, NOW)
        assert TEXT.splitlines()[0] in visitor.get(path).content.decode()


def test_a_withdrawn_release_and_one_that_waits_have_no_comments(visitor: Client) -> None:
    with publish():
        path = f"/newsroom/fa/comments/of/{NEWS}/"
        assert visitor.get(path).status_code == 200
        for change in ({"withdrawn_at": 1_795_000_000_000}, {"opens_at": instant_now() + DAY}):
            NewsRelease.kept.filter(news_id=NEWS).update(**change)
            assert visitor.get(path).status_code == 404
            NewsRelease.kept.filter(news_id=NEWS).update(withdrawn_at=None, opens_at=0)
