"""Members of Asterisk's queues and our positions: a pause on one side is seen on the other."""

from pathlib import Path

import pytest

from pasokh.adapters.telephony.asterisk.members import Members
from pasokh.adapters.telephony.asterisk.packet import packet_of
from pasokh.adapters.telephony.asterisk.pauses import Pauses
from pasokh.answer.commands import BeReady, GoAway, SignOut
from pasokh.core.machine import Submission
from tests.adapters.telephony.asterisk.centre import Centre, until
from tests.adapters.telephony.asterisk.test_calls import told
from tests.adapters.telephony.asterisk.timeline import BEGAN, answered


def pause(op: int, *, paused: bool, at: int = BEGAN, queue: str = "sos") -> str:
    return (
        f"Event: QueueMemberPause\nTimestamp: {at // 1_000}.{at % 1_000:03}000\n"
        f"Queue: {queue}\nMemberName: Op {op}\nInterface: PJSIP/op{op}\nStatus: 1\n"
        f"Paused: {int(paused)}\nPausedReason: tea"
    )


def position(centre: Centre, name: str = "p1") -> str:
    state: str = centre.live.centre.answer.positions[name].state
    return state


def test_a_pause_of_asterisk_makes_the_position_away_and_its_end_ready(tmp_path: Path) -> None:
    async def story(centre: Centre) -> None:
        centre.clock.at = BEGAN
        for paused, state in ((True, "away"), (True, "away"), (False, "ready")):
            centre.pbx.say(pause(1, paused=paused, at=centre.clock.at))
            await centre.hear_all()
            assert position(centre) == state
        away = next(e for e in centre.entries() if e.kind == "CallTakerAway")
        assert "tea" in away.body
        assert centre.noes == []

    told(tmp_path, story, "p1")


def test_who_is_paused_when_the_connection_stands_is_away(tmp_path: Path) -> None:
    async def story(centre: Centre) -> None:
        await centre.pbx.close()
        centre.pbx.members = {"PJSIP/op1": ("Op 1", True), "PJSIP/op2": ("Op 2", False)}
        await centre.pbx.open()
        await centre.connected()
        await centre.hear_all()
        assert (position(centre), position(centre, "p2")) == ("away", "ready")

    told(tmp_path, story, "p1", "p2")


def test_a_pause_in_one_of_two_queues_is_none_yet() -> None:
    members = Members({"PJSIP/op1": "p1"})
    packets = [
        pause(1, paused=False),
        pause(1, paused=False, queue="other"),
        pause(1, paused=True),
        pause(1, paused=True, queue="other"),
    ]
    heard = [members.told(packet_of(text.encode())) for text in packets]
    assert [one and one[:2] for one in heard] == [("p1", False), None, None, ("p1", True)]


def test_a_position_on_a_call_is_left_on_it(tmp_path: Path) -> None:
    call = answered(1, BEGAN, talk=60_000)

    async def story(centre: Centre) -> None:
        await centre.play([step for step in call.steps if step.at < BEGAN + 1_000])
        centre.pbx.say(pause(1, paused=True, at=BEGAN + 1_000))
        await centre.hear_all()
        assert position(centre) == "busy"
        assert centre.noes == []

    told(tmp_path, story, "p1")


@pytest.mark.parametrize("who", ["call_taker:ali", "machine:asterisk"])
def test_a_desk_that_goes_away_pauses_its_member_and_asterisks_own_word_is_not_sent_back(
    tmp_path: Path, who: str
) -> None:
    async def story(centre: Centre) -> None:
        centre.live.follow(Pauses(centre.line).follow)
        for number, command in enumerate((GoAway("p1", "tea"), BeReady("p1"), SignOut("p1"))):
            await centre.live.submit(Submission(f"{who}{number}", who, command))
        await centre.hear_all()
        if who.startswith("call_taker"):
            await until(lambda: centre.pbx.asked.count("QueuePause") == 3)
        assert centre.pbx.asked.count("QueuePause") == 3 * who.startswith("call_taker")

    told(tmp_path, story, "p1")
