"""The question desk as the press office sees it: what is late first."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.questions import deeds
from pasokh.newsroom.questions.forms import AnswerForm, FurtherForm, HandForm, RefusalForm
from pasokh.newsroom.questions.models import PressAnswer, PressQuestion
from pasokh.newsroom.questions.public_pages import told_times
from pasokh.newsroom.questions.spans import told_span
from pasokh.newsroom.staff import names_of
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_SETTLED_SHOWN = 50
_FORMS: dict[str, type[forms.Form]] = {
    "own": forms.Form,
    "hand": HandForm,
    "answer": AnswerForm,
    "further": FurtherForm,
    "refuse": RefusalForm,
}


class QuestionLine(Struct, frozen=True):
    """A question that waits, as the desk lists it. `late`: by how long, empty in time."""

    row: PressQuestion
    due_at: Instant
    late: str
    owner: str


@require_safe
def questions_desk(request: HttpRequest) -> HttpResponse:
    """List what waits, one's own first and what is late at the top; then what was settled."""
    now = instant_now()
    waiting = deeds.to_answer()
    names = names_of(one.owner for one in waiting if one.owner)
    lines = [
        QuestionLine(one, deeds.due_of(one), _late(one, now), names.get(one.owner, ""))
        for one in waiting
    ]
    me = request.user.person_id
    settled = PressQuestion.objects.exclude(answered_at=None, refused_at=None)
    shown = {
        "mine": [one for one in lines if one.row.owner == me],
        "others": [one for one in lines if one.row.owner != me],
        "settled": settled.order_by("-asked_at", "-pk")[:_SETTLED_SHOWN],
        **told_times(now),
    }
    return render(request, "newsroom/questions/desk.html", shown)


def _late(question: PressQuestion, now: Instant) -> str:
    late = now - deeds.due_of(question)
    return told_span(spoken(), late) if late > 0 else ""


@require_safe
def question_desk(request: HttpRequest, question_id: int) -> HttpResponse:
    """Show a question with what may be done about it."""
    return _shown(request, get_object_or_404(PressQuestion, pk=question_id))


@require_POST
def question_step(request: HttpRequest, question_id: int, step: str) -> HttpResponse:
    """Take it, hand it to somebody, answer it, add to the answer, or refuse it."""
    found = get_object_or_404(PressQuestion, pk=question_id)
    if step not in _FORMS:
        raise Http404
    form = _FORMS[step](request.POST)
    if not form.is_valid():
        return _shown(request, found, step, form)
    try:
        _do(step, found.pk, form.cleaned_data, request.user.person_id)
    except deeds.QuestionRefused as refused:
        form.add_error(None, say(spoken(), str(refused)))
        return _shown(request, found, step, form)
    return redirect("question-desk", question_id=found.pk)


def _do(step: str, question_id: int, typed: dict[str, Any], by: str) -> None:
    now = instant_now()
    if step == "own":
        deeds.own(question_id, by, now)
    elif step == "hand":
        deeds.hand_to(question_id, typed["owner"], typed["owner_due_at"], by=by, now=now)
    elif step == "refuse":
        deeds.refuse(question_id, typed["reason"], by=by, now=now)
    else:
        told_as = typed.get("told_as", "")
        deeds.answer(question_id, typed["text"], told_as, spoken(), by=by, now=now)


def _shown(
    request: HttpRequest, found: PressQuestion, step: str = "", typed: forms.Form | None = None
) -> HttpResponse:
    answers = list(found.answers.order_by("pk"))
    names = names_of(one for one in (found.owner, found.handed_by, *_by(answers)) if one)
    settled = found.answered_at is not None or found.refused_at is not None
    shown: dict[str, Any] = {
        "question": found,
        "answers": [(one, names[one.by]) for one in answers],
        "owner": names.get(found.owner, ""),
        "handed_by": names.get(found.handed_by, ""),
        "settled": settled,
        "letter": f"questions.letter.{found.owner_letter}" if found.owner_letter else "",
        "late": "" if settled else _late(found, instant_now()),
        "own": found.owner == request.user.person_id,
        "forms": {
            name: typed if name == step else kind(auto_id=f"{name}-%s")
            for name, kind in _FORMS.items()
        },
    }
    return render(request, "newsroom/questions/one.html", shown, status=400 if step else 200)


def _by(answers: list[PressAnswer]) -> list[str]:
    return [one.by for one in answers]
