"""The spool: on the disk before it is read, read again after a crash, and nothing counts twice."""

import asyncio
from collections.abc import Sequence

import pytest

from pasokh.answer.commands import ReceiveMessage, SendMessage
from pasokh.core.machine import Submission, Words
from pasokh.drivers.ports_spool import Raw
from tests.adapters.telephony.spooled import Spooled
from tests.simulated.disk import Disk


class Lines:
    """Reads a text of the shape NUMBER TEXT; "wait" waits, "bad" is nothing that it can read."""

    def __init__(self) -> None:
        self.waiting: set[str] = set()

    def read(self, raw: Raw) -> Sequence[Submission]:
        number, _, text = raw.body.decode().partition(" ")
        if text == "bad":
            raise ValueError("no text of ours")
        if text == "wait":
            self.waiting.add(raw.key)
            return ()
        command = ReceiveMessage(f"t-{raw.key}", raw.key, "sms")
        words = Words(number=number, text=text)
        return [Submission(f"sms-{raw.key}", "machine:sms", command, raw.at, words)]

    def waits(self, key: str) -> bool:
        return key in self.waiting


def ready(centre: Spooled) -> Lines:
    lines = Lines()
    centre.spool.reads("line", lines)
    centre.spool.replay()
    return lines


def test_what_was_taken_is_kept_and_read_once_however_often_it_comes() -> None:
    async def run() -> None:
        centre = Spooled()
        ready(centre)
        for text in (b"09120000000 help", b"09120000000 behind the park"):
            await asyncio.gather(*(centre.spool.take("line", text[-4:].hex(), text) for _ in "xx"))
        await centre.durable()
        (call,) = centre.calls
        assert centre.texts(call) == ["help", "behind the park"]
        subjects = {kept.sealed.subject for kept in call.words}
        assert subjects == {call.call_id}, "a thread is erased as one"
        after = centre.again()
        ready(after)
        await after.durable()
        assert after.texts(after.calls[0]) == ["help", "behind the park"]
        assert after.live.centre.seq == centre.live.centre.seq

    asyncio.run(run())


def test_a_crash_between_the_disk_and_the_reading_loses_nothing() -> None:
    async def run() -> None:
        centre = Spooled()
        ready(centre)
        await centre.spool.take("line", "k1", b"09120000000 help")
        # The log's disk never had it; the spool's had it before the sender was told.
        after = Spooled(Disk(), Disk(centre.journal.files()))
        ready(after)
        await after.durable()
        assert after.texts(after.calls[0]) == ["help"]

    asyncio.run(run())


def test_a_disk_that_fails_takes_nothing_and_ends_the_process() -> None:
    async def run() -> None:
        centre = Spooled()
        ready(centre)

        def fails(_kind: str) -> None:
            raise OSError(5, "EIO")

        centre.journal.before = fails
        with pytest.raises(OSError, match="EIO"):
            await centre.spool.take("line", "k1", b"09120000000 help")
        assert centre.calls == []
        with pytest.raises(OSError, match="EIO"):
            await centre.spool.clear()

    asyncio.run(run())


def test_what_nobody_can_read_is_kept_for_a_person_and_stops_no_start() -> None:
    async def run() -> None:
        centre = Spooled()
        ready(centre)
        await centre.spool.take("line", "k1", b"1 bad")
        await centre.spool.take("fax", "k2", b"?")
        await centre.spool.take("line", "k3", b"09120000000 help")
        await centre.spool.clear_once()
        assert [("cannot be read" in said, "nobody reads" in said) for said in centre.said] == [
            (True, False),
            (False, True),
        ]
        after = centre.again()
        ready(after)
        assert len(after.said) == 2
        assert after.texts(after.calls[0]) == ["help"]

    asyncio.run(run())


def test_a_file_goes_when_its_things_are_in_the_log_and_waits_for_what_waits() -> None:
    async def run() -> None:
        centre = Spooled()
        lines = ready(centre)
        await centre.spool.take("line", "k1", b"09120000000 help")
        await centre.spool.take("line", "k2", b"09120000000 wait")
        await centre.spool.clear_once()
        assert len(centre.journal.files()) == 1
        lines.waiting.clear()
        await centre.spool.clear_once()
        assert not any(centre.journal.files().values())

    asyncio.run(run())


def test_who_comes_while_files_are_cleared_does_not_wait_for_the_log() -> None:
    async def run() -> None:
        centre = Spooled()
        ready(centre)
        await centre.spool.take("line", "k1", b"09120000000 help")
        kept, waits = centre.live.durable, asyncio.Event()

        async def slow(seq: int) -> None:
            await waits.wait()
            await kept(seq)

        centre.live.durable = slow  # type: ignore[method-assign] - the disk is slow
        clearing = asyncio.create_task(centre.spool.clear_once())
        await asyncio.wait_for(centre.spool.take("line", "k2", b"09120000001 help"), 5)
        assert not clearing.done()
        waits.set()
        await clearing
        # The file of what came meanwhile is still there; the other one went.
        assert len(centre.journal.files()) == 1
        after = centre.again()
        ready(after)
        assert len(after.calls) == 2

    asyncio.run(run())


def test_an_address_that_is_no_number_has_one_thread_too() -> None:
    async def run() -> None:
        centre = Spooled()
        ready(centre)
        for key, text in (("k1", b"ALARM first"), ("k2", b"ALARM second"), ("k3", b"BANK other")):
            await centre.spool.take("line", key, text)
        await centre.durable()
        assert [centre.texts(call) for call in centre.calls] == [["first", "second"], ["other"]]
        call = centre.calls[0]
        assert "ALARM" not in call.caller
        reply = SendMessage(call.call_id, "r1")
        words = Words(text="on our way")
        await centre.live.submit(Submission("a", "call_taker:p-1", reply, words=words))
        assert centre.texts(call)[-1] == "on our way"
        assert call.words[-1].sealed.subject == call.call_id

    asyncio.run(run())
