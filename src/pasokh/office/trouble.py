"""Pages that say what is in the way, and what to do."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pasokh.sites.languages import spoken
from pasokh.words.say import say


def trouble(request: HttpRequest, kind: str, status: int, told: str = "") -> HttpResponse:
    """Answer with `office.trouble.<kind>`, as a page or, when asked for, as JSON."""
    title = say(spoken(), f"office.trouble.{kind}")
    mend = told or say(spoken(), f"office.trouble.{kind}.mend")
    if wants_json(request):
        problem = {"type": f"/problems/{kind}", "title": title, "detail": mend, "status": status}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    answer = render(request, "office/trouble.html", {"title": title, "mend": mend}, status=status)
    if status == 503:  # noqa: PLR2004 - an HTTP status is its own name
        answer["Retry-After"] = "3"
    return answer


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a desk asks, not a person."""
    return str(request.headers.get("Accept", "")).startswith("application/json")


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """Answer a form without its proof that it is ours."""
    return trouble(request, "form", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer for what is not here, or is nobody's business."""
    return trouble(request, "not_here", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours."""
    return trouble(request, "broken", 500)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer who may not."""
    return trouble(request, "forbidden", 403)
