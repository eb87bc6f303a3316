"""Follows queue_log from where it was read last: through rotation, copies, and torn last lines.

A mark is how far a file was read and the bytes before that place: by them the file is found again
under any name, renamed or copied. The number of a file counts only where there are no such bytes.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pasokh.adapters.telephony.asterisk.queue_log import LINE_MAX

# Beyond so much, the rest waits for the next look.
_READ_MAX = 1 << 18
_BEFORE_MAX = 256
_PACKED = (".gz", ".bz2", ".xz", ".zst")


class Mark(Struct, frozen=True):
    """How far queue_log was read; `before` is what stands right before `offset`, as Latin-1."""

    inode: int = 0
    offset: int = 0
    before: str = ""


class Tail:
    """Reads whole lines that are new since a mark. One thread at a time."""

    def __init__(self, path: Path, mark: Mark | None) -> None:
        """Without a mark: from the end of what is there now, because the past is not ours."""
        self._path = path
        self.mark = self._end() if mark is None else mark

    def read(self) -> tuple[list[bytes], Mark]:
        """Give new whole lines and the mark behind them; `mark` stays until it is set.

        OSError when the file is there and cannot be read.
        """
        lines: list[bytes] = []
        mark = self.mark
        for path in self._since(mark):
            found, mark, more = _new_lines(path, mark)
            lines += found
            if more:
                break
        return lines, mark

    def _end(self) -> Mark:
        try:
            with self._path.open("rb") as file:
                facts = os.fstat(file.fileno())
                return _mark_at(file.fileno(), facts.st_ino, facts.st_size)
        except FileNotFoundError:
            return Mark()

    def _since(self, mark: Mark) -> Iterator[Path]:
        """The file of the mark, wherever rotation put it, those written since, then the present.

        A present file without a line is not begun: after a rename the switch goes on in the old
        one until it is told to open its logs anew.
        """
        there = self._path.exists()
        if not (there and _is_marked(self._path, mark)):
            older = sorted(self._rotated(), key=lambda path: path.stat().st_mtime_ns)
            marked = [path for path in older if _is_marked(path, mark)]
            if marked:
                yield from older[older.index(marked[0]) :]
        if there and self._path.stat().st_size:
            yield self._path

    def _rotated(self) -> Iterator[Path]:
        for path in self._path.parent.glob(f"{self._path.name}*"):
            if path != self._path and path.suffix not in _PACKED and path.is_file():
                yield path


def _is_marked(path: Path, mark: Mark) -> bool:
    """Tell whether this is the file that was read: by what stands there."""
    with path.open("rb") as file:
        facts = os.fstat(file.fileno())
        if facts.st_size < mark.offset or (not mark.before and facts.st_ino != mark.inode):
            return False
        return _mark_at(file.fileno(), mark.inode, mark.offset) == mark


def _new_lines(path: Path, mark: Mark) -> tuple[list[bytes], Mark, bool]:
    """Give the whole lines behind the mark, the new mark, and whether more is to be read."""
    offset = mark.offset if _is_marked(path, mark) else 0
    with path.open("rb") as file:
        text = os.pread(file.fileno(), _READ_MAX, offset)
        end = text.rfind(b"\n") + 1
        if not end and len(text) > LINE_MAX:  # no line of a queue_log is so long
            end = len(text)
        inode = os.fstat(file.fileno()).st_ino
        lines = [line for line in text[:end].split(b"\n") if line]
        return lines, _mark_at(file.fileno(), inode, offset + end), len(text) == _READ_MAX


def _mark_at(descriptor: int, inode: int, offset: int) -> Mark:
    begin = max(0, offset - _BEFORE_MAX)
    before = os.pread(descriptor, offset - begin, begin)
    return Mark(inode, offset, before.decode("latin-1"))
