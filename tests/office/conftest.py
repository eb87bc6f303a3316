"""An office in this process, and a control room as a real one beside it.

Django is set up once a process, before any test module imports the office's models.
"""

import atexit
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from pasokh.settings import Settings
from pasokh.sites.control_room import hang_up
from pasokh.wiring_office import set_up
from tests.adapters.api.process import free_port, running

FOLDER = Path(mkdtemp(prefix="pasokh-office-"))
PORT = free_port()
# The proxy in front of the control room that runs here.
PROXY = "127.0.0.1"
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# Rows of a test lie in files, or at the server of tests/sites/test_rows_on_postgresql.py.
SERVER = os.environ.get("PASOKH_TEST_ROWS", "")
for site in ("office", "newsroom") if SERVER else ():
    (FOLDER / f"{site}.toml").write_text(f'database_url = "{SERVER.format(site=site)}"\n')
set_up(Settings(data=FOLDER, port=PORT, language="fa"))

from django.contrib.auth.hashers import ScryptPasswordHasher  # noqa: E402 - asks for the settings

from pasokh.office.opening import prepare  # noqa: E402 - its models need Django set up

# A password is hard to guess at half a second of work each; here nobody guesses.
ScryptPasswordHasher.work_factor = 2**4


@pytest.fixture(scope="session")
def database() -> Path:
    """The office's folder, with its tables."""
    prepare()
    return FOLDER


@pytest.fixture(scope="session")
def control_room(database: Path) -> Iterator[str]:
    """The address of a control room that runs for all tests of this process."""
    with running(database, port=PORT, behind=(PROXY,)) as (url, _):
        yield url
        hang_up()
