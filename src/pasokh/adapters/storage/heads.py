"""Heads of the log written down elsewhere: what finds a cut tail, a rolled-back or forged file.

One line a head, `seq known_at chain`. Copy the file to where the log's keeper cannot reach it.
"""

from collections.abc import Iterable

from pasokh.adapters.storage.folder import Folder
from pasokh.core.log import Head

HEADS_NAME = "heads.txt"


class HeadsUnreadable(Exception):
    """A line of the heads is not `seq known_at chain`; the text says which."""


def note_head(folder: Folder, head: Head, name: str = HEADS_NAME) -> None:
    """Write down, durably, a head that the log's disk already has."""
    line = f"{head.seq} {head.known_at} {head.chain}\n".encode()
    if name in folder.names() and not folder.read(name).endswith(b"\n"):
        line = b"\n" + line  # a crash tore the last line
    folder.append(name, line)


def read_heads(text: bytes) -> list[Head]:
    """Read heads. A last line without its end was torn by a crash and was never relied on."""
    lines = text.decode(errors="replace").split("\n")[:-1]
    return list(_heads(lines))


def _heads(lines: Iterable[str]) -> Iterable[Head]:
    for number, line in enumerate(lines, 1):
        try:
            seq, known_at, chain = line.split(" ")
            yield Head(int(seq), int(known_at), chain)
        except ValueError as error:
            raise HeadsUnreadable(
                f"line {number} of the heads is {line[:80]!r}, not `seq known_at chain`"
            ) from error
