"""How the line's own state changes: what it counted, and our count of its calls by their coming."""

from pasokh.answer import events_watch as e
from pasokh.answer.events import Channel
from pasokh.answer.line_counts import REMEMBERED, SLICE, differences, slice_of
from pasokh.answer.silence import HOURS_KEPT
from pasokh.answer.state import AnswerState, Call, CallCounts, LineWatch
from pasokh.core.machine import Fact, FoldTable
from pasokh.core.time import HOUR, Instant


def came(state: AnswerState, call: Call) -> None:
    """Count a call of a line where it came."""
    if not call.line or call.channel is not Channel.VOICE:
        return
    watch = _watch(state, call.line)
    number = slice_of(call.offered_at)
    if number not in watch.slices:
        _forget(watch, number - REMEMBERED // SLICE)
    watch.slices.setdefault(number, CallCounts()).offered += 1


def counted(state: AnswerState, call: Call) -> CallCounts:
    """Give the count that an outcome belongs to. Of a period that was compared it is a lost one."""
    watch = state.lines.get(call.line)
    found = None if watch is None else watch.slices.get(slice_of(call.offered_at))
    return found if found is not None and call.channel is Channel.VOICE else CallCounts()


def spoken_to(state: AnswerState, call: Call, at: Instant) -> None:
    """Count a call that somebody took up, in the hour in which that was."""
    if not call.line or call.channel is not Channel.VOICE or call.test:
        return
    heard, hour = state.heard, at // HOUR
    if hour not in heard.hours:
        heard.hours = {h: n for h, n in heard.hours.items() if h > hour - HOURS_KEPT}
    heard.hours[hour] = heard.hours.get(hour, 0) + 1
    heard.first_hour = hour if heard.first_hour is None else min(hour, heard.first_hour)
    heard.last_at = at if heard.last_at is None else max(at, heard.last_at)


def _fell_silent(state: AnswerState, event: e.CallsFellSilent, _fact: Fact) -> None:
    state.heard.silence = event


def _heard_again(state: AnswerState, _event: e.CallsHeardAgain, _fact: Fact) -> None:
    state.heard.silence = None


def _probed(state: AnswerState, event: e.ProbeReported, fact: Fact) -> None:
    probes = state.probes
    probes.last, probes.last_at = event, fact.at
    probes.missed = 0 if event.end is e.ProbeEnd.HEARD else probes.missed + 1


def _missed(state: AnswerState, event: e.ProbesMissed, _fact: Fact) -> None:
    state.probes.alarm = event.why


def _probes_heard(state: AnswerState, _event: e.ProbesHeard, _fact: Fact) -> None:
    state.probes.alarm = None


def _asked(state: AnswerState, event: e.ComparisonAsked, fact: Fact) -> None:
    _watch(state, event.line).asked_at = fact.known_at


def _compared(state: AnswerState, event: e.CountsCompared, _fact: Fact) -> None:
    watch = _watch(state, event.line)
    if watch.asked_at is not None and event.ended_at >= slice_of(watch.asked_at) * SLICE:
        watch.asked_at = None
    watch.compared = event
    _forget(watch, slice_of(event.ended_at))
    if differences(event):
        state.differences[event.comparison_id] = event


def _acknowledged(state: AnswerState, event: e.DifferenceAcknowledged, _fact: Fact) -> None:
    state.differences.pop(event.comparison_id, None)


def _watch(state: AnswerState, line: str) -> LineWatch:
    return state.lines.setdefault(line, LineWatch())


def _forget(watch: LineWatch, before: int) -> None:
    for number in [number for number in watch.slices if number < before]:
        del watch.slices[number]


FOLD: FoldTable = {
    e.ComparisonAsked: _asked,
    e.CountsCompared: _compared,
    e.DifferenceAcknowledged: _acknowledged,
    e.CallsFellSilent: _fell_silent,
    e.CallsHeardAgain: _heard_again,
    e.ProbeReported: _probed,
    e.ProbesMissed: _missed,
    e.ProbesHeard: _probes_heard,
}
