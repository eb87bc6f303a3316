"""A step that was lost for good: the switch is asked which calls it has, and the call is ended."""

import json

from pasokh.adapters.telephony.kamailio.calls import call_id_named
from pasokh.adapters.telephony.rtpengine.control import CarrierAway, HeardVoices
from pasokh.answer.call_backs import Dial
from pasokh.answer.state import Phase, PositionState
from pasokh.answer.views import conservation
from pasokh.core.time import SECOND
from tests.adapters.telephony.kamailio.test_calls import Told, run
from tests.simulated.disk import Disk


async def greeted(number: int = 0) -> Told:
    told = Told()
    await told.hear(b"HELLO 1.0 1.%d\n\n\n\n" % number)
    return told


async def look(told: Told, *parts: str, number: int | None = None) -> None:
    """Ask, and have the switch answer in so many parts; `number`: as if to that question."""
    told.sent.clear()
    told.line.look()
    [asked] = [word for word in told.sent if word.startswith("CALLS ")]
    which = asked.partition(" ")[2] if number is None else str(number)
    for left, names in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
        kind = "more" if left else "last"
        await told.hear(f"CALLS 9.0 1.0 {which} {kind}\n\n\n\n{names}".encode())


def name(told: Told) -> str:
    return told.call.call_id.removeprefix("k-")


def test_a_call_whose_bye_was_lost_ends_when_the_switch_has_it_no_more() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        await told.say("ANSWER 200 p1")
        await look(told, name(told))
        assert told.call.phase is Phase.CONNECTED
        await look(told, "")
        assert told.call.phase is Phase.CONNECTED  # once may be a word on its way
        await look(told, "")
        assert told.call.phase is Phase.ENDED
        assert told.live.centre.answer.positions["p1"].state is PositionState.WRAP_UP
        await told.live.durable(told.live.centre.seq)
        [ended] = [entry for entry in told.log.read() if entry.kind == "CallEnded"]
        assert json.loads(ended.body)["cause"] == "word lost"
        assert told.noes == 0

    run(story())


def test_one_that_rang_is_rejected_and_the_sum_is_whole() -> None:
    async def story() -> None:
        told = await greeted()
        await told.say("INVITE 7 8")
        await told.say("BYE")  # its answer got lost
        await look(told, "")
        await look(told, "")
        counts = conservation(told.live.centre.answer)
        assert (counts.rejected, counts.ringing, counts.residual) == (1, 0, 0)
        assert not told.line._early

    run(story())


def test_who_lacks_it_once_and_has_it_then_has_it() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        for names in ("", name(told), "", name(told)):
            await look(told, names)
        await look(told, "0123456789abcdef01234567", f"{name(told)} other")
        assert told.call.phase is Phase.RINGING

    run(story())


def test_a_late_answer_and_half_an_answer_judge_nobody() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        await look(told, "")
        await look(told, "", number=1)
        await told.hear(b"CALLS 9.0 1.0 2 more\n\n\n\n")
        assert told.call.phase is Phase.RINGING

    run(story())


def test_calls_of_an_earlier_life_of_the_switch_are_not_judged() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        await told.say("ANSWER 200 p1")
        await told.hear(b"HELLO 1.0 2.0\n\n\n\n")
        told.sent.clear()
        told.line.look()
        assert told.sent == []
        assert told.call.phase is Phase.CONNECTED

    run(story())


def test_nobody_is_asked_while_a_step_is_missing() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        told.number += 1
        await told.say("ANSWER 200 p1")
        told.sent.clear()
        told.line.look()
        assert told.sent == []

    run(story())


def test_a_process_that_began_anew_asks_about_the_calls_of_before() -> None:
    async def story() -> None:
        before = await greeted()
        await before.say("INVITE 7 8")
        await before.say("ANSWER 200 fallback")
        told = Told(before.disk, Disk(before.journal.files()))
        await told.hear(b"HELLO 1.0 1.2\n\n\n\n")
        await look(told, "")
        await look(told, "")
        assert told.call.phase is Phase.ENDED

    run(story())


def test_a_call_at_whose_ends_nobody_is_ends_by_the_switch_s_word_for_it() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        await told.say("ANSWER 200 p1")
        await look(told, f"{name(told)}!", number=0)
        assert told.call.phase is Phase.CONNECTED  # no answer to what was asked
        await look(told, f"other {name(told)}!")
        assert told.call.phase is Phase.ENDED
        await told.live.durable(told.live.centre.seq)
        [ended] = [entry for entry in told.log.read() if entry.kind == "CallEnded"]
        assert json.loads(ended.body)["cause"] == "both ends lost"

    run(story())


HOUR_AGO, NOW = -3_600_000, 0


async def asked(told: Told, names: str, heard: HeardVoices | CarrierAway | None) -> list[str]:
    """Look, have the carrier say this of each call that it is asked about, and give those."""
    questions: list[str] = []

    def voices(sip_call_id: str) -> HeardVoices | None:
        questions.append(sip_call_id)
        if isinstance(heard, CarrierAway):
            raise heard
        return heard

    told.line.ends.heard, told.line.ends.silence = voices, 300 * SECOND
    await look(told, names)
    if told.line.ends._round is not None:
        await told.line.ends._round
    return questions


def voices(told: Told, sides: int, ago: int) -> HeardVoices:
    return HeardVoices(sides, told.live.clock.now() + ago)


def test_a_call_of_unknown_ends_is_over_when_both_had_sent_and_neither_does_for_long() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        unsure = f"{name(told)}\n{name(told)}"
        assert await asked(told, unsure, voices(told, 2, HOUR_AGO)) == []  # it only rings
        await told.say("ANSWER 200 p1")
        for heard in (voices(told, 2, NOW), voices(told, 1, HOUR_AGO), None, CarrierAway()):
            assert await asked(told, unsure, heard) == ["c1"]
            assert told.call.phase is Phase.CONNECTED
        assert await asked(told, name(told), voices(told, 2, HOUR_AGO)) == []  # an end is there
        assert await asked(told, unsure, voices(told, 2, HOUR_AGO)) == ["c1"]
        assert told.call.phase is Phase.ENDED
        await told.live.durable(told.live.centre.seq)
        [ended] = [entry for entry in told.log.read() if entry.kind == "CallEnded"]
        assert json.loads(ended.body)["cause"] == "both voices lost"

    run(story())


def test_whoever_is_on_hold_sends_nothing_and_is_not_judged_by_that() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        await told.say("ANSWER 200 p1")
        told.call.phase = Phase.HELD
        unsure = f"{name(told)}\n{name(told)}"
        assert await asked(told, unsure, voices(told, 2, HOUR_AGO)) == []
        assert told.call.phase is Phase.HELD

    run(story())


def test_who_sends_is_there_although_neither_end_answers_the_switch() -> None:
    async def story() -> None:
        told = await greeted()
        await told.ring()
        await told.say("ANSWER 200 p1")
        assert await asked(told, f"{name(told)}!", voices(told, 1, NOW)) == ["c1"]
        assert told.call.phase is Phase.CONNECTED
        assert await asked(told, f"{name(told)}!", CarrierAway()) == ["c1"]
        assert told.call.phase is Phase.ENDED

    run(story())


def test_a_dial_whose_end_was_lost_is_over_when_the_switch_has_it_no_more() -> None:
    async def story() -> None:
        told = await greeted()
        await told.say("INVITE 7 8", "GONE")
        dial = call_id_named("d1", "a")
        told.live.centre.answer.dials[dial] = Dial(told.call.call_id, "p1", 1)
        await told.say("DIAL 9 9 p1", call="d1")
        await look(told, dial.removeprefix("k-"))
        await look(told, "")
        assert dial in told.live.centre.answer.dials
        await look(told, "")
        assert told.live.centre.answer.dials == {}
        await told.live.durable(told.live.centre.seq)
        [over] = [entry for entry in told.log.read() if entry.kind == "CallBackHungUp"]
        assert json.loads(over.body)["reply"] == "word lost"

    run(story())
