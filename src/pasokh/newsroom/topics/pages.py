"""The topic programme for everybody, and what outlets do in it: propose, discuss, vote."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pasokh.newsroom.counties import counties, county_choices, county_name
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.signed_in import accredited_of, for_accredited, outlet_of
from pasokh.newsroom.topics import deeds
from pasokh.newsroom.topics.forms import ProposalForm, RemarkForm
from pasokh.newsroom.topics.models import ProposedTopic
from pasokh.newsroom.topics.profiles import county_seen
from pasokh.newsroom.topics.states import BOARD, OPEN, TopicState
from pasokh.newsroom.topics.told import days_told, line_of
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List every proposal with what became of it."""
    topics = ProposedTopic.objects.select_related("outlet").prefetch_related("steps")
    named = dict(county_choices())
    asked = {topic.county for topic in topics}
    shown: dict[str, Any] = {
        "lines": [line_of(one) for one in topics],
        "counties": [(code, name) for code, name in named.items() if code in asked],
        "others": [(code, name) for code, name in named.items() if code not in asked],
        "accredited": accredited_of(request) is not None,
        "signed_in": outlet_of(request) is not None,
    }
    return render(request, "newsroom/topics/proposals.html", shown)


@require_safe
def proposals_county(request: HttpRequest, county: str) -> HttpResponse:
    """Show a county's board, its profile, and what the profile suggests."""
    _known_county(county)
    rows = ProposedTopic.objects.filter(county=county).select_related("outlet")
    topics = list(rows.prefetch_related("steps"))
    by_state = [
        (state.value, [line_of(one) for one in topics if one.state == state.value])
        for state in BOARD
    ]
    seen = county_seen(county, instant_now())
    asked = {one.suggestion for one in topics if TopicState(one.state) in OPEN}
    shown: dict[str, Any] = {
        "code": county,
        "county": county_name(county, spoken()),
        "board": by_state,
        "any": bool(topics),
        "profile": seen.profile,
        "days": days_told(seen.profile.from_day, seen.profile.to_day),
        "kinds": seen.kinds(spoken()),
        "outlets": sorted(seen.profile.outlets.items()),
        "languages": seen.profile.languages,
        "suggestions": [
            one for one in seen.suggestions(spoken()) if one.suggestion_id not in asked
        ],
        "accredited": accredited_of(request) is not None,
    }
    return render(request, "newsroom/topics/county.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_accredited
def proposal_new(request: HttpRequest, outlet: Outlet) -> HttpResponse:
    """Propose a topic; a suggestion fills the form in, and the outlet says it in its own words."""
    now = instant_now()
    if request.method == "POST":
        form = ProposalForm(request.POST)
        if form.is_valid():
            speaker = deeds.Speaker(outlet=outlet)
            topic = deeds.propose(deeds.Proposal(**form.cleaned_data), speaker, now)
            return redirect("proposal", topic_id=topic.topic_id)
    else:
        form = ProposalForm(initial=begun_with(request, outlet.county))
    shown = {"form": form}
    status = 400 if form.errors else 200
    return render(request, "newsroom/topics/new.html", shown, status=status)


def begun_with(request: HttpRequest, usual_county: str) -> dict[str, str]:
    """Give what a form for a proposal begins with: a county, and a suggestion that was taken."""
    county = request.GET.get("county") or usual_county
    begun = {"county": county}
    wanted = request.GET.get("suggestion", "")
    if wanted and county in {one.code for one in counties()}:
        for one in county_seen(county, instant_now()).suggestions(spoken()):
            if one.suggestion_id == wanted:
                begun |= {"title": one.title, "why": one.reason, "suggestion": wanted}
    return begun


@require_safe
def proposal(request: HttpRequest, topic_id: str) -> HttpResponse:
    """Show a topic and its steps; to outlets also what was said and voted."""
    return _topic(request, get_object_or_404(ProposedTopic, topic_id=topic_id))


@require_POST
@for_accredited
def proposal_vote(request: HttpRequest, outlet: Outlet, topic_id: str) -> HttpResponse:
    """Say whether one wants a topic."""
    topic = get_object_or_404(ProposedTopic, topic_id=topic_id)
    wanted = request.POST.get("wanted") == "yes"
    refused = deeds.vote(topic, outlet, instant_now(), wanted=wanted)
    return _after(request, topic, refused)


@require_POST
@for_accredited
def proposal_remark(request: HttpRequest, outlet: Outlet, topic_id: str) -> HttpResponse:
    """Say something about a topic."""
    topic = get_object_or_404(ProposedTopic, topic_id=topic_id)
    form = RemarkForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    refused = deeds.remark(topic, words, deeds.Speaker(outlet=outlet), instant_now())
    return _after(request, topic, refused)


def _after(request: HttpRequest, topic: ProposedTopic, refused: str) -> HttpResponse:
    if refused:
        return _topic(request, topic, say(spoken(), f"proposals.refused.{refused}"))
    return redirect("proposal", topic_id=topic.topic_id)


def _topic(request: HttpRequest, topic: ProposedTopic, error: str = "") -> HttpResponse:
    outlet = accredited_of(request)
    shown: dict[str, Any] = {"line": line_of(topic), "steps": topic.steps.all(), "outlet": outlet}
    if outlet is not None:
        mine = topic.votes.filter(outlet=outlet).first()
        shown |= {
            "remarks": topic.remarks.select_related("outlet"),
            "votes": topic.votes.select_related("outlet"),
            "mine": None if mine is None else mine.wanted,
            "may_vote": topic.state == TopicState.PROPOSED.value,
            "may_speak": TopicState(topic.state) in OPEN,
            "remark_form": RemarkForm(),
            "error": error,
        }
    answer = render(request, "newsroom/topics/proposal.html", shown, status=400 if error else 200)
    if outlet is not None:
        answer["Cache-Control"] = "no-store"
    return answer


def _known_county(county: str) -> None:
    if county not in {one.code for one in counties()}:
        raise Http404
