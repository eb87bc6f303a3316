"""The demo's people: one click signs in who sits at this machine. Outside the demo: nobody."""

from secrets import token_urlsafe

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from msgspec import Struct

from pasokh.core.people import Role
from pasokh.office.announcing import announce_place
from pasokh.office.here import sits_here
from pasokh.office.models import OfficePerson
from pasokh.office.people_pages import dismiss
from pasokh.office.trouble import trouble
from pasokh.words.say import say


class DemoAccount(Struct, frozen=True):
    """Somebody whom the demo invents."""

    person_id: str
    role: Role
    number: int = 0
    county: str = ""


ACCOUNTS = (
    DemoAccount("demo-call-taker-1", Role.CALL_TAKER, 1),
    DemoAccount("demo-call-taker-2", Role.CALL_TAKER, 2),
    DemoAccount("demo-dispatcher-1", Role.DISPATCHER, 1),
    DemoAccount("demo-dispatcher-2", Role.DISPATCHER, 2),
    DemoAccount("demo-supervisor", Role.SUPERVISOR),
    DemoAccount("demo-administrator", Role.ADMINISTRATOR),
    DemoAccount("demo-press-officer", Role.PRESS_OFFICER),
    DemoAccount("demo-county-desk", Role.COUNTY_DESK, county="0915"),
)


def make_accounts(language: str) -> list[tuple[str, str]]:
    """Make the demo's people, with new passwords; give (person id, password)."""
    made = []
    for account in ACCOUNTS:
        password = token_urlsafe(9)
        with transaction.atomic():
            person, _ = OfficePerson.objects.get_or_create(person_id=account.person_id)
            person.name = _name(account, language)
            person.roles = [account.role.value]
            person.county = account.county
            person.is_active = person.demo = True
            person.dismissed = False
            person.set_password(password)
            person.save()
            announce_place(person)
        made.append((account.person_id, password))
    return made


def forget_accounts() -> None:
    """Dismiss the demo's people: this folder is no demo any more."""
    for person in OfficePerson.objects.filter(demo=True, dismissed=False):
        dismiss(person, "the demo is over")


@require_POST
def demo_sign_in(request: HttpRequest, person_id: str) -> HttpResponse:
    """Sign in as one of the demo's people. The matrix opens this in the demo only."""
    if not sits_here(request):
        return trouble(request, "not_from_here", 403)
    person = get_object_or_404(OfficePerson, person_id=person_id, demo=True, is_active=True)
    if request.opened is not None:
        raise Http404
    record_authentication(request, person, "demo")
    return perform_login(request, Login(user=person))


def _name(account: DemoAccount, language: str) -> str:
    role = say(language, f"role.{account.role.value}")
    return (
        say(language, "office.demo.name", role=role, number=account.number)
        if account.number
        else role
    )
