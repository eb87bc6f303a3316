"""What Asterisk's packets mean for the centre, over a real socket: one outcome a call."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from pasokh.answer.commands import AnswerCall
from pasokh.answer.state import Phase
from pasokh.core.machine import Submission
from pasokh.core.refusal import Reason
from tests.adapters.telephony.asterisk.centre import Centre, run, until
from tests.adapters.telephony.asterisk.timeline import (
    BEGAN,
    Story,
    abandoned,
    answered,
    interleaved,
    mixed,
    no_answer,
    race_lost,
    race_won,
    sent_on,
    uniqueid,
)

Told = Callable[[Centre], Awaitable[None]]


def told(tmp_path: Path, story: Told, *positions: str, logged: bool = True) -> None:
    """Run a story with a centre that listens to its switch."""

    async def whole() -> None:
        centre = Centre(tmp_path / "queue_log", logged=logged)
        await centre.pbx.open()
        await centre.seat(*positions)
        await centre.listen()
        try:
            await story(centre)
        finally:
            await centre.end()
            await centre.pbx.close()

    run(whole())


def test_an_answered_call_is_offered_rings_and_is_answered_where_asterisk_says(
    tmp_path: Path,
) -> None:
    call = answered(1, BEGAN, op=3)

    async def story(centre: Centre) -> None:
        await centre.play(call.steps)
        await centre.hear_all()
        centre.check([call])
        found = centre.call(call)
        assert (found.line, found.queue, found.position_id) == ("asterisk", "sos", "p3")
        assert found.offered_at == BEGAN
        assert found.answered_at == BEGAN + 113
        assert [e.kind for e in centre.entries() if "Rung" in e.kind] == ["PositionRung"]
        assert centre.noes == []

    told(tmp_path, story, "p3")


@pytest.mark.slow
@pytest.mark.parametrize("logged", [True, False])
@pytest.mark.parametrize(
    "call",
    [
        answered(1, BEGAN),
        abandoned(1, BEGAN),
        no_answer(1, BEGAN, 1, 2),
        race_won(1, BEGAN),
        race_lost(1, BEGAN),
        sent_on(1, BEGAN, fallback=True),
        sent_on(1, BEGAN, fallback=False),
    ],
    ids=["answered", "abandoned", "no answer", "race won", "race lost", "fallback", "sent on"],
)
def test_each_way_of_a_call_has_its_one_outcome(
    tmp_path: Path, call: Story, *, logged: bool
) -> None:
    async def story(centre: Centre) -> None:
        await centre.play(call.steps)
        await centre.hear_all()
        centre.check([call])
        assert centre.noes == []

    told(tmp_path, story, "p1", "p2", logged=logged)


def test_a_telephone_that_rings_in_vain_is_away_until_asterisk_rings_it_again(
    tmp_path: Path,
) -> None:
    call = no_answer(1, BEGAN, 1, 2)

    async def story(centre: Centre) -> None:
        await centre.play(call.steps)
        await centre.hear_all()
        assert centre.call(call).position_id == "p2"
        assert centre.live.centre.answer.positions["p1"].state == "away"
        second = answered(2, BEGAN + 30_000, 1)
        await centre.play(second.steps)
        await centre.hear_all()
        centre.check([call, second])
        assert centre.call(second).position_id == "p1"
        assert centre.noes == []

    told(tmp_path, story, "p1", "p2")


def test_where_nobody_sits_a_call_is_answered_all_the_same(tmp_path: Path) -> None:
    call = answered(1, BEGAN, 5)

    async def story(centre: Centre) -> None:
        await centre.play(call.steps)
        await centre.hear_all()
        centre.check([call])
        assert centre.call(call).position_id is None
        assert centre.noes == []

    told(tmp_path, story)


@pytest.mark.slow
def test_three_hundred_calls_at_thirteen_a_second_are_counted_to_the_last(tmp_path: Path) -> None:
    calls = mixed(5, 300, 13)

    async def story(centre: Centre) -> None:
        await centre.play(interleaved(calls))
        await centre.hear_all()
        centre.check(calls)
        assert {call.phase for call in centre.live.centre.answer.calls.values()} <= {
            Phase.ENDED,
            Phase.ABANDONED,
        }

    told(tmp_path, story, *(f"p{n}" for n in range(8)))


def test_a_switch_whose_clock_is_behind_is_moved_to_ours_and_said(tmp_path: Path) -> None:
    call = answered(1, BEGAN, op=3)

    async def story(centre: Centre) -> None:
        await centre.pbx.close()
        centre.pbx.now = lambda: centre.clock.at - 90_000
        await centre.pbx.open()
        await centre.connected()
        await until(lambda: centre.line.live_words.behind == 90_000)
        centre.clock.at = BEGAN + 95_000
        await centre.play(call.steps)
        await centre.hear_all()
        centre.check([call])
        assert centre.call(call).offered_at == BEGAN + 90_000
        assert any("90.0 s apart" in words for words in centre.words)

    told(tmp_path, story, "p3")


def test_telephones_that_ring_together_show_one_and_then_the_next(tmp_path: Path) -> None:
    first, second = answered(1, BEGAN, op=1), no_answer(1, BEGAN, 2, 1)
    both = next(s for s in second.steps if s.event == "AgentCalled")
    other = both.packet.replace(uniqueid(1, BEGAN, 1), uniqueid(1, BEGAN, 2))
    silent = other.replace("Event: AgentCalled", "Event: AgentRingNoAnswer", 1)
    place = next(n for n, s in enumerate(first.steps) if s.event == "AgentCalled")

    async def story(centre: Centre) -> None:
        await centre.play(first.steps[:place])
        centre.pbx.say(other)
        await centre.play(first.steps[place : place + 2])
        centre.pbx.say(silent)
        await centre.play(first.steps[place + 2 :])
        await centre.hear_all()
        centre.check([first])
        rung = [json.decode(e.body)["position_id"] for e in centre.entries() if "Rung" in e.kind]
        assert rung == ["p2", "p1"]
        assert centre.call(first).position_id == "p1"
        assert centre.noes == []

    told(tmp_path, story, "p1", "p2")


def test_who_hangs_up_before_any_queue_is_a_call_where_the_settings_say_so(tmp_path: Path) -> None:
    call = abandoned(1, BEGAN)
    short = replace(call, steps=tuple(s for s in call.steps if s.event in ("Newchannel", "Hangup")))

    async def story(centre: Centre) -> None:
        await centre.play(short.steps)
        await centre.hear_all()
        assert centre.live.centre.answer.calls == {}
        centre.line.book.contexts = frozenset({"from-psap"})
        await centre.play(short.steps)
        await centre.hear_all()
        centre.check([short])

    told(tmp_path, story)


def test_a_click_on_the_desk_does_not_answer(tmp_path: Path) -> None:
    call = answered(1, BEGAN, op=1)
    ringing = [step for step in call.steps if step.at < BEGAN + 50]

    async def story(centre: Centre) -> None:
        await centre.play(ringing)
        await until(lambda: centre.call_rings(call))
        asked = AnswerCall(centre.call(call).call_id, "p1")
        refused = await centre.live.submit(Submission("click", "call_taker:ali", asked))
        assert refused.refusal is not None
        assert refused.refusal.reason is Reason.CALL_ON_LINE
        await centre.play(call.steps[len(ringing) :])
        await centre.hear_all()
        centre.check([call])

    told(tmp_path, story, "p1")
