"""After everything due is erased no byte of the data folder tells what a caller said (N7).

A real centre takes plants through every command that carries words; others lie where what nobody
could read is kept. Every file is then searched in every form in which text is written.
"""

import os
import shutil
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from pasokh.adapters.api.scopes import Scope, command_name
from pasokh.adapters.api.tokens import add_token
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.adapters.doors.parked import ParkedFile
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.journal import Journal
from pasokh.answer.commands_voice import KeepRecording
from pasokh.control_room.codec import event_of
from pasokh.control_room.decide import COMMANDS
from pasokh.core.machine import Sealed, Submission, Words
from pasokh.core.people import Role
from pasokh.core.time import DAY
from pasokh.drivers.erasing_ends import report_of
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from pasokh.wiring_erasing import eraser_of, vault_of
from tests.adapters.api.process import running

NAME, NUMBER, PLACE = "گلنارِ نشانه", "+989120007351", "کوچهٔ نشانهٔ هفتم"
TEXT, POINT = "plain-marker-QZXW-7731", (36.1234567, 59.7654321)
WORDS: dict[str, Any] = {
    "name": NAME,
    "number": NUMBER,
    "place": PLACE,
    "text": TEXT,
    "latitude": POINT[0],
    "longitude": POINT[1],
}
PLANTS = (NAME, PLACE, TEXT, NUMBER[1:], "09120007351", "۰۹۱۲۰۰۰۷۳۵۱", *map(str, POINT))
MACHINE, PERSON = "machine", "person"
HOUR = 3_600_000
UNTIL = {"expires_at": ()}  # an hour from when it is given

# Every command that carries words, after what it needs; None: without words.
STEPS: list[tuple[str, str, dict[str, Any], dict[str, Any] | None]] = [
    (MACHINE, "offer-call", {"call_id": "c1", "county": "mashhad"}, WORDS),
    (PERSON, "locate-call", {"call_id": "c1", "county": "mashhad"}, WORDS),
    (PERSON, "note-call", {"call_id": "c1"}, WORDS),
    (MACHINE, "tell-place", {"place_id": "w-1", "source": "pidf_lo", "call_id": "c1"}, WORDS),
    (MACHINE, "tell-place", {"place_id": "w-2", "source": "aml_https"}, WORDS),
    (MACHINE, "receive-message", {"call_id": "c2", "message_id": "m1", "line": "sms"}, WORDS),
    (PERSON, "send-message", {"call_id": "c2", "message_id": "m2"}, WORDS),
    (PERSON, "open-incident", {"incident_id": "i1", "county": "mashhad"}, WORDS),
    (PERSON, "link-call", {"call_id": "c1", "incident_id": "i1"}, None),
    (PERSON, "move-incident", {"incident_id": "i1", "county": "nishapur"}, WORDS),
    (PERSON, "note-incident", {"incident_id": "i1"}, WORDS),
    (MACHINE, "start-recording", {"call_id": "c1", "why": "all"}, None),
    (
        PERSON,
        "mark-nuisance",
        {"call_id": "c1", "code": "N2", "reason": "x", **UNTIL},
        None,
    ),
    (PERSON, "appeal-nuisance", {"call_id": "c1", "reason": "x"}, WORDS),
    (MACHINE, "receive-appeal", {"appeal_id": "a1"}, WORDS),
    (PERSON, "write-shift-note", {"note_id": "n1"}, WORDS),
    (PERSON, "broadcast", {"broadcast_id": "b1", **UNTIL}, WORDS),
]


def forms(plant: str) -> list[bytes]:
    """A text as files have it: encoded, escaped, and in base64 wherever it may begin there."""
    raw = plant.encode()
    shifted = (b64encode(b"x" * n + raw)[4:-4] for n in range(3))
    escaped = plant.encode("unicode_escape"), "".join(f"\\u{ord(c):04x}" for c in plant).encode()
    percent = quote(plant, safe=""), quote(plant, safe="").lower()
    encoded = (plant.encode("utf-16-le"), plant.encode("utf-16-be"), raw.hex().encode())
    return [raw, *encoded, *escaped, *(p.encode() for p in percent), *shifted]


def found_in(folder: Path) -> set[str]:
    """Name the files that tell a plant, in their bytes or in their own names."""
    wanted = [form for plant in PLANTS for form in forms(plant)]
    return {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() + os.fsencode(file) for form in wanted)
    }


def token_of(folder: Path, name: str, role: Role, now: int) -> str:
    return add_token(folder, name=name, role=role, scopes=tuple(Scope), now=now)


def take_plants(folder: Path) -> None:
    """Give every command with words to a real centre, and what cannot be understood too."""
    folder.mkdir(exist_ok=True)
    now = WallClock().now()
    named = {MACHINE: Role.MACHINE, PERSON: Role.SUPERVISOR}
    roles = {
        name: {"Authorization": f"Bearer {token_of(folder, name, role, now)}"}
        for name, role in named.items()
    }
    with running(folder) as (url, _), httpx.Client(base_url=url) as centre:
        for n, (who, name, command, words) in enumerate(STEPS):
            timed = {k: now + HOUR if v == () else v for k, v in command.items()}
            order = {"id": f"k-{n}", "command": timed, "words": words}
            answer = centre.post(f"/commands/{name}", json=order, headers=roles[who])
            assert answer.status_code == 200, (name, answer.text)
            wrong = {**order, "id": f"w-{n}", "wrods": words}  # is refused, and says why
            assert centre.post(f"/commands/{name}", json=wrong, headers=roles[who]).is_error
            again = {**order, "id": f"r-{n}"}  # mostly refused by the machine, words and all
            centre.post(f"/commands/{name}", json=again, headers=roles[who])
        centre.get("/views/calls/c1", params={"q": NUMBER, "name": NAME}, headers=roles[PERSON])


def plant_beside(folder: Path) -> None:
    """Keep a voice, and put down what nobody could read or sealed."""
    room, voices = turned(folder)
    secret = voices.keep("c1", TEXT.encode() * 50, WallClock().now() + 90 * DAY)
    digest = "ab" * 32
    kept = KeepRecording("c1", digest, 1, 0, 1, WallClock().now() + 90 * DAY)
    receipt = room.take(Submission("voice", "machine:line", kept, words=Words(text=secret)), 0)
    assert receipt.refusal is None
    room.commit()
    closed(room)
    for name in ("texts", "telephone", "telephone/asterisk"):
        disk = DiskFolder(folder / name)
        Journal(disk).append([f"{NUMBER} {NAME} {TEXT}".encode()])
        disk.replace("damaged-journal-00000007", TEXT.encode("utf-16-le"))
    knock = Knock("k1", DoorKind.CHAT, WallClock().now(), "thread", body=quote(TEXT).encode())
    ParkedFile(DiskFolder(folder / "doors")).add(knock, f"odd: {PLACE}")


def turned(folder: Path) -> tuple[Room, VoiceFiles]:
    log = SqliteLog(folder / "log.sqlite")
    centre, head, _ = recover(log)
    vault = vault_of(folder, log)
    return Room(centre, head, log, vault), VoiceFiles(folder / "voices", vault)


def closed(room: Room) -> None:
    room.log.close()
    room.vault._keys.close()


def erase(folder: Path, days: int) -> tuple[bool, dict[str, int]]:
    """Run as the centre does at night, so many days from now; give what was erased by class."""
    room, _ = turned(folder)
    eraser = eraser_of(folder, room.log, room.vault)
    now = WallClock().now() + days * DAY
    behind = eraser.begin(room.centre.staff.erasures)
    report = eraser.run(room.centre.staff.erasures.run + 1, now, frozenset)
    room.take(report_of(report), now)
    room.commit()
    ParkedFile(DiskFolder(folder / "doors")).forget(now - 30 * DAY)
    eraser._book.close()
    closed(room)
    return behind, {row.kind: row.erased for row in report.classes}


def still_open(folder: Path) -> set[str]:
    room, _ = turned(folder)
    sealed = [getattr(event_of(entry), "words", None) for entry in room.log.read()]
    opened = {one.subject for one in sealed if isinstance(one, Sealed) and room.vault.open(one)}
    closed(room)
    return opened


def test_every_command_that_carries_words_is_among_the_plants() -> None:
    carried = {name for _, name, _, words in STEPS if words} | {"keep-recording"}
    assert carried == {command_name(kind) for kind in COMMANDS if kind.may_carry_words}


def test_a_plant_is_found_in_whatever_form_it_lies(tmp_path: Path) -> None:
    for n, form in enumerate(forms(NAME)):
        (tmp_path / f"{n}").write_bytes(b"before" + form + b"after")
    assert len(found_in(tmp_path)) == len(forms(NAME))


@pytest.mark.slow
def test_no_byte_of_any_file_tells_what_was_erased(tmp_path: Path) -> None:
    folder, copy = tmp_path / "centre", tmp_path / "copy"
    take_plants(folder)
    assert found_in(folder) == set(), "sealed, and nowhere in the clear"
    plant_beside(folder)
    in_clear = found_in(folder)
    assert len(in_clear) == 7, "what nobody could read"
    assert still_open(folder) >= {"c1", "c2", "i1", "place/w-1", "appeal/a1", "note/n1"}
    shutil.copytree(folder, copy)

    _, erased = erase(folder, 400)
    kinds = {"contact": 1, "place": 9, "text": 4, "message": 2, "recording": 1, "appeal": 1}
    assert erased == kinds | {"note": 1, "broadcast": 1, "raw": 6}
    assert still_open(folder) == {"appeal/a1"}  # nobody has decided on it yet
    assert found_in(folder) == set()

    # The keys of before come back from the copy, and end again; so does the copy of all.
    shutil.copy(copy / "keys.sqlite", folder / "keys.sqlite")
    assert len(still_open(folder)) > 1
    assert erase(folder, 401)[0]
    assert still_open(folder) == {"appeal/a1"}
    erase(copy, 400)
    assert still_open(copy) == {"appeal/a1"}
    assert found_in(copy) == found_in(folder) == set()
