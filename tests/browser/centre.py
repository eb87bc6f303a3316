"""A real centre with its drill, started for the browser and stopped after it."""

import http.client
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pasokh.settings_scenario import PAST_PUBLIC
from tests.adapters.api.process import free_port
from tests.house.tree import ROOT

# The drill first lives the day up to now; that takes longest shortly before midnight.
START_SECONDS_MAX = 180


def quiet_province(folder: Path) -> Path:
    """The living province with a quarter of its calls: it has soon lived the day up to now."""
    drills = folder / "drills"
    shutil.copytree(ROOT / "drills", drills)
    scenario = drills / "living_province.toml"
    text = scenario.read_text("utf-8")
    quiet = text.replace("calls_per_day = 15000", "calls_per_day = 4000")
    assert quiet != text
    scenario.write_text(quiet, "utf-8")
    return scenario


def without_past(data: Path) -> Path:
    """Lay a folder for a demonstration that looks as if its past was made: it takes a minute."""
    (data / PAST_PUBLIC.parent).mkdir(mode=0o700, parents=True)
    data.chmod(0o700)
    return data


@contextmanager
def running_centre(folder: Path) -> Iterator[str]:
    """Give the address of a centre that runs a drill sixty times as fast as the clock."""
    port = free_port()
    data = folder / "data"
    data.mkdir(mode=0o700)
    said = folder / "said.txt"
    command = [sys.executable, "-m", "pasokh.cli", "serve"]
    command += ["--data", str(data), "--port", str(port), "--pace", "60"]
    command += ["--scenario", str(quiet_province(folder))]
    with said.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process, said)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(port):
            return
        time.sleep(0.3)
    raise AssertionError(f"the centre did not start; it said:\n{said.read_text()}")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
