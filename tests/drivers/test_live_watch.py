"""When the switch's count is asked for, and when what it says is believed."""

import asyncio

from pasokh.answer.commands import AnswerCall, OfferCall
from pasokh.answer.commands_watch import AskComparison, ReportProbe
from pasokh.answer.events_watch import CountsCompared, LineCounts, ProbeEnd
from pasokh.answer.line_counts import slice_of
from pasokh.answer.probes import ProbeRule, probes_missed
from pasokh.answer.silence import SilenceRule
from pasokh.answer.state import Probes
from pasokh.core.log import EMPTY
from pasokh.core.machine import Command, Submission
from pasokh.core.time import SECOND, Instant
from pasokh.drivers.live import Live
from pasokh.drivers.live_watch import Looked, alarms, compare
from pasokh.drivers.ports_live import SwitchCount
from pasokh.drivers.room import Room
from tests.drivers.test_live import NOW, SlowLog
from tests.drivers.test_live_timetable import SetClock
from tests.stories.story import MACHINE, Story

LINE = "kamailio"
HEARD, NO_ANSWER = ProbeEnd.HEARD, ProbeEnd.NO_ANSWER
NOBODY = ProbeEnd.NOBODY_DISTRIBUTES
CAME = slice_of(NOW) * 10 * SECOND


class Switch:
    """A switch that says what the test wants."""

    def __init__(self, *counts: int, boot_at: Instant = 0) -> None:
        self.count = SwitchCount(boot_at, {slice_of(CAME): LineCounts(*counts)})
        self.asked: list[tuple[Instant, Instant]] = []

    async def counted(self, began_at: Instant, ended_at: Instant) -> SwitchCount | None:
        self.asked.append((began_at, ended_at))
        return self.count


def centre_with(*commands: Command) -> Story:
    return Story().given(*commands, at=CAME / 1000, actor=MACHINE)


ANSWERED = (OfferCall("c1", line=LINE), AnswerCall("c1"), AskComparison(LINE))


def looks(story: Story, switch: Switch, count: int) -> list[CountsCompared]:
    """Look so often, a minute after the calls came; give what was entered."""

    async def look() -> list[CountsCompared]:
        log = SlowLog()
        live = Live(Room(story.centre, EMPTY, log), SetClock(CAME + 60 * SECOND))
        before: Looked | None = None
        for _ in range(count):
            before = await compare(live, LINE, switch, before)
        found = live.centre.answer.lines[LINE].compared
        await live.drain()
        return [] if found is None else [found]

    return asyncio.run(look())


def test_equal_counts_are_entered_at_once() -> None:
    switch = Switch(1, 1)
    (found,) = looks(centre_with(*ANSWERED), switch, 1)
    assert (found.switch, found.log) == (LineCounts(1, 1), LineCounts(1, 1))
    assert switch.asked == [(CAME, CAME + 60 * SECOND)]


def test_a_difference_is_believed_when_it_is_seen_twice() -> None:
    assert looks(centre_with(*ANSWERED), Switch(2, 2), 1) == []
    (found,) = looks(centre_with(*ANSWERED), Switch(2, 2), 2)
    assert (found.switch, found.log) == (LineCounts(2, 2), LineCounts(1, 1))


def test_nothing_is_compared_while_the_switch_still_has_somebody_ringing() -> None:
    assert looks(centre_with(*ANSWERED), Switch(2, 1), 5) == []


def test_a_switch_that_has_forgotten_says_only_what_it_has_seen() -> None:
    (found,) = looks(centre_with(*ANSWERED), Switch(1, 1, boot_at=CAME + 15 * SECOND), 1)
    assert (found.began_at, found.ended_at) == (CAME + 20 * SECOND, CAME + 60 * SECOND)
    assert (found.switch, found.log, found.uncounted) == (LineCounts(), LineCounts(), 1)


def test_a_silence_is_entered_once_and_ends_when_somebody_is_spoken_to() -> None:
    story = centre_with(OfferCall("c1", line=LINE), AnswerCall("c1"))
    clock = SetClock(CAME + 20 * SECOND)

    async def minute() -> list[str]:
        log = SlowLog()
        live = Live(Room(story.centre, EMPTY, log), clock)
        for _ in range(20):
            clock.time += SECOND
            look(live)
        live.take(Submission("a", MACHINE, OfferCall("c2", line=LINE)))
        look(live)
        live.take(Submission("b", MACHINE, AnswerCall("c2")))
        look(live)
        look(live)
        await live.drain()
        return [entry.kind for entry in log.entries]

    kinds = ["CallsFellSilent", "CallOffered", "CallAnswered", "CallsHeardAgain"]
    assert asyncio.run(minute()) == kinds


def look(live: Live, probe: ProbeRule = ProbeRule()) -> None:  # noqa: B008 - frozen
    answer, now = live.centre.answer, live.clock.now()
    for number, command in enumerate(alarms(answer, now, CAME, SilenceRule(seconds=30), probe)):
        live.take(Submission(f"alarm-{live.head.seq}-{number}", MACHINE, command))


def probe_alarms(*told: ProbeEnd | int) -> list[str]:
    """Seconds that pass, and reports that come; give what is entered beside the reports."""
    clock = SetClock(CAME)

    async def watch() -> list[str]:
        log = SlowLog()
        live = Live(Room(Story().centre, EMPTY, log), clock)
        for number, one in enumerate(told):
            if isinstance(one, int):
                clock.time += one * SECOND
            else:
                live.take(Submission(f"p{number}", MACHINE, ReportProbe(f"p{number}", one)))
            look(live, ProbeRule(seconds=60))
        await live.drain()
        return [entry.kind for entry in log.entries if entry.kind != "ProbeReported"]

    return asyncio.run(watch())


def test_one_missed_probe_is_none_and_two_in_a_row_are_an_alarm() -> None:
    assert probe_alarms(NO_ANSWER, HEARD, NO_ANSWER, HEARD) == []
    missed = (HEARD, NO_ANSWER, NOBODY, NOBODY)
    assert probe_alarms(*missed) == ["ProbesMissed"]
    assert probe_alarms(*missed, HEARD, HEARD) == ["ProbesMissed", "ProbesHeard"]


def test_when_nobody_tells_of_probes_that_were_to_come_that_is_an_alarm_too() -> None:
    assert probe_alarms(150) == []
    assert probe_alarms(151) == ["ProbesMissed"]
    assert probe_alarms(HEARD, 100, HEARD, 100) == []
    assert probe_alarms(HEARD, 151, 60, HEARD, 1) == ["ProbesMissed", "ProbesHeard"]


def test_where_no_probe_is_expected_none_is_missed() -> None:
    assert probes_missed(Probes(), 10**12, 0, ProbeRule()) is None
