"""Fields of forms that both rooms of the press office use: their labels and errors are ids."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy

from pasokh.core.time import MINUTE, SECOND, Instant, day_of, start_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.sites.languages import spoken
from pasokh.words.jalali import clock
from pasokh.words.jalali_typed import TypedWrong, parse_day, parse_time, typed_day
from pasokh.words.say import say

_EPOCH = date(1970, 1, 1)


def later(message_id: str) -> Any:
    """Say a message when it is shown: a form is made once, in no language."""
    return _later(message_id)


_later = lazy(lambda message_id: say(spoken(), message_id), str)
NEEDED = {"required": later("agenda.error.needed")}


class LineField(forms.CharField):
    """A line, or with `rows` a text of some lines. `said`: the id of its label."""

    def __init__(self, said: str, most: int, *, rows: int = 0, **more: Any) -> None:
        """`most`: how many letters at most."""
        shown = forms.Textarea if rows else forms.TextInput
        given = {"dir": "auto"} | ({"rows": str(rows)} if rows else {})
        super().__init__(max_length=most, widget=shown(attrs=given), error_messages=NEEDED, **more)
        self.said = said


class WhenField(forms.MultiValueField):
    """A day and a time as people type them, in either calendar; cleaned, an instant."""

    def __init__(self, said: str, **more: Any) -> None:
        """`said`: the id of the label of the day; the time has one of its own."""
        parts = [forms.CharField(max_length=20), forms.CharField(max_length=12)]
        super().__init__(fields=parts, widget=_DayAndTime(), error_messages=NEEDED, **more)
        self.said = said

    def compress(self, data_list: list[str]) -> Instant | None:
        """Read what was typed by the centre's clock."""
        if not data_list:
            return None
        try:
            day = (parse_day(data_list[0]) - _EPOCH).days
            second = parse_time(data_list[1])
        except TypedWrong as wrong:
            raise forms.ValidationError(say(spoken(), wrong.message_id, **wrong.details)) from wrong
        return start_of(day, offset_minutes()) + second * SECOND


class _DayAndTime(forms.MultiWidget):
    """Two inputs; newsroom/meetings/field.html draws them, each with a label of its own."""

    def __init__(self) -> None:
        given = {"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"}
        super().__init__([forms.TextInput(attrs=given), forms.TextInput(attrs=given)])

    def decompress(self, value: Instant | None) -> list[str]:
        """Write an instant as a person types it."""
        return ["", ""] if value is None else list(typed_at(value))


def typed_at(at: Instant) -> tuple[str, str]:
    """Write day and time as they are typed in the language that is spoken."""
    offset = offset_minutes()
    day = day_of(at, offset)
    second = (at - start_of(day, offset)) // MINUTE * (MINUTE // SECOND)
    return typed_day(spoken(), day), clock(spoken(), second, seconds=False)
