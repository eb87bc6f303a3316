"""Callers are asked by a text of a real Kannel, once, in the day's hours; no link tells a call."""

import asyncio
import re
from pathlib import Path

import pytest

from pasokh.adapters.telephony.text.asking import Asking, SurveyAsker
from pasokh.adapters.telephony.text.kannel_sender import KannelSender, back_to
from pasokh.adapters.telephony.text.sending import SendLater
from pasokh.answer.commands import AnswerCall, EndCall, OfferCall
from pasokh.control_room.survey_tokens import day_of_token
from pasokh.control_room.views_survey import survey_now
from pasokh.core.machine import Submission, Words
from pasokh.core.time import DAY, HOUR, Instant
from pasokh.words.say import say
from tests.adapters.api.process import free_port
from tests.adapters.telephony.spooled import Spooled
from tests.adapters.telephony.text.kannel_box import kannel
from tests.adapters.telephony.text.test_real_kannel import until

KEY = b"k" * 32
PAGE = "https://news.example/newsroom/fa/survey/"
ASKING = Asking(PAGE, "fa", 10, 20, frozenset())
# The centre of the test is at no offset: these are hours of its clock.
NOON = Instant(20_000 * DAY + 12 * HOUR)


class Still:
    """A clock that stands."""

    def __init__(self, at: Instant) -> None:
        self.at = at

    def now(self) -> Instant:
        return self.at


class Taken:
    """A way out that keeps what it was given, or is away."""

    def __init__(self, *, away: bool = False) -> None:
        self.texts: list[tuple[str, str]] = []
        self.away = away

    async def send(self, number: str, text: str, name: str) -> str:
        del name
        if self.away:
            raise SendLater("smsbox: nobody there")
        self.texts.append((number, text))
        return ""


async def called(*numbers: str) -> Spooled:
    """A centre to which these have called; at noon the calls have been over for three hours."""
    centre = Spooled()
    centre.live.clock = Still(NOON - 4 * HOUR)
    for place, number in enumerate(numbers):
        call = f"c{place}"
        for name, command in (
            ("offer", OfferCall(call)),
            ("answer", AnswerCall(call)),
            ("end", EndCall(call)),
        ):
            words = Words(number=number) if name == "offer" else None
            asked = Submission(f"{name}-{call}", "machine:line", command, words=words)
            assert (await centre.live.submit(asked)).refusal is None
    centre.live.clock = Still(NOON)
    return centre


def asker(centre: Spooled, sender: object, asking: Asking = ASKING) -> SurveyAsker:
    return SurveyAsker(centre.live, centre.vault, sender, KEY, asking)  # type: ignore[arg-type]


def test_each_caller_with_a_mobile_telephone_is_asked_once() -> None:
    async def run() -> None:
        centre, out = await called("09121230001", "05138000000", "", "+989121230001"), Taken()
        assert await asker(centre, out).ask_all() == 1
        assert await asker(centre, out).ask_all() == 0
        ((number, text),) = out.texts
        assert number == "+989121230001"
        assert text.startswith(say("fa", "survey.text"))
        token = text.rpartition(PAGE)[2].rstrip("/")
        assert day_of_token(KEY, token) == NOON // DAY
        assert survey_now(centre.live.centre).asked == {NOON // DAY: 1}

    asyncio.run(run())


def test_no_two_links_are_alike_and_none_tells_of_its_call() -> None:
    async def run() -> None:
        centre, out = await called("09121230001", "09121230002"), Taken()
        assert await asker(centre, out).ask_all() == 2
        tokens = [text.rpartition(PAGE)[2] for _, text in out.texts]
        assert tokens[0] != tokens[1]
        held = b"".join(centre.disk.files().values())
        assert not [token for token in tokens if token.rstrip("/").encode() in held]

    asyncio.run(run())


@pytest.mark.parametrize(("hour", "count"), [(9, 0), (10, 1), (19, 1), (20, 0), (3, 0)])
def test_only_in_the_hours_of_the_centres_clock(hour: int, count: int) -> None:
    async def run() -> None:
        centre, out = await called("09121230001"), Taken()
        centre.live.clock = Still(NOON + (hour - 12) * HOUR + DAY)
        assert await asker(centre, out).ask_all() == count
        assert len(out.texts) == count

    asyncio.run(run())


@pytest.mark.slow
def test_a_real_kannel_brings_the_question(tmp_path: Path) -> None:
    async def run() -> None:
        centre, port = await called("09121230001"), free_port()
        with kannel(tmp_path, port) as box:
            url = f"http://127.0.0.1:{box.send}/cgi-bin/sendsms"
            out = KannelSender(url, "pasokh", "the-password", "110", back_to(port, "a" * 12))
            box.callers("+989140000001 110 text hello", each=1)
            assert await asker(centre, out, Asking(PAGE, "en", 10, 20, frozenset())).ask_all() == 1
            await until(lambda: PAGE in box.heard())
            said = re.search(re.escape(PAGE) + "([A-Za-z0-9_-]{20})/", box.heard())
            assert said is not None
            assert day_of_token(KEY, said[1]) == NOON // DAY

    asyncio.run(run())
