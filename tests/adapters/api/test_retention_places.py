"""A centre that lived fully leaves no file of which the table of retention does not say a class."""

import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from pasokh.adapters.storage.landlines import LandlinesMade
from pasokh.adapters.telephony.kamailio.phone_files import write_accounts
from pasokh.cli import main
from pasokh.control_room.retention_places import PLACES, kind_at
from pasokh.newsroom.site.search_file import FILE_NAME
from tests.adapters.api.process import free_port, wait_until_healthy
from tests.adapters.api.test_erased import plant_beside, take_plants
from tests.adapters.archive.test_erased_figures import lived, published

# Made by what this life has not: a browser, many knocks, evidence, a broken command, an Asterisk's
# secret, a disk for plain voices, doors that never published, a demonstration, a press desk.
NOT_HERE = {
    "packed_pages/*",
    "office.cache/*",
    "doors/tally.json",
    "voices/evidence/*",
    "parked.jsonl",
    "*.secret",
    "telephone/voices/*",
    "published/*",
    "past*/*",
    "news-texts/*",
    "news-pictures/*",
    "comment-words.txt",
}


def run_all(folder: Path, words: Path) -> None:
    """Let control room, office, doors and publishing live in a folder, with somebody at a door."""
    port = free_port()
    line = [sys.executable, "-m", "pasokh.cli", "run", "--empty", "--data", str(folder)]
    with words.open("wb") as said:
        centre = subprocess.Popen([*line, "--port", str(port)], stderr=said)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        written_to(f"http://127.0.0.1:{port + 1}/chat/", folder / "doors")
        until_there(folder / "office.sqlite")
        httpx.get(f"http://127.0.0.1:{port}/office/fa/accounts/login/", timeout=60)
        until_there(folder / FILE_NAME)
    finally:
        centre.terminate()
        centre.wait(30)


def written_to(address: str, doors: Path) -> None:
    until = monotonic() + 60
    while monotonic() < until:
        try:
            httpx.get(address, timeout=60)
        except httpx.TransportError:
            sleep(0.1)
        else:
            return
    raise AssertionError(f"no door at {address}; {doors}")


def until_there(path: Path) -> None:
    until = monotonic() + 60
    while monotonic() < until and not path.is_file():
        sleep(0.1)
    assert path.is_file()


def full_life(folder: Path, words: Path) -> None:
    folder.mkdir()
    lived(folder)
    key = folder / "publishing" / "log.key"
    assert main(["signing-key", str(key), "--name", "a.example/log", "--for", "log"]) == 0
    published(folder, folder / "public", folder / "publishing")
    assert main(["archive", str(folder / "log.sqlite"), "--to", str(folder / "archive")]) == 0
    (folder / "publishing.toml").write_text('responsible = "press office"\n')
    (folder / "newsroom.toml").touch()
    with LandlinesMade(folder) as made:
        made.keep()
    run_all(folder, words)
    take_plants(folder)
    plant_beside(folder)
    write_accounts(folder / "telephone", {})
    shutil.copytree(folder, folder.parent / "backup")
    assert main(["erase", str(folder / "log.sqlite"), "--due"]) == 0


@pytest.mark.slow
def test_every_file_of_a_full_life_has_its_class(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    full_life(folder, tmp_path / "words.txt")
    files = [
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "words.txt"  # the test's own
    ]
    assert [file for file in files if kind_at(file) is None] == []
    found = {next(p.pattern for p in PLACES if p.fits(file)) for file in files}
    assert {place.pattern for place in PLACES} - found <= NOT_HERE, "rows for files nobody makes"
    assert kind_at("notes-of-mine.txt") is None
