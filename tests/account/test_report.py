from collections.abc import Sequence

from pasokh.account.definitions import FigureVersion
from pasokh.account.events import CentreOpened, DayFigured, Tally
from pasokh.account.fold import FOLD
from pasokh.account.report import LogReport, ReportFold
from pasokh.account.report_rules import DESK_DEALT_WITH, DESK_TOOK_UP, ReportRules, Rival
from pasokh.account.state import AccountState
from pasokh.answer import events as a
from pasokh.core.machine import Event, Fact
from pasokh.core.time import DAY, MINUTE
from pasokh.dispatch import events as d

DAYS = 20_000  # 2024-10-04, a Friday
START = DAYS * DAY


def told(*happened: tuple[int, Event], rules: ReportRules | None = None) -> LogReport:
    """Fold events given with their minute of the first day."""
    state = AccountState()

    def fold(fact: Fact) -> None:
        step = FOLD.get(type(fact.event))
        if step is not None:
            step(state, fact.event, fact)

    report = ReportFold(rules or ReportRules("min", MINUTE), state, fold)
    events = [(0, CentreOpened("made up")), *happened]
    for seq, (minute, event) in enumerate(events, 1):
        at = START + minute * MINUTE
        report.take(Fact(seq, at, at, "machine:test", None, f"c-{seq}", event))
    return report.report()


def call(name: str, minute: int = 0, **more: object) -> list[tuple[int, Event]]:
    return [(minute, a.CallOffered(name, **more)), (minute, a.CallAnswered(name))]


def mission(name: str, *steps: tuple[int, type[Event]], known: bool = True) -> Sequence:
    return [
        (0, d.IncidentOpened(name, "noise")),
        (0, a.CallLinked(name, name)),
        (0, d.MissionCreated(name, name, "u")),
        *((minute, step(name, time_known=known)) for minute, step in steps),
    ]


SENT = (
    (3, d.MissionDispatched),
    (4, d.MissionEnRoute),
    (9, d.MissionOnScene),
    (30, d.MissionCleared),
)


def test_a_mission_gives_every_interval_between_its_steps() -> None:
    report = told(*call("i"), *mission("i", *SENT), (40, d.IncidentClosed("i", "done")))
    assert {name: interval.mean for name, interval in report.intervals.items()} == {
        "received_to_dispatched": 3,
        "dispatched_to_en_route": 1,
        "en_route_to_arrived": 5,
        "dispatched_to_arrived": 6,
        "received_to_arrived": 9,
        "arrived_to_cleared": 21,
        "dispatched_to_cleared": 27,
        "received_to_closed": 40,
    }
    assert (report.operational, report.operational_share_percent) == (1, 100.0)


def test_a_step_at_an_unknown_time_counts_and_is_in_no_interval() -> None:
    report = told(
        *call("i"),
        *mission("i", *SENT, known=False),
        (40, d.IncidentClosed("i", "done", time_known=False)),
    )
    assert report.operational == 1
    assert report.intervals == {}


def test_the_caller_s_wait_is_measured_once_however_many_units_come() -> None:
    second = [
        (1, d.MissionCreated("i:2", "i", "v")),
        (5, d.MissionDispatched("i:2")),
        (6, d.MissionOnScene("i:2")),
    ]
    report = told(*call("i"), *mission("i", *SENT[:1]), *second)
    assert report.intervals["received_to_dispatched"].n == 1
    assert report.intervals["dispatched_to_arrived"].mean == 1


def test_calls_of_agencies_are_in_no_share_and_no_interval() -> None:
    report = told(*call("i", origin=a.Origin.AGENCY), *mission("i", *SENT))
    assert (report.calls, report.public, report.classes) == (1, 0, {"S": 1})
    assert report.operational_share_percent is None
    assert report.intervals == {}


def test_a_share_of_nothing_known_is_no_share_and_says_why() -> None:
    report = told(*call("i"), *call("j"), rules=ReportRules(unknown_reason="it is not said"))
    assert (report.operational, report.operational_share_percent) == (0, None)
    assert report.operational_share_reason == (
        "of none of the 2 calls is the ending known: it is not said"
    )
    assert report.rivals == []


def test_endings_are_told_by_kind_code_and_reason() -> None:
    report = told(
        *call("i"),
        *call("j"),
        *call("k"),
        *call("l"),
        (5, a.CallClassed("i", a.CallCode.ADVICE, "desk_settled: told to wait")),
        (5, a.CallClassed("j", a.CallCode.RECORDED, "duplicate: of another")),
        (5, a.CallClassed("k", a.CallCode.IRRELEVANT, "asked for the time")),
        (0, d.IncidentOpened("l")),
        (0, a.CallLinked("l", "l")),
        (5, d.IncidentClosed("l", "unknown: the page was lost")),
    )
    assert sorted((e.kind, e.code, e.reason, e.share_percent) for e in report.endings) == [
        ("desk_settled", "V", "told to wait", 25.0),
        ("duplicate", "R", "of another", 25.0),
        ("other", "X", "asked for the time", 25.0),
        ("unknown", "P", "the page was lost", 25.0),
    ]


def test_an_abandoned_call_that_was_reached_is_answered_by_result() -> None:
    report = told(
        (0, a.CallOffered("i")),
        (1, a.CallAbandoned("i")),
        (2, a.CallBackMade("i", reached=True)),
        (0, a.CallOffered("j")),
        (1, a.CallAbandoned("j")),
        *mission("i", *SENT),
    )
    assert (report.public, report.answered, report.operational) == (2, 1, 1)
    assert (report.abandoned, report.called_back, report.abandoned_operational) == (2, 1, 1)


def test_the_desk_s_stamps_are_told_apart_from_the_units() -> None:
    report = told(
        *call("i"),
        *mission("i", *SENT),
        *call("j"),
        (1, a.AdviceGiven("j", DESK_TOOK_UP)),
        (2, a.AdviceGiven("j", DESK_DEALT_WITH)),
        (2, a.CallClassed("j", a.CallCode.ADVICE, "desk_settled: told")),
    )
    assert report.intervals["received_to_arrived"].n == 2
    assert report.intervals["received_to_arrived_by_units"].n == 1
    stamped = {rival.name: rival.operational for rival in report.rivals}
    assert stamped == {"stamped_dispatched": 2, "stamped_arrived": 2}


def test_rivals_read_the_same_log_otherwise() -> None:
    rules = ReportRules(
        rivals=(
            Rival("no noise", "without noise", without_types=frozenset({"noise"})),
            Rival("lost", "lost ones unknown", taken_as_unknown=frozenset({"lost"})),
            Rival("told", "told ones sent", taken_as_sent=frozenset({"cancelled: told"})),
        )
    )
    report = told(
        *call("i"),
        *mission("i", *SENT),
        (40, d.IncidentClosed("i", "lost")),
        *call("j"),
        (5, a.CallClassed("j", a.CallCode.ADVICE, "cancelled: told")),
        rules=rules,
    )
    read = {rival.name: (rival.operational, rival.of) for rival in report.rivals}
    assert read["no noise"] == (0, 1)
    assert read["lost"] == (0, 2)
    assert read["told"] == (2, 2)
    assert report.operational_share_percent == 50.0


def test_weeks_begin_on_monday() -> None:
    friday_to_monday = 3 * 24 * 60
    report = told(
        *call("i"),
        *mission("i", *SENT),
        *call("j", friday_to_monday - 1),
        *call("k", friday_to_monday),
    )
    weekly = report.weekly
    assert weekly is not None
    assert (weekly.weeks, weekly.highest_percent, weekly.lowest_percent) == (2, 50.0, 0.0)
    assert (weekly.highest_week, weekly.lowest_week) == ("2024-09-30", "2024-10-07")


def test_the_report_says_when_it_does_not_agree_with_the_figures_of_the_log() -> None:
    def figured(**classes: int) -> tuple[int, DayFigured]:
        tally = Tally(classes=classes, offered=1)
        due = 9 * 24 * 60
        return due, DayFigured(DAYS, FigureVersion.FINAL, START + due * MINUTE, "id", tally)

    assert told(*call("i"), figured(P=1)).figures_agree
    assert not told(*call("i"), figured(V=1)).figures_agree
