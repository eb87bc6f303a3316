"""The letters of a demonstration, which nobody gets: a newcomer follows their links here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pasokh.newsroom.mail.deeds import letters_are_shown, newest_letters


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the newest, with their links; 404 wherever letters are somebody's."""
    if not letters_are_shown():
        raise Http404
    return render(request, "newsroom/mail/letters.html", {"letters": newest_letters()})
