"""What the switch's steps mean for the centre: one outcome a call, in any order, however often."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.kamailio.config import SwitchConfig, write_config
from pasokh.adapters.telephony.kamailio.line import Line
from pasokh.adapters.telephony.kamailio.phones import Phones
from pasokh.adapters.telephony.kamailio.window_keys import WindowKeys
from pasokh.answer.commands import BeReady, OpenPosition, RingPosition, SignIn
from pasokh.answer.state import Call, Phase
from pasokh.answer.views import conservation
from pasokh.core.machine import CommandRefused, Receipt, Submission
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.disk import Disk, SimulatedFolder

INVITE = b"INVITE urn:service:sos SIP/2.0\r\nFrom: <sip:+985121@x>;tag=a\r\n\r\n"


class Told:
    """A line on simulated disks, and what it sent back to the switch."""

    def __init__(self, disk: Disk | None = None, journal: Disk | None = None) -> None:
        self.disk, self.journal = disk or Disk(), journal or Disk()
        self.log = SqliteLog("centre", vfs=self.disk.vfs_name)
        centre, head, _ = recover(self.log)
        self.live = Live(Room(centre, head, self.log), WallClock())
        self.sent: list[str] = []
        folder = SimulatedFolder(self.journal)
        phones = Phones({"p1": "sip:p1@h", "p2": "sip:p2@h"}, WindowKeys("", self.live.clock))
        self.line = Line(self.live, Journal(folder), phones, {"sos": "", "112": "en"}.get, print)  # type: ignore[arg-type] # every number here is known
        self.line.replay()
        self.line.send = self.sent.append
        self.number = 0

    async def hear(self, *lines: bytes) -> None:
        await self.line.take(lines)
        await self.live.durable(self.live.centre.seq)

    async def say(self, *kinds: str, call: str = "c1", raw: bytes = b"") -> None:
        await self.hear(*(self.step(kind, call, raw) for kind in kinds))

    def step(self, kind: str, call: str = "c1", raw: bytes = b"") -> bytes:
        self.number += 1
        name, _, said = kind.partition(" ")
        raw = raw or (INVITE if name in ("INVITE", "FALLBACK") else b"")
        return b"%s 1.0 1.%d %s\n%s\na\nb\n%s" % (
            name.encode(),
            self.number,
            said.encode(),
            call.encode(),
            raw,
        )

    async def ask(self, *commands: Any) -> None:
        for command in commands:
            name = f"ask-{self.live.centre.seq}"
            receipt = await self.live.submit(Submission(name, "machine:test", command))
            assert receipt.refusal is None, receipt.refusal

    async def ring(self) -> Call:
        """A call that rings at p1."""
        await self.say("INVITE 7 8")
        await self.ask(OpenPosition("p1"), SignIn("p1", "ali"), BeReady("p1"))
        await self.ask(RingPosition(self.call.call_id, "p1"))
        return self.call

    @property
    def call(self) -> Call:
        return next(iter(self.live.centre.answer.calls.values()))

    @property
    def noes(self) -> int:
        return sum(entry.kind == CommandRefused.__name__ for entry in self.log.read())


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def test_a_call_is_routed_answered_and_ended() -> None:
    async def story() -> None:
        told = Told()
        call = await told.ring()
        assert (call.line, call.rung) == ("kamailio", "p1")
        assert "ROUTE 7 8 p1 sip:p1@h unrecorded" in told.sent
        await told.say("ANSWER 200 p1")
        assert (told.call.phase, told.call.position_id) == (Phase.CONNECTED, "p1")
        await told.say("BYE")
        assert told.call.phase is Phase.ENDED
        assert told.noes == 0

    run(story())


@pytest.mark.parametrize(
    ("kinds", "phase"),
    [
        (("CANCEL", "ANSWER 200 p1"), Phase.CONNECTED),
        (("CANCEL", "GONE 487", "ANSWER 200 p1"), Phase.ABANDONED),
        (("ANSWER 200 p1", "CANCEL", "GONE 487"), Phase.CONNECTED),
        (("ANSWER 200 p1", "ANSWER 200 p1", "BYE", "BYE"), Phase.ENDED),
        (("BYE", "ANSWER 200 p1"), Phase.ENDED),
        (("FAILED 503", "GONE 487"), Phase.ABANDONED),
        (("RESCUED", "ANSWER 200 fallback"), Phase.CONNECTED),
    ],
)
def test_the_final_reply_is_the_outcome_and_the_first_one_stays(
    kinds: tuple[str, ...], phase: Phase
) -> None:
    async def story() -> None:
        told = Told()
        await told.ring()
        await told.say(*kinds)
        counts = conservation(told.live.centre.answer)
        assert told.call.phase is phase
        assert (counts.ringing, counts.residual, told.noes) == (0, 0, 0)

    run(story())


def test_a_position_that_talks_already_does_not_lose_the_answer() -> None:
    async def story() -> None:
        told = Told()
        await told.ring()
        await told.say("ANSWER 200 p9")
        assert (told.call.phase, told.call.position_id) == (Phase.CONNECTED, None)

    run(story())


def test_copies_of_one_invite_are_one_call_and_another_tag_is_another() -> None:
    async def story() -> None:
        told = Told()
        await told.say("INVITE 7 8", "INVITE 7 8", "INVITE 7 8")
        await told.hear(told.step("INVITE 9 9").replace(b"\na\nb", b"\nz\nb"))
        assert len(told.live.centre.answer.calls) == 2
        assert told.noes == 0

    run(story())


def test_what_cannot_be_read_is_a_rejected_call_and_noise_is_none() -> None:
    async def story() -> None:
        told = Told()
        await told.hear(b"BAD 1.0 1.1 400\n<null>\n<null>\n<null>\nINVITE \xff\x00 what")
        await told.hear(b"BAD 1.0 1.2 0\n<null>\n<null>\n<null>\nOPTIONS scan")
        counts = conservation(told.live.centre.answer)
        assert (counts.offered, counts.rejected, counts.residual) == (1, 1, 0)

    run(story())


def test_a_switch_that_starts_anew_has_forgotten_who_rang() -> None:
    async def story() -> None:
        told = Told()
        await told.hear(b"HELLO 1.0 1.0\n\n\n\n")
        await told.ring()
        await told.hear(b"HELLO 1.0 1.1\n\n\n\n")
        assert told.call.phase is Phase.RINGING
        await told.hear(b"HELLO 1.0 2.0\n\n\n\n")
        assert conservation(told.live.centre.answer).rejected == 1

    run(story())


def test_a_journal_that_is_heard_again_changes_nothing() -> None:
    async def story() -> None:
        told = Told()
        await told.say("INVITE 7 8")
        await told.say("ANSWER 200 fallback", "BYE", call="c2")
        await told.say("FALLBACK", call="c2")
        before = told.live.centre.seq
        again = Told(told.disk, Disk(told.journal.files()))
        assert (again.live.centre.seq, again.noes) == (before, 0)
        await again.live.durable(before)
        # The call of before can still be sent where it should go.
        await again.ask(OpenPosition("p1"), SignIn("p1", "ali"), BeReady("p1"))
        await again.ask(RingPosition(again.call.call_id, "p1"))
        assert again.sent == ["ROUTE 7 8 p1 sip:p1@h unrecorded"]

    run(story())


def test_a_crash_between_journal_and_log_is_mended_by_the_journal() -> None:
    async def story() -> None:
        lost = Told()
        await lost.line.take([lost.step("INVITE 7 8"), lost.step("GONE 487")])
        again = Told(None, Disk(lost.journal.files()))
        await again.live.durable(again.live.centre.seq)
        assert again.call.phase is Phase.ABANDONED

    run(story())


KINDS = (
    "INVITE 1 2",
    "FALLBACK",
    "RESCUED",
    "MISSED 1 2 408 p1",
    "ANSWER 200 p1",
    "ANSWER 200 fallback",
    "GONE 487",
    "FAILED 503",
    "CANCEL",
    "BYE",
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_any_steps_in_any_order_give_each_call_one_outcome(seed: int) -> None:
    async def story() -> None:
        rng = Random(seed)  # noqa: S311 - a test's chance, no secret
        told = Told()
        await told.ask(OpenPosition("p1"), SignIn("p1", "ali"), BeReady("p1"))
        lines = [told.step(rng.choice(KINDS), rng.choice("xyz")) for _ in range(30)]
        lines += rng.choices(lines, k=15)
        rng.shuffle(lines)
        await told.hear(*lines)
        answer = told.live.centre.answer
        counts = conservation(answer)
        assert counts.residual == 0
        assert counts.offered == len(answer.calls) <= 3
        outcomes = ("CallAnswered", "CallFellBack", "CallAbandoned", "CallRejected")
        found = sum(entry.kind in outcomes for entry in told.log.read())
        assert found == counts.offered - counts.ringing

    run(story())


def test_the_config_is_whole(tmp_path: Path) -> None:
    config = SwitchConfig("10.0.0.5", 5060, 8448, ("sip:a@h", "sip:b@h"), ("10.0.0.1",), 9, 70)
    text = write_config(tmp_path, config).read_text()
    assert 'append_branch("sip:b@h")' in text
    assert '$si == "10.0.0.1"' in text
    assert not [line for line in text.splitlines() if "@HOST@" in line or "_MS@" in line]


def test_of_a_call_s_commands_only_those_that_begin_it_are_looked_up_in_the_log() -> None:
    async def story() -> None:
        told = Told()
        read: list[str] = []
        look = told.log.receipt_of

        def counted(command_id: str) -> Receipt | None:
            read.append(command_id)
            return look(command_id)

        told.log.receipt_of = counted  # type: ignore[method-assign] # counted
        for number in range(20):
            call = f"c{number}"
            await told.say("INVITE 7 8", "ANSWER 200 fallback recorded", "BYE", call=call)
            await told.say("INVITE 7 8", "GONE", call=f"gone-{call}")
        assert told.noes == 0
        assert len(told.live.centre.answer.calls) == 40
        # Offered, and put into its queue; answered, recorded and over are new by their birth.
        assert len(read) <= 2 * 40
        before = len(read), told.live.centre.seq
        told.number -= 5
        await told.say("ANSWER 200 fallback recorded", "BYE", call="c19")
        assert (len(read), told.live.centre.seq) == before, "what follows once does not again"

    run(story())


def test_a_process_that_hears_it_all_again_names_every_command_as_before() -> None:
    async def story() -> None:
        told = Told()
        await told.say("INVITE 7 8", "ANSWER 200 fallback recorded", "BYE")
        await told.say("INVITE 7 8", "GONE", call="c2")
        entries = [(entry.kind, entry.command_id) for entry in told.log.read()]
        # A crash before anything but what the journal holds was on the disk.
        anew = Told(journal=Disk(told.journal.files()))
        await anew.live.durable(anew.live.centre.seq)
        assert [(entry.kind, entry.command_id) for entry in anew.log.read()] == entries
        # And one after all of it was.
        again = Told(told.disk, Disk(told.journal.files()))
        assert again.live.centre.seq == told.live.centre.seq

    run(story())
