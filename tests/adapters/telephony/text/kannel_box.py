"""A real Kannel for a test: bearerbox, smsbox and the message centre that its makers ship."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.adapters.api.process import free_port

FAKE_SMSC = Path("/usr/lib/kannel/test/fakesmsc")
GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "text.md"
_BEYOND_PATH = "/usr/sbin:/usr/local/sbin"


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=_BEYOND_PATH)
    assert found is not None, f"{name} is missing: apt-get install kannel kannel-extras"
    return found


def listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


class Box:
    """A running Kannel: the ports of its message centre and of its smsbox."""

    def __init__(self, folder: Path, door: int) -> None:
        self.folder, self.door = folder, door
        self.smsc, self.send, self.inner, self.admin = (free_port() for _ in range(4))
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Run what the guide tells an operator to write, on ports of our own."""
        shown = GUIDE.read_text().split("```ini\n")[1].split("```")[0]
        for told, ours in (
            ("8112", self.door),
            ("13013", self.send),
            ("13001", self.inner),
            ("13000", self.admin),
            ("/var/spool/kannel", self.folder),
            ("http-queue-delay = 10", "http-queue-delay = 1"),
        ):
            assert told in shown, told
            shown = shown.replace(told, str(ours))
        path = self.folder / "kannel.conf"
        fake = f"host = 127.0.0.1\nport = {self.smsc}\nconnect-allow-ip = 127.0.0.1"
        path.write_text(shown.replace("smsc = smpp", "smsc = fake").replace("# yours here", fake))
        self._box("bearerbox", path)
        self._until(self.inner)
        self._box("smsbox", path)
        self._until(self.send)
        self._until(self.smsc)

    def callers(self, message: str, *, each: int) -> None:
        """Let a telephone write `SENDER RECEIVER KIND TEXT` so often, and hear our replies."""
        said = ["-H", "127.0.0.1", "-r", str(self.smsc), "-i", "0.02", "-m", str(each), message]
        self._run("fakesmsc", [str(FAKE_SMSC), *said])

    def one_says(self, *messages: str) -> None:
        """Let telephones write one after the other."""
        for message in messages:
            self.callers(message, each=1)
            self._wait(lambda: "sent message 1" in self.heard(), f"{message} went nowhere")
            telephone = self._running.pop()
            telephone.terminate()
            telephone.wait(5)

    def heard(self) -> str:
        """What the message centre was given by us."""
        return (self.folder / "fakesmsc.log").read_text("utf-8", "replace")

    def stop(self) -> None:
        for running in reversed(self._running):
            running.terminate()
        for running in self._running:
            try:
                running.wait(5)
            except subprocess.TimeoutExpired:
                running.kill()

    def _box(self, name: str, path: Path) -> None:
        self._run(name, [program(name), "-v", "1", str(path)])

    def _run(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self._running.append(subprocess.Popen(command, stdout=log, stderr=log))

    def _until(self, port: int) -> None:
        self._wait(lambda: listens(port), f"nobody listens at {port}")

    def _wait(self, ready: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + 20
        while not ready():
            assert time.monotonic() < end, otherwise
            time.sleep(0.05)


@contextmanager
def kannel(folder: Path, door: int) -> Iterator[Box]:
    box = Box(folder, door)
    try:
        box.start()
        yield box
    finally:
        box.stop()
