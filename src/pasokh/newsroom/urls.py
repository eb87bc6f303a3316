"""The newsroom's addresses for everybody. Each room has its own below its name."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, path

from pasokh.newsroom.rooms import parts
from pasokh.sites.languages import SitePrefix


def newsroom(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Go to the front page in the usual language."""
    return redirect(f"/newsroom/{settings.PASOKH.language}/")


_PAGES = [page for room in parts("urls") for page in room.urlpatterns]
# What is the same in every language, and is read by programs.
_PLAIN = [page for room in parts("plain_urls") for page in room.urlpatterns]
urlpatterns = [
    path("newsroom/", newsroom, name="newsroom"),
    *_PLAIN,
    URLResolver(SitePrefix(), _PAGES),
]

handler400 = "pasokh.newsroom.trouble.broken_request"
handler403 = "pasokh.newsroom.trouble.forbidden"
handler404 = "pasokh.newsroom.trouble.not_found"
handler500 = "pasokh.newsroom.trouble.broken"
