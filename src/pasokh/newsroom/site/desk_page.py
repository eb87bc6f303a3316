"""What the press office sees of the site: who read before the hour."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pasokh.newsroom.site.embargo import reads_before_the_hour


@require_safe
def embargo_reads(request: HttpRequest) -> HttpResponse:
    """List the readings under embargo, each with its outlet, release and hour."""
    shown = {"reads": reads_before_the_hour()}
    return render(request, "newsroom/site/embargo_reads.html", shown)
