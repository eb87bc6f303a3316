"""An Asterisk for tests: its manager interface on a real socket, its queue_log in a real file."""

import asyncio
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from socket import socket

from tests.adapters.telephony.asterisk.timeline import Step, said

SECRET = "a secret of the tests"  # noqa: S105 - of the tests
BANNER = b"Asterisk Call Manager/9.0.0\r\n"
CHALLENGE = "840415273"


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Pbx:
    """Plays steps to whoever has signed in. `now` is the switch's clock (ms)."""

    def __init__(self, log: Path, now: Callable[[], int], uptime: int = 100_000) -> None:
        self.log = log
        self.port = free_port()
        self.now = now
        self.uptime = uptime
        self.asked: list[str] = []
        self.sent = 0
        self.listed = 0
        self.members: dict[str, tuple[str, bool]] = {}
        self._channels: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._sessions: list[asyncio.StreamWriter] = []
        self._all: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}
        self._server: asyncio.Server | None = None
        self.log.touch()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._all:
            writer.transport.abort()
        await asyncio.gather(*filter(None, self._all.values()))
        self._sessions.clear()
        self._all.clear()

    @property
    def heard(self) -> bool:
        return bool(self._sessions)

    def play(self, step: Step, upto: int | None = None) -> None:
        """Do a step; with `upto`, the connection breaks after so many bytes of its packet."""
        if step.line:
            with self.log.open("ab") as file:
                file.write(f"{step.line}\n".encode())
            return
        self._note(step.packet)
        raw = wire(step.packet)
        for writer in self._sessions:
            writer.write(raw if upto is None else raw[:upto])
            self.sent += upto is None

    def say(self, packet: str) -> None:
        """Send a packet that belongs to no call."""
        self.play(Step(self.now(), packet=packet))

    def noise(self, raw: bytes) -> None:
        """Send what is no packet."""
        for writer in self._sessions:
            writer.write(raw + b"\r\n\r\n")

    def scribble(self, raw: bytes) -> None:
        """Write a line into the log that is none."""
        with self.log.open("ab") as file:
            file.write(raw.replace(b"\n", b"") + b"\n")

    def forget(self) -> None:
        """Start anew: no channel of before is there."""
        self._channels.clear()
        self._waiting.clear()
        self.uptime = 0

    def _note(self, packet: str) -> None:
        event, channel = said(packet, "Event"), said(packet, "Uniqueid")
        if event == "Newchannel":
            self._channels[channel] = said(packet, "Linkedid")
        elif event == "Hangup":
            self._channels.pop(channel, None)
            self._waiting.pop(channel, None)
        elif event == "QueueCallerJoin":
            self._waiting[channel] = said(packet, "CallerIDNum")
        elif event == "QueueCallerLeave":
            self._waiting.pop(channel, None)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._all[writer] = asyncio.current_task()
        writer.write(BANNER)
        try:
            while True:
                text = (await reader.readuntil(b"\r\n\r\n")).decode()
                self._answer(text.replace("\r\n", "\n"), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            if writer in self._sessions:
                self._sessions.remove(writer)

    def _answer(self, asked: str, writer: asyncio.StreamWriter) -> None:
        name, action_id = said(asked, "Action"), said(asked, "ActionID")
        self.asked.append(name)
        put = lambda text: writer.write(wire(text))  # noqa: E731 - one word for what is said often
        head = f"Response: Success\nActionID: {action_id}"
        if name == "Challenge":
            put(f"{head}\nChallenge: {CHALLENGE}")
        elif name == "Login":
            key = hashlib.md5(f"{CHALLENGE}{SECRET}".encode()).hexdigest()  # noqa: S324 - AMI's
            if said(asked, "Key") != key:
                error = f"Response: Error\nActionID: {action_id}\nMessage: Authentication failed"
                put(error)
                writer.close()
                return
            put(f"{head}\nMessage: Authentication accepted")
            put(f"Event: FullyBooted\nPrivilege: system,all\nUptime: {self.uptime}\nLastReload: 5")
            self._sessions.append(writer)
        elif name == "Ping":
            put(f"{head}\nPing: Pong\nTimestamp: {self.now() // 1_000}.{self.now() % 1_000:03}000")
        elif name == "QueueStatus":
            self._queues(action_id, put)
        elif name == "CoreShowChannels":
            put(f"{head}\nEventList: start\nMessage: Channels will follow")
            for uniqueid, linkedid in self._channels.items():
                ids = f"Uniqueid: {uniqueid}\nLinkedid: {linkedid}"
                put(f"Event: CoreShowChannel\nActionID: {action_id}\nChannel: x\n{ids}")
            put(f"Event: CoreShowChannelsComplete\nActionID: {action_id}\nEventList: Complete")
            self.listed += 1
        else:
            put(f"{head}\nMessage: done")

    def _queues(self, action_id: str, put: Callable[[str], None]) -> None:
        put(f"Response: Success\nActionID: {action_id}\nEventList: start")
        for interface, (name, paused) in self.members.items():
            member = f"Name: {name}\nLocation: {interface}\nStatus: 1\nPaused: {int(paused)}"
            put(f"Event: QueueMember\nActionID: {action_id}\nQueue: sos\n{member}")
        for uniqueid, number in self._waiting.items():
            caller = f"Uniqueid: {uniqueid}\nCallerIDNum: {number}\nWait: 1"
            put(f"Event: QueueEntry\nActionID: {action_id}\nQueue: sos\n{caller}")
        put(f"Event: QueueStatusComplete\nActionID: {action_id}\nEventList: Complete")


def wire(packet: str) -> bytes:
    return (re.sub(r"\r?\n", "\r\n", packet.strip("\n")) + "\r\n\r\n").encode()
