"""A real caller gives the place by reference: nothing of the call waits for the place's server."""

import threading
from pathlib import Path
from time import monotonic, sleep

from msgspec import UNSET

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.answer.events import CallOffered, PlaceTold
from pasokh.control_room.codec import event_of
from pasokh.core.told_places import PlaceSource, ToldPlace
from tests.adapters.telephony.kamailio.switchboard import needs_switch, staffed
from tests.adapters.telephony.location_server import (
    Answer,
    LocationServer,
    held,
    location_server,
    pidf,
    place,
)

pytestmark = needs_switch

ANSWERED = frozenset({"CallAnswered"})


def line_of(server: LocationServer) -> str:
    return f'[references."{server.name}"]\nca = "{server.authority.name}"\n'


def kept(folder: Path) -> list[ToldPlace]:
    """All places of all calls, as they lie sealed."""
    log = read_only(folder / "log.sqlite")
    keys = KeyStore(folder / "keys.sqlite", master_key(folder / "master.key"))
    vault = SqliteVault(keys, log)
    events = [event_of(entry) for entry in log.read()]
    sealed = [
        event.words
        for event in events
        if isinstance(event, CallOffered | PlaceTold) and event.words is not None
    ]
    words = [vault.open(one) for one in sealed]
    keys.close()
    log.close()
    return [p for one in words if one is not None and one.places is not UNSET for p in one.places]


def wait_for_places(folder: Path, count: int) -> list[ToldPlace]:
    until = monotonic() + 20
    while len(found := kept(folder)) < count:
        assert monotonic() < until, found
        sleep(0.1)
    return found


def test_a_caller_is_answered_while_the_server_thinks_and_the_place_comes_into_the_talk(
    tmp_path: Path,
) -> None:
    thought = threading.Event()

    def says(_method: str, _body: bytes) -> Answer:
        thought.wait(30)
        return place(held(pidf(36.31, 30)))

    with location_server(tmp_path) as server, staffed(tmp_path, 1, more=line_of(server)) as board:
        server.says = says
        board.call("caller_referring.xml", 1, 1, "-key", "where", server.address(), talk_ms=20_000)
        board.wait_for(ANSWERED, 1)
        assert not thought.is_set()
        (given,) = kept(tmp_path)
        assert (given.latitude, given.unanswered) == (None, None)
        thought.set()
        _, found, *_ = wait_for_places(tmp_path, 2)
        assert (found.source, found.latitude, found.radius_m) == (PlaceSource.REFERENCE, 36.31, 30)
        assert found.reference == given.reference
        assert "3f9ab2c4d5e6" not in given.reference


def test_what_is_not_on_the_list_is_not_asked_and_the_call_is_answered(tmp_path: Path) -> None:
    with location_server(tmp_path) as server, staffed(tmp_path, 1) as board:
        board.call("caller_referring.xml", 1, 1, "-key", "where", server.address())
        board.wait_for(ANSWERED, 1)
        (given,) = kept(tmp_path)
        assert given.unanswered == "host"
        assert server.asked == []
