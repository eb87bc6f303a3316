"""The key of a telephone in a window: for who sits there, one window at a time, not by a lock."""

from pathlib import Path
from typing import Any

import pytest

from pasokh.adapters.telephony.kamailio.phones import Phones
from pasokh.adapters.telephony.kamailio.window_keys import WindowKeys
from pasokh.answer.commands import OpenPosition, SignIn
from pasokh.core.people import Role
from pasokh.staff.commands import LockSession, UnlockSession
from pasokh.staff.events import SignInMeans
from tests.adapters.api.centre import Served, run, session_id


async def seated(centre: Served) -> dict[str, str]:
    """A call taker at a position whose telephone may be a window."""
    windows = WindowKeys("ws://127.0.0.1:5062", centre.wall)
    centre.telephones = Phones({"pos-1": "registered"}, windows)
    centre.anew()
    await centre.machine(OpenPosition("pos-1", "1"))
    who = await centre.person("p-1", Role.CALL_TAKER)
    await centre.machine(SignIn("pos-1", "p-1"))
    return who


async def asked(centre: Served, who: dict[str, str], window: str, **more: Any) -> Any:
    body = {"window": window, **more}
    return await centre.client.post("/desk/phone", json=body, headers=who)


def test_one_window_has_the_key_and_another_may_take_it(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        who = await seated(centre)
        first = (await asked(centre, who, "w-1")).json()
        assert (await asked(centre, who, "w-1")).json()["key"]["secret"] == first["key"]["secret"]
        assert (await asked(centre, who, "w-2")).json() == {"standing": "elsewhere"}
        second = (await asked(centre, who, "w-2", take=True)).json()
        assert second["key"]["secret"] != first["key"]["secret"]
        assert (await asked(centre, who, "w-1")).json() == {"standing": "elsewhere"}
        other = await centre.person("p-2", Role.CALL_TAKER)
        for take in (False, True):
            answer = await asked(centre, other, "w-3", take=take)
            assert answer.json() == {"standing": "no_seat"}

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("window", ["w-1", "w-2"], ids=["its own", "another"])
def test_a_locked_desk_keeps_its_key_and_takes_none(tmp_path: Path, window: str) -> None:
    async def scene(centre: Served) -> None:
        who = await seated(centre)
        key = (await asked(centre, who, "w-1")).json()["key"]
        session = session_id("cookie-of-p-1")
        await centre.machine(LockSession(session))
        kept = (await asked(centre, who, "w-1")).json()["key"]
        assert (kept["account"], kept["secret"]) == (key["account"], key["secret"])
        answer = await asked(centre, who, window, take=True)
        assert (answer.status_code, answer.json()["type"]) == (423, "/problems/session-locked")
        assert (await asked(centre, who, "w-1")).json()["key"]["secret"] == key["secret"]
        assert (await asked(centre, who, "w-2")).json() == {"standing": "elsewhere"}
        await centre.machine(UnlockSession(session, SignInMeans.PASSKEY))
        assert (await asked(centre, who, "w-2", take=True)).json()["standing"] == "open"

    run(scene, tmp_path)
