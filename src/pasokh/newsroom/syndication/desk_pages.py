"""The staff's page of deliveries: who is brought feeds and events, how it went, and two deeds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.syndication.deliveries import (
    end_event_address,
    end_feed,
    event_receivers,
    feed_receivers,
    try_events_again,
    try_feed_again,
)
from pasokh.sites.clock import instant_now

_DEEDS = {
    ("feed", "again"): try_feed_again,
    ("feed", "end"): end_feed,
    ("events", "again"): try_events_again,
    ("events", "end"): end_event_address,
}


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """List the receivers of events and of feeds."""
    page, feeds = feed_receivers(request.GET.get("page"))
    shown = {
        "page": page,
        "tables": [("events", event_receivers()), ("feed", feeds)],
    }
    return render(request, "newsroom/syndication/deliveries.html", shown)


@require_POST
def delivery_step(request: HttpRequest, kind: str, key: int, step: str) -> HttpResponse:  # noqa: ARG001 - a view
    """Try it again at once, or end it."""
    deed = _DEEDS.get((kind, step))
    if deed is None or not deed(key, instant_now()):
        raise Http404
    return redirect("deliveries")
