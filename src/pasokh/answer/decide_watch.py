"""What follows when the line itself is looked at."""

from pasokh.answer import commands_watch as c
from pasokh.answer import events_watch as e
from pasokh.answer.line_counts import counts_between
from pasokh.answer.state import AnswerState, LineWatch
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, refuse


def _ask(state: AnswerState, ask: c.AskComparison, _moment: Moment) -> Decision:
    watch = state.lines.get(ask.line)
    if watch is not None and watch.asked_at is not None:
        return refuse(Reason.COMPARISON_ASKED, line=ask.line)
    return [e.ComparisonAsked(ask.line)]


def _compare(state: AnswerState, ask: c.CompareCounts, _moment: Moment) -> Decision:
    watch = state.lines.get(ask.line, LineWatch())
    before = 0 if watch.compared is None else watch.compared.ended_at
    if not before <= ask.began_at <= ask.ended_at:
        return refuse(Reason.PERIOD_COMPARED, line=ask.line)
    return [
        e.CountsCompared(
            ask.comparison_id,
            ask.line,
            ask.boot_at,
            ask.began_at,
            ask.ended_at,
            ask.switch,
            counts_between(watch, ask.began_at, ask.ended_at),
            counts_between(watch, before, ask.began_at).offered,
        )
    ]


def _acknowledge(state: AnswerState, ask: c.AcknowledgeDifference, _moment: Moment) -> Decision:
    if ask.comparison_id not in state.differences:
        return refuse(Reason.DIFFERENCE_UNKNOWN, comparison=ask.comparison_id)
    return [e.DifferenceAcknowledged(ask.comparison_id, ask.reason)]


def _silence(state: AnswerState, ask: c.MarkSilence, _moment: Moment) -> Decision:
    if state.heard.silence is not None or state.heard.last_at != ask.since:
        return refuse(Reason.SILENCE_OVER)
    return [e.CallsFellSilent(ask.since, ask.hourly_tenths, ask.days)]


def _end_silence(state: AnswerState, _ask: c.EndSilence, _moment: Moment) -> Decision:
    heard = state.heard
    if heard.silence is None or heard.last_at is None or heard.last_at <= heard.silence.since:
        return refuse(Reason.SILENCE_OVER)
    return [e.CallsHeardAgain(heard.silence.since, heard.last_at)]


def _probe(state: AnswerState, ask: c.ReportProbe, _moment: Moment) -> Decision:
    last = state.probes.last
    if last is not None and last.probe_id == ask.probe_id:
        return refuse(Reason.PROBE_TOLD, probe=ask.probe_id)
    return [e.ProbeReported(ask.probe_id, ask.end, ask.ring_ms, ask.code)]


def _probes_missed(state: AnswerState, ask: c.MarkProbesMissed, _moment: Moment) -> Decision:
    if state.probes.alarm is not None:
        return refuse(Reason.PROBES_MISSED)
    return [e.ProbesMissed(ask.why)]


def _end_missed(state: AnswerState, _ask: c.EndProbesMissed, _moment: Moment) -> Decision:
    probes = state.probes
    if probes.alarm is None or probes.last is None or probes.missed:
        return refuse(Reason.PROBES_MISSED)
    return [e.ProbesHeard()]


DECIDE: DecideTable = {
    c.AskComparison: _ask,
    c.CompareCounts: _compare,
    c.AcknowledgeDifference: _acknowledge,
    c.MarkSilence: _silence,
    c.EndSilence: _end_silence,
    c.ReportProbe: _probe,
    c.MarkProbesMissed: _probes_missed,
    c.EndProbesMissed: _end_missed,
}
