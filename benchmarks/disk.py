"""The yardstick of everything durable: one 4 KiB append and one fdatasync, one at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import perf_counter

BLOCK = os.urandom(4096)
LABEL = "fdatasync of one 4 KiB append, one at a time"


@contextmanager
def fresh_folder(parent: str) -> Iterator[Path]:
    """Make an empty folder on the disk that is measured, and take it away again."""
    path = Path(mkdtemp(prefix="run-", dir=parent))
    try:
        yield path
    finally:
        rmtree(path)


def appends_per_second(folder: Path, count: int) -> float:
    """Append to a growing file, each append durable before the next."""
    path = folder / "yardstick"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        started = perf_counter()
        for _ in range(count):
            os.write(descriptor, BLOCK)
            os.fdatasync(descriptor)
        return count / (perf_counter() - started)
    finally:
        os.close(descriptor)
        path.unlink()
