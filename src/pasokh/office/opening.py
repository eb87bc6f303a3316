"""What the office does before it serves: its database, the demo's people. Django is set up."""

from collections.abc import Callable
from functools import partial
from threading import Event
from time import sleep

from django.conf import settings
from django.core.management import call_command

from pasokh.newsroom.rows import prepare_rows
from pasokh.office.announcing import keep_telling
from pasokh.office.demo import forget_accounts, make_accounts
from pasokh.office.here import here_link
from pasokh.office.office_settings import ROWS_FILE, OfficeSettings
from pasokh.office.people_pages import invited_by_hand
from pasokh.sites.control_room import ControlRoom, ControlRoomAway
from pasokh.sites.database import make_private
from pasokh.sites.serving import SiteServer

_AGAIN_SECONDS = 0.3


def prepare() -> list[tuple[str, str]]:
    """Bring the databases up to date; give the demo's accounts with their passwords."""
    office = settings.PASOKH
    lay_tables()
    prepare_rows()
    if office.demo:
        return make_accounts(office.language)
    forget_accounts()
    return []


def lay_tables() -> None:
    """Bring the tables of the office's own rows up to date."""
    office = settings.PASOKH
    if not office.file.database_url:
        make_private(office.data / ROWS_FILE)
    call_command("migrate", interactive=False, verbosity=0)


def serve(bind: str, say: Callable[[str], None]) -> None:
    """Serve until a signal. The passwords of the demo are said when the door is open."""
    accounts = prepare()

    def tell() -> None:
        office = settings.PASOKH
        _until_the_front_answers(office)
        link = here_link() if office.demo else f"{office.public_url}/office/{office.language}/"
        say(f"the office is open: {link}")
        for person_id, password in accounts:
            say(f"demo account {person_id}  password {password}")

    SiteServer(bind, tell, partial(keep_telling, Event())).run()


def _until_the_front_answers(office: OfficeSettings) -> None:
    """The address is the control room's, and a drill lives its day before it listens there."""
    line = ControlRoom(office.control_room_url, office.token_file)
    while True:
        try:
            line.look("/health")
        except ControlRoomAway:
            sleep(_AGAIN_SECONDS)
        else:
            line.close()
            return


def invite_by_hand(person_id: str, name: str, role: str) -> str:
    """Make a person with a role, or find one, and give a link that lets them in."""
    prepare()
    return f"{settings.PASOKH.public_url}{invited_by_hand(person_id, name, role)}"


def manage(arguments: list[str]) -> None:
    """Run one of Django's own commands on this office: check, makemigrations."""
    call_command(*arguments)
