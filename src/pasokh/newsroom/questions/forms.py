"""What a journalist types to ask, and what the press office types to answer or refuse."""

from django import forms

from pasokh.newsroom.meetings.fields import LineField, WhenField, later
from pasokh.newsroom.staff import who_answer


class QuestionForm(forms.Form):
    """A question. Without an hour the office's own promise counts."""

    text = LineField("questions.field.text", 4_000, rows=5)
    due_at = WhenField("questions.field.due", required=False)
    name_wanted = forms.BooleanField(required=False)
    name_wanted.said = "questions.field.name_wanted"


class HandForm(forms.Form):
    """Whose a question is from now on, and until when they are to answer."""

    owner = forms.ChoiceField(
        choices=who_answer,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), later("questions.error.owner")
        ),
    )
    owner.said = "questions.field.owner"
    owner_due_at = WhenField("questions.field.owner_due", required=False)


class AnswerForm(forms.Form):
    """An answer to everybody."""

    text = LineField("questions.field.answer", 10_000, rows=6)
    told_as = LineField("questions.field.told_as", 1_000, rows=2, required=False)


class FurtherForm(forms.Form):
    """What is added to an answer, or set right in it."""

    text = LineField("questions.field.further", 10_000, rows=4)


class RefusalForm(forms.Form):
    """Why there is no answer."""

    reason = LineField("questions.field.refusal", 1_000, rows=3)
