"""Where the parts of the newsroom's process are chosen and joined, and where its rows lie."""

from pathlib import Path

import django
from django.conf import settings as django_conf
from msgspec import structs

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import TokenRefused, keep_own_token
from pasokh.adapters.maps.areas import counties_of
from pasokh.drivers.live_clock import WallClock
from pasokh.newsroom.django_settings import django_settings
from pasokh.newsroom.newsroom_settings import NewsroomFile, NewsroomRefused, NewsroomSettings
from pasokh.office.office_settings import OfficeRefused
from pasokh.settings import NEWSROOM_FILE, Settings, SettingsRefused, read_door
from pasokh.settings_publishing import read_publishing
from pasokh.settings_scenario import PAST_PUBLIC
from pasokh.sites.settings_files import kept_secret, settings_in
from pasokh.wiring_office_address import office_address, read_office

SOCKET_NAME = "newsroom.sock"
KEY_NAME = "newsroom.key"
# Nobody's: readers of a demonstration see where a telephone number stands.
_DEMO_TELEPHONE = "051-0000-0000"
TOKEN_HOLDER = "newsroom"  # noqa: S105 - a name


def address_of(settings: Settings) -> str:
    """Give what the newsroom listens on: a socket in the centre's folder."""
    return f"unix:{settings.data / SOCKET_NAME}"


def newsroom_of(settings: Settings) -> NewsroomSettings:
    """Read a centre's newsroom; NewsroomRefused when it cannot be as it is written."""
    file = settings_in(settings.data / NEWSROOM_FILE, NewsroomFile, NewsroomRefused)
    demo = settings.drill
    if demo and not file.press_telephone:
        file = structs.replace(file, press_telephone=_DEMO_TELEPHONE)
    published = _published(settings)
    newsroom = NewsroomSettings(
        data=settings.data.resolve(),
        control_room_url=f"http://{settings.host}:{settings.port}",
        public_url=(file.public_url or _own_address(settings)).rstrip("/"),
        office_url=_office_address(settings),
        published=published,
        figures=settings.data / PAST_PUBLIC if settings.drill else published,
        demo=demo,
        language=settings.language,
        utc_offset_minutes=settings.utc_offset_minutes,
        file=file,
    )
    newsroom.check()
    return newsroom


def set_up(settings: Settings) -> NewsroomSettings:
    """Set Django up for the public's process; NewsroomRefused when it cannot be."""
    settings.check()
    settings.data.mkdir(parents=True, exist_ok=True)
    newsroom = newsroom_of(settings)
    if not newsroom.token_file.exists():
        _make_token(settings.data, newsroom.token_file)
    django_conf.configure(
        **django_settings(newsroom, kept_secret(settings.data / KEY_NAME)),
        PASOKH_COUNTIES=tuple(counties_of()),
    )
    django.setup()
    return newsroom


def _own_address(settings: Settings) -> str:
    try:
        door = read_door(settings)
    except SettingsRefused as refusal:
        raise NewsroomRefused(str(refusal)) from refusal
    return f"http://{door.host}:{door.port}"


def _office_address(settings: Settings) -> str:
    try:
        return office_address(settings, read_office(settings))
    except OfficeRefused as refusal:
        raise NewsroomRefused(str(refusal)) from refusal


def _published(settings: Settings) -> Path | None:
    """Find the folder into which the centre publishes; None when it publishes nothing."""
    try:
        publishing = read_publishing(settings)
    except SettingsRefused:  # who publishes says what is wrong with it
        return None
    return settings.data / publishing.public if publishing else None


def _make_token(folder: Path, path: Path) -> None:
    """Let the newsroom in at the control room: to read what is approved, and nothing else."""
    try:
        keep_own_token(folder, path, TOKEN_HOLDER, [Scope.NEWSROOM], WallClock().now())
    except TokenRefused as refusal:
        raise NewsroomRefused(str(refusal)) from refusal
