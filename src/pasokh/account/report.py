"""The report on a stretch of log: what the calls became, how long the steps took, rival readings.

Folded from the log's facts alone, by the same rules as the published figures. Memory holds the
calls whose day is not final yet, and eight bytes for each interval.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from msgspec import Struct

from pasokh.account.classes import classes_of
from pasokh.account.definitions import ABANDONED, OPERATIONAL, OUTSIDE, CallClass, FigureVersion
from pasokh.account.disclosure.rows import SIDE_OF
from pasokh.account.events import DayFigured
from pasokh.account.figures import percent
from pasokh.account.intervals import Interval
from pasokh.account.report_calls import CallNotes
from pasokh.account.report_rules import (
    DISPATCHED,
    KINDS_CODED,
    NO_UNIT_BUT_KNOWN,
    UNKNOWN,
    ReportRules,
)
from pasokh.account.report_steps import StepTimes
from pasokh.account.rivals import ReadingCell, Rivals, RivalShare
from pasokh.account.state import AccountState
from pasokh.core.ids import CallId
from pasokh.core.machine import Fact
from pasokh.core.time import Day, Instant, iso_day

_WEEK = 7
_MONDAY = 4  # 1970-01-05 was a Monday, and days count from 1970-01-01


class CallEnding(Struct, frozen=True):
    """What became of calls: `kind` of ending, class code, reason, how many public calls."""

    kind: str
    code: str
    reason: str
    count: int
    share_percent: float | None


class WeeklyRange(Struct, frozen=True):
    """The lowest and highest weekly share, in percent, and the Mondays of those weeks."""

    weeks: int
    lowest_percent: float
    lowest_week: str
    highest_percent: float
    highest_week: str


class LogReport(Struct, frozen=True):
    """What a log says. Shares in percent of public answered calls unless named otherwise."""

    calls: int
    public: int
    answered: int
    operational: int
    operational_share_percent: float | None
    operational_share_reason: str
    classes: dict[str, int]
    endings: list[CallEnding]
    kinds: dict[str, int]
    abandoned: int
    abandoned_operational: int
    called_back: int
    rivals: list[RivalShare]
    readings: list[ReadingCell]
    weekly: WeeklyRange | None
    intervals: dict[str, Interval]
    figures_agree: bool
    notes: tuple[str, ...]


class ReportFold:
    """Takes the facts of a log in their order and gives the report at its end."""

    def __init__(
        self, rules: ReportRules, state: AccountState, fold: Callable[[Fact], None]
    ) -> None:
        """Begin with nothing known. `fold` takes a fact into `state` as the machine does."""
        self._rules = rules
        self._state = state
        self._fold = fold
        self._notes = CallNotes()
        self._steps = StepTimes(rules)
        self._rivals = Rivals(rules)
        self._classes: Counter[CallClass] = Counter()
        self._final: Counter[str] = Counter()
        self._endings: Counter[tuple[str, str, str]] = Counter()
        self._weeks: dict[int, list[int]] = {}
        self._abandoned: Counter[str] = Counter()
        self._known_at: Instant = 0

    def take(self, fact: Fact) -> None:
        """Fold one fact."""
        self._known_at = fact.known_at
        event = fact.event
        if isinstance(event, DayFigured):
            self._count_final(event)
        self._fold(fact)
        self._notes.take(fact)
        self._steps.take(fact)

    def report(self) -> LogReport:
        """Count what is left and give the report. Call it once, after the last fact."""
        for day in sorted(self._state.calls_of_day):
            self._count_day(day, self._known_at)
        classes = self._classes
        public = classes.total() - self._sum(OUTSIDE)
        answered = public - self._sum(ABANDONED)
        operational = self._sum(OPERATIONAL)
        known = answered > classes[CallClass.PENDING]
        rivals = self._rivals.shares(operational, known=known)
        return LogReport(
            calls=classes.total(),
            public=public,
            answered=answered,
            operational=operational,
            operational_share_percent=percent(operational, answered) if known else None,
            operational_share_reason=self._why_no_share(answered, known=known),
            classes=self._class_counts(),
            endings=self._ending_rows(public),
            kinds=self._kinds(),
            abandoned=self._abandoned["offered"],
            abandoned_operational=self._abandoned["operational"],
            called_back=self._abandoned["reached"],
            rivals=rivals,
            readings=self._rivals.cells(rivals),
            weekly=self._weekly(known=known),
            intervals=self._steps.intervals(),
            figures_agree=dict(self._final) == self._class_counts(),
            notes=self._rules.notes,
        )

    def _sum(self, names: Iterable[CallClass]) -> int:
        return sum(self._classes[name] for name in names)

    def _class_counts(self) -> dict[str, int]:
        return {name.value: self._classes[name] for name in CallClass if self._classes[name]}

    def _count_final(self, event: DayFigured) -> None:
        """Count a day when its figure becomes final: after that the floor forgets old days."""
        if event.figure_version is FigureVersion.FINAL:
            self._final.update(event.tally.classes)
            for day in sorted(d for d in self._state.calls_of_day if d <= event.day):
                self._count_day(day, event.cutoff)

    def _count_day(self, day: Day, cutoff: Instant) -> None:
        state = self._state
        day_calls = state.calls_of_day[day]
        counted = self._notes.uncounted(day_calls)
        for call_id, name in classes_of(state, counted, cutoff).items():
            self._count_call(day, call_id, name)

    def _count_call(self, day: Day, call_id: CallId, name: CallClass) -> None:
        call = self._state.calls[call_id]
        notes = self._notes.pop(call_id, call.incident_id)
        stamps = self._steps.stamps_of(call_id)
        self._steps.forget(call_id)
        self._classes[name] += 1
        if name in OUTSIDE:
            return
        operational = name in OPERATIONAL
        if name not in ABANDONED:
            week = self._weeks.setdefault((day - _MONDAY) // _WEEK, [0, 0])
            week[0] += 1
            week[1] += operational
        if call.answered_at is None and call.ended_at is not None:
            self._abandoned["offered"] += 1
            self._abandoned["reached"] += call.reached
            self._abandoned["operational"] += operational
        ending = self._ending_of(name, notes.reason, notes.disposition)
        self._endings[ending] += 1
        self._rivals.count(notes, SIDE_OF[name], stamps, unknown=ending[0] == UNKNOWN)

    def _ending_of(self, name: CallClass, reason: str, disposition: str) -> tuple[str, str, str]:
        if name in OPERATIONAL:
            return DISPATCHED, name.value, ""
        if name in ABANDONED:
            return "abandoned", name.value, "never reached"
        if name is CallClass.PENDING:
            kind, _, words = disposition.partition(": ")
            return UNKNOWN, name.value, words if kind == UNKNOWN else self._rules.unknown_reason
        kind, _, words = reason.partition(": ")
        if kind in KINDS_CODED:
            return kind, name.value, words
        return NO_UNIT_BUT_KNOWN, name.value, reason

    def _ending_rows(self, public: int) -> list[CallEnding]:
        order = sorted(self._endings.items(), key=lambda item: (-item[1], item[0]))
        return [CallEnding(*key, count, percent(count, public)) for key, count in order]

    def _kinds(self) -> dict[str, int]:
        kinds: Counter[str] = Counter()
        for (kind, _, _), count in self._endings.items():
            kinds[kind] += count
        return dict(kinds.most_common())

    def _weekly(self, *, known: bool) -> WeeklyRange | None:
        shares = {
            iso_day(week * _WEEK + _MONDAY): 100 * operational / answered
            for week, (answered, operational) in sorted(self._weeks.items())
        }
        if not shares or not known:
            return None
        lowest = min(shares, key=lambda monday: shares[monday])
        highest = max(shares, key=lambda monday: shares[monday])
        return WeeklyRange(
            len(shares), round(shares[lowest], 2), lowest, round(shares[highest], 2), highest
        )

    def _why_no_share(self, answered: int, *, known: bool) -> str:
        if not answered:
            return "no public call was answered: there is nothing to take a share of"
        if not known:
            return (
                f"of none of the {answered} calls is the ending known: {self._rules.unknown_reason}"
            )
        return ""
