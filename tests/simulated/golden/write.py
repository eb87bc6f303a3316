"""Writes the golden log of this release: `python -m tests.simulated.golden.write [--states]`.

A log that stands here is never written again: it is what the release wrote, and every later
release must read it. Only the digest of the state that it folds to may be renewed (`--states`),
when the state's own shape changed and somebody has looked why.
"""

import json
import sys
from pathlib import Path
from random import Random

import msgspec

from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold, state_hash
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry
from pasokh.core.machine import Submission
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.disk import Disk
from tests.simulated.golden.script import script

HERE = Path(__file__).parent
RELEASE = "2026.9"
STATES = HERE / "states.json"


def write_log() -> list[Entry]:
    """Take the script in a fresh centre, with seeded keys, and give what its log holds."""
    disk = Disk()
    entropy = Random(RELEASE).randbytes  # noqa: S311 - golden bytes, no secret
    log = SqliteLog("centre", vfs=disk.vfs_name)
    keys = KeyStore("keys", bytes(32), entropy=entropy, vfs=disk.vfs_name)
    centre, head, _ = recover(log)
    room = Room(centre, head, log, SqliteVault(keys, log, entropy=entropy))
    for n, (at, actor, command, words) in enumerate(script()):
        room.take(Submission(f"golden-{n}", actor, command, words=words), at)
        room.commit()
    return list(log.read())


def read_log(path: Path) -> list[Entry]:
    """Read a golden log: an entry a line."""
    return [msgspec.json.decode(line, type=Entry) for line in path.read_bytes().splitlines()]


def state_of(entries: list[Entry]) -> str:
    """Fold a golden log with today's program."""
    centre = Centre()
    for entry in entries:
        fold(centre, fact_of(entry))
    return state_hash(centre)


def main(arguments: list[str]) -> int:
    """Write this release's log when there is none, and with --states the digests of all."""
    path = HERE / f"log-{RELEASE}.jsonl"
    if not path.exists():
        path.write_bytes(b"".join(msgspec.json.encode(entry) + b"\n" for entry in write_log()))
    elif "--states" not in arguments:
        sys.stderr.write(f"{path.name} is there and is never written again\n")
        return 1
    states = {log.name: state_of(read_log(log)) for log in sorted(HERE.glob("log-*.jsonl"))}
    STATES.write_text(json.dumps(states, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
