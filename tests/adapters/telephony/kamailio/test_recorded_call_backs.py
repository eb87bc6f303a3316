"""A call back is recorded as a call is: through a real switch, both sides, under its own key."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import httpx

from tests.adapters.telephony.kamailio.switchboard import Switchboard, ask
from tests.adapters.telephony.kamailio.test_dialling import dials_back, missed
from tests.adapters.telephony.kamailio.test_recordings import (
    CALLER,
    KEPT,
    PIECES,
    TAKER,
    bodies,
    opened,
    plain_files,
    recorded,
    say,
    spoken,
)
from tests.adapters.telephony.kamailio.test_registered_phones import secret_of
from tests.adapters.telephony.kamailio.test_voices import Voices, door_in, port_of, pytestmark

__all__ = ["pytestmark"]
STARTED = frozenset({"RecordingStarted"})


@contextmanager
def spoken_back(folder: Path, more: str) -> Iterator[tuple[Switchboard, Voices, str]]:
    """A caller who gave up is called back, and picked up: both can speak."""
    voices = Voices()
    heard = port_of(voices.caller)
    with missed(folder, "outside.xml", more, 90, heard) as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        dials_back(board, secret_of(folder), 6000, port_of(voices.taker))
        board.wait_for(frozenset({"CallBackPickedUp"}), 1)
        caller, taker = door_in(folder / "outside.log"), door_in(folder / "callers-1.log")
        voices.doors = {"caller": caller, "taker": taker}
        yield board, voices, call
    voices.close()


def test_a_call_back_is_recorded_both_ways_and_heard_beside_its_call(tmp_path: Path) -> None:
    with spoken_back(tmp_path, recorded(tmp_path)) as (board, voices, call):
        board.wait_for(STARTED, 1)
        say(voices, [CALLER] * PIECES, 0)
        board.wait_for(KEPT, 1, seconds=40)
        [dialled], [started], [kept] = (
            bodies(board, kind) for kind in ("CallBackDialled", "RecordingStarted", "RecordingKept")
        )
        view = httpx.get(f"{board.url}/desk/snapshot", headers=board.headers).json()
        [backs] = [one["state"]["spoken_back"] for one in view["objects"] if one["id"] == call]
    assert (started["call_id"], started["why"]) == (dialled["dial_id"], "policy")
    assert [(one["id"], one["recording"]["phase"]) for one in backs] == [
        (dialled["dial_id"], "kept")
    ]
    audio = opened(tmp_path, kept)
    assert sha256(audio).hexdigest() == kept["sha256"]
    # The caller is on the left, whoever of both dialled.
    assert spoken(audio, CALLER) == [PIECES]
    assert spoken(audio, TAKER) == [PIECES]
    assert plain_files(tmp_path) == []
    # Half of its key ends with the call back, and with no other voice.
    assert kept["words"]["subject"] == dialled["dial_id"] != call


def test_without_the_policy_nothing_of_a_call_back_is_written(tmp_path: Path) -> None:
    nothing = f'voice.spool = "{tmp_path / "spool"}"\n'
    with spoken_back(tmp_path, nothing) as (board, voices, _):
        assert voices.both_hear()
        board.wait_for(frozenset({"CallBackHungUp"}), 1)
        assert bodies(board, "RecordingStarted") == []
        assert plain_files(tmp_path) == []


def test_without_a_carrier_the_call_back_goes_on_and_its_lost_voice_is_said(tmp_path: Path) -> None:
    with missed(tmp_path, "outside.xml", recorded(tmp_path), 90) as (board, call):
        ask(board.url, board.headers, "begin-call-back", {"call_id": call})
        secret = secret_of(tmp_path)
        os.kill(board.carrier(), signal.SIGSTOP)
        try:
            assert dials_back(board, secret).wait(20) == 0
            board.wait_for(frozenset({"RecordingLost"}), 1)
        finally:
            os.kill(board.carrier(), signal.SIGCONT)
        [dialled], [lost] = (bodies(board, kind) for kind in ("CallBackDialled", "RecordingLost"))
        assert (lost["call_id"], lost["why"]) == (dialled["dial_id"], "not_carried")
