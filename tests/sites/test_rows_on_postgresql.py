"""The newsroom's own tests once more, with its rows and the office's at a real PostgreSQL.

The server sorts by the rules of a language, as those of real centres do: an order that only comes
out right where signs are compared by their numbers does not come out right here.
PASOKH_WHOLE=1 runs the slow ones too.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps

from pasokh.newsroom.rooms import ROOMS
from tests.whole import WHOLE
from tests.words.postgres import ACCOUNT, postgres

pytestmark = pytest.mark.slow

Server = psycopg.Connection[tuple[Any, ...]]
_HAS_ICU = 15_00_00
# What asks no database anything, or starts a centre of its own.
_ELSEWHERE = """
test_calendar_file.py test_email_address.py test_line.py test_models_hold_nobody.py test_outside.py
coverage/test_feeds.py coverage/test_matching.py drafts/test_checking.py drafts/test_contents.py
drafts/test_figures_out.py drafts/test_quoting.py outlets/test_rules.py outlets/test_wanted.py
questions/test_times.py syndication/test_cloud_events.py syndication/test_real_centre.py
syndication/test_standard_webhooks.py topics/test_states.py
""".split()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as connection:
        connection.autocommit = True
        order = "LOCALE_PROVIDER icu ICU_LOCALE 'fa'"
        for site in ("office", "newsroom"):
            by = order if connection.info.server_version >= _HAS_ICU else ""
            connection.execute(f"CREATE DATABASE {site} TEMPLATE template0 {by}".encode())
        yield connection


def tables_in(server: Server, site: str) -> set[str]:
    with psycopg.connect(host=server.info.host, user=ACCOUNT, dbname=site) as there:
        rows = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in rows.fetchall()}


# What: the tests, and how many at least. The slow ones ask more of the same deeds, except of two
# processes, where a server is another thing than a file.
_ALL = {"all": (["tests/newsroom"], 400)}
_PART = {
    "two processes": (["tests/newsroom/test_two_processes.py"], 8),
    "quick": (["-m", "not slow", "tests/newsroom"], 300),
}
_CHOSEN = _ALL if WHOLE else _PART


@pytest.mark.parametrize(("chosen", "least"), _CHOSEN.values(), ids=list(_CHOSEN))
def test_what_the_newsroom_does_it_does_at_a_server_too(
    chosen: list[str], least: int, server: Server
) -> None:
    rows = f"postgresql:///{{site}}?host={server.info.host}&user={ACCOUNT}"
    left_out = [f"--ignore=tests/newsroom/{one}" for one in _ELSEWHERE]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", *left_out, *chosen],
        env=os.environ | {"PASOKH_TEST_ROWS": rows},
        capture_output=True,
        text=True,
        check=False,
    )
    told = done.stdout[-4_000:]
    assert done.returncode == 0, told + done.stderr[-1_000:]
    passed = re.search(r"(\d+) passed", told)
    assert passed, told
    sys.stdout.write(f"on PostgreSQL {server.info.server_version}: {passed[0]}\n")
    assert int(passed[1]) >= least
    ours = {model._meta.db_table for room in ROOMS for model in models_of(room)}
    assert ours <= tables_in(server, "newsroom")
    assert not ours & tables_in(server, "office")


def models_of(room: str) -> list[Any]:
    return list(apps.get_app_config(room).get_models())
