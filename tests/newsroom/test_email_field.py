"""Every form that asks for an address: the browser lets through what we take; we say the rest."""

import re
from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pasokh.newsroom.email_address import AddressFlaw, read_address
from pasokh.newsroom.email_field import PATTERN
from pasokh.newsroom.meetings.forms import JournalistForm
from pasokh.newsroom.outlets.forms import OutletAddressForm
from pasokh.words.say import say

FORMS: tuple[type[forms.Form], ...] = (JournalistForm, OutletAddressForm)
GOOD = {
    "mina۱@مثال.ایران": "mina1@xn--mgbh0fb.xn--mgba3a4f16a",
    " Mina٢＠example。ir ": "mina2@example.ir",
    "\u200fmina@example.org\u200e": "mina@example.org",
}
WRONG = {
    "mina@home": AddressFlaw.NO_DOT,
    "مینا@example.org": AddressFlaw.WRONG_NAME,
    "mina@home..ir": AddressFlaw.WRONG_DOMAIN,
    "mina at example.org": AddressFlaw.BLANK_INSIDE,
}


def email_of(form: forms.Form) -> Any:
    form.is_valid()
    return form.cleaned_data.get("email"), form.errors.get("email", [])


@pytest.mark.parametrize("kind", FORMS)
def test_digits_and_domains_of_any_script_are_taken(kind: type[forms.Form]) -> None:
    for typed, sent in GOOD.items():
        assert re.fullmatch(PATTERN, typed), "the browser lets it through"
        assert email_of(kind({"email": typed})) == (sent, [])


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_is_wrong_is_said_in_words(kind: type[forms.Form], language: str) -> None:
    with translation.override(language):
        for typed, flaw in WRONG.items():
            told = say(language, f"newsroom.comments.wrong.email.{flaw.value}")
            assert email_of(kind({"email": typed})) == (None, [told])
        shown = str(kind()["email"])
    assert say(language, "newsroom.comments.email.form") in shown
    assert 'type="text"' in shown, "a browser's own check takes no Persian domain"


@given(st.text(alphabet="ab1۱.@＠。 -ایر", max_size=20))
def test_the_browser_refuses_nothing_that_we_take(typed: str) -> None:
    taken = not isinstance(read_address(typed), AddressFlaw)
    assert not taken or re.fullmatch(PATTERN, typed)
