"""Who picks a telephone up when the call has gone on hears at once that nobody is there."""

from pathlib import Path
from time import monotonic, sleep

from tests.adapters.telephony.kamailio.switchboard import needs_switch, staffed

pytestmark = needs_switch
LATE = "fallback_seconds = 6\n"


def test_a_late_yes_is_confirmed_and_hung_up_and_its_caller_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "phone.log"
    phone = ("position_late.xml", "-trace_logs", "-log_file", str(log))
    with staffed(tmp_path, 1, more=LATE, phone=phone, seconds=90) as board:
        caller = board.call("caller.xml", 1, 1)
        until = monotonic() + 40
        while not log.exists() or "let-go" not in log.read_text():
            assert monotonic() < until, board.steps("PositionRung", "PositionRangOut")
            sleep(0.1)
        assert caller.wait(40) == 0
        assert board.told()["answered"] == 1
        # The switch asks again each second until it is heard, and then no more.
        assert log.read_text().count("let-go") == 1
        board.wait_for(frozenset({"CallEnded"}), 1)
        steps = board.steps("PositionRung", "PositionRangOut", "CallFellBack", "CallAnswered")
        assert [kind for kind, _ in steps] == ["PositionRung", "PositionRangOut", "CallFellBack"]
        assert board.conservation().residual == 0
