"""The published folder, given away as it lies on the disk: pages of figures, rows, proofs."""

import asyncio
import re
from pathlib import Path

from pasokh.adapters.doors.pages import HEADERS
from pasokh.adapters.doors.told import Reply, Turned

PUBLISHED_AT = "/figures"
_MEDIA = {
    ".html": b"text/html; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".csv": b"text/csv; charset=utf-8",
    ".json": b"application/json",
    ".svg": b"image/svg+xml",
    ".woff2": b"font/woff2",
    ".py": b"text/plain; charset=utf-8",
    ".txt": b"text/plain; charset=utf-8",
    ".tlog-proof": b"text/plain; charset=utf-8",
}
_BYTES = b"application/octet-stream"
# Names as the publications have them: nothing hidden, nothing upwards.
_PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?")
# Anyone may read them from a page of their own: to mirror, to check, to draw.
_OPEN = ((b"cache-control", b"no-cache"), (b"access-control-allow-origin", b"*"))


class PublishedDoor:
    """Gives files below one folder. What is there may change under our hands; a file is whole."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder that `pasokh publish` fills."""
        self._root = root

    async def give(self, path: str) -> Reply:
        """Give the file at a path of ours, or the first page of a folder. Turned when none is."""
        asked = path.removeprefix(PUBLISHED_AT).removeprefix("/")
        if not _PATH.fullmatch(asked):
            raise Turned("path")
        file = self._root / asked
        if path.endswith("/"):
            file /= "index.html"
        return await asyncio.to_thread(_read, file, path)


def _read(file: Path, path: str) -> Reply:
    if file.is_dir():
        return Reply(308, b"", headers=((b"location", f"{path}/".encode()),))
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Turned("path") from error
    media = _MEDIA.get(file.suffix, _BYTES)
    policy = HEADERS if file.suffix == ".html" else ()
    return Reply(200, raw, media, (*_OPEN, *policy))
