"""The question desk's pages: a question is its asker's and the office's until it is answered."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.core.time import HOUR
from pasokh.newsroom.mail.deeds import post_waiting
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.meetings.journalists import Journalist, sealed
from pasokh.newsroom.newsroom_settings import NewsroomFile
from pasokh.newsroom.questions.deeds import answer, ask, refuse
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.office.models import OfficePerson
from pasokh.sites.civil_time import said_at
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.conftest import PUBLIC
from tests.newsroom.mail.server import receiving
from tests.office.people import make_person

BASE = "/newsroom/fa/questions/"
ASKER = Journalist("نمونه", "name@example.com", "روزنامهٔ نمونه", "fa")
UNTOLD = "پرسشی که هنوز پاسخ ندارد"


def page_of(client: Client, path: str, status: int = 200) -> str:
    answered = client.get(path)
    assert answered.status_code == status, path
    return unescape(answered.content.decode())


@pytest.mark.slow
def test_a_waiting_question_is_nobodys_but_its_askers(visitor: Client) -> None:
    now = instant_now()
    waiting = ask(ASKER, UNTOLD, None, name_wanted=True, now=now - 9 * HOUR)
    refused = ask(ASKER, UNTOLD, None, name_wanted=True, now=now)
    refuse(refused.pk, "دادگاه", by="p-1", now=now)
    for language in ("fa", "en"):
        listed = page_of(visitor, f"/newsroom/{language}/questions/")
        assert UNTOLD not in listed
        assert ASKER.name not in listed
        assert say(language, "questions.no_median") in listed
        base = say(language, "questions.base", asked=2, answered=0, refused=1, waiting=1)
        assert base in listed
        span = say(language, "questions.span.hours", hours=9, minutes=0)
        assert say(language, "questions.late", count=1, oldest=span) in listed
        for one in (waiting, refused):
            page_of(visitor, f"/newsroom/{language}/questions/{one.pk}/", 404)
    own = page_of(visitor, f"{BASE}own/{sealed(ASKER)}/")
    assert own.count(UNTOLD) == 2
    assert "دادگاه" in own
    other = sealed(Journalist("x", "x@example.com", "x", "fa"))
    assert UNTOLD not in page_of(visitor, f"{BASE}own/{other}/")
    page_of(visitor, f"{BASE}own/{other[:-3]}AAA/", 404)


def test_an_answer_is_read_by_everybody_with_the_name_only_where_it_was_wanted(
    visitor: Client,
) -> None:
    now = instant_now()
    named = ask(ASKER, "با نام", None, name_wanted=True, now=now - HOUR)
    bare = ask(ASKER, "از زنی در خیابان نمونه", None, name_wanted=False, now=now - HOUR)
    answer(named.pk, "پاسخ یک", "", "fa", by="p-1", now=now)
    answer(bare.pk, "پاسخ دو", "به بیان دفتر", "fa", by="p-1", now=now)
    listed = page_of(visitor, BASE)
    span = say("fa", "questions.span.hours", hours=1, minutes=0)
    assert say("fa", "questions.median", median=span, answered=2) in listed
    assert "خیابان نمونه" not in listed
    one = page_of(visitor, f"{BASE}{named.pk}/")
    assert ASKER.name in one
    two = page_of(visitor, f"{BASE}{bare.pk}/")
    assert ASKER.name not in two
    assert "خیابان نمونه" not in two
    assert say("fa", "questions.in_our_words") in two


@pytest.mark.slow
def test_a_question_is_asked_by_a_link_that_proves_the_address(visitor: Client) -> None:
    who = {"name": ASKER.name, "outlet": ASKER.outlet, "email": ASKER.email}
    with receiving() as box:
        assert visitor.post(f"{BASE}link/", who | {"email": "a@b"}).status_code == 400
        assert visitor.post(f"{BASE}link/", who, follow=True).status_code == 200
        assert post_waiting() == 1
    (letter,) = box.letters
    link = re.search(r"/newsroom/\S+", letter.get_content())
    assert link is not None
    page_of(visitor, link[0])
    assert not PressQuestion.objects.exists()
    assert visitor.post(link[0], {"text": " "}).status_code == 400
    past = {"text": "چند؟", "due_at_0": "1405/01/01", "due_at_1": "10:00"}
    late = visitor.post(link[0], past)
    assert say("fa", "questions.refused.due") in unescape(late.content.decode())
    half = visitor.post(link[0], {"text": "چند؟", "due_at_0": "1405/01/01", "due_at_1": ""})
    assert half.status_code == 400
    assert visitor.post(link[0], {"text": "چند؟"}).status_code == 302
    (made,) = PressQuestion.objects.all()
    assert (made.text, made.email, made.name_wanted) == ("چند؟", ASKER.email, False)


@pytest.mark.slow
def test_the_press_office_sees_what_is_late_first_and_answers_to_all(
    desk: Callable[..., Client],
) -> None:
    now = instant_now()
    ask(ASKER, "تازه", None, name_wanted=False, now=now)
    late = ask(ASKER, "دیر", None, name_wanted=False, now=now - 9 * HOUR)
    client = desk(Role.PRESS_OFFICER)
    base = "/office/fa/press/questions/"
    listed = page_of(client, base)
    assert listed.index("دیر") < listed.index("تازه")
    span = say("fa", "questions.span.hours", hours=5, minutes=0)
    assert say("fa", "questions.late_by", span=span) in listed
    page = f"{base}{late.pk}/"
    assert client.post(f"{page}own/").status_code == 302
    assert client.post(f"{page}refuse/", {"reason": ""}).status_code == 400
    assert client.post(f"{page}answer/", {"text": "پاسخ"}).status_code == 302
    assert client.post(f"{page}refuse/", {"reason": "x"}).status_code == 400
    assert client.post(f"{page}further/", {"text": "افزوده"}).status_code == 302
    told = page_of(client, page)
    assert "افزوده" in told
    for role in (Role.CALL_TAKER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR):
        other = desk(role)
        assert other.get(base).status_code == 403, role
        assert other.get(page).status_code == 403, role
    with override_settings(**PUBLIC):
        assert "افزوده" in page_of(Client(SERVER_NAME="127.0.0.1"), f"{BASE}{late.pk}/")


@pytest.mark.slow
def test_a_colleague_is_chosen_by_name_and_sees_what_is_theirs(
    desk: Callable[..., Client],
) -> None:
    now = instant_now()
    asked = ask(ASKER, UNTOLD, None, name_wanted=False, now=now - 9 * HOUR)
    ask(ASKER, "دیگری", None, name_wanted=False, now=now)
    press = desk(Role.PRESS_OFFICER, name="لیلا")
    colleague = desk(Role.SPOKESPERSON, name="کاوه")
    desk(Role.CALL_TAKER, name="نسرین")
    desk(Role.PRESS_OFFICER, name="رفته", dismissed=True)
    page = f"/office/fa/press/questions/{asked.pk}/"
    shown = page_of(press, page)
    assert "کاوه" in shown
    assert "نسرین" not in shown, "who may not answer is not to choose"
    assert "رفته" not in shown
    owner = re.search(r'<option value="([^"]+)">کاوه', shown)
    assert owner is not None
    wrong = press.post(f"{page}hand/", {"owner": "p-none"})
    assert wrong.status_code == 400
    assert say("fa", "questions.error.owner") in unescape(wrong.content.decode())
    assert press.post(f"{page}hand/", {"owner": owner[1]}).status_code == 302
    told = page_of(press, page)
    assert f"{say('fa', 'questions.handed_by')} <bdi>لیلا</bdi>" in told
    mine = say("fa", "questions.mine", count=1)
    listed = page_of(colleague, "/office/fa/press/questions/")
    assert listed.index(mine) < listed.index(UNTOLD) < listed.index("دیگری")
    assert mine not in page_of(press, "/office/fa/press/questions/")
    assert "<bdi>کاوه</bdi>" in page_of(press, "/office/fa/press/questions/")


SMTP = NewsroomFile(smtp="127.0.0.1:1", smtp_tls=False, mail_from="press@office.example")


def owners_letters() -> list[tuple[str, str]]:
    rows = OutgoingLetter.objects.filter(key__startswith="questions.handed:").order_by("pk")
    return [(row.to, row.body) for row in rows]


def telling(language: str, hand: str, told: str, name: str) -> bool:
    return say(language, f"questions.letter.{told}", name=name) in hand


@pytest.mark.slow
def test_whoever_is_handed_a_question_is_written_to_once_and_the_page_says_so(
    desk: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = instant_now()
    asked = ask(ASKER, UNTOLD, None, name_wanted=True, now=now)
    press = desk(Role.PRESS_OFFICER, name="لیلا")
    reads, deaf = (
        make_person(Role.SPOKESPERSON, name=name, email=email)
        for name, email in (("کاوه", "kaveh@office.example"), ("رها", ""))
    )
    page = f"/office/en/press/questions/{asked.pk}/"

    def hand(owner: str) -> str:
        assert press.post(f"{page}hand/", {"owner": owner}).status_code == 302
        return page_of(press, page)

    assert telling("en", hand(reads.person_id), "no-mail", "کاوه")
    assert owners_letters() == [], "without a mail server nothing is promised"
    with_mail = replace(settings.PASOKH_NEWSROOM, file=SMTP)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", with_mail)
    assert telling("en", hand(deaf.person_id), "no-address", "رها")
    for _ in range(2):  # pressed twice
        assert telling("en", hand(reads.person_id), "sent", "کاوه")
    ((to, body),) = owners_letters()
    assert to == reads.email
    assert UNTOLD in body
    assert said_at("fa", asked.due_at) in body
    assert f"/office/fa/press/questions/{asked.pk}/" in body
    assert ASKER.name not in body
    assert ASKER.email not in body
    assert telling("en", hand(deaf.person_id), "no-address", "رها")
    assert telling("fa", page_of(press, page.replace("/en/", "/fa/")), "no-address", "رها")
    assert telling("en", hand(reads.person_id), "sent", "کاوه")
    assert len(owners_letters()) == 2, "each handing is one letter"
    own_id = PressQuestion.objects.get(pk=asked.pk).handed_by
    OfficePerson.objects.filter(person_id=own_id).update(email="leila@office.example")
    shown = hand(own_id)
    assert not any(telling("en", shown, told, "لیلا") for told in ("sent", "no-address"))
    assert len(owners_letters()) == 2, "nobody writes to themselves"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_median_of_a_month_stands_with_its_base(visitor: Client, language: str) -> None:
    now = instant_now()
    done = ask(ASKER, "x", None, name_wanted=False, now=now - HOUR)
    answer(done.pk, "x", "", "fa", by="p-1", now=now)
    ask(ASKER, "y", None, name_wanted=False, now=now)
    page = page_of(visitor, f"/newsroom/{language}/questions/")
    span = say(language, "questions.span.hours", hours=1, minutes=0)
    base = say(language, "questions.month_told", answered=1, asked=2, refused=0, waiting=1)
    assert f"<td>{span}</td><td>{base}</td>" in page
