"""The public folder, as rooms of the newsroom read files of it. Nothing is written there.

In a demonstration releases go out in one folder, and the figures that readers see lie in another.
"""

from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct

from pasokh.account.open_data.index import INDEX_PATH
from pasokh.account.proofs.tiles import CHECKPOINT_PATH
from pasokh.account.release_notes import CALENDAR_PATH, LATE_PATH


class _FolderIndex(Struct, frozen=True):
    address: str | None = None


def public_file(path: str) -> Path | None:
    """Give where a file of the folder lies; None when it, or the folder, is not there."""
    return _file(settings.PASOKH_NEWSROOM.published, path)


def figures_folder() -> Path | None:
    """Give the folder whose figures readers see; None before there is one."""
    newsroom = settings.PASOKH_NEWSROOM
    folder: Path | None = newsroom.figures or newsroom.published
    return folder


def figures_file(path: str) -> Path | None:
    """Give where a file beside the figures lies; None when it, or the folder, is not there."""
    return _file(figures_folder(), path)


def figures_mark() -> tuple[int, ...]:
    """Tell one state of the figures and their calendar from another: each changes one of these."""
    files = map(figures_file, (CHECKPOINT_PATH, CALENDAR_PATH, LATE_PATH))
    return tuple(file.stat().st_mtime_ns if file else 0 for file in files)


def folder_address() -> str:
    """Say where the folder itself is read, with `/` at its end; empty when it does not tell."""
    file = public_file(INDEX_PATH)
    address = msgspec.json.decode(file.read_bytes(), type=_FolderIndex).address if file else None
    return f"{address.rstrip('/')}/" if address else ""


def _file(folder: Path | None, path: str) -> Path | None:
    file = folder / path if folder else None
    return file if file and file.is_file() else None
