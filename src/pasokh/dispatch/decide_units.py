"""Units: which exist, and how their shift stands."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.finding import unit_busy
from pasokh.dispatch.state import DispatchState, Unit


def _register(state: DispatchState, ask: c.RegisterUnit, _moment: Moment) -> Decision:
    known = state.units.get(ask.unit_id)
    # One that was retired may serve again.
    if known is not None and not known.retired:
        return refuse(Reason.UNIT_EXISTS, unit=ask.unit_id)
    return [e.UnitRegistered(ask.unit_id, ask.station, ask.county, ask.capabilities, ask.call_sign)]


def _change(state: DispatchState, ask: c.ChangeUnit, _moment: Moment) -> Decision:
    unit = _serving(state, ask.unit_id)
    if isinstance(unit, Refusal):
        return unit
    asked = (ask.call_sign, ask.station, ask.county, ask.capabilities)
    if (unit.call_sign, unit.station, unit.county, unit.capabilities) == asked:
        return refuse(Reason.UNIT_UNCHANGED, unit=ask.unit_id)
    return [e.UnitChanged(ask.unit_id, *asked)]


def _set_state(state: DispatchState, ask: c.SetUnitState, _moment: Moment) -> Decision:
    unit = _serving(state, ask.unit_id)
    if isinstance(unit, Refusal):
        return unit
    secondary = tuple(sorted(set(ask.secondary)))
    if (unit.availability, unit.secondary) == (ask.availability, secondary):
        return refuse(Reason.UNIT_UNCHANGED, unit=ask.unit_id)
    return [e.UnitStateSet(ask.unit_id, ask.availability, secondary)]


def _retire(state: DispatchState, ask: c.RetireUnit, _moment: Moment) -> Decision:
    unit = _serving(state, ask.unit_id)
    if isinstance(unit, Refusal):
        return unit
    if unit.missions:
        return unit_busy(state, unit)
    return [e.UnitRetired(ask.unit_id, ask.reason)]


def _serving(state: DispatchState, unit_id: str) -> Unit | Refusal:
    unit = state.units.get(unit_id)
    if unit is None:
        return refuse(Reason.UNIT_UNKNOWN, unit=unit_id)
    if unit.retired:
        return refuse(Reason.UNIT_RETIRED, unit=unit_id)
    return unit


DECIDE: DecideTable = {
    c.RegisterUnit: _register,
    c.ChangeUnit: _change,
    c.SetUnitState: _set_state,
    c.RetireUnit: _retire,
}
