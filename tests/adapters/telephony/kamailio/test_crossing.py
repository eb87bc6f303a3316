"""Words that cross on their way: what the caller is told last and what our log says are the same.

By hand, so that each word comes exactly when it does the most harm.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.adapters.api.process import running
from tests.adapters.telephony.kamailio.raw_sip import Caller, Phone, caller, phone
from tests.adapters.telephony.kamailio.switchboard import Switchboard, needs_switch, switchboard

pytestmark = needs_switch
_SECONDS = 15.0
_OF_A_CALL = re.compile("Call(Answered|FellBack|Abandoned|Rejected|Ended)")


class Board:
    """A switch with its centre; a desk and two telephones of the fallback group by hand."""

    def __init__(self, board: Switchboard, stack: ExitStack) -> None:
        self._board = board
        self.desk, self.first, self.second = (stack.enter_context(phone()) for _ in range(3))
        self.caller = stack.enter_context(caller(board.port))
        settings = board.folder / "telephone.toml"
        text = re.sub(
            "fallback = .*",
            f'fallback = ["sip:a@127.0.0.1:{self.first.port}", '
            f'"sip:b@127.0.0.1:{self.second.port}"]',
            settings.read_text(),
        )
        settings.write_text(re.sub(r'"sip:p0@.*"', f'"sip:p0@127.0.0.1:{self.desk.port}"', text))
        board.start_switch()
        self._url, _ = stack.enter_context(running(board.folder))
        board.seat(self._url, [])

    def seat(self) -> None:
        self._board.seat(self._url, ["p0"])

    def told(self) -> list[str]:
        """What the log says of the call's outcome and end."""
        kinds = (entry.kind for entry in self._board.entries())
        return [kind for kind in kinds if _OF_A_CALL.fullmatch(kind)]

    def check_comes(self, *told: str) -> None:
        """Wait until the log says so, and see that it says no more."""
        until = monotonic() + _SECONDS
        while len(self.told()) < len(told) and monotonic() < until:
            sleep(0.05)
        assert self.told() == list(told)


@contextmanager
def by_hand(folder: Path, more: str = "") -> Iterator[Board]:
    with ExitStack() as stack:
        board = stack.enter_context(switchboard(folder, 0, more, switch=False, seconds=120))
        yield Board(board, stack)


def ring(one: Phone, tag: str = "phone") -> str:
    """Wait for a call and ring; give the call."""
    invite = one.hear("INVITE")
    one.reply(invite, "180 Ringing", tag=tag)
    return invite


def hang_up(who: Caller, answer: str, at: Phone, cseq: int = 2) -> None:
    who.within(answer, "BYE", cseq)
    at.reply(at.hear("BYE"), "200 OK")
    assert who.hear("SIP/2.0", f"{cseq} BYE").startswith("SIP/2.0 200")


@pytest.mark.parametrize("first", ["the yes", "the answer to CANCEL"])
def test_a_yes_that_crosses_cancel_is_an_answered_call(tmp_path: Path, first: str) -> None:
    with by_hand(tmp_path) as board:
        board.seat()
        board.caller.call()
        invite = ring(board.desk)
        board.caller.cancel()
        cancel = board.desk.hear("CANCEL")
        if first == "the yes":
            board.desk.pick_up(invite)
        board.desk.reply(cancel, "200 OK")
        if first != "the yes":
            board.desk.pick_up(invite)
        answer = board.caller.hear("SIP/2.0 200", "1 INVITE")
        assert board.caller.hear("SIP/2.0", "CANCEL").startswith("SIP/2.0 200")
        board.caller.within(answer, "ACK", 1)
        board.desk.hear("ACK")
        board.check_comes("CallAnswered")
        # The CANCEL has no more to say, and comes again all the same.
        board.caller.cancel()
        board.caller.hear("SIP/2.0", "CANCEL")
        hang_up(board.caller, answer, board.desk)
        board.check_comes("CallAnswered", "CallEnded")


def test_who_gave_up_is_gone_although_a_yes_comes_after_the_no(tmp_path: Path) -> None:
    with by_hand(tmp_path) as board:
        board.seat()
        board.caller.call()
        invite = board.desk.hear("INVITE")
        # Nothing came of the telephone yet, so the switch itself says that it is over.
        board.caller.cancel()
        gone = board.caller.hear("SIP/2.0 487", "1 INVITE")
        board.caller.confirm(gone)
        board.check_comes("CallAbandoned")
        board.desk.pick_up(invite)
        late = board.caller.hear("SIP/2.0 200", "1 INVITE")
        board.caller.within(late, "ACK", 1)
        board.desk.hear("ACK")
        # The switch lets the telephone go, whatever the caller does; the caller hangs up as well.
        board.desk.reply(board.desk.hear("BYE"), "200 OK")
        hang_up(board.caller, late, board.desk)
        board.check_comes("CallAbandoned")


def test_a_telephone_that_picks_up_when_it_rings_no_more_has_no_caller(tmp_path: Path) -> None:
    with by_hand(tmp_path, "fallback_seconds = 6\n") as board:
        board.seat()
        board.caller.call()
        invite = ring(board.desk, "late")
        cancel = board.desk.hear("CANCEL")  # the switch's own: it rang for its time
        board.desk.pick_up(invite, "late")
        board.desk.reply(cancel, "200 OK")
        taken = ring(board.first, "fallback")
        assert board.told() == []
        assert not any(word.startswith("SIP/2.0 2") for word in board.caller.heard())
        # Nobody speaks there: the switch says so at once, again until it is heard, and the caller
        # hears nothing of it.
        board.desk.hear("ACK", "1 ACK")
        board.desk.hear("BYE", "2 BYE")
        bye = board.desk.hear("BYE", "2 BYE")
        board.desk.reply(bye, "200 OK", tag="late")
        sleep(2)
        said = len(board.desk.heard())
        sleep(3)
        assert len(board.desk.heard()) == said
        assert not any(word.startswith(("BYE", "ACK")) for word in board.caller.heard())
        # It may have hung up itself meanwhile: that is not the end of the caller's wait.
        board.desk.hang_up(invite, "late")
        board.first.pick_up(taken, "fallback")
        answer = board.caller.hear("SIP/2.0 200", "1 INVITE")
        board.caller.within(answer, "ACK", 1)
        board.first.hear("ACK")
        board.check_comes("CallFellBack")
        hang_up(board.caller, answer, board.first)
        board.check_comes("CallFellBack", "CallEnded")


@pytest.mark.parametrize("stays", ["first", "second"])
def test_of_two_that_pick_up_at_once_the_last_ends_the_call(tmp_path: Path, stays: str) -> None:
    with by_hand(tmp_path, "fallback_seconds = 2\n") as board:
        board.caller.call()
        both = {"first": board.first, "second": board.second}
        invites = {tag: ring(one, tag) for tag, one in both.items()}
        for tag, one in both.items():
            one.pick_up(invites[tag], tag)
        answers = {}
        for _ in both:  # in the order in which the switch came to them
            answer = board.caller.hear("SIP/2.0 200", "1 INVITE")
            [tag] = [tag for tag in both if f"tag={tag}" in answer]
            answers[tag] = answer
            board.caller.within(answer, "ACK", 1)
            both[tag].hear("ACK")
        assert answers.keys() == both.keys()
        [goes] = both.keys() - {stays}
        hang_up(board.caller, answers[goes], both[goes])
        sleep(1)
        board.check_comes("CallFellBack")
        hang_up(board.caller, answers[stays], both[stays], 3)
        board.check_comes("CallFellBack", "CallEnded")


def test_a_word_of_no_dialogue_is_told_so(tmp_path: Path) -> None:
    with by_hand(tmp_path) as board:
        board.seat()
        board.caller.call()
        board.desk.pick_up(ring(board.desk))
        answer = board.caller.hear("SIP/2.0 200", "1 INVITE")
        board.caller.within(answer, "ACK", 1)
        board.desk.hear("ACK")
        board.caller.within(answer, "BYE", 2, routed=False)
        assert board.caller.hear("SIP/2.0", "2 BYE").startswith("SIP/2.0 481")
        board.check_comes("CallAnswered")
