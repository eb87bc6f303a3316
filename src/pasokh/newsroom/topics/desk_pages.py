"""The staff's pages about topics: propose, answer, and take each step with what it needs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pasokh.newsroom.counties import county_choices
from pasokh.newsroom.topics import deeds
from pasokh.newsroom.topics.forms import ASKED, ProposalForm, RemarkForm, TopicStepForm
from pasokh.newsroom.topics.models import ProposedTopic
from pasokh.newsroom.topics.pages import begun_with
from pasokh.newsroom.topics.profiles import county_seen
from pasokh.newsroom.topics.published_news import releases_out
from pasokh.newsroom.topics.states import OPEN, WRITTEN_IN, TopicState, next_steps
from pasokh.newsroom.topics.told import line_of
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say


@require_safe
def proposals_desk(request: HttpRequest) -> HttpResponse:
    """List the topics that wait for the office, then all; suggest some for a county."""
    lines = [line_of(one) for one in ProposedTopic.objects.prefetch_related("steps")]
    county = request.GET.get("county", "")
    known = county in dict(county_choices())
    shown = {
        "open": [line for line in lines if TopicState(line.topic.state) in OPEN],
        "lines": lines,
        "counties": county_choices(),
        "code": county,
        "suggestions": county_seen(county, instant_now()).suggestions(spoken()) if known else [],
    }
    return render(request, "newsroom/topics/desk.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_desk_new(request: HttpRequest) -> HttpResponse:
    """Propose a topic as the office."""
    if request.method == "POST":
        form = ProposalForm(request.POST)
        if form.is_valid():
            speaker = deeds.Speaker(person_id=request.user.person_id)
            topic = deeds.propose(deeds.Proposal(**form.cleaned_data), speaker, instant_now())
            return redirect("proposal-desk", topic_id=topic.topic_id)
    else:
        form = ProposalForm(initial=begun_with(request, ""))
    status = 400 if form.errors else 200
    return render(request, "newsroom/topics/desk_new.html", {"form": form}, status=status)


@require_safe
def proposal_desk(request: HttpRequest, topic_id: str) -> HttpResponse:
    """Show a topic, what outlets said, and the steps that may come next."""
    return _desk(request, get_object_or_404(ProposedTopic, topic_id=topic_id))


@require_POST
def proposal_desk_step(request: HttpRequest, topic_id: str, step: str) -> HttpResponse:
    """Take a step."""
    topic = get_object_or_404(ProposedTopic, topic_id=topic_id)
    if step not in {one.value for one in ASKED}:
        raise Http404
    form = TopicStepForm(request.POST)
    if not form.is_valid():
        return _desk(request, topic, step, str(next(iter(form.errors.values()))[0]))
    done = deeds.Stepped(step=TopicState(step), **form.cleaned_data)
    refused = deeds.take_step(topic_id, done, request.user.person_id, instant_now())
    return _after(request, topic, step, refused)


@require_POST
def proposal_desk_remark(request: HttpRequest, topic_id: str) -> HttpResponse:
    """Answer the outlets as the office."""
    topic = get_object_or_404(ProposedTopic, topic_id=topic_id)
    form = RemarkForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    speaker = deeds.Speaker(person_id=request.user.person_id)
    return _after(request, topic, "remark", deeds.remark(topic, words, speaker, instant_now()))


def _after(request: HttpRequest, topic: ProposedTopic, step: str, refused: str) -> HttpResponse:
    if refused:
        return _desk(request, topic, step, say(spoken(), f"proposals.refused.{refused}"))
    return redirect("proposal-desk", topic_id=topic.topic_id)


def _desk(
    request: HttpRequest, topic: ProposedTopic, step: str = "", error: str = ""
) -> HttpResponse:
    form = TopicStepForm(request.POST if error else None)
    state = TopicState(topic.state)
    shown: dict[str, Any] = {
        "line": line_of(topic),
        "steps": topic.steps.all(),
        "remarks": topic.remarks.select_related("outlet"),
        "votes": topic.votes.select_related("outlet"),
        "next": [(one.value, [form[name] for name in ASKED[one]]) for one in next_steps(state)],
        "to_write": state in WRITTEN_IN,
        "releases": releases_out(topic.county) if state is TopicState.PRODUCED else [],
        "may_speak": state in OPEN,
        "step": step,
        "error": error,
    }
    status = 400 if error else 200
    return render(request, "newsroom/topics/topic_desk.html", shown, status=status)
