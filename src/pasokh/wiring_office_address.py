"""Where the staff's browsers reach a centre's office: for itself, and for who writes it down."""

from pasokh.office.office_settings import OfficeFile, OfficeRefused
from pasokh.settings import Settings
from pasokh.sites.settings_files import settings_in

FILE_NAME = "office.toml"


def read_office(settings: Settings) -> OfficeFile:
    """Read what a centre says of its office; OfficeRefused when it cannot be read."""
    file: OfficeFile = settings_in(settings.data / FILE_NAME, OfficeFile, OfficeRefused)
    return file


def office_address(settings: Settings, file: OfficeFile) -> str:
    """Give the address, with nothing after the host.

    Without one in the file it is this machine by the one loopback name with which browsers make
    passkeys.
    """
    own = {"127.0.0.1", "::1"}
    host = "localhost" if settings.host in own else settings.host
    return (file.public_url or f"http://{host}:{settings.port}").rstrip("/")
