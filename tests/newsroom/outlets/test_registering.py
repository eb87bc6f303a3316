"""An outlet registers by itself, confirms its address, signs in by links, and leaves."""

from html import unescape

import pytest

from pasokh.core.time import DAY
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.outlets import leaving, registering
from pasokh.newsroom.outlets.models import Outlet, OutletLink
from pasokh.newsroom.outlets.rules import (
    CONFIRMED_WITHIN,
    ERASED_AFTER,
    LINK_LASTS,
    LINKS_AN_HOUR,
    REGISTERED_AN_HOUR,
    SIGNED_IN_FOR,
    TERMS_VERSION,
)
from pasokh.newsroom.outlets.signed_in import COOKIE
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from pasokh.words.spelling import sort_key
from tests.newsroom.outlets.people import (
    PLACE,
    Reader,
    accredited,
    form_of,
    link_in,
    newest_letter,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("visitor")


@pytest.mark.slow
def test_an_outlet_registers_confirms_and_sees_every_row_about_it() -> None:
    client, outlet = signed_in(feed="https://neda.example/feed", feed_consent="on")
    page = unescape(client.get(f"{PLACE}own/").content.decode())
    assert say("fa", "outlets.state.waiting") in page
    held = leaving.held_about(outlet)
    assert say("fa", "outlets.table.outletlink") in page
    for value in (outlet.name, outlet.answers, outlet.email, outlet.feed, outlet.audience):
        assert value in page
    assert outlet.feed_consent
    assert outlet.terms_version == TERMS_VERSION
    assert {name for name, rows in held if rows} == {"outlet", "outletlink"}
    every = {one.related_model._meta.model_name for one in Outlet._meta.related_objects}
    assert {name for name, _ in held} > every, "no table about an outlet is left out"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "ن"),
        ("answers", ""),
        ("email", ""),
        ("county", "9999"),
        ("kind", "army"),
        ("languages", []),
        ("feed", "javascript:alert(1)"),
        ("terms", ""),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(field: str, value: object) -> None:
    client = Reader()
    answer = client.post(f"{PLACE}register/", form_of(**{field: value}))
    assert answer.status_code == 400
    assert say("fa", f"outlets.error.{field}") in unescape(answer.content.decode())
    assert not Outlet.objects.exists()
    assert not OutgoingLetter.objects.exists()


@pytest.mark.slow
def test_a_page_never_tells_whom_we_know() -> None:
    _, outlet = signed_in()
    client, other = Reader(), form_of(email=outlet.email, name="نامی دیگر")
    known = client.post(f"{PLACE}register/", other)
    new = client.post(f"{PLACE}register/", form_of())
    assert (known.status_code, known.headers["Location"]) == (302, new.headers["Location"])
    assert Outlet.objects.get(pk=outlet.pk).name == outlet.name
    for email in (outlet.email, "nobody@neda.example"):
        answer = client.post(f"{PLACE}enter/", {"email": email})
        assert answer.headers["Location"] == f"{PLACE}sent/"


def test_a_link_works_once_by_its_button_and_for_a_time() -> None:
    typed, client = form_of(), Reader()
    client.post(f"{PLACE}register/", typed)
    link = link_in(newest_letter(typed["email"]))
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200, "a program that looks does not use it up"
    assert COOKIE not in client.cookies
    assert client.post(link).status_code == 302
    assert client.cookies[COOKIE]["httponly"]
    for again in (client.get(link), client.post(link)):
        assert again.status_code == 410
    now, token = instant_now(), link.rstrip("/").rpartition("/")[2]
    assert not OutletLink.objects.filter(token_sha256=token).exists(), "only its digest is kept"
    registering.send_link(typed["email"], now)
    fresh = link_in(newest_letter(typed["email"])).rstrip("/").rpartition("/")[2]
    assert registering.link_is_good(fresh, now + LINK_LASTS - 1)
    assert not registering.link_is_good(fresh, now + LINK_LASTS)


@pytest.mark.slow
def test_forms_cannot_flood_an_address_or_the_newsroom() -> None:
    typed, client = form_of(), Reader()
    for _ in range(LINKS_AN_HOUR + 2):
        client.post(f"{PLACE}register/", typed)
    assert OutgoingLetter.objects.filter(to=typed["email"]).count() == LINKS_AN_HOUR
    for _ in range(REGISTERED_AN_HOUR - 1):
        assert client.post(f"{PLACE}register/", form_of()).status_code == 302
    assert client.post(f"{PLACE}register/", form_of()).status_code == 400
    assert Outlet.objects.count() == REGISTERED_AN_HOUR


@pytest.mark.slow
def test_a_cookie_is_nobodys_after_its_time_a_change_or_signing_out() -> None:
    client, outlet = signed_in()
    own = f"{PLACE}own/"
    assert client.get(own).status_code == 200
    kept = client.cookies[COOKIE].value
    for wrong in ("", "x", kept[:-2] + "xx", kept.replace(":", ".", 1)):
        client.cookies[COOKIE] = wrong
        assert client.get(own).status_code == 302
    client.cookies[COOKIE] = kept
    assert client.get(own).status_code == 200
    client.post(f"{own}sign-out/")
    client.cookies[COOKIE] = kept
    assert client.get(own).status_code == 302
    assert Outlet.objects.get(pk=outlet.pk).signed_out_at > 0
    assert SIGNED_IN_FOR == 14 * DAY


def test_an_outlet_that_leaves_is_forgotten_at_once_and_gone_by_the_stated_time() -> None:
    client, outlet = accredited()
    client.post(f"{PLACE}own/wish/", {"topic": "traffic", "county": ""})
    email, kept = outlet.email, client.cookies[COOKIE].value
    assert client.post(f"{PLACE}own/leave/").status_code == 302
    client.cookies[COOKIE] = kept
    assert client.get(f"{PLACE}own/").status_code == 302
    row = Outlet.objects.get(pk=outlet.pk)
    assert (row.answers, row.feed, row.address, row.audience) == ("", "", "", "")
    assert "@" not in row.email
    assert not row.wishes.exists()
    letters = OutgoingLetter.objects.count()
    registering.send_link(email, instant_now())
    assert OutgoingLetter.objects.count() == letters
    assert leaving.erase_gone(row.left_at + ERASED_AFTER) == 0
    assert leaving.erase_gone(row.left_at + ERASED_AFTER + 1) == 1
    assert not Outlet.objects.exists()


def test_who_never_confirmed_is_erased() -> None:
    Reader().post(f"{PLACE}register/", form_of())
    at = Outlet.objects.get().registered_at
    assert leaving.erase_gone(at + CONFIRMED_WITHIN) == 0
    assert leaving.erase_gone(at + CONFIRMED_WITHIN + 1) == 1


@pytest.mark.slow
def test_names_stand_in_the_order_of_the_dictionary_whatever_a_database_makes_of_letters() -> None:
    names = "یاس، ندا، گلشن، چشمه، پارس، آفتاب، ژاله، کوهسار، ك، ۱۲ روز، ۹ روز، Abend، abend، Zeit"
    for name in names.split("، "):
        signed_in(name=f"{name} ما")
    told = [outlet.name for outlet in Outlet.objects.all()]
    assert len(told) == 14
    assert told == sorted(told, key=sort_key)
