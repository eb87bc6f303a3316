"""People of a centre for the browser's tests, made in a process of their own before it starts.

Django can be set up once a process, and the tests' own process may need another office.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

from pasokh.settings import Settings
from pasokh.wiring_office import set_up

PASSWORD = "a rope of nine knots"  # noqa: S105 - invented here
# person id -> roles, county, name
PEOPLE = {
    "p-sara": (["call_taker"], "", "سارا نمونه"),
    "p-omid": (["call_taker"], "", "امیدرضا نمونه‌پور درازنام‌نژاد"),
    "p-reza": (["dispatcher"], "", "رضا نمونه"),
    "p-mina": (["dispatcher"], "", "مینا نمونه"),
    "p-nasrin": (["supervisor"], "", "نسرین نمونه"),
    "p-aida": (["auditor"], "", "آیدا نمونه"),
    "p-leila": (["press_officer"], "", "لیلا نمونه"),
    "p-kaveh": (["administrator"], "", "کاوه نمونه"),
}


def make_people(folder: Path, port: int) -> dict[str, str]:
    """Make them all; give each one's secret of the authenticator."""
    set_up(Settings(data=folder, port=port))
    # Models can be imported only after Django is set up.
    totp = import_module("allauth.mfa.totp.internal.auth")
    models = import_module("pasokh.office.models")
    announce_place = import_module("pasokh.office.announcing").announce_place
    import_module("pasokh.office.opening").prepare()
    hashers = import_module("django.contrib.auth.hashers")
    secrets, kept = {}, hashers.make_password(PASSWORD)  # half a second's work: once for all
    for person_id, (roles, county, name) in PEOPLE.items():
        person = models.OfficePerson(
            person_id=person_id, roles=roles, county=county, name=name, is_active=True
        )
        person.password = kept
        person.save()
        secrets[person_id] = totp.generate_totp_secret()
        totp.TOTP.activate(person, secrets[person_id])
        announce_place(person)
    return secrets


if __name__ == "__main__":
    json.dump(make_people(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
