"""What both sites share: paths that say their language, settings that are a file, a kept secret."""

import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import override_settings
from msgspec import Struct

from pasokh.sites.civil_time import said_at
from pasokh.sites.database import database_of
from pasokh.sites.languages import in_language
from pasokh.sites.settings_files import kept_secret, settings_in
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
