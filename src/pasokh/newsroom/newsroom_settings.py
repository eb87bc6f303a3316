"""What an operator may choose about the newsroom. Frozen, complete; secrets never in its text."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from pasokh.sites.database import why_no_database

_SMTP = re.compile(r"[A-Za-z0-9.:-]+:[0-9]{1,5}")

# Below the data folder: the office writes there, and what publishes reads.
PICTURES_FOLDER = "news-pictures"


class NewsroomRefused(Exception):
    """The newsroom cannot run with these settings; the message says why and what to do."""


class NewsroomFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What DATA/newsroom.toml may say.

    `public_url`: where readers come in, with nothing after the host. Without `smtp` no letter
    leaves, and what needs one says so. `press_telephone`: of the press officer on duty.
    """

    public_url: str = ""
    smtp: str = ""  # host:port
    smtp_user: str = ""
    smtp_password_file: Path | None = None
    smtp_tls: bool = True  # STARTTLS; a server on this machine needs none
    mail_from: str = ""
    press_telephone: str = ""
    names: dict[str, str] = {}  # what the office is called, by language
    database_url: str = ""
    private_addresses: bool = False  # strangers may be inside our own network

    def password(self) -> str:
        """Read the mail server's password from its file; empty without one."""
        return self.smtp_password_file.read_text().strip() if self.smtp_password_file else ""


class NewsroomSettings(Struct, frozen=True):
    """One newsroom. It only reads what is public.

    `published`: the folder in which releases go out. `figures`: the one whose figures readers see,
    another in a demonstration, which shows those of its own past. `office_url`: where the staff's
    browsers come in.
    """

    data: Path
    control_room_url: str = "http://127.0.0.1:8110"
    public_url: str = "http://127.0.0.1:8111"
    office_url: str = "http://localhost:8110"
    published: Path | None = None
    figures: Path | None = None
    demo: bool = False
    language: str = "fa"
    utc_offset_minutes: int = 210
    file: NewsroomFile = NewsroomFile()

    @property
    def token_file(self) -> Path:
        """Where the newsroom's token for the control room lies."""
        return self.data / "newsroom.token"

    @property
    def texts(self) -> Path:
        """Where approved texts wait for their hour, each named by its SHA-256."""
        return self.data / "news-texts"

    @property
    def pictures(self) -> Path:
        """Where pictures of drafts are kept, each named by its SHA-256."""
        return self.data / PICTURES_FOLDER

    @property
    def secure(self) -> bool:
        """Whether readers come over TLS."""
        return self.public_url.startswith("https://")

    def name(self, language: str) -> str:
        """Say what the office is called; empty when nobody said."""
        return self.file.names.get(language, "")

    def check(self) -> None:
        """Raise NewsroomRefused for what cannot work."""
        at = urlsplit(self.public_url)
        if at.scheme not in {"http", "https"} or not at.hostname or at.path.strip("/"):
            raise NewsroomRefused(
                f'newsroom.toml: public_url is as "https://news.example", not {self.public_url!r}'
            )
        if self.file.smtp and not _SMTP.fullmatch(self.file.smtp):
            raise NewsroomRefused(
                f'newsroom.toml: smtp is as "mail.example:587", not {self.file.smtp!r}'
            )
        if self.file.smtp and "@" not in self.file.mail_from:
            raise NewsroomRefused("newsroom.toml: with smtp, mail_from is an address of yours")
        wrong = why_no_database(self.file.database_url)
        if wrong:
            raise NewsroomRefused(f"newsroom.toml: {wrong}")
