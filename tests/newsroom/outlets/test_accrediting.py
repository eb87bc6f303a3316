"""Accreditation: decided by a rule with a reason, refused with an appeal, renewed, and told."""

from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field

from pasokh.core.people import Role
from pasokh.newsroom.outlets import accrediting
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import ASKED, AccreditationRule, OutletState
from pasokh.sites.clock import instant_now
from pasokh.words.say import LANGUAGES, say
from tests.newsroom.outlets.people import PLACE, accredited, newest_letter, signed_in

DESK = "/office/fa/press/outlets/"
ALL, PUBLIC = AccreditationRule.ALL, AccreditationRule.PUBLIC


@pytest.mark.slow
@pytest.mark.usefixtures("visitor")
def test_a_refusal_names_its_rule_and_is_heard_once_by_another_person() -> None:
    client, outlet = signed_in()
    now = instant_now()
    assert accrediting.decide(outlet.outlet_id, PUBLIC, " ", "p-1", now) == "no_reason"
    assert accrediting.decide(outlet.outlet_id, PUBLIC, "closed group", "p-1", now) == ""
    letter = newest_letter(outlet.email)
    assert say("fa", "outlets.rule.public") in letter.body
    assert "closed group" in letter.body
    assert "closed group" in unescape(client.get(f"{PLACE}own/").content.decode())
    assert client.post(f"{PLACE}own/appeal/", {"words": ""}).status_code == 400
    assert client.post(f"{PLACE}own/appeal/", {"words": "it is open"}).status_code == 302
    assert client.post(f"{PLACE}own/appeal/", {"words": "again"}).status_code == 400
    later = instant_now()
    decide = accrediting.decide
    assert decide(outlet.outlet_id, ALL, "seen", "p-1", later) == "own_refusal"
    assert decide(outlet.outlet_id, ALL, "seen", "p-2", later) == ""
    assert Outlet.objects.get().state(later) is OutletState.ACCREDITED
    assert [one.appeal for one in outlet.decisions.order_by("pk")] == [False, True]


@pytest.mark.usefixtures("visitor")
def test_the_public_page_states_the_rules_and_counts_decisions() -> None:
    client, outlet = accredited()
    for language in LANGUAGES:
        page = unescape(client.get(f"/newsroom/{language}/outlets/rules/").content.decode())
        for rule in ASKED:
            assert say(language, f"outlets.rule.{rule.value}") in page
            assert say(language, f"outlets.rule.{rule.value}.says") in page
    assert outlet.name in client.get(PLACE).content.decode()


@pytest.mark.slow
def test_the_staff_decides_behind_the_gate(desk: Any) -> None:
    _, outlet = signed_in()
    client = desk(Role.PRESS_OFFICER)
    assert outlet.name in client.get(DESK).content.decode()
    page = f"{DESK}{outlet.outlet_id}/"
    assert outlet.answers in client.get(page).content.decode()
    assert client.post(f"{page}decide/", {"rule": "all", "words": ""}).status_code == 400
    assert client.post(f"{page}decide/", {"rule": "tone", "words": "x"}).status_code == 400
    assert client.post(f"{page}decide/", {"rule": "all", "words": "read it"}).status_code == 302
    assert Outlet.objects.get().accredited(instant_now())
    again = client.post(f"{page}decide/", {"rule": "all", "words": "x"})
    assert say("fa", "outlets.refused.nothing_asked") in unescape(again.content.decode())
    assert desk(Role.CALL_TAKER).get(DESK).status_code == 403


@pytest.mark.slow
@pytest.mark.usefixtures("visitor")
def test_no_field_ranks_an_outlet_and_lists_stand_by_name() -> None:
    never = "rank score rating loyal tone sentiment weight prefer trust grade stars author mood"
    fields = [
        field.name
        for model in apps.get_models()
        if model._meta.app_label in {"outlets", "topics"}
        for field in model._meta.get_fields()
        if isinstance(field, Field)
    ]
    assert len(fields) > 40
    assert [f for f in fields if any(word in f.lower() for word in never.split())] == []
    assert Outlet._meta.ordering == ["name_key", "outlet_id"]
    names = ["پگاه", "آفتاب", "گلشن", "بهار"]
    for name in names:
        accredited(name=name)
    assert [one.name for one in Outlet.objects.all()] == ["آفتاب", "بهار", "پگاه", "گلشن"]
