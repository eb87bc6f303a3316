"""What an operator may choose about the office. Frozen, complete; secrets never in its text."""

from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from pasokh.sites.database import why_no_database

LANGUAGES = ("fa", "en")
HOUR_SECONDS = 3600
ROWS_FILE = "office.sqlite"


class OfficeRefused(Exception):
    """The office cannot run with these settings; the message says why and what to do."""


class OidcProvider(Struct, frozen=True, forbid_unknown_fields=True):
    """An OpenID provider of the organisation, for people who were invited.

    `form_origins`: where its sign-in page may send the browser (Content-Security-Policy).
    """

    provider_id: str
    name: str
    issuer: str
    client_id: str
    secret_file: Path
    form_origins: tuple[str, ...] = ()

    def secret(self) -> str:
        """Read the client's secret from its file."""
        return self.secret_file.read_text().strip()

    def origins(self) -> tuple[str, ...]:
        """Give the origins that a sign-in form may lead to."""
        at = urlsplit(self.issuer)
        return (f"{at.scheme}://{at.netloc}", *self.form_origins)


class OfficeFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What DATA/office.toml may say. Times in whole seconds."""

    public_url: str = ""
    idle_lock_seconds: int = 300
    session_seconds: int = 12 * HOUR_SECONDS
    database_url: str = ""
    oidc: tuple[OidcProvider, ...] = ()
    # What `pasokh archive` and `pasokh publish` fill; the workbench counts in these.
    archive: Path | None = None
    published: Path | None = None


class OfficeSettings(Struct, frozen=True):
    """One office: its folder, the control room it speaks to, the address that browsers use."""

    data: Path
    control_room_url: str = "http://127.0.0.1:8110"
    public_url: str = "http://127.0.0.1:8110"
    demo: bool = False
    training: bool = False
    language: str = "fa"
    file: OfficeFile = OfficeFile()
    # Where a telephone in a window reaches the switch; empty: this centre has none.
    phone_url: str = ""

    @property
    def token_file(self) -> Path:
        """Where the office's token for the control room lies."""
        return self.data / "office.token"

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.public_url.startswith("https://")

    @property
    def loopback(self) -> bool:
        """Whether browsers can come from this machine only."""
        return urlsplit(self.public_url).hostname in {"127.0.0.1", "localhost", "::1"}

    def check(self) -> None:
        """Raise OfficeRefused for what would be unsafe or cannot work."""
        if self.demo and not self.loopback:
            raise OfficeRefused(
                f"the demo's accounts open with one click, so it serves this machine only: "
                f"{self.public_url} is no loopback address"
            )
        if not self.secure and not self.loopback:
            raise OfficeRefused(
                f"people would send their passwords in the clear to {self.public_url}; put TLS in "
                'front and write public_url = "https://..." into office.toml'
            )
        wrong = why_no_database(self.file.database_url)
        if wrong:
            raise OfficeRefused(f"office.toml: {wrong}")
