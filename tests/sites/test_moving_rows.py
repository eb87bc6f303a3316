"""A centre's rows move to a PostgreSQL and back: each as it was, or none, and the files stand."""

import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.adapters.storage.writer_lock import WriterLock
from pasokh.core.people import Role
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.inventing import invent
from pasokh.newsroom.meetings.models import MaterialFile
from pasokh.newsroom.site.models import TermName
from pasokh.newsroom.trust.models import Complaint, SurveyAnswer
from pasokh.office.office_settings import OfficeRefused
from pasokh.wiring_rows import centre_ended
from tests.newsroom.conftest import rows
from tests.office.conftest import FOLDER, database
from tests.office.people import make_person
from tests.words.postgres import ACCOUNT, postgres

__all__ = ["database", "rows"]

FILES = ("office.sqlite", "newsroom.sqlite")
COUNT = 'SELECT count(*) FROM "{}"'
SITES = ("office", "newsroom")
LONG_AGO = datetime(2001, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
ODD: dict[str, Any] = {
    "z": None,
    "a": ["می‌شود ي ك", "👩‍🚒 \u202eback\u2028", "'; DROP TABLE x; --\\ \" \t\r\n", ""],
    "numbers": [1e22, -0.0, 0.1, 1.0, 2**53 + 1, True],
}
BYTES = bytes(range(256)) * 40


class MovingCentre:
    """A folder with a centre's files, a server with two empty databases, and the command."""

    def __init__(self, data: Path, server: psycopg.Connection[Any]) -> None:
        self.data = data
        host = server.info.host
        self.urls = {site: f"postgresql:///{site}?host={host}&user={ACCOUNT}" for site in SITES}
        for site in SITES:
            server.execute(f"CREATE DATABASE {site} TEMPLATE template0".encode())

    def start(self, data: Path | None = None, **to: str) -> subprocess.Popen[str]:
        where = [part for site in SITES for part in (f"--{site}", to.get(site, self.urls[site]))]
        line = [
            sys.executable,
            "-m",
            "pasokh.cli",
            "rows",
            "move",
            "--data",
            f"{data or self.data}",
        ]
        return subprocess.Popen([*line, *where], stdout=-1, stderr=-1, text=True)

    def move(self, data: Path | None = None, **to: str) -> tuple[int, str, str]:
        with self.start(data, **to) as moving:
            said, trouble = moving.communicate()
        return moving.returncode, said, trouble

    def there(self, site: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self.urls[site], autocommit=True)

    def rows(self) -> int:
        """How many there are at the server, but for what laying the tables fills."""
        return sum(
            count
            for site in SITES
            for table, count in self.counted(site).items()
            if table not in {"django_migrations", "django_content_type", "auth_permission"}
        )

    def counted(self, site: str) -> dict[str, int]:
        with self.there(site) as there:
            tables = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [name for (name,) in tables.fetchall()]
            counts = [there.execute(COUNT.format(name).encode()).fetchone() for name in names]
            return {name: found[0] for name, found in zip(names, counts, strict=True) if found}

    def files(self) -> list[str]:
        return [sha256((self.data / name).read_bytes()).hexdigest() for name in FILES]

    def mend(self, *orders: str) -> None:
        with closing(sqlite3.connect(self.data / "newsroom.sqlite")) as file:
            for order in orders:
                file.execute(order)
            file.commit()
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def centre(rows: None, tmp_path: Path) -> Iterator[MovingCentre]:
    """Copies of this process's files, with all that a demonstration invents, and odd rows."""
    demo = replace(settings.PASOKH_NEWSROOM, demo=True)
    with override_settings(PASOKH_NEWSROOM=demo):
        invent()
    person = make_person(Role.PRESS_OFFICER)
    told = SocialAccount.objects.create(user=person, provider="p", uid="u")
    SocialAccount.objects.filter(pk=told.pk).update(last_login=LONG_AGO, date_joined=LONG_AGO)
    for name in ("odd", "last"):
        row = Draft.objects.create(news_id=name, contents=ODD, author="p-1", changed_at=2**45)
    row.delete()
    MaterialFile.objects.create(sha256="ab" * 32, media="image/png", raw=BYTES)
    SurveyAnswer.objects.create(answer_id=2**62 + 1, month="1405-09", listened=None, text="۱")
    TermName.objects.create(kind="topic", code="long", name="ن" * 2_000)
    Complaint.objects.create(code="a" * 64, text="secret\0words", received_at=1)
    Draft.objects.create(news_id="nul", contents=["secret\0"], author="p-1", changed_at=1)
    for name in FILES:
        there, here = sqlite3.connect(FOLDER / name), sqlite3.connect(tmp_path / name)
        with closing(there), closing(here):
            there.backup(here)
    with postgres() as server:
        server.autocommit = True
        yield MovingCentre(tmp_path, server)


@pytest.mark.slow
def test_every_row_moves_as_it_is_or_none_does_and_the_way_back_stands(
    centre: MovingCentre,
) -> None:
    with centre.there("newsroom") as there:
        there.execute("CREATE TABLE notes AS SELECT 1 AS one")
        code, _, trouble = centre.move()
        assert (code, "newsroom has rows: notes" in trouble) == (2, True), trouble
        there.execute("DROP TABLE notes")

    code, said, trouble = centre.move()
    assert (code, said) == (2, "")
    for odd in ("site_termname", "trust_complaint", "drafts_draft"):
        assert f"{odd} " in trouble
    assert "secret" not in trouble
    assert centre.rows() == 0
    centre.mend(
        "DELETE FROM site_termname WHERE code = 'long'",
        "UPDATE trust_complaint SET text = 'secret words'",
        "UPDATE drafts_draft SET contents = '[]' WHERE news_id = 'nul'",
    )
    before = centre.files()
    killed_half_way(centre)
    assert centre.rows() == 0

    code, said, trouble = centre.move()
    assert code == 0, trouble
    told = dict(re.findall(r"^(\w+) +(\d+) rows  sha256 [0-9a-f]{64}$", said, re.MULTILINE))
    assert told == counted_in_files(centre.data)
    assert centre.files() == before
    for site in SITES:
        assert f'database_url = "{centre.urls[site]}"' in said
    assert_odd_rows_are_there(centre)

    emptied(centre, "office")  # as a crash between the two would leave it
    assert centre.move() == (0, said, "")
    back(centre, said)


def killed_half_way(centre: MovingCentre) -> None:
    """Kill it while the server takes a row of the last site in."""
    with centre.there("newsroom") as there:
        there.execute(
            "CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_sleep(600); RETURN NEW; END'"
        )
        there.execute(
            "CREATE TRIGGER waits BEFORE INSERT ON drafts_draft FOR EACH ROW "
            "EXECUTE FUNCTION waits()"
        )
        asleep = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        with centre.start() as moving:
            try:
                while not (found := there.execute(asleep).fetchall()):
                    assert moving.poll() is None, moving.stderr and moving.stderr.read()
                    time.sleep(0.1)
                assert_nobody_else_reads(centre)
            finally:
                moving.kill()
        assert moving.returncode == -signal.SIGKILL
        for (pid,) in found:  # sleeping, it would notice late that nobody listens
            there.execute("SELECT pg_terminate_backend(%s, 60000)", [pid])
        there.execute("DROP TRIGGER waits ON drafts_draft")


def assert_nobody_else_reads(centre: MovingCentre) -> None:
    for name in FILES:
        with (
            closing(sqlite3.connect(centre.data / name, timeout=0)) as file,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            file.execute("SELECT 1 FROM django_migrations").fetchone()


def counted_in_files(data: Path) -> dict[str, str]:
    counts = {}
    for name in FILES:
        with closing(sqlite3.connect(f"file:{data / name}?mode=ro", uri=True)) as file:
            tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                (count,) = file.execute(COUNT.format(table)).fetchone()
                counts[table] = str(count)
    return {t: n for t, n in counts.items() if not t.startswith(("sqlite_", "django_migrations"))}


def assert_odd_rows_are_there(centre: MovingCentre) -> None:
    with centre.there("newsroom") as there:

        def one(order: str) -> Any:
            (found,) = there.execute(order.encode()).fetchone() or (None,)
            return found

        assert one("SELECT contents FROM drafts_draft WHERE news_id = 'odd'") == ODD
        assert one("SELECT raw FROM meetings_materialfile WHERE media = 'image/png'") == BYTES
        assert one("SELECT listened FROM trust_surveyanswer WHERE answer_id > 2^61") is None
        last = one("SELECT id FROM drafts_draft WHERE news_id = 'odd'")
        drawn = one("SELECT nextval(pg_get_serial_sequence('drafts_draft', 'id'))")
        assert drawn == last + 3, "one that was deleted gives its number to nobody"
    with centre.there("office") as there:
        kept = one("SELECT last_login FROM socialaccount_socialaccount WHERE uid = 'u'")
        assert kept == LONG_AGO, "nothing is set anew"


def emptied(centre: MovingCentre, site: str) -> None:
    tables = ", ".join(f'"{name}"' for name in centre.counted(site) if name != "django_migrations")
    with centre.there(site) as there:
        there.execute(f"TRUNCATE {tables}".encode())


def back(centre: MovingCentre, said: str) -> None:
    """The same rows, out of the server into new files."""
    data = centre.data / "back"
    data.mkdir()
    for site in SITES:
        (data / f"{site}.toml").write_text(f'database_url = "{centre.urls[site]}"\n')
    code, again, trouble = centre.move(data, office="file", newsroom="file")
    assert code == 0, trouble
    assert tables_of(again) == tables_of(said)
    assert counted_in_files(data) == counted_in_files(centre.data)
    assert {stat.S_IMODE((data / name).stat().st_mode) for name in FILES} == {0o600}


def tables_of(said: str) -> list[str]:
    return [line for line in said.splitlines() if " sha256 " in line]


def test_nothing_moves_while_somebody_of_the_centre_runs(tmp_path: Path) -> None:
    with centre_ended(tmp_path):
        assert not list(tmp_path.iterdir()), "nothing is made where no centre is"
    log = tmp_path / "log.sqlite"
    log.touch()
    with centre_ended(tmp_path), pytest.raises(Exception, match="one writer"):
        WriterLock(log)
    with WriterLock(log), pytest.raises(OfficeRefused, match="end the centre"):
        centre_ended(tmp_path).__enter__()
    for name in ("office.sock", "newsroom.sock"):
        with closing(socket.socket(socket.AF_UNIX)) as serves:
            serves.bind(str(tmp_path / name))
            serves.listen()
            with pytest.raises(OfficeRefused, match=name):
                centre_ended(tmp_path).__enter__()
        with centre_ended(tmp_path):
            assert (tmp_path / name).exists(), "what a killed one left does not matter"
