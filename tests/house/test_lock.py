"""The locks serve every machine: pinned with hashes, no address, no path, and not behind."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LOCKS = ("requirements/run.txt", "requirements/test.txt", "requirements/country.txt")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


def wanted(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {re.split(r"[<>=!~\[ ]", line, maxsplit=1)[0].lower() for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    places = r".*(?:://|file:/|--[a-z-]*index|--find| @ |^/|\s/|\.\./).*"
    named = re.findall(places, text, re.MULTILINE)
    assert named == []
    assert "script/lock" in text.split("==")[0], "the header says how the lock is made"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())[1:]
    assert len(blocks) == len(pins(lock)) > 0
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_locks_hold_what_the_project_wants() -> None:
    assert wanted() | {"hatchling", "editables"} <= pins("requirements/run.txt").keys()
    assert wanted("test", "lock") <= pins("requirements/test.txt").keys()


def test_tests_run_on_what_ships() -> None:
    run, everything = pins("requirements/run.txt"), pins("requirements/test.txt")
    assert {name: everything.get(name) for name in run} == run


def test_this_environment_is_the_lock(tmp_path: Path) -> None:
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--all", "--exclude-editable"],
        capture_output=True,
        text=True,
        check=True,
    )
    here = {name.lower().replace("_", "-"): v for name, v in PIN.findall(listing.stdout.lower())}
    locked = pins("requirements/test.txt")
    stale = {name: v for name, v in locked.items() if here.get(name, v) != v}
    assert stale == {}, "run script/setup"
