"""The organisation's own sign-in, asked of a real provider (oidc-provider, certified OpenID).

npm installs it with the exact versions and hashes of oidc/package-lock.json into a cache folder:
version 8, which does not ask for a newer node than Debian has. Without npm the tests are left out.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.office.django_settings import django_settings
from pasokh.office.invitations import invite
from pasokh.office.models import Announcement, OfficePerson
from pasokh.office.office_settings import OidcProvider
from tests.adapters.api.process import free_port
from tests.office.people import at_control_room, browser, cookie_of

NODE = shutil.which("npm") and shutil.which("node")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("control_room"),
    pytest.mark.skipif(not NODE, reason="no npm: apt-get install nodejs npm"),
]
HERE = Path(__file__).parent / "oidc"
SECRET = "invented-for-this-test"  # noqa: S105
START = "/office/fa/accounts/oidc/police/login/"


def installed() -> Path:
    """The provider, installed once for its lock."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "pasokh-tests"
    locked = sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = cache / f"oidc-{locked}-{os.getpid()}"
    kept = cache / f"oidc-{locked}"
    if not kept.exists():
        shutil.copytree(HERE, folder)
        line = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(line, cwd=folder, check=True, capture_output=True)
        try:
            folder.rename(kept)
        except OSError:  # somebody else was faster
            shutil.rmtree(folder)
    shutil.copy(HERE / "provider.js", kept)
    return kept


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    port = free_port()
    callbacks = [f"http://127.0.0.1{START}callback/"]
    line = ["node", "provider.js", str(port), *callbacks]
    with subprocess.Popen(line, cwd=installed(), stdout=subprocess.PIPE, text=True) as provider:
        assert provider.stdout
        assert provider.stdout.readline().strip() == "listening"
        yield f"http://localhost:{port}"
        provider.terminate()


@pytest.fixture
def configured(issuer: str, tmp_path: Path) -> Iterator[None]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    police = OidcProvider("police", "police", issuer, "pasokh", secret)
    office = replace(settings.PASOKH, file=replace(settings.PASOKH.file, oidc=(police,)))
    made = django_settings(office, settings.PASOKH_NEWSROOM, "k" * 60)
    with override_settings(PASOKH=office, SOCIALACCOUNT_PROVIDERS=made["SOCIALACCOUNT_PROVIDERS"]):
        yield


def come_through(client: Client, name: str) -> HttpResponse:
    """Go to the provider, sign in and agree there, and come back with its code."""
    sent = client.post(START)
    assert sent.status_code == 302, sent.content.decode()
    with httpx.Client(follow_redirects=False) as outside:
        answer = outside.get(sent["Location"])
        for _ in range(20):
            if answer.has_redirect_location:
                target = urljoin(str(answer.url), answer.headers["Location"])
                if urlsplit(target).path.startswith("/office/"):
                    at = urlsplit(target)
                    return client.get(f"{at.path}?{at.query}")
                answer = outside.get(target)
                continue
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            assert form, answer.text
            given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.text))
            given |= (
                {"login": name, "password": "anything"} if 'name="login"' in answer.text else {}
            )
            answer = outside.post(urljoin(str(answer.url), unescape(form[1])), data=given)
    raise AssertionError("the provider never sent the browser back")


def invited(**fields: str) -> tuple[OfficePerson, Client]:
    """Somebody new in a browser that holds the open link."""
    person = OfficePerson.objects.create(roles=[Role.DISPATCHER.value], name="new", **fields)
    Announcement.objects.create(
        command_id=f"place-{person.person_id}",
        name="place-person",
        command={"person_id": person.person_id, "roles": ["dispatcher"]},
        at=1_700_000_000_000,
    )
    client = browser()
    assert START in client.get(f"/office/fa/welcome/{invite(person)}/").content.decode()
    return person, client


@pytest.mark.usefixtures("configured")
def test_an_invited_person_comes_in_and_is_known_from_then_on(control_room: str) -> None:
    person, client = invited(person_id="p-oidc-1", email="p-oidc-1@example.org")
    assert come_through(client, "p-oidc-1").status_code == 302
    me = at_control_room(control_room, cookie_of(client)).json()
    assert me["person"] == person.person_id
    assert person.sessions.get().means == "oidc"
    again = browser()
    assert come_through(again, "p-oidc-1").status_code == 302
    assert again.get("/office/fa/").status_code == 200


@pytest.mark.usefixtures("configured")
def test_who_was_not_invited_stays_outside() -> None:
    client = browser()
    assert come_through(client, "a-stranger").status_code == 403
    assert client.get("/office/fa/").status_code == 302
    assert not OfficePerson.objects.filter(person_id="a-stranger").exists()


@pytest.mark.usefixtures("configured")
def test_an_invitation_is_for_the_one_it_was_sent_to() -> None:
    person, client = invited(person_id="p-oidc-2", email="somebody.else@example.org")
    assert come_through(client, "p-oidc-3").status_code == 403
    person.refresh_from_db()
    assert not person.is_active


@pytest.mark.usefixtures("configured")
def test_who_was_dismissed_does_not_come_back() -> None:
    person, client = invited(person_id="p-oidc-4")
    assert come_through(client, "p-oidc-4").status_code == 302
    OfficePerson.objects.filter(pk=person.pk).update(is_active=False, dismissed=True)
    again = browser()
    come_through(again, "p-oidc-4")
    assert again.get("/office/fa/").status_code == 302
