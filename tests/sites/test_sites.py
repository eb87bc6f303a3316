"""What both sites share: paths that say their language, settings that are a file, a kept secret."""

import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import override_settings
from msgspec import Struct

from pasokh.newsroom.newsroom_settings import NewsroomFile, NewsroomRefused, NewsroomSettings
from pasokh.office.office_settings import OfficeFile, OfficeRefused, OfficeSettings
from pasokh.settings import Settings
from pasokh.sites.civil_time import said_at
from pasokh.sites.database import database_of, same_database
from pasokh.sites.languages import in_language
from pasokh.sites.settings_files import kept_secret, settings_in
from pasokh.wiring_office import set_up as office_set_up
from tests.newsroom.conftest import PUBLIC


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    name: str = "none"
    folder: Path | None = None


class NotSo(Exception):
    """What the test's settings are refused with."""


def test_a_path_keeps_its_page_in_another_language() -> None:
    assert in_language("/office/fa/people/", "en") == "/office/en/people/"
    with override_settings(**PUBLIC):
        assert in_language("/newsroom/fa/a/", "en") == "/newsroom/en/a/"
        assert in_language("/office/fa/people/", "en") == "/office/fa/people/", "another's path"


def test_a_time_is_said_by_the_readers_clock() -> None:
    with override_settings(**PUBLIC):
        assert "11:06" in said_at("en", 1_795_000_000_000)
    assert settings.PASOKH_OFFSET == "pasokh.office.centre_offset.offset_minutes"


def test_settings_are_a_file_and_a_wrong_one_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    assert settings_in(path, Chosen, NotSo) == Chosen()
    path.write_text('name = "a"\nfolder = "b"\n')
    assert settings_in(path, Chosen, NotSo) == Chosen("a", Path("b"))
    for wrong in ("name = 1", "nam = 'a'", "name ="):
        path.write_text(wrong)
        with pytest.raises(NotSo, match=r"site\.toml"):
            settings_in(path, Chosen, NotSo)


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "site.key"
    made = kept_secret(path)
    assert len(made) >= 64
    assert kept_secret(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_rows_lie_in_a_file_or_at_a_server(tmp_path: Path) -> None:
    file = tmp_path / "rows.sqlite"
    assert database_of("", file)["NAME"] == str(file)
    there = database_of("postgresql://a%40b:c@db.example:5433/rows", file)
    assert (there["USER"], there["HOST"], there["PORT"], there["NAME"]) == (
        "a@b",
        "db.example",
        "5433",
        "rows",
    )
    told = database_of("postgresql://db.example/rows?sslmode=verify-full&connect_timeout=9", file)
    assert told["OPTIONS"]["sslmode"] == "verify-full"
    assert told["OPTIONS"]["connect_timeout"] == "9", "what an address says goes first"
    assert "lock_timeout" in told["OPTIONS"]["options"]


@pytest.mark.parametrize(
    "url", ["mysql://a:secret@db.example/rows", "postgresql://db.example", "x"]
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    for site, refused in ((office(url), OfficeRefused), (newsroom(url), NewsroomRefused)):
        with pytest.raises(refused, match="database_url is as") as found:
            site.check()
        assert "secret" not in str(found.value)
    office("postgresql://db.example/rows").check()
    newsroom("postgresql://db.example/rows").check()


def office(url: str) -> OfficeSettings:
    return OfficeSettings(Path(), file=OfficeFile(database_url=url))


def newsroom(url: str) -> NewsroomSettings:
    return NewsroomSettings(Path(), file=NewsroomFile(database_url=url))


def test_each_site_has_a_database_of_its_own(tmp_path: Path) -> None:
    for site in ("office", "newsroom"):  # each signs in as somebody else
        row = f'database_url = "postgresql://{site}@db.example/pasokh"'
        (tmp_path / f"{site}.toml").write_text(row)
    assert same_database("postgresql://a@h/x?sslmode=require", "postgresql://b@h/x")
    assert not same_database("postgresql:///x?host=/one", "postgresql:///x?host=/two")
    assert not same_database("", "")
    with pytest.raises(OfficeRefused, match="name"):
        office_set_up(Settings(data=tmp_path))
