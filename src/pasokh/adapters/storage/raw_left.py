"""What nobody could read, and nobody sealed: files kept for a person, and not for ever."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pasokh.adapters.storage.folder import sync_folder
from pasokh.core.time import Instant


def take_away(
    folders: Iterable[Path], patterns: Iterable[str], before: Instant, *, held: bool = False
) -> int:
    """Take files away that were written last before a time (milliseconds); give how many.

    Held, they stay, and are counted only.
    """
    gone = 0
    shapes = tuple(patterns)
    for folder in folders:
        old = [
            file
            for pattern in shapes
            for file in folder.glob(pattern)
            if file.is_file() and file.stat().st_mtime_ns < before * 1_000_000
        ]
        if held:
            gone += len(old)
            continue
        for file in old:
            with suppress(FileNotFoundError):  # its own keeper was quicker
                file.unlink()
                gone += 1
        if old:
            sync_folder(folder)
    return gone
