"""The staff's pages of trust: complaints on their way to 197, and what callers wrote."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.trust.complaints import answer, figures, open_complaints, pass_on
from pasokh.newsroom.trust.models import ANSWER_MAX, NUMBER_MAX
from pasokh.newsroom.trust.survey import texts
from pasokh.sites.clock import instant_now


@require_safe
def complaints_desk(request: HttpRequest) -> HttpResponse:
    """List what is not answered, the oldest first."""
    _whole_province(request)
    return _listed(request)


@require_POST
def complaint_pass(request: HttpRequest, number: int) -> HttpResponse:
    """Note that 197 has it now."""
    _whole_province(request)
    said = request.POST.get("passed_as", "").strip()
    if not said or len(said) > NUMBER_MAX:
        return _listed(request, number, "newsroom.complaint.desk.needs_number")
    if not pass_on(number, said, request.user.person_id, instant_now()):
        return _listed(request, number, "newsroom.complaint.desk.done")
    return redirect("complaints-desk")


@require_POST
def complaint_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Note what 197 answered: its writer reads it by the code."""
    _whole_province(request)
    said = request.POST.get("answer", "").replace("\r\n", "\n").strip()
    if not said or len(said) > ANSWER_MAX:
        return _listed(request, number, "newsroom.complaint.desk.needs_answer")
    if not answer(number, said, request.user.person_id, instant_now()):
        return _listed(request, number, "newsroom.complaint.desk.done")
    return redirect("complaints-desk")


@require_safe
def survey_texts(request: HttpRequest) -> HttpResponse:
    """Show what callers wrote beside their answers: of a month, and of no call."""
    return render(request, "newsroom/trust/survey_texts.html", {"texts": texts()})


def _whole_province(request: HttpRequest) -> None:
    """Say that there is no such page to who works for one county: complaints name no county."""
    if request.user.county:
        raise Http404


def _listed(request: HttpRequest, number: int = 0, error: str = "") -> HttpResponse:
    shown: dict[str, Any] = {
        "complaints": open_complaints(),
        "counted": figures(instant_now()),
        "wrong": number,
        "error": error,
        "number_most": NUMBER_MAX,
        "answer_most": ANSWER_MAX,
    }
    return render(
        request, "newsroom/trust/complaints_desk.html", shown, status=400 if error else 200
    )
