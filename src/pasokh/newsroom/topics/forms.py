"""What is typed about topics: a proposal, a remark, and what each step needs."""

from datetime import date
from typing import Any

from django import forms

from pasokh.core.time import Day
from pasokh.newsroom.counties import county_choices
from pasokh.newsroom.outlets.forms import said
from pasokh.newsroom.topics.models import TITLE_MOST, WORDS_MOST
from pasokh.newsroom.topics.states import TopicState
from pasokh.sites.languages import spoken
from pasokh.words.jalali_typed import TypedWrong, parse_day
from pasokh.words.say import say
from pasokh.words.spelling import display

_EPOCH = date(1970, 1, 1)
_LINE = {"dir": "auto"}
_TITLE_LEAST = 5


def _needed(field: str) -> dict[str, Any]:
    sentence = said(f"proposals.error.{field}")
    return dict.fromkeys(("required", "invalid", "invalid_choice", "min_length"), sentence)


class ProposalForm(forms.Form):
    """A proposal: for which county, what, and why."""

    county = forms.ChoiceField(choices=county_choices, error_messages=_needed("county"))
    title = forms.CharField(
        min_length=_TITLE_LEAST,
        max_length=TITLE_MOST,
        widget=forms.TextInput(attrs=_LINE),
        error_messages=_needed("title"),
    )
    why = forms.CharField(
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={**_LINE, "rows": "4"}),
        error_messages=_needed("why"),
    )
    suggestion = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        """Write it in the one spelling."""
        return display(self.cleaned_data["title"])

    def clean_why(self) -> str:
        """Write it in the one spelling."""
        return display(self.cleaned_data["why"])


class RemarkForm(forms.Form):
    """What somebody says about a topic."""

    words = forms.CharField(
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={**_LINE, "rows": "3"}),
        error_messages=_needed("words"),
    )


class TopicStepForm(forms.Form):
    """What a step may need; which of it, the step says."""

    reason = forms.CharField(
        max_length=WORDS_MOST, required=False, widget=forms.TextInput(attrs=_LINE)
    )
    owner = forms.CharField(max_length=120, required=False, widget=forms.TextInput(attrs=_LINE))
    due_on = forms.CharField(
        max_length=20, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    news_id = forms.CharField(
        max_length=64, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )

    def clean_due_on(self) -> Day | None:
        """Read it in either calendar as a civil day."""
        typed = self.cleaned_data["due_on"]
        if not typed:
            return None
        try:
            return Day((parse_day(typed) - _EPOCH).days)
        except TypedWrong as wrong:
            raise forms.ValidationError(say(spoken(), wrong.message_id, **wrong.details)) from wrong


# What is asked for each step, in this order.
ASKED = {
    TopicState.ACCEPTED: ("owner", "due_on", "reason"),
    TopicState.DECLINED: ("reason",),
    TopicState.PRODUCED: ("reason",),
    TopicState.PUBLISHED: ("news_id", "reason"),
    TopicState.MEASURED: ("reason",),
}
