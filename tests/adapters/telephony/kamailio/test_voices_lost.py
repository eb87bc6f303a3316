"""A call of which only the carrier can tell that nobody is in it, through all of the real ones."""

from pathlib import Path
from time import monotonic, sleep

from tests.adapters.telephony.kamailio.test_ends import LONG_MS, PASSES_OVER, body_of
from tests.adapters.telephony.kamailio.test_voices import Voices, pytestmark, talking

__all__ = ["pytestmark"]
MORE = "ends_seconds = 1\nvoice.lost_seconds = 30\n"
WORDS = b"\x80\x08\x00\x01\x00\x00\x00\xa0\x00\x00\x00\x07" + b"\xd5" * 160


def taker_speaks(voices: Voices, seconds: float) -> None:
    """The caller is silent; a packet now and then is enough."""
    until = monotonic() + seconds
    while monotonic() < until:
        voices.taker.sendto(WORDS, ("127.0.0.1", voices.doors["taker"]))
        sleep(0.5)


def test_who_answers_no_question_is_gone_when_neither_side_sends_anything(tmp_path: Path) -> None:
    told = {"more": MORE, "talk_ms": 3 * LONG_MS, "ends": PASSES_OVER, "seconds": 240}
    with talking(tmp_path, **told) as (board, voices):  # type: ignore[arg-type] # as it takes them
        assert voices.both_hear()
        taker_speaks(voices, 50)
        assert body_of(board, "CallEnded") == []
        board.wait_for(frozenset({"CallEnded"}), 1, seconds=120)
        assert [one["cause"] for one in body_of(board, "CallEnded")] == ["both voices lost"]
