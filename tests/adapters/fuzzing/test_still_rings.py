"""Whatever strangers write, the call rings; what nobody understands is parked and counted."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.telephony.asterisk.packet import PacketFault, packet_of
from pasokh.answer.views import conservation
from tests.adapters.fuzzing.targets import TARGETS
from tests.adapters.telephony.asterisk.centre import Centre
from tests.adapters.telephony.asterisk.timeline import BEGAN, abandoned, answered, interleaved
from tests.adapters.telephony.kamailio.test_calls import Told

_ANY = st.binary(max_size=300)
_TORN = st.sampled_from([*TARGETS["sip"].seeds]).flatmap(
    lambda seed: st.tuples(st.integers(0, len(seed)), _ANY).map(
        lambda pair: seed[: pair[0]] + pair[1] + seed[pair[0] :]
    )
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(_TORN | _ANY, st.lists(_ANY, max_size=3))
def test_a_call_of_the_switch_rings_whatever_stands_in_it(
    invite: bytes, noise: list[bytes]
) -> None:
    async def story() -> None:
        told = Told()
        await told.hear(told.step("INVITE 7 8", raw=invite or b"?"))
        await told.hear(*noise)
        counts = conservation(told.live.centre.answer)
        assert (counts.offered, counts.ringing, counts.residual) == (1, 1, 0)
        await told.say("ANSWER 200 fallback")
        assert conservation(told.live.centre.answer).fallback == 1

    asyncio.run(story())


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.lists(_ANY, min_size=1, max_size=8), st.lists(_ANY, max_size=4))
def test_a_call_of_an_asterisk_rings_whatever_stands_between_its_packets(
    packets: list[bytes], lines: list[bytes]
) -> None:
    calls = [answered(1, BEGAN), abandoned(2, BEGAN + 50)]
    hostile = [raw.replace(b"\r\n\r\n", b"") for raw in packets]

    async def story(folder: Path) -> None:
        centre = Centre(folder / "queue_log")
        await centre.pbx.open()
        await centre.seat("p1")
        await centre.listen()
        try:
            await hear(centre)
        finally:
            await centre.end()
            await centre.pbx.close()

    async def hear(centre: Centre) -> None:
        for place, step in enumerate(interleaved(calls)):
            centre.pbx.noise(hostile[place % len(hostile)])
            if lines and place % 7 == 0:
                centre.pbx.scribble(lines[place % len(lines)])
            await centre.play([step])
        await centre.hear_all()
        centre.check(calls)
        assert centre.line.unread or not any(map(is_noise, hostile))

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(story(Path(folder)))


def is_noise(raw: bytes) -> bool:
    """Whether nobody can read it as a packet."""
    if not raw.strip(b"\r\n"):
        return False
    try:
        return not packet_of(raw.strip(b"\r\n")).fields
    except PacketFault:
        return True
