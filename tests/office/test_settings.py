"""What protects the office: headers, cookies, Django's own checks, migrations, sealed secrets."""

import io
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.office.django_settings import django_settings
from tests.office.conftest import FOLDER
from tests.office.people import LOGIN, browser, make_person, sign_in

pytestmark = pytest.mark.usefixtures("control_room")


@pytest.mark.slow
def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    answer = browser().get(LOGIN)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    page = answer.content.decode()
    assert " style=" not in page
    assert " onclick=" not in page
    assert answer["Cache-Control"]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_pages_speak_the_language_of_their_path(language: str, direction: str) -> None:
    page = browser().get(f"/office/{language}/accounts/login/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert browser().get("/office/de/accounts/login/").status_code == 404


def test_the_session_cookie_is_the_browsers_secret() -> None:
    cookie = sign_in(make_person(Role.DISPATCHER)).cookies["pasokh_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 12 * 3600
    secure = replace(settings.PASOKH, public_url="https://centre.example")
    assert (
        django_settings(secure, settings.PASOKH_NEWSROOM, "k" * 60)["SESSION_COOKIE_SECURE"] is True
    )


def test_djangos_own_checks_find_nothing_behind_tls() -> None:
    office = replace(settings.PASOKH, public_url="https://centre.example")
    secure = django_settings(office, settings.PASOKH_NEWSROOM, "")
    changed = {
        name: secure[name] for name in secure if name.startswith(("SECURE_", "CSRF_", "SESSION_"))
    }
    with override_settings(**changed):
        call_command("check", deploy=True, fail_level="WARNING", stdout=io.StringIO())
    assert settings.SILENCED_SYSTEM_CHECKS == ["security.W002", "security.W008"]


@pytest.mark.slow
def test_the_migrations_are_those_of_the_models() -> None:
    said = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()


def test_secrets_lie_sealed_and_files_are_the_owners() -> None:
    person = make_person(Role.DISPATCHER)
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert person.secret not in str(kept.data)
    for name in ("office.sqlite", "office.key", "office.token"):
        assert (FOLDER / name).stat().st_mode & 0o077 == 0, name


@pytest.mark.slow
def test_an_address_that_the_asker_writes_is_not_believed(database: Path) -> None:
    assert database == FOLDER
    person = make_person(Role.DISPATCHER)
    client = sign_in(person)
    session = person.sessions.get()
    assert session.address.startswith("10.9.")
    client.get("/office/fa/", headers={"X-Forwarded-For": "6.6.6.6"})
    assert person.sessions.get().address == session.address
