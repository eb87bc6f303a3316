"""The newsroom's own tests once more, with its rows and the office's at a real PostgreSQL.

The server sorts by the rules of a language, as those of real centres do: an order that only comes
out right where signs are compared by their numbers does not come out right here.
Half of the time went to six files that ask much of a few deeds: with PASOKH_WHOLE=1 they are asked.
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
from tests.house.whole import WHOLE
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
_LONG = """
comments/test_flood.py drafts/test_editor.py drafts/test_no_silent_edit.py
outlets/test_equal_minute.py site/test_earlier.py site/test_embargo.py
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


def test_what_the_newsroom_does_it_does_at_a_server_too(server: Server) -> None:
    rows = f"postgresql:///{{site}}?host={server.info.host}&user={ACCOUNT}"
    elsewhere = _ELSEWHERE if WHOLE else [*_ELSEWHERE, *_LONG]
    left_out = [f"--ignore=tests/newsroom/{one}" for one in elsewhere]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", *left_out, "tests/newsroom"],
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
    assert int(passed[1]) > 400
    ours = {model._meta.db_table for room in ROOMS for model in models_of(room)}
    assert ours <= tables_in(server, "newsroom")
    assert not ours & tables_in(server, "office")


def models_of(room: str) -> list[Any]:
    return list(apps.get_app_config(room).get_models())
