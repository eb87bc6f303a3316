"""Where things happen: invented words on every call that is located and every incident."""

from pathlib import Path

import pytest

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY
from pasokh.core.machine import Words
from pasokh.core.place import Point, distance_metres
from pasokh.core.time import MINUTE
from pasokh.dispatch.state import Incident
from pasokh.drivers.drill.pace import live_until
from pasokh.drivers.room import Room
from tests.drivers.drill.province_run import START, province, shipped

NEAR_METRES = 120_000


def morning(folder: Path) -> tuple[Room, SqliteVault]:
    """Live half an hour with a vault."""
    log = SqliteLog(folder / "log.sqlite")
    vault = SqliteVault(KeyStore(folder / "keys.sqlite", master_key(folder / "master.key")), log)
    room = Room(Centre(), EMPTY, log, vault)
    live_until(room, province(shipped()), START + 30 * MINUTE, seal_words=True)
    return room, vault


def words_of(vault: SqliteVault, incident: Incident) -> Words:
    words = vault.open(incident.words[0].sealed)
    assert words is not None
    return words


@pytest.mark.slow
def test_every_incident_says_where_it_is_near_its_county_s_seat(tmp_path: Path) -> None:
    room, vault = morning(tmp_path)
    counties = province(shipped()).counties
    incidents = list(room.centre.dispatch.incidents.values())
    assert len(incidents) > 40
    for incident in incidents:
        words = words_of(vault, incident)
        assert words.place.startswith(tuple(shipped().sealing.streets))
        assert words.latitude is not None
        assert words.longitude is not None
        point = Point(words.latitude, words.longitude)
        assert distance_metres(point, counties[incident.county].seat) < NEAR_METRES


@pytest.mark.slow
def test_everybody_who_reports_it_names_the_same_place(tmp_path: Path) -> None:
    room, vault = morning(tmp_path)
    told = 0
    for call in room.centre.answer.calls.values():
        incident = room.centre.dispatch.incidents.get(call.incident_id or "")
        if incident is None or not call.words:
            continue
        told += 1
        assert vault.open(call.words[0].sealed) == words_of(vault, incident)
    assert told > 30


@pytest.mark.slow
def test_words_change_nothing_of_what_happens(tmp_path: Path) -> None:
    room, _ = morning(tmp_path)
    plain = Room(Centre(), EMPTY, SqliteLog(tmp_path / "plain.sqlite"))
    live_until(plain, province(shipped()), START + 30 * MINUTE)
    assert plain.head.seq == room.head.seq
    assert plain.centre.dispatch.numbers == room.centre.dispatch.numbers
