"""Names of who left go after a year, from the bytes of the database too; a hold keeps a name."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from pasokh.control_room.retention import RETENTION, YEAR, RetentionKind
from pasokh.core.people import Role
from pasokh.core.time import DAY
from pasokh.office.erasing import erase_due, names_kept
from pasokh.office.models import Announcement, OfficePerson, OpenedSession
from pasokh.office.people_pages import dismiss
from pasokh.sites.clock import instant_now
from tests.office.people import make_person, sign_in
from tests.sites.on_disk import bytes_of

pytestmark = pytest.mark.slow

NAME, MAIL = "گلرخ نشانهٔ رفته", "left-marker-7731@example.org"
PAGE = "/office/fa/holds/"
ASKED = {"thing": "person", "reason": "a court asks"}


def leave(**fields: str) -> OfficePerson:
    person = make_person(Role.CALL_TAKER, **fields)
    sign_in(person)
    dismiss(person, "left the staff")
    person.refresh_from_db()
    return person


def in_files(folder: Path, *plants: str) -> list[str]:
    forms = [form for plant in plants for form in (plant.encode(), plant.encode("utf-16-le"))]
    files = [file for file in folder.glob("office.sqlite*") if file.is_file()]
    return [file.name for file in files if any(form in bytes_of([file]) for form in forms)]


@pytest.mark.usefixtures("control_room")
def test_a_name_goes_a_year_after_its_person_and_the_id_stays(database: Path) -> None:
    stays = make_person(Role.CALL_TAKER, name="who works here")
    person = leave(name=NAME, email=MAIL)
    before = names_kept(instant_now())
    assert before.left >= 1
    assert person.left_at is not None
    erase_due(person.left_at + YEAR - DAY)
    person.refresh_from_db()
    assert (person.name, person.email) == (NAME, MAIL)
    assert in_files(database, NAME, MAIL)

    erase_due(person.left_at + YEAR)
    person.refresh_from_db()
    stays.refresh_from_db()
    assert (person.name, person.email, str(person)) == ("", "", person.person_id)
    assert not person.has_usable_password()
    assert not Authenticator.objects.filter(user=person).exists()
    assert stays.name == "who works here"
    assert in_files(database, NAME, MAIL) == []
    # Whom other tests dismissed a moment later stays until its own hour.
    assert names_kept(instant_now()).erased > before.erased
    page = sign_in(make_person(Role.ADMINISTRATOR)).get("/office/fa/people/").content.decode()
    assert f">{person.person_id}</a>" in page


@pytest.mark.usefixtures("control_room")
def test_a_hold_on_a_person_keeps_the_name(database: Path) -> None:
    person = leave(name="held name 7732")
    first, second = sign_in(make_person(Role.SUPERVISOR)), sign_in(make_person(Role.AUDITOR))
    assert first.post(f"{PAGE}new/", ASKED | {"thing_id": person.person_id}).status_code == 302
    line = first.get(PAGE).content.decode().split(person.person_id)[0].rsplit("<tr id=", 1)[1]
    hold_id = line.split('"hold-')[1].split('"')[0]
    assert second.post(f"{PAGE}{hold_id}/confirm/", {"reason": "seen"}).status_code == 302
    assert person.left_at is not None
    erase_due(person.left_at + 2 * YEAR)
    person.refresh_from_db()
    assert person.name == "held name 7732"
    assert names_kept(person.left_at + 2 * YEAR).held == 1
    # Two years later nobody is signed in any more.
    third, fourth = sign_in(make_person(Role.SUPERVISOR)), sign_in(make_person(Role.AUDITOR))
    for one, deed in ((third, "release"), (fourth, "release-confirm")):
        assert one.post(f"{PAGE}{hold_id}/{deed}/", {"reason": "over"}).status_code == 302
    erase_due(person.left_at + 2 * YEAR)
    person.refresh_from_db()
    assert person.name == ""
    assert in_files(database, "held name 7732") == []


@pytest.mark.usefixtures("database")
def test_while_nobody_can_tell_of_holds_no_name_goes() -> None:
    person = OfficePerson.objects.create(person_id="p-away", name="x", dismissed=True)
    erase_due(instant_now())
    person.refresh_from_db()
    assert person.left_at is not None, "who left before there was a day for it"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pasokh.office.erasing._held", lambda: None)
        erase_due(person.left_at + YEAR)
    person.refresh_from_db()
    assert person.name == "x"
    person.delete()


@pytest.mark.usefixtures("control_room")
def test_what_is_left_of_a_session_goes_after_its_time() -> None:
    person = make_person(Role.CALL_TAKER)
    sign_in(person)
    (row,) = OpenedSession.objects.filter(person=person)
    kept = RETENTION[RetentionKind.SESSION].keep or 0
    erase_due(row.expires_at + kept - DAY)
    assert OpenedSession.objects.filter(pk=row.pk).exists()
    assert Announcement.objects.filter(waiting=False).exists()
    erase_due(row.expires_at + kept + 1)
    assert not OpenedSession.objects.filter(pk=row.pk).exists()
    assert not Announcement.objects.filter(waiting=False).exists()
