"""A published folder as a reader finds it, on a disk or at an http(s) address; not believed."""

import re
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from io import BufferedIOBase
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
)

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.merkle import HASH_BYTES
from pasokh.account.proofs.note import NOTE_BYTES_MAX, NoteFault, read_note
from pasokh.account.proofs.tiles import (
    CHECKPOINT_PATH,
    WIDTH,
    Tile,
    bundles_of,
    read_bundle,
    write_bundle,
)

# The largest bundle that the format allows, and more than any file of rows that we publish.
FILE_BYTES_MAX = 32 * 1024 * 1024
# A tile of hashes, or a bundle of the longest leaves.
_TILE_BYTES_MAX = WIDTH * (2 + 0xFFFF)
_WEB = ("http", "https")
_CHUNK = 64 * 1024
_SECONDS_QUIET = 20
_SECONDS_MAX = 120
_FIT = re.compile(r"(?!\.\.?(/|$))[^/\\\x00]+(/(?!\.\.?(/|$))[^/\\\x00]+)*")


class MirrorFault(Exception):
    """A file cannot be had from a mirror; the text says which and why. It proves nothing."""


class Mirror(Protocol):
    """Whatever has the published files."""

    def read(self, path: str, limit: int = FILE_BYTES_MAX) -> bytes:
        """Read a file of at most `limit` bytes; MirrorFault says why not."""
        ...


class FolderMirror:
    """A folder: a copy on a disk or a stick."""

    def __init__(self, root: Path) -> None:
        """Read under this folder and nowhere else."""
        self._root = root

    def read(self, path: str, limit: int = FILE_BYTES_MAX) -> bytes:
        """Read a file."""
        try:
            with (self._root / _fit(path)).open("rb") as file:
                return _limited(file, path, limit)
        except OSError as error:
            raise MirrorFault(f"{self._root / path}: {error.strerror}") from error


class HttpMirror:
    """An address. Redirects are followed, but only to http and https."""

    def __init__(self, address: str) -> None:
        """Read under this address."""
        self._address = address.rstrip("/")
        self._opener = OpenerDirector()
        for handler in (
            ProxyHandler,
            HTTPHandler,
            HTTPSHandler,
            HTTPRedirectHandler,
            HTTPErrorProcessor,
            HTTPDefaultErrorHandler,
        ):
            self._opener.add_handler(handler())

    def read(self, path: str, limit: int = FILE_BYTES_MAX) -> bytes:
        """Fetch a file; slow servers are given up."""
        whole = f"{self._address}/{quote(_fit(path))}"
        try:
            with self._opener.open(whole, timeout=_SECONDS_QUIET) as answer:
                return _limited(answer, path, limit)
        except (OSError, HTTPException, ValueError) as error:
            raise MirrorFault(f"{whole}: {error}") from error


def mirror_at(address: str) -> Mirror:
    """Give the mirror at a folder or an address."""
    if _is_web(address):
        return HttpMirror(address)
    return FolderMirror(Path(address))


def figure_at(address: str) -> tuple[Mirror, str] | None:
    """Give the mirror and the path of a figure at its own address, or at the page that checks it.

    None for another address. MirrorFault when no folder above the figure has a log's checkpoint.
    """
    page, _, query = address.partition("?")
    folder, _, path = page.rpartition("/")
    if asked := parse_qs(query).get("figure"):
        return mirror_at(folder), asked[0]
    if not address.endswith(".json"):
        return None
    if not _is_web(address):
        folder, _, path = str(Path(address).absolute()).rpartition("/")
    while folder and (urlsplit(folder).netloc or not _is_web(folder)):
        if _has_log(mirror := mirror_at(folder)):
            return mirror, path
        folder, _, name = folder.rpartition("/")
        path = f"{name}/{path}"
    raise MirrorFault(f"no folder above {address} has the checkpoint of a log")


def _is_web(address: str) -> bool:
    return urlsplit(address).scheme in _WEB


def _has_log(mirror: Mirror) -> bool:
    try:
        read_note(read_checkpoint(mirror))
    except (MirrorFault, NoteFault):
        return False
    return True


def read_at(address: str) -> bytes:
    """Read one note from a file or an address."""
    if _is_web(address):
        folder, _, name = address.rpartition("/")
        return HttpMirror(folder).read(name, NOTE_BYTES_MAX)
    file = Path(address)
    return FolderMirror(file.parent).read(file.name, NOTE_BYTES_MAX)


def read_checkpoint(mirror: Mirror) -> bytes:
    """Read the checkpoint's bytes."""
    return mirror.read(CHECKPOINT_PATH, NOTE_BYTES_MAX)


def tiles_at(mirror: Mirror) -> Callable[[Tile], bytes]:
    """Read tiles; where a partial one is gone, its beginning is taken from the full one."""

    def read(tile: Tile) -> bytes:
        try:
            return mirror.read(tile.path, _TILE_BYTES_MAX)
        except MirrorFault:
            if tile.width == WIDTH:
                raise
            whole = mirror.read(tile.whole.path, _TILE_BYTES_MAX)
            if tile.level is None:
                return write_bundle(read_bundle(whole, WIDTH)[: tile.width])
            return whole[: tile.width * HASH_BYTES]

    return read


def leaves_between(mirror: Mirror, low: int, high: int) -> Iterator[bytes]:
    """Read the leaves from the place `low` up to `high`, as they are told: nothing is checked."""
    size = checkpoint_of(read_note(read_checkpoint(mirror))).size
    read = tiles_at(mirror)
    for tile in bundles_of(size):
        begins = tile.index * WIDTH
        if begins < high and begins + tile.width > low:
            leaves = read_bundle(read(tile), tile.width)
            yield from leaves[max(0, low - begins) : high - begins]


def _fit(path: str) -> str:
    """Give a path back if it stays under its root."""
    if not _FIT.fullmatch(path):
        raise MirrorFault(f"{path[:80]!r} is no path of a published file")
    return path


def _limited(file: BufferedIOBase, path: str, limit: int) -> bytes:
    """Read what comes as it comes: a server that drips is given up like one that is silent."""
    until = time.monotonic() + _SECONDS_MAX
    parts, size = [], 0
    while part := file.read1(min(_CHUNK, limit + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise MirrorFault(f"{path} has more than {limit} bytes")
        if time.monotonic() > until:
            raise MirrorFault(f"{path} took longer than {_SECONDS_MAX} s")
    return b"".join(parts)
