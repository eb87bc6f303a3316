"""Real calls over a real switch: counted by the callers and by us, kills included."""

import os
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import msgspec
import pytest

from tests.adapters.api.process import running
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.kamailio.switchboard import (
    OUTCOMES,
    Switchboard,
    needs_switch,
    staffed,
    switchboard,
)

pytestmark = needs_switch
ENDED = frozenset({"CallEnded", "CallAbandoned", "CallRejected"})
KILLED_AFTER_SECONDS = 4


@pytest.fixture(scope="module", autouse=True)
def unconfirmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switchboard]:
    """A call whose caller never confirms the answer, begun before everything else.

    The switch gives such a call up after 40 s, and looks for them now and then: the other tests
    run meanwhile.
    """
    with staffed(tmp_path_factory.mktemp("unconfirmed"), 1, seconds=600) as board:
        assert board.call("caller_never_confirms.xml", 1, 1).wait(20) == 0
        board.wait_for(frozenset({"CallAnswered"}), 1)
        yield board


def test_sixty_calls_of_which_eighteen_give_up_are_counted_alike_on_both_sides(
    tmp_path: Path,
) -> None:
    with staffed(tmp_path, 8) as board:
        callers = board.call("caller.xml", 42, 14), board.call("caller_gives_up.xml", 18, 6)
        assert [caller.wait(30) for caller in callers] == [0, 0]
        board.wait_for(ENDED, 60)
        told, outcomes = board.told(), board.outcomes()
    assert len(outcomes) == 60
    assert all(len(found) == 1 for found in outcomes.values())
    ours = Counter(found[0] for found in outcomes.values())
    assert ours["CallAnswered"] + ours["CallFellBack"] == told["answered"]
    assert ours["CallAbandoned"] == told["gone"]
    assert board.conservation().residual == 0
    assert board.conservation().ringing == 0


def test_a_kill_with_calls_queued_and_talking_loses_nobody(tmp_path: Path) -> None:
    with staffed(tmp_path, 4, supervised=True) as board:
        callers = board.call("caller.xml", 50, 10), board.call("caller_gives_up.xml", 20, 4)
        sleep(KILLED_AFTER_SECONDS)
        os.kill(child_of(tmp_path / "log.sqlite.lock"), signal.SIGKILL)
        assert [caller.wait(30) for caller in callers] == [0, 0]
        board.wait_for(ENDED, 70)
        told, outcomes = board.told(), board.outcomes()
    assert "killed by SIGKILL" in (tmp_path / "words.txt").read_text()
    assert told["answered"] + told["gone"] == 70
    assert len(outcomes) == 70
    assert all(len(found) == 1 for found in outcomes.values())
    ours = Counter(found[0] for found in outcomes.values())
    assert ours["CallFellBack"] > 0
    assert ours["CallAbandoned"] == told["gone"]
    assert board.conservation().residual == 0


def test_who_calls_before_there_is_a_centre_is_served_and_written_down_later(
    tmp_path: Path,
) -> None:
    with switchboard(tmp_path, 1) as board:
        assert board.call("caller_test_urn.xml", 5, 20).wait(20) == 0
        with running(tmp_path):
            board.wait_for(ENDED, 5)
        outcomes = list(board.outcomes().values())
    assert outcomes == [["CallFellBack"]] * 5


def test_both_spellings_ring_and_what_cannot_be_read_gets_a_no_and_an_entry(
    tmp_path: Path,
) -> None:
    with staffed(tmp_path, 2) as board:
        assert board.call("caller_test_urn.xml", 1, 1).wait(20) == 0
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        said = ask(board.port, b"INVITE @@ SIP/2.0", b"Call-ID: broken-1")
        assert said.startswith(b"SIP/2.0 4")
        board.wait_for(OUTCOMES, 3)
        found = Counter(kind for kinds in board.outcomes().values() for kind in kinds)
    assert found == Counter(CallAnswered=2, CallRejected=1)


def test_services_that_the_settings_name_ring_and_no_other(tmp_path: Path) -> None:
    more = 'services = ["911", "counseling.children"]\n'
    rings = (b"911", b"test.911", b"counseling:children.x")
    with staffed(tmp_path, 0, more=more) as board:
        for number, service in enumerate((*rings, b"counseling", b"9111")):
            start = b"INVITE urn:service:%s SIP/2.0" % service
            said = ask(board.port, start, b"Call-ID: service-%d" % number)
            assert said.startswith(b"SIP/2.0 1" if service in rings else b"SIP/2.0 404"), service
        board.wait_for(frozenset({"CallOffered"}), 5)
        counts = board.conservation()
    assert (counts.offered, counts.ringing, counts.rejected) == (5, 3, 2)


def test_a_telephone_that_nobody_takes_up_hands_its_call_on(tmp_path: Path) -> None:
    deaf = '[positions.deaf]\nphone = "sip:deaf@127.0.0.1:9"\n'
    with switchboard(tmp_path, 1, deaf) as board, running(tmp_path) as (url, _):
        board.seat(url, ["deaf", "p0"])
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        steps = [
            (entry.kind, msgspec.json.decode(entry.body).get("position_id"))
            for entry in board.entries()
            if entry.kind in ("PositionRung", "PositionRangOut", "CallTakerAway", "CallAnswered")
        ]
    assert steps == [
        ("PositionRung", "deaf"),
        ("PositionRangOut", "deaf"),
        ("CallTakerAway", "deaf"),
        ("PositionRung", "p0"),
        ("CallAnswered", "p0"),
    ]


def test_a_centre_that_hangs_is_as_good_as_gone_for_its_callers(tmp_path: Path) -> None:
    with staffed(tmp_path, 2) as board:
        centre = child_of(tmp_path / "log.sqlite.lock")
        os.kill(centre, signal.SIGSTOP)
        try:
            assert board.call("caller.xml", 3, 3).wait(20) == 0
        finally:
            os.kill(centre, signal.SIGCONT)
        board.wait_for(ENDED, 3)
        outcomes = board.outcomes().values()
    assert all(found == ["CallFellBack"] for found in outcomes)


def test_a_switch_that_is_killed_comes_back_and_who_rang_is_told_apart(tmp_path: Path) -> None:
    with staffed(tmp_path, 0) as board:
        waiting = board.call("caller.xml", 2, 10)
        board.wait_for(frozenset({"CallOffered"}), 2)
        os.kill(board.switch_head(), signal.SIGKILL)
        board.wait_for(frozenset({"CallRejected"}), 2)
        waiting.terminate()
        board.seat(board.url, ["p0"])
        assert board.call("caller.xml", 1, 1).wait(20) == 0
        counts = board.conservation()
    assert (counts.offered, counts.rejected, counts.answered, counts.residual) == (3, 2, 1, 0)


def ask(port: int, start: bytes, call_id: bytes) -> bytes:
    """Send a request of one's own making; give the first words of the answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.bind(("127.0.0.1", 0))
        caller.settimeout(5)
        via = b"Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK-broken" % caller.getsockname()[1]
        names = b"From: <sip:1@x.invalid>;tag=1", b"To: <urn:service:sos>", b"CSeq: 1 INVITE"
        lines = (start, via, *names, call_id, b"Max-Forwards: 9", b"Content-Length: 0", b"", b"")
        caller.sendto(b"\r\n".join(lines), ("127.0.0.1", port))
        return caller.recv(4096)


def test_a_call_whose_caller_never_confirms_the_answer_does_not_stay_open(
    unconfirmed: Switchboard,
) -> None:
    board = unconfirmed
    board.wait_for(frozenset({"CallEnded"}), 1, seconds=200)
    assert board.call("caller.xml", 1, 1).wait(20) == 0
    board.wait_for(frozenset({"CallEnded"}), 2)
    board.wait_for(ENDED, 2)
    assert Counter(entry.kind for entry in board.entries())["CallEnded"] == 2
    assert board.conservation().residual == 0
