"""What the press office types about a meeting, and what a journalist types to come."""

from typing import Any, ClassVar

from django import forms

from pasokh.newsroom.counties import county_choices
from pasokh.newsroom.email_field import AddressField
from pasokh.newsroom.meetings.fields import NEEDED, LineField, WhenField, later
from pasokh.newsroom.meetings.files import read_file
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.site.known_topics import codes_to_write, topics_typed
from pasokh.sites.languages import spoken
from pasokh.words.say import say

SEATS_MOST = 5_000
_NAME, _LINE, _TITLE, _PLACE = 120, 500, 200, 300


class _InEither(forms.Form):
    """A form in which some fields stand in Persian or English, and one of the two is needed."""

    either: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two languages."""
        told: dict[str, Any] = super().clean() or {}
        for name in self.either:
            if not told.get(f"{name}_fa") and not told.get(f"{name}_en"):
                self.add_error(f"{name}_{spoken()}", say(spoken(), "agenda.error.either"))
        return told


class WordsForm(_InEither):
    """What a meeting is about: may be mended after its announcement."""

    either: ClassVar[tuple[str, ...]] = ("title",)
    title_fa = LineField("agenda.field.title_fa", _TITLE, required=False)
    title_en = LineField("agenda.field.title_en", _TITLE, required=False)
    about_fa = LineField("agenda.field.about_fa", 5_000, rows=4, required=False)
    about_en = LineField("agenda.field.about_en", 5_000, rows=4, required=False)
    speakers_fa = LineField("agenda.field.speakers_fa", 1_000, rows=2, required=False)
    speakers_en = LineField("agenda.field.speakers_en", 1_000, rows=2, required=False)


class WhenAndWhereForm(_InEither):
    """When and where: after the announcement it is moved with a reason only."""

    either: ClassVar[tuple[str, ...]] = ("place",)
    begins_at = WhenField("agenda.field.begins")
    ends_at = WhenField("agenda.field.ends")
    register_until = WhenField("agenda.field.until")
    place_fa = LineField("agenda.field.place_fa", _PLACE, required=False)
    place_en = LineField("agenda.field.place_en", _PLACE, required=False)


class SeatsForm(forms.Form):
    """How many come in."""

    seats = forms.IntegerField(
        min_value=1,
        max_value=SEATS_MOST,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), later("agenda.error.number")
        ),
    )
    seats.said = "agenda.field.seats"


class DraftForm(WordsForm, WhenAndWhereForm, SeatsForm):
    """A whole meeting, before it is announced."""

    either: ClassVar[tuple[str, ...]] = ("title", "place")
    county = forms.ChoiceField(choices=county_choices, error_messages=NEEDED)
    county.said = "agenda.field.county"
    counties = forms.MultipleChoiceField(
        choices=county_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    counties.said = "agenda.field.counties"
    topics = LineField("agenda.field.topics", 400, required=False)
    field_order = (
        "title_fa title_en county place_fa place_en begins_at ends_at register_until seats "
        "speakers_fa speakers_en about_fa about_en counties topics"
    ).split()

    def clean_topics(self) -> list[str]:
        """Read topics by name or code; only those that there are."""
        codes = codes_to_write()
        found = topics_typed(self.cleaned_data["topics"], codes)
        if found is None or not codes.issuperset(found):
            raise forms.ValidationError(say(spoken(), "agenda.error.topics"))
        return sorted(found)


class MoveForm(WhenAndWhereForm):
    """A new time or place, and why."""

    reason = LineField("agenda.field.reason", _LINE)


class ReasonForm(forms.Form):
    """Why."""

    reason = LineField("agenda.field.reason", _LINE)


class MaterialForm(_InEither):
    """A link to what was given out, or a file of it."""

    either: ClassVar[tuple[str, ...]] = ("title",)
    title_fa = LineField("agenda.field.title_fa", _TITLE, required=False)
    title_en = LineField("agenda.field.title_en", _TITLE, required=False)
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": later("agenda.error.url")},
    )
    url.said = "agenda.field.url"
    file = forms.FileField(
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "missing", "empty"), later("agenda.refused.file_kind")
        ),
    )
    file.said = "agenda.field.file"
    alt_fa = LineField("agenda.field.alt_fa", _LINE, required=False)
    alt_en = LineField("agenda.field.alt_en", _LINE, required=False)
    credit = LineField("agenda.field.credit", _TITLE, required=False)
    licence = LineField("agenda.field.licence", _TITLE, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a link or a file, and with a picture for what each picture has."""
        told = super().clean()
        if not self.errors and bool(told.get("url")) == bool(told.get("file")):
            self.add_error("url", say(spoken(), "agenda.error.link_or_file"))
        if told.get("file") and not self.errors:
            self._read(told)
        return told

    def _read(self, told: dict[str, Any]) -> None:
        try:
            given = read_file(told["file"].read(), told["file"].name)
        except MeetingRefused as refused:
            self.add_error("file", say(spoken(), refused.message_id, **refused.details))
            return
        told["file"] = given
        described = told["credit"] and told["licence"] and (told["alt_fa"] or told["alt_en"])
        if given.is_picture and not described:
            self.add_error("file", say(spoken(), "agenda.error.picture_words"))


class TranscriptForm(_InEither):
    """What was said."""

    either: ClassVar[tuple[str, ...]] = ("transcript",)
    transcript_fa = LineField("agenda.field.transcript_fa", 200_000, rows=8, required=False)
    transcript_en = LineField("agenda.field.transcript_en", 200_000, rows=8, required=False)


class PromiseForm(_InEither):
    """What was promised, by whom, until when."""

    either: ClassVar[tuple[str, ...]] = ("what", "who")
    what_fa = LineField("agenda.field.what_fa", _LINE, required=False)
    what_en = LineField("agenda.field.what_en", _LINE, required=False)
    who_fa = LineField("agenda.field.who_fa", _TITLE, required=False)
    who_en = LineField("agenda.field.who_en", _TITLE, required=False)
    due_at = WhenField("agenda.field.due")


class OutcomeForm(_InEither):
    """What became of a promise."""

    either: ClassVar[tuple[str, ...]] = ("outcome",)
    outcome_fa = LineField("agenda.field.outcome_fa", _LINE, required=False)
    outcome_en = LineField("agenda.field.outcome_en", _LINE, required=False)


class WalkInForm(forms.Form):
    """Who comes without having registered."""

    name = LineField("agenda.field.name", _NAME)
    outlet = LineField("agenda.field.outlet", _TITLE)


class JournalistForm(forms.Form):
    """Who comes: a name, an outlet, and an address to which a link goes."""

    name = LineField("agenda.field.name", _NAME)
    outlet = LineField("agenda.field.outlet", _TITLE)
    email = AddressField(error_messages=NEEDED)
    email.said = "agenda.field.email"
