"""What the carrier writes while people speak: a capture a stretch, and a note that says of what.

Plain voice lies here and nowhere else, by default in the machine's memory (tmpfs), which a power
cut empties. Each call has one or more captures: a pause ends one, going on begins the next.
"""

import os
import re
from collections.abc import Container
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from urllib.parse import unquote

from msgspec import Struct

from pasokh.adapters.telephony.rtpengine.capture import VoicePacket, packets

_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder below is made for us alone, and looked at
CAPTURES, DONE, BEGUN = "pcaps", "metadata", "tmp"
_NAME = re.compile(r"(.+)-[0-9a-f]{16}")
_ANSWERED = re.compile(r"SDP mode: answer.*?^m=audio (\d+) ", re.DOTALL | re.MULTILINE)
_TRACE = 24
_SUFFIX = ".pcap"
# The switch's word at the end of a note.
_LISTEN = "listen"
# The carrier closes its note first and its capture after it: the last words come between.
_FLUSHED_SECONDS = 1.0


class SpoolRefused(Exception):
    """Plain voice must not be written there; the text says why."""


class Captured(Struct, frozen=True):
    """A call's captures. `closed`: by the carrier, all of them; `over`: and a moment ago."""

    sip_call_id: str
    captures: tuple[Path, ...]
    notes: tuple[Path, ...]
    closed: bool
    over: bool

    def size(self) -> int:
        """Give how many bytes there are by now."""
        return sum(path.stat().st_size for path in self.captures if path.exists())

    def packets(self) -> list[VoicePacket]:
        """Read all that was written."""
        return [packet for path in self.captures for packet in packets(path.read_bytes())[0]]

    def torn(self) -> bool:
        """Tell whether the carrier still has an end to write: what lies there breaks off."""
        written = [path.read_bytes() for path in self.captures]
        return any(packets(capture)[1] < len(capture) for capture in written)

    def offerer_door(self) -> int:
        """Give the carrier's port at which whoever called is heard; 0 when no note says it."""
        for note in self.notes:
            found = _ANSWERED.search(note.read_text(errors="replace"))
            if found:
                return int(found[1])
        return 0

    def borrowed(self) -> bool:
        """Tell whether it was written only to be listened to, so that nobody has to keep it."""
        return any(note.read_text(errors="replace").endswith(_LISTEN) for note in self.notes)

    def remove(self) -> None:
        """Take the plain voice away; its notes last, they say what is left after a crash."""
        for path in (*self.captures, *self.notes):
            path.unlink(missing_ok=True)


def spool_folder(data: Path, wanted: str) -> Path:
    """Choose where plain voice is written: as wanted, else in memory, else in the data folder."""
    if wanted:
        return Path(wanted)
    name = sha256(str(data.resolve()).encode()).hexdigest()[:12]
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        return _MEMORY / f"pasokh-voices-{name}"
    return data / "telephone" / "voices"


def in_memory(folder: Path) -> bool:
    """Tell whether a folder is in the machine's memory."""
    return _MEMORY in folder.parents


def make_spool(folder: Path) -> None:
    """Make the folder for us alone; SpoolRefused when somebody else has it or could look in."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SpoolRefused(f"{folder} is not ours alone; look who made it, and take it away")


def trace_of(sip_call_id: str) -> str:
    """Name a call so that what the carrier writes of it is found, and no Call-ID is logged."""
    return sha256(sip_call_id.encode()).hexdigest()[:_TRACE]


def captured(folder: Path, wanted: Container[str] | None = None) -> dict[str, Captured]:
    """Find what lies in the spool, by trace; `wanted`: of these traces only."""
    by_call: dict[str, list[Path]] = {}
    for entry in _listed(folder):
        if call := _call_of(entry):
            by_call.setdefault(call, []).append(Path(entry.path))
    traced = {trace_of(call): call for call in by_call}
    return {
        trace: _captured(folder, call, by_call[call])
        for trace, call in traced.items()
        if wanted is None or trace in wanted
    }


def sizes(folder: Path) -> dict[str, int]:
    """Give how many bytes were captured of each call, by trace. It opens no file."""
    found: dict[str, int] = {}
    for entry in _listed(folder):
        if call := _call_of(entry):
            with suppress(FileNotFoundError):
                trace = trace_of(call)
                found[trace] = found.get(trace, 0) + entry.stat().st_size
    return found


def _captured(folder: Path, sip_call_id: str, paths: list[Path]) -> Captured:
    paths.sort(key=lambda path: path.stat().st_mtime)
    done = [folder / DONE / f"rtpengine-meta-{path.stem}.txt" for path in paths]
    begun = [folder / BEGUN / f"rtpengine-meta-{path.stem}.tmp" for path in paths]
    notes = tuple(note for note in (*done, *begun) if note.exists())
    closed = all(note.exists() for note in done)
    last = max((note.stat().st_mtime for note in notes), default=0.0)
    over = closed and time() - last > _FLUSHED_SECONDS
    return Captured(sip_call_id, tuple(paths), notes, closed, over)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """The captures. Many calls make many; the loop of the control room waits for none of this."""
    try:
        with os.scandir(folder / CAPTURES) as entries:
            return [entry for entry in entries if entry.name.endswith(_SUFFIX)]
    except FileNotFoundError:
        return []


def _call_of(entry: os.DirEntry[str]) -> str:
    named = _NAME.fullmatch(entry.name.removesuffix(_SUFFIX))
    return "" if named is None else unquote(named[1])
