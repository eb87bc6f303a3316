"""Two dispatchers for S10, made as an invitation makes them: password, authenticator, codes.

In a process of its own, before the centre starts: Django can be set up once a process.
"""

import json
import sys
from pathlib import Path

from pasokh.settings import Settings
from pasokh.wiring_office import set_up

PASSWORD = "a rope of nine knots"  # noqa: S105 - invented here
DISPATCHERS = ("p-bench-1", "p-bench-2")


def make(folder: Path, port: int) -> dict[str, str]:
    """Make them; give a code for each one's second step."""
    set_up(Settings(data=folder, port=port))
    # Models can be imported only after Django is set up.
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415

    from pasokh.office.announcing import announce_place  # noqa: PLC0415
    from pasokh.office.models import OfficePerson  # noqa: PLC0415
    from pasokh.office.opening import prepare  # noqa: PLC0415

    prepare()
    codes = {}
    for person_id in DISPATCHERS:
        person = OfficePerson(person_id=person_id, roles=["dispatcher"], name=person_id)
        person.is_active = True
        person.set_password(PASSWORD)
        person.save()
        TOTP.activate(person, generate_totp_secret())
        codes[person_id] = RecoveryCodes.activate(person).generate_codes()[0]
        announce_place(person)
    return codes


if __name__ == "__main__":
    json.dump(make(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
