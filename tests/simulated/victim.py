"""A centre on a real disk that takes a seeded day over and over, until somebody kills it.

Usage: victim.py FOLDER SEED. Writes each acknowledged command id to standard output, a line each.
"""

import os
import sys
from pathlib import Path
from random import Random

from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.snapshots import FileSnapshots
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.answer.commands import EndCall, NoteCall, OfferCall
from pasokh.control_room.fold import freeze
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Submission, Words
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.day import BEGIN, MACHINE, TAKER

GROUP = 8


def main(folder: Path, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a drill, no secret
    log = SqliteLog(folder / "centre.sqlite", checkpoint_pages=50)
    keys = KeyStore(folder / "keys.sqlite", master_key(folder / "master.key"), block=8)
    snapshots = FileSnapshots(DiskFolder(folder / "snapshots"), log, "victim")
    centre, head, _ = recover(log, snapshots)
    room = Room(centre, head, log, SqliteVault(keys, log))
    at = max(BEGIN, head.known_at)
    while True:
        told = []
        for _ in range(rng.randrange(1, GROUP)):
            at += 10
            call_id = f"c{at}"
            for actor, command, words in (
                (MACHINE, OfferCall(call_id), None),
                (TAKER, NoteCall(call_id), Words(text=f"words of {call_id}")),
                (TAKER, EndCall(call_id), None),
            ):
                command_id = time_ordered_id(at, rng.getrandbits(74))
                room.take(Submission(command_id, actor, command, words=words), at)
                told.append(command_id)
        room.commit()
        os.write(1, "".join(f"{command_id}\n" for command_id in told).encode())
        if rng.random() < 0.05:
            snapshots.keep(room.head, freeze(room.centre))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
