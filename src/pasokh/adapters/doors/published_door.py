"""The published folder, given away as it lies on the disk: pages of figures, rows, proofs."""

import asyncio
import re
from hashlib import sha256
from pathlib import Path

from pasokh.adapters.doors.pages import HEADERS
from pasokh.adapters.doors.told import Pairs, Reply, Turned

PUBLISHED_AT = "/figures"
_MEDIA = {
    ".html": b"text/html; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".csv": b"text/csv; charset=utf-8",
    ".json": b"application/json",
    ".jsonld": b"application/ld+json",
    ".parquet": b"application/vnd.apache.parquet",
    ".svg": b"image/svg+xml",
    ".xml": b"application/xml",
    ".woff2": b"font/woff2",
    ".py": b"text/plain; charset=utf-8",
    ".txt": b"text/plain; charset=utf-8",
    ".tlog-proof": b"text/plain; charset=utf-8",
}
_BYTES = b"application/octet-stream"
# A table's description in the words of CSV on the Web, and where a table says that it has one.
_DESCRIPTION = "-metadata.json"
_CSVM = b"application/csvm+json"
# Names as the publications have them: nothing hidden, nothing upwards.
_PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?")
# Anyone may read them from a page of their own: to mirror, to check, to draw.
_OPEN = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, link"),
)
# A full tile never changes; of what may, a copy is asked after, and given only when it changed.
_FULL_TILE = re.compile(r"tile/(?:\d+|entries)/(?:x\d{3}/)*\d{3}")
_FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")
_ASK_AGAIN = (b"cache-control", b"no-cache")


class PublishedDoor:
    """Gives files below one folder. What is there may change under our hands; a file is whole."""

    def __init__(self, root: Path, rather: Path | None = None) -> None:
        """`root` is the folder that `pasokh publish` fills; `rather`: another, once it is there."""
        self._root = root
        self._rather = rather

    async def give(self, path: str, known: bytes = b"") -> Reply:
        """Give the file at a path of ours, or the first page of a folder. Turned when none is.

        `known` is the tag of the copy that whoever asks has, or several.
        """
        asked = path.removeprefix(PUBLISHED_AT).removeprefix("/")
        if not _PATH.fullmatch(asked):
            raise Turned("path")
        file = await asyncio.to_thread(self._place) / asked
        if path.endswith("/"):
            file /= "index.html"
        keep = _FOREVER if _FULL_TILE.fullmatch(asked) else _ASK_AGAIN
        return await asyncio.to_thread(_read, file, path, (keep, *_OPEN), known)

    def _place(self) -> Path:
        return self._rather if self._rather and self._rather.is_dir() else self._root


def _read(file: Path, path: str, headers: Pairs, known: bytes) -> Reply:
    if file.is_dir():
        return Reply(308, b"", headers=((b"location", f"{path}/".encode()),))
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Turned("path") from error
    tag = f'"{sha256(raw).hexdigest()[:32]}"'.encode()
    headers = (*headers, (b"etag", tag), *_described(file))
    media = _CSVM if file.name.endswith(_DESCRIPTION) else _MEDIA.get(file.suffix, _BYTES)
    if tag in {one.strip().removeprefix(b"W/") for one in known.split(b",")}:
        return Reply(304, b"", media, headers)
    policy = HEADERS if file.suffix == ".html" else ()
    return Reply(200, raw, media, (*headers, *policy))


def _described(file: Path) -> Pairs:
    """Say of a table where its description lies, as CSV on the Web asks of a server."""
    name = f"{file.name}{_DESCRIPTION}"
    if file.suffix != ".csv" or not file.with_name(name).is_file():
        return ()
    return ((b"link", f'<{name}>; rel="describedby"; type="{_CSVM.decode()}"'.encode()),)
