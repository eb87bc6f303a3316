"""A real switch, a real carrier of voices and a caller who speaks, beside a centre with desks."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.adapters.api.process import free_port
from tests.adapters.telephony.kamailio.switchboard import SCENARIOS, voice_ports
from tests.browser.desks import DeskCentre, desk_centre, until

FRAME = 160
QUIET = b"\xd5" * FRAME
KEY_KIND = 101
KEYS = "0123456789*#ABCD"


class PhoneLine:
    """What runs beside the centre; `call` lets somebody ring who then speaks and listens."""

    def __init__(self, folder: Path, origin: str, voices: tuple[int, int]) -> None:
        self.folder = folder
        self.sip, self.events, self.voice, self.window = (free_port() for _ in range(4))
        self.trunk = free_port()
        folder.joinpath("telephone.toml").write_text(
            f'fallback = ["sip:fallback@127.0.0.1:9"]\nport = {self.sip}\nends_seconds = 2\n'
            f"events_port = {self.events}\nring_seconds = 20\n"
            f'outgoing.trunk = "127.0.0.1:{self.trunk}"\n'
            f'[window]\norigin = "{origin}"\nport = {self.window}\n'
            f"[voice]\ncontrol_port = {self.voice}\ntones_port = {free_port()}\n"
            f"first_port = {voices[0]}\nlast_port = {voices[1]}\n"
            '[positions.pos-1]\nphone = "registered"\n[positions.pos-2]\nphone = "registered"\n'
        )

    def start(self) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "pasokh.cli", "telephone", "up", "--data", str(self.folder)]
        with (self.folder / "switch.txt").open("ab") as words:
            process = subprocess.Popen(line, stderr=words, stdout=words)
        until(self._listens, "the switch is there")
        return process

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.events)) == 0

    def switch_pid(self) -> int:
        found = subprocess.check_output(["pgrep", "-o", "-f", f"^[^ ]*kamailio.*{self.folder}"])
        return int(found)


class Caller:
    """Rings, speaks twenty milliseconds at a time, and counts what comes back.

    `called`: somebody at the other end of the trunk, who rings nobody and picks up.
    """

    def __init__(
        self, line: PhoneLine, scenario: str = "caller_voice.xml", *, called: bool = False
    ) -> None:
        self.heard = 0
        self.silent = False
        # Keys that the other side pressed (RFC 4733), each once.
        self.keys: list[str] = []
        self._pressed: set[bytes] = set()
        self._voice = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._voice.bind(("127.0.0.1", 0))
        self._voice.settimeout(0.02)
        self._log = line.folder / f"caller-{self._voice.getsockname()[1]}.log"
        self._over = threading.Event()
        told = ["-key", "voice_port", str(self._voice.getsockname()[1]), "-m", "1"]
        told += ["-d", "60000", "-p", str(line.trunk if called else free_port()), "-trace_logs"]
        told += ["-log_file", str(self._log), *([] if called else [f"127.0.0.1:{line.sip}"])]
        command = [
            "timeout",
            "120",
            "sipp",
            "-sf",
            str(SCENARIOS / scenario),
            "-i",
            "127.0.0.1",
            "-nostdin",
            "-aa",
        ]
        self._sipp = subprocess.Popen([*command, *told], stdout=subprocess.DEVNULL)
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()

    def vanish(self) -> None:
        """Be gone without a word, as a cut cable has it."""
        self.silent = True
        found = subprocess.check_output(["pgrep", "-P", str(self._sipp.pid)], text=True)
        os.kill(int(found), signal.SIGKILL)

    def hung_up(self) -> bool:
        return self._sipp.poll() is not None

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._voice.close()
        self._sipp.terminate()
        self._sipp.wait(10)

    def _speak(self) -> None:
        sequence, door = 1, 0
        while not self._over.is_set():
            began = time.monotonic()
            door = door or self._door()
            if door and not self.silent:
                head = b"\x80\x08" + sequence.to_bytes(2) + (sequence * FRAME).to_bytes(4)
                self._voice.sendto(head + b"\0\0\0\x07" + QUIET, ("127.0.0.1", door))
                sequence = (sequence + 1) % (1 << 16)
            try:
                while packet := self._voice.recv(2048):
                    self.heard += 1
                    self._hear_key(packet)
                    if time.monotonic() - began >= 0.02:
                        break
            except TimeoutError:
                continue

    def _hear_key(self, packet: bytes) -> None:
        """A key comes as several packets of one stamp; the caller's offer calls their kind 101."""
        if packet[1] & 0x7F == KEY_KIND and packet[4:8] not in self._pressed:
            self._pressed.add(packet[4:8])
            self.keys.append(KEYS[packet[12]])

    def _door(self) -> int:
        words = self._log.read_text().split() if self._log.exists() else []
        return int(words[words.index("m=audio") + 1]) if "m=audio" in words else 0


@contextmanager
def centre_with_line(folder: Path) -> Iterator[tuple[DeskCentre, PhoneLine]]:
    """Run a centre whose two positions may have their telephone in a window."""
    port = free_port()
    made: list[PhoneLine] = []
    with (
        voice_ports() as voices,
        desk_centre(
            folder,
            port=port,
            before=lambda data: made.append(PhoneLine(data, f"http://127.0.0.1:{port}", voices)),
        ) as centre,
    ):
        switch = made[0].start()
        try:
            yield centre, made[0]
        finally:
            switch.terminate()
            switch.wait(30)
