"""Where the parts of the office's process are chosen and joined, and how it starts."""

from functools import partial
from pathlib import Path

import django
from django.conf import settings as django_conf

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import TokenRefused, keep_own_token
from pasokh.adapters.archive.counting import Workbench
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.months import CALENDARS, months_around
from pasokh.adapters.maps.areas import counties_of
from pasokh.drivers.live_clock import WallClock
from pasokh.newsroom.newsroom_settings import NewsroomRefused, NewsroomSettings
from pasokh.office.django_settings import django_settings
from pasokh.office.office_settings import OfficeRefused, OfficeSettings
from pasokh.settings import Settings, SettingsRefused, read_telephone
from pasokh.settings_publishing import read_publishing
from pasokh.sites.database import same_database
from pasokh.sites.settings_files import kept_secret
from pasokh.wiring_newsroom import newsroom_of
from pasokh.wiring_office_address import office_address, read_office

SOCKET_NAME = "office.sock"
KEY_NAME = "office.key"
TOKEN_HOLDER = "office"  # noqa: S105 - a name


def address_of(settings: Settings) -> str:
    """Give what the office listens on: a socket in the centre's folder."""
    return f"unix:{settings.data / SOCKET_NAME}"


def set_up(settings: Settings) -> OfficeSettings:
    """Read the office's settings and set Django up with them; OfficeRefused when they cannot be."""
    settings.check()
    settings.data.mkdir(parents=True, exist_ok=True)
    office, newsroom = sites_of(settings)
    check_sites(office, newsroom)
    if not office.token_file.exists():
        _make_token(settings.data, office.token_file)
    made = django_settings(office, newsroom, kept_secret(settings.data / KEY_NAME))
    django_conf.configure(
        **made,
        PASOKH_COUNTIES=tuple(counties_of()),
        PASOKH_WORKBENCH=Workbench(office.file.archive, office.file.published),
        PASOKH_NEWS_TEXTS=DiskFiles(newsroom.texts, 0o600),
        PASOKH_NEWS_PICTURES=DiskFiles(newsroom.pictures, 0o600),
        PASOKH_MONTHS=partial(months_around, calendar=_calendar(settings)),
    )
    django.setup()
    return office


def sites_of(settings: Settings) -> tuple[OfficeSettings, NewsroomSettings]:
    """Read both sites' settings; OfficeRefused when one cannot be read."""
    file = read_office(settings)
    office = OfficeSettings(
        data=settings.data.resolve(),
        control_room_url=f"http://{settings.host}:{settings.port}",
        public_url=office_address(settings, file),
        demo=settings.drill,
        training=settings.drill,
        language=settings.language,
        file=file,
        phone_url=_phone_url(settings.data),
    )
    try:
        return office, newsroom_of(settings)
    except NewsroomRefused as refusal:
        raise OfficeRefused(str(refusal)) from refusal


def check_sites(office: OfficeSettings, newsroom: NewsroomSettings) -> None:
    """Raise OfficeRefused for what cannot work, in one of both or of both together."""
    office.check()
    try:
        newsroom.check()
    except NewsroomRefused as refusal:
        raise OfficeRefused(str(refusal)) from refusal
    if same_database(office.file.database_url, newsroom.file.database_url):
        raise OfficeRefused(
            "office.toml and newsroom.toml name one database: the newsroom needs one of its own"
        )


def _phone_url(data: Path) -> str:
    try:
        telephone = read_telephone(data)
    except SettingsRefused:  # the control room says what is wrong with it
        return ""
    window = None if telephone is None else telephone.window
    return "" if window is None else window.address()


def _calendar(settings: Settings) -> str:
    """Say by which calendar's months figures are published; who publishes says what is wrong."""
    try:
        publishing = read_publishing(settings)
    except SettingsRefused:
        publishing = None
    return CALENDARS[0] if publishing is None else publishing.calendar


def _make_token(folder: Path, path: Path) -> None:
    """Let the office in at the control room."""
    try:
        keep_own_token(folder, path, TOKEN_HOLDER, [Scope.OFFICE], WallClock().now())
    except TokenRefused as refusal:
        raise OfficeRefused(str(refusal)) from refusal
