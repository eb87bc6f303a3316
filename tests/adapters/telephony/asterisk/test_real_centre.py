"""A served centre beside a switch at the pace of the wall: gaps, kills and a rotated log."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.telephony.asterisk.calls import call_id_of
from pasokh.answer.views import conservation
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.recovery import recover
from tests.adapters.api.process import running
from tests.adapters.api.test_killed import child_of
from tests.adapters.telephony.asterisk.centre import OUTCOMES, until
from tests.adapters.telephony.asterisk.pbx import SECRET, Pbx
from tests.adapters.telephony.asterisk.timeline import BEGAN, Step, Story, interleaved, mixed, said

pytestmark = pytest.mark.slow
CALLS, A_SECOND = 105, 13
Between = Callable[[Pbx, Path], Awaitable[None]]


def prepared(folder: Path, pbx: Pbx) -> None:
    secret = folder / "asterisk.secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    members = "\n".join(f'"PJSIP/op{n}" = "p{n}"\n"Op {n}" = "p{n}"' for n in range(8))
    (folder / "telephone.toml").write_text(
        f'[asterisk]\nqueues = ["sos"]\nport = {pbx.port}\nqueue_log = "{pbx.log}"\n'
        f"[asterisk.members]\n{members}\n"
    )


def moved(stories: Sequence[Story], by: int) -> list[Story]:
    """The same calls, with the moments of today."""
    return [
        replace(story, steps=tuple(_moved(step, by) for step in story.steps)) for story in stories
    ]


def _moved(step: Step, by: int) -> Step:
    at = step.at + by
    if step.line:
        _, rest = step.line.split("|", 1)
        return Step(at, line=f"{at // 1_000}|{rest}")
    stamp = f"Timestamp: {said(step.packet, 'Timestamp')}"
    new = f"Timestamp: {at // 1_000}.{at % 1_000:03}000"
    return Step(at, packet=step.packet.replace(stamp, new))


async def play(pbx: Pbx, steps: list[Step], between: Between, folder: Path) -> None:
    """Play at the pace of the wall; two seconds in, something happens."""
    now = WallClock().now
    happening = asyncio.create_task(_later(2.0, between, pbx, folder))
    for step in steps:
        if (wait := step.at - now()) > 0:
            await asyncio.sleep(wait / 1_000)
        pbx.play(step)
    await happening


async def _later(seconds: float, between: Between, pbx: Pbx, folder: Path) -> None:
    await asyncio.sleep(seconds)
    await between(pbx, folder)


async def line_torn(pbx: Pbx, _folder: Path) -> None:
    await pbx.close()
    await asyncio.sleep(3)
    await pbx.open()


async def centre_killed(_pbx: Pbx, folder: Path) -> None:
    os.kill(child_of(folder / "log.sqlite.lock"), signal.SIGKILL)


async def log_rotated(pbx: Pbx, _folder: Path) -> None:
    await pbx.close()
    await asyncio.sleep(1)
    pbx.log.rename(pbx.log.with_name("queue_log.1"))
    await asyncio.sleep(2)
    await pbx.open()


def ended(folder: Path) -> int:
    kinds = Counter(entry.kind for entry in entries(folder))
    return kinds["CallEnded"] + kinds["CallAbandoned"] + kinds["CallRejected"]


def entries(folder: Path) -> list[msgspec.Struct]:
    reader = read_only(folder / "log.sqlite")
    found = list(reader.read())
    reader.close()
    return found


@pytest.mark.parametrize("between", [line_torn, centre_killed, log_rotated])
def test_105_of_105_calls_are_complete(tmp_path: Path, between: Between) -> None:
    async def story() -> list[Story]:
        pbx = Pbx(tmp_path / "queue_log", WallClock().now)
        await pbx.open()
        prepared(tmp_path, pbx)
        with running(tmp_path, supervised=True):
            await until(lambda: pbx.heard)
            by = WallClock().now() + 500 - BEGAN
            calls = moved(mixed(23, CALLS, A_SECOND), by)
            await play(pbx, interleaved(calls), between, tmp_path)
            with suppress(TimeoutError):
                await until(lambda: ended(tmp_path) >= CALLS)
        await pbx.close()
        return calls

    calls = asyncio.run(story())
    found: dict[str, list[str]] = {}
    by_log = 0
    for entry in entries(tmp_path):
        call_id = msgspec.json.decode(entry.body).get("call_id", "")
        by_log += entry.actor == "machine:asterisk-log"
        if entry.kind in OUTCOMES:
            found.setdefault(call_id, []).append(entry.kind)
    assert found == {call_id_of(call.uniqueid): [call.outcome] for call in calls}
    assert by_log, "nothing was missed, so this shows nothing"
    reader = read_only(tmp_path / "log.sqlite")
    counts = conservation(recover(reader).centre.answer)  # type: ignore[arg-type] - reads only
    reader.close()
    assert (counts.offered, counts.ringing, counts.residual) == (CALLS, 0, 0)
    assert ended(tmp_path) == CALLS
