"""The public folder, as rooms of the newsroom read files of it. Nothing is written there."""

from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct

from pasokh.account.open_data.index import INDEX_PATH


class _FolderIndex(Struct, frozen=True):
    address: str | None = None


def public_file(path: str) -> Path | None:
    """Give where a file of the folder lies; None when it, or the folder, is not there."""
    folder = settings.PASOKH_NEWSROOM.published
    file = folder / path if folder else None
    return file if file and file.is_file() else None


def folder_address() -> str:
    """Say where the folder itself is read, with `/` at its end; empty when it does not tell."""
    file = public_file(INDEX_PATH)
    address = msgspec.json.decode(file.read_bytes(), type=_FolderIndex).address if file else None
    return f"{address.rstrip('/')}/" if address else ""
