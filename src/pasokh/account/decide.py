"""What follows from each command of the account floor."""

from pasokh.account import commands as c
from pasokh.account import events as e
from pasokh.account.decide_releases import DECIDE as RELEASES
from pasokh.account.definitions import CUTOFF, FigureVersion
from pasokh.account.figures import day_tally, figure_id, identity_residual
from pasokh.account.state import AccountState
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import iso_day, iso_instant, start_of


def _open_centre(state: AccountState, ask: c.OpenCentre, _moment: Moment) -> Decision:
    if state.opened_day is not None:
        return refuse(Reason.CENTRE_OPEN, centre=state.name)
    return [e.CentreOpened(ask.name, ask.utc_offset_minutes, ask.keep_days)]


def _figure_day(state: AccountState, ask: c.FigureDay, moment: Moment) -> Decision:
    refusal = _too_early(state, ask, moment) or _not_in_turn(state, ask)
    if refusal is not None:
        return refusal
    cutoff = moment.known_at
    counted = day_tally(state, ask.day, cutoff)
    residual = identity_residual(counted.tally)
    if residual:
        return refuse(Reason.IDENTITY_BROKEN, day=iso_day(ask.day), residual=residual)
    known = state.figures.get(ask.day)
    if ask.figure_version is FigureVersion.REVISED and known and known.tally == counted.tally:
        return refuse(Reason.FIGURE_UNCHANGED, day=iso_day(ask.day))
    return [
        e.DayFigured(
            day=ask.day,
            figure_version=ask.figure_version,
            cutoff=cutoff,
            figure_id=figure_id(ask.day, cutoff, counted.classes),
            tally=counted.tally,
            counties=counted.counties,
            reason=ask.reason,
        )
    ]


def _too_early(state: AccountState, ask: c.FigureDay, moment: Moment) -> Refusal | None:
    day = iso_day(ask.day)
    forgotten = state.forgotten_day is not None and ask.day <= state.forgotten_day
    if state.opened_day is None or ask.day < state.opened_day or forgotten:
        return refuse(Reason.DAY_UNKNOWN, day=day)
    ends = start_of(ask.day + 1, state.utc_offset_minutes)
    if moment.known_at < ends:
        return refuse(Reason.DAY_NOT_OVER, day=day)
    due = ends + CUTOFF[ask.figure_version]
    if moment.known_at < due:
        version = ask.figure_version.value
        return refuse(Reason.FIGURE_TOO_EARLY, day=day, version=version, due=iso_instant(due))
    return None


def _not_in_turn(state: AccountState, ask: c.FigureDay) -> Refusal | None:
    """A day's figure is provisional, then final, then revised as often as there is a reason."""
    day = iso_day(ask.day)
    known = state.figures.get(ask.day)
    made = None if known is None else known.figure_version
    if ask.figure_version is FigureVersion.REVISED:
        if made in {None, FigureVersion.PROVISIONAL}:
            return refuse(Reason.DAY_UNKNOWN, day=day)
        return None if ask.reason else refuse(Reason.NEEDS_REASON, day=day)
    if made in {ask.figure_version, FigureVersion.FINAL, FigureVersion.REVISED}:
        return refuse(Reason.DAY_ALREADY_FIGURED, day=day, version=made.value if made else "")
    return None


DECIDE: DecideTable = {c.OpenCentre: _open_centre, c.FigureDay: _figure_day, **RELEASES}
