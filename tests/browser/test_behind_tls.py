"""A centre behind somebody else's TLS: people sign in at https, and a desk is live there."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, expect

from tests.adapters.api.process import free_port
from tests.browser.desks import until
from tests.browser.relay import relay_to
from tests.browser.test_sign_in import InvitedCentre, Visitor, accepted, button, invited_centre

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitedCentre]:
    folder, port = tmp_path_factory.mktemp("tls"), free_port()
    with relay_to(port, own_certificate(tmp_path_factory.mktemp("certificate"))) as line:
        address = f"https://localhost:{line.port}"
        (folder / "office.toml").write_text(f'public_url = "{address}"\n')
        with invited_centre(folder, port, address) as running:
            yield running


def own_certificate(folder: Path) -> ssl.SSLContext:
    """TLS for localhost by a certificate that vouches for itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    held = serialization.Encoding.PEM
    bare = serialization.NoEncryption()
    file = folder / "own.pem"
    file.write_bytes(
        key.private_bytes(held, serialization.PrivateFormat.PKCS8, bare) + made.public_bytes(held)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_passkey_opens_a_live_desk_at_https(
    centre: InvitedCentre,
    chromium: Browser,
) -> None:
    visitor = Visitor(chromium, ignore_https_errors=True)
    page = visitor.page
    assert centre.links["passkey-fa"].startswith(centre.address)
    page.goto(centre.links["passkey-fa"])
    button(page, "fa", "office.make_passkey").click()
    accepted(page)
    page.goto(centre.at("/office/fa/accounts/login/"))
    button(page, "fa", "office.with_passkey").click()
    expect(page).to_have_url(centre.at("/office/fa/"))
    cookies = {one["name"]: one for one in visitor.context.cookies()}
    assert cookies["pasokh_session"]["secure"]
    assert cookies["pasokh_session"]["httpOnly"]
    page.goto(centre.at("/office/fa/desk/answer/"))
    expect(page.locator("#line")).to_have_attribute("data-state", "live")
    button(page, "fa", "desk.frame.lock_now").click()
    until(lambda: "SessionLocked" in dict(centre.kinds("passkey-fa")), "the log knows of the lock")
    assert visitor.wrong == []
    visitor.close()
