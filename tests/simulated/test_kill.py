"""SIGKILL on a real process under load, again and again: what it told is in the log."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random
from time import sleep

import pytest

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.log_reader import LogReader, read_only
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.verify import verify_file
from pasokh.answer.events import CallNoted
from pasokh.control_room.codec import event_of

ROOT = Path(__file__).parents[2]
KILLS = 20
LONGEST_SECONDS = 0.15


def killed_run(folder: Path, seed: int, seconds: float) -> list[str]:
    """Start the victim, let it acknowledge something, kill it; give what it acknowledged."""
    line = [sys.executable, "-m", "tests.simulated.victim", str(folder), str(seed)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE) as victim:
        assert victim.stdout is not None
        first = os.read(victim.stdout.fileno(), 65_536)
        assert first, "the victim goes on after the last kill"
        sleep(seconds)
        victim.kill()
        told = first + victim.stdout.read()
    assert victim.returncode == -9
    return told.decode().split("\n")[:-1]  # the pipe may have torn the last line


def words_that_do_not_open(folder: Path, reader: LogReader) -> int:
    keys = KeyStore(folder / "keys.sqlite", master_key(folder / "master.key"))
    vault = SqliteVault(keys, reader)
    events = map(event_of, reader.read())
    lost = sum(vault.open(e.words) is None for e in events if isinstance(e, CallNoted))
    keys.close()
    return lost


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing_that_was_told(tmp_path: Path) -> None:
    rng = Random(9)  # noqa: S311 - a drill, no secret
    told: list[str] = []
    lengths = [0]
    for kill in range(KILLS):
        told += killed_run(tmp_path, kill, rng.uniform(0, LONGEST_SECONDS))
        verdict = verify_file(tmp_path / "centre.sqlite")
        assert verdict.fault is None
        lengths.append(verdict.head.seq)
    assert lengths == sorted(set(lengths)), "it went on after every kill"
    heads = tmp_path / "snapshots" / "heads.txt"
    verdict = verify_file(tmp_path / "centre.sqlite", heads)
    assert verdict.fault is None
    assert verdict.heads_met > 0
    reader = read_only(tmp_path / "centre.sqlite")
    there = {entry.command_id for entry in reader.read()}
    assert len(told) > 100
    assert set(told) <= there
    assert words_that_do_not_open(tmp_path, reader) == 0
    reader.close()
