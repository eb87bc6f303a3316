"""The question desk as the press office sees it: what is late first."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.questions import deeds
from pasokh.newsroom.questions.forms import AnswerForm, FurtherForm, RefusalForm
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.newsroom.questions.public_pages import told_times
from pasokh.newsroom.questions.spans import told_span
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_SETTLED_SHOWN = 50
_FORMS: dict[str, type[forms.Form]] = {
    "own": forms.Form,
    "answer": AnswerForm,
    "further": FurtherForm,
    "refuse": RefusalForm,
}


@require_safe
def questions_desk(request: HttpRequest) -> HttpResponse:
    """List what waits, what is due first at the top; then what was settled."""
    now = instant_now()
    waiting = PressQuestion.objects.filter(answered_at=None, refused_at=None)
    settled = PressQuestion.objects.exclude(answered_at=None, refused_at=None)
    shown = {
        "waiting": [
            (one, told_span(spoken(), now - one.due_at) if one.due_at < now else "")
            for one in waiting.order_by("due_at", "pk")
        ],
        "settled": settled.order_by("-asked_at", "-pk")[:_SETTLED_SHOWN],
        **told_times(now),
    }
    return render(request, "newsroom/questions/desk.html", shown)


@require_safe
def question_desk(request: HttpRequest, question_id: int) -> HttpResponse:
    """Show a question with what may be done about it."""
    return _shown(request, get_object_or_404(PressQuestion, pk=question_id))


@require_POST
def question_step(request: HttpRequest, question_id: int, step: str) -> HttpResponse:
    """Take it, answer it, add to the answer, or refuse it."""
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
    elif step == "refuse":
        deeds.refuse(question_id, typed["reason"], by=by, now=now)
    else:
        told_as = typed.get("told_as", "")
        deeds.answer(question_id, typed["text"], told_as, spoken(), by=by, now=now)


def _shown(
    request: HttpRequest, found: PressQuestion, step: str = "", typed: forms.Form | None = None
) -> HttpResponse:
    now = instant_now()
    settled = found.answered_at is not None or found.refused_at is not None
    shown: dict[str, Any] = {
        "question": found,
        "answers": found.answers.order_by("pk"),
        "settled": settled,
        "late": "" if settled or found.due_at >= now else told_span(spoken(), now - found.due_at),
        "own": found.owner == request.user.person_id,
        "forms": {
            name: typed if name == step else kind(auto_id=f"{name}-%s")
            for name, kind in _FORMS.items()
        },
    }
    return render(request, "newsroom/questions/one.html", shown, status=400 if step else 200)
