"""The definitions that are in force: what each published figure counts, by id and version.

A definition never changes: another rule is another version, and a series that goes over both
carries a mark. What each means in words stands in the catalogues of `words`, under its id.
"""

from enum import StrEnum

from msgspec import Struct

from pasokh.account.definitions import ABANDONED, CURRENT, OPERATIONAL, OUTSIDE, CallClass
from pasokh.account.disclosure.histogram import (
    ANSWERING_SECONDS,
    ARRIVAL_SECONDS,
    DISPATCH_SECONDS,
)
from pasokh.account.expressions import CountOf, Expression, Only, QuantilesOf, ShareOf, Table
from pasokh.core.time import Day
from pasokh.dispatch.events import Outcome


class Measure(StrEnum):
    """What a figure is measured in. A percentage is given in hundredths, halves up."""

    CALLS = "calls"
    INCIDENTS = "incidents"
    MISSIONS = "missions"
    PERCENT = "percent"
    MILLISECONDS = "milliseconds"


class Disclosure(StrEnum):
    """How much of a figure is public (docs/reference: disclosure)."""

    # By county and type, small cells rolled up.
    ROLLED_UP = "rolled_up"
    # For the province alone.
    PROVINCE = "province"


class FigureDefinition(Struct, frozen=True):
    """One rule by which a figure is made.

    `by`: the columns by which it may be split. `of_classes`: the version of the rules by which
    calls have their classes (`definitions.Definition`). `from_day`: the first day whose figures
    are made by this version.
    """

    definition_id: str
    expression: Expression
    unit: Measure
    by: tuple[str, ...] = ()
    version: str = "1.0"
    disclosure: Disclosure = Disclosure.PROVINCE
    of_classes: str = CURRENT.version
    from_day: Day = 0

    @property
    def name(self) -> str:
        """The id with its version: `operational-share/1.0`."""
        return f"{self.definition_id}/{self.version}"


class BoundDefinition(Struct, frozen=True):
    """A time as it is published: how long at most, by the end of a bin of a table.

    `of`: the time, whose base is counted whole: what it knows no span of is among the longest.
    Bins end at `edges_seconds`, and are merged until each holds enough calls.
    """

    definition_id: str
    of: str
    edges_seconds: tuple[int, ...]
    version: str = "1.0"

    @property
    def name(self) -> str:
        """The id with its version."""
        return f"{self.definition_id}/{self.version}"


def _classes(*names: CallClass) -> Only:
    return Only("call_class", among=tuple(name.value for name in names))


_ANSWERED = tuple(name for name in CallClass if name not in {*ABANDONED, *OUTSIDE})
_OFFERED = tuple(name for name in CallClass if name not in OUTSIDE)
_PLACE = ("county", "incident_type", "hour")


def _share(
    definition_id: str, part: Only, base: Only, by: tuple[str, ...] = _PLACE
) -> FigureDefinition:
    expression = ShareOf(Table.CALLS, base=(base,), part=(part,))
    return FigureDefinition(definition_id, expression, Measure.PERCENT, by)


def _of_class(definition_id: str, *names: CallClass) -> FigureDefinition:
    """A class's share of the answered calls, with the rows by county and type behind it."""
    expression = ShareOf(Table.CALLS, base=(_classes(*_ANSWERED),), part=(_classes(*names),))
    rolled = Disclosure.ROLLED_UP
    return FigureDefinition(definition_id, expression, Measure.PERCENT, _PLACE, disclosure=rolled)


def _count(definition_id: str, *names: CallClass) -> FigureDefinition:
    expression = CountOf(Table.CALLS, base=(_classes(*names),))
    rolled = Disclosure.ROLLED_UP
    return FigureDefinition(definition_id, expression, Measure.CALLS, _PLACE, disclosure=rolled)


_MORE = {Table.CALLS: (), Table.INCIDENTS: ("priority",), Table.MISSIONS: ("capability",)}


def _time(definition_id: str, table: Table, column: str, *base: Only) -> FigureDefinition:
    by = (*_PLACE, *_MORE[table])
    return FigureDefinition(
        definition_id, QuantilesOf(table, base, column), Measure.MILLISECONDS, by
    )


_PUBLIC_INCIDENT = (Only("public", among=(True,)), Only("test", among=(False,)))
_ONCE = Only("regraded", at_most=0)
_REGRADED = Only("regraded", at_least=1)

DEFINITIONS: tuple[FigureDefinition, ...] = (
    _count("calls-offered", *_OFFERED),
    _count("calls-answered", *_ANSWERED),
    _count("calls-abandoned", *ABANDONED),
    _count("calls-repeated", CallClass.OPERATIONAL_REPEAT),
    _count("calls-nuisance", CallClass.NUISANCE, CallClass.HOAX),
    # The headline and its rivals.
    _of_class("operational-share", *OPERATIONAL),
    _of_class("first-only-share", CallClass.OPERATIONAL_FIRST),
    _share("operational-of-offered", _classes(*OPERATIONAL), _classes(*_OFFERED)),
    FigureDefinition(
        "confirmed-share",
        ShareOf(
            Table.MISSIONS, base=(), part=(Only("outcome", among=(Outcome.FOUNDED.value,)),)
        ),
        Measure.PERCENT,
        (*_PLACE, "capability"),
    ),
    _of_class("pending-share", CallClass.PENDING),
    _share("repeat-share", _classes(CallClass.OPERATIONAL_REPEAT), _classes(*OPERATIONAL)),
    # What became of the others.
    _of_class("handed-off-share", CallClass.HANDED_OFF),
    _of_class("advice-share", CallClass.ADVICE),
    _of_class("recorded-share", CallClass.RECORDED),
    _of_class("irrelevant-share", CallClass.IRRELEVANT),
    _of_class("silent-share", CallClass.SILENT),
    _of_class("nuisance-share", CallClass.NUISANCE, CallClass.HOAX),
    _share("recoded-share", Only("recoded", among=(True,)), _classes(*_ANSWERED)),
    # Answering.
    _share(
        "answered-in-time",
        Only("answer_ms", at_most=CURRENT.answer_within),
        _classes(*_OFFERED),
    ),
    _share("abandoned-share", _classes(*ABANDONED), _classes(*_OFFERED)),
    _share("called-back-share", Only("reached", among=(True,)), _classes(*_OFFERED)),
    _time("answering-time", Table.CALLS, "answer_ms", _classes(*_OFFERED)),
    # From the answer to the unit on scene.
    _time("dispatch-time", Table.CALLS, "dispatch_ms", _classes(CallClass.OPERATIONAL_FIRST)),
    _time("arrival-time", Table.CALLS, "arrival_ms", _classes(CallClass.OPERATIONAL_FIRST)),
    _time("graded-dispatch-time", Table.INCIDENTS, "graded_ms", *_PUBLIC_INCIDENT),
    # A clock that starts at the last of several grades is shorter, so these stand apart.
    _time("once-graded-dispatch-time", Table.INCIDENTS, "graded_ms", *_PUBLIC_INCIDENT, _ONCE),
    _time("regraded-dispatch-time", Table.INCIDENTS, "graded_ms", *_PUBLIC_INCIDENT, _REGRADED),
    FigureDefinition(
        "regraded-share",
        ShareOf(Table.INCIDENTS, base=_PUBLIC_INCIDENT, part=(_REGRADED,)),
        Measure.PERCENT,
        (*_PLACE, "priority"),
    ),
    _time("acknowledge-time", Table.MISSIONS, "acknowledge_ms"),
    _time("turnout-time", Table.MISSIONS, "turnout_ms"),
    _time("mission-arrival-time", Table.MISSIONS, "arrival_ms"),
    _time("mission-time", Table.MISSIONS, "cleared_ms"),
)  # fmt: skip

BOUNDS = (
    BoundDefinition("answering-time-bound", "answering-time/1.0", ANSWERING_SECONDS),
    BoundDefinition("dispatch-time-bound", "dispatch-time/1.0", DISPATCH_SECONDS),
    BoundDefinition("arrival-time-bound", "arrival-time/1.0", ARRIVAL_SECONDS),
)
PUBLISHED: tuple[FigureDefinition | BoundDefinition, ...] = (*DEFINITIONS, *BOUNDS)


def definition_of(name: str) -> FigureDefinition | None:
    """Find a definition by its id with version; None when it was never in force."""
    return next((one for one in DEFINITIONS if one.name == name), None)
