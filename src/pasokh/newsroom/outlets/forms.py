"""What an outlet types about itself, and what it chooses to hear of."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.functional import lazy

from pasokh.newsroom.counties import county_choices
from pasokh.newsroom.email_field import AddressField
from pasokh.newsroom.outlets.models import (
    ADDRESS_MOST,
    KINDS,
    NAME_MOST,
    SPOKEN,
    WORDS_MOST,
    AlertWish,
    Outlet,
)
from pasokh.newsroom.outlets.rules import AccreditationRule
from pasokh.newsroom.site.known_topics import known_topics, topics_typed
from pasokh.sites.languages import spoken
from pasokh.words.jalali_typed import TypedWrong, parse_time
from pasokh.words.say import say
from pasokh.words.spelling import display

_NAME_LEAST = 3
said: Callable[[str], str] = lazy(lambda message_id: say(spoken(), message_id), str)


def _needed(field: str) -> dict[str, str]:
    sentence = said(f"outlets.error.{field}")
    return dict.fromkeys(("required", "invalid", "invalid_choice", "min_length"), sentence)


def _line(field: str, most: int, **more: Any) -> forms.CharField:
    shown = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(max_length=most, widget=shown, error_messages=_needed(field), **more)


def _choices(family: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, said(f"outlets.{family}.{name}")) for name in names]


class OutletAddressForm(forms.Form):
    """An address of e-mail, as mail servers write it."""

    email = AddressField(error_messages=_needed("email"))


class OutletForm(forms.ModelForm, OutletAddressForm):
    """What is asked of an outlet: all of it is declared, and it may see all of it later."""

    name = _line("name", NAME_MOST, min_length=_NAME_LEAST)
    kind = forms.ChoiceField(choices=_choices("kind", KINDS), error_messages=_needed("kind"))
    county = forms.ChoiceField(choices=county_choices, error_messages=_needed("county"))
    languages = forms.MultipleChoiceField(
        choices=_choices("spoken", SPOKEN),
        widget=forms.CheckboxSelectMultiple,
        error_messages=_needed("languages"),
    )
    audience = _line("audience", ADDRESS_MOST)
    address = _line("address", ADDRESS_MOST)
    feed = forms.CharField(
        required=False, max_length=ADDRESS_MOST, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    answers = _line("answers", NAME_MOST, min_length=_NAME_LEAST)
    terms = forms.BooleanField(error_messages=_needed("terms"))

    field_order = (
        "name kind county languages audience address feed feed_consent answers email terms".split()
    )

    class Meta:
        """What is kept of it."""

        model = Outlet
        fields = (
            "name kind county languages audience address feed feed_consent answers email".split()
        )

    def clean_name(self) -> str:
        """Write it in the one spelling."""
        return display(self.cleaned_data["name"])

    def clean_answers(self) -> str:
        """Write it in the one spelling."""
        return display(self.cleaned_data["answers"])

    def clean_feed(self) -> str:
        """Take the address of a feed on the web, or none."""
        feed = str(self.cleaned_data["feed"]).strip()
        if feed and (urlsplit(feed).scheme not in {"http", "https"} or not urlsplit(feed).hostname):
            raise forms.ValidationError(said("outlets.error.feed"))
        return feed

    def validate_unique(self) -> None:
        """Say nothing of whom we know: an address that is known gets a letter that says so."""


class WishForm(forms.ModelForm):
    """A topic in a county; nothing chosen: every one."""

    topic = forms.CharField(
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "topics", "autocomplete": "off"}),
    )
    county = forms.ChoiceField(
        choices=lambda: [("", said("outlets.every_county")), *county_choices()],
        required=False,
        error_messages=_needed("county"),
    )

    class Meta:
        """What is kept of it."""

        model = AlertWish
        fields = ("topic", "county")

    def clean_topic(self) -> str:
        """Read one topic by its name or code."""
        codes = [code for code, _ in known_topics()]
        found = topics_typed(self.cleaned_data["topic"], codes)
        if found is None or len(found) > 1 or not set(codes).issuperset(found):
            raise forms.ValidationError(said("outlets.error.topic"))
        return found[0] if found else ""


class DigestHourForm(forms.Form):
    """The time of the daily digest, and whether what is urgent comes at once."""

    hour = forms.CharField(max_length=12, error_messages=_needed("hour"))
    urgent = forms.BooleanField(required=False)

    def clean_hour(self) -> int:
        """Read it as the minute of the day."""
        try:
            return int(parse_time(self.cleaned_data["hour"])) // 60
        except TypedWrong as wrong:
            raise forms.ValidationError(say(spoken(), wrong.message_id, **wrong.details)) from wrong


class OutletWordsForm(forms.Form):
    """What somebody has to say for it."""

    words = forms.CharField(
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": "4"}),
        error_messages=_needed("words"),
    )


class OutletDecideForm(OutletWordsForm):
    """A decision: the rule that it names, and why."""

    rule = forms.ChoiceField(
        choices=[(rule.value, said(f"outlets.rule.{rule.value}")) for rule in AccreditationRule],
        error_messages=_needed("rule"),
    )
    field_order = ("rule", "words")
