"""The import contracts hold in the house, and each is seen to break when it is broken."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rooms import contracts
from tests.house.tree import ROOT

GOOD = {
    "core/ids.py": "",
    "answer/events.py": "import pasokh.core.ids",
    "answer/state.py": "from pasokh.answer.events import *",
    "answer/events_lines.py": "",
    "dispatch/events.py": "import pasokh.answer.events, pasokh.answer.events_lines",
    "account/state.py": "import pasokh.dispatch.events",
    "control_room/machine.py": "import pasokh.account.state, pasokh.answer.state",
    "planning/forecast.py": "import pasokh.dispatch.events",
    "drivers/live.py": "import time, asyncio, pasokh.control_room.machine",
    "drivers/ports.py": "",
    "adapters/storage/lite.py": "import sqlite3, pasokh.drivers.ports, pasokh.words.fa",
    "adapters/api/app.py": "import pasokh.dispatch.events",
    "office/pages.py": "import pasokh.words.fa",
    "words/fa.py": "",
    "checker/report.py": "import re, fractions",
    "wiring.py": "import pasokh.adapters.storage.lite, pasokh.drivers.live, pasokh.settings",
    "settings.py": "",
    "cli.py": "import pasokh.wiring",
}
BREACHES = {
    "a floor looks up": ("answer/state.py", "import pasokh.dispatch.events"),
    "core knows a floor": ("core/ids.py", "import pasokh.answer.events"),
    "a driver knows an adapter": ("drivers/live.py", "import pasokh.adapters.api.app"),
    "an adapter wires": ("adapters/api/app.py", "import pasokh.wiring"),
    "dispatch takes more than events": ("dispatch/events.py", "import pasokh.answer.state"),
    "account takes more than events": ("account/state.py", "import pasokh.answer.state"),
    "planning takes more than events": ("planning/forecast.py", "import pasokh.account.state"),
    "planning turns the machine": ("planning/forecast.py", "import pasokh.control_room.machine"),
    "core opens a file": ("core/ids.py", "import os"),
    "a floor sees the clock": ("account/state.py", "from time import time"),
    "the joined floors wait": ("control_room/machine.py", "import asyncio.locks"),
    "a floor knows a framework": ("answer/state.py", "import litestar"),
    "words know a rule": ("words/fa.py", "import pasokh.core.ids"),
    "a floor speaks Persian": ("answer/state.py", "import pasokh.words.fa"),
    "the checker asks the words": ("checker/report.py", "import pasokh.words.fa"),
    "the checker needs a library": ("checker/report.py", "import msgspec"),
    "the checker opens a file": ("checker/report.py", "import os"),
    "adapters meet": ("adapters/api/app.py", "import pasokh.adapters.storage.lite"),
    "the office meets an adapter": ("office/pages.py", "import pasokh.adapters.api.app"),
    "an adapter decides": ("adapters/api/app.py", "from pasokh.answer import state"),
    "an adapter turns the crank": ("adapters/api/app.py", "import pasokh.drivers.live"),
}


def lint(package: Path, scratch: Path) -> subprocess.CompletedProcess[str]:
    config = scratch / "importlinter.ini"
    config.write_text(contracts(package))
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--config", config, "--no-cache"],
        cwd=package.parent,
        env={"PYTHONPATH": str(package.parent), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def build(scratch: Path, files: dict[str, str]) -> Path:
    package = scratch / "pasokh"
    for name, text in files.items():
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    for folder in [package, *(path for path in package.rglob("*") if path.is_dir())]:
        (folder / "__init__.py").touch()
    return package


def test_the_house_keeps_its_contracts(tmp_path: Path) -> None:
    done = lint(ROOT / "src" / "pasokh", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_good_house_passes(tmp_path: Path) -> None:
    done = lint(build(tmp_path, GOOD), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_house_of_one_room_passes(tmp_path: Path) -> None:
    done = lint(build(tmp_path, {"core/ids.py": ""}), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("file", "line"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_found(tmp_path: Path, file: str, line: str) -> None:
    done = lint(build(tmp_path, GOOD | {file: f"{GOOD[file]}\n{line}"}), tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
