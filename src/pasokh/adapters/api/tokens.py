"""Tokens of machines: 256 bits from the system, of which only the SHA-256 is ever kept.

The file is read again when it changes, so a token that was revoked is dead within a second.
"""

import os
from collections.abc import Iterable
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from secrets import token_urlsafe

import msgspec
from msgspec import Struct

from pasokh.adapters.api.scopes import Grant, Scope
from pasokh.core.ids import Id
from pasokh.core.people import Role, actor_of
from pasokh.core.time import SECOND, Instant, iso_instant
from pasokh.drivers.ports import Clock

FILE_NAME = "tokens.json"
_PREFIX = "pasokh_"
_BYTES = 32
_LOOK_AGAIN = 1 * SECOND


class TokenRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One token as it is kept. Times in milliseconds since 1970 (UTC); no expiry is for ever."""

    name: Id
    role: Role
    scopes: tuple[Scope, ...]
    sha256: str
    created_at: Instant
    expires_at: Instant | None = None


class TokenRefused(Exception):
    """A token cannot be made or revoked as asked; the message says why."""


def add_token(
    folder: Path,
    *,
    name: str,
    role: Role,
    scopes: Iterable[Scope],
    now: Instant,
    expires_at: Instant | None = None,
) -> str:
    """Make a token and return its plain text, which is shown once and kept nowhere."""
    rows = list_tokens(folder)
    if any(row.name == name for row in rows):
        raise TokenRefused(f"there is already a token called {name}; revoke it first")
    if expires_at is not None and expires_at <= now:
        raise TokenRefused(f"it would have expired at {iso_instant(expires_at)}, in the past")
    token = _PREFIX + token_urlsafe(_BYTES)
    row = {
        "name": name,
        "role": role,
        "scopes": sorted(set(scopes)),
        "sha256": _digest(token.encode()),
        "created_at": now,
        "expires_at": expires_at,
    }
    try:
        rows.append(msgspec.convert(row, TokenRow))
    except msgspec.ValidationError as error:
        raise TokenRefused(str(error)) from error
    _write(folder, rows)
    return token


def list_tokens(folder: Path) -> list[TokenRow]:
    """Give the tokens of a data folder; none when there is no file."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=list[TokenRow])
    except FileNotFoundError:
        return []


def revoke_token(folder: Path, name: str) -> None:
    """Take a token away; TokenRefused when there is none of that name."""
    rows = list_tokens(folder)
    kept = [row for row in rows if row.name != name]
    if len(kept) == len(rows):
        raise TokenRefused(f"there is no token called {name}")
    _write(folder, kept)


def keep_own_token(
    folder: Path, path: Path, name: str, scopes: Iterable[Scope], now: Instant
) -> None:
    """Write a new token of a process of ours into a file that only its owner reads.

    A row without its file is one that nobody holds: it is replaced.
    """
    if any(row.name == name for row in list_tokens(folder)):
        revoke_token(folder, name)
    token = add_token(folder, name=name, role=Role.MACHINE, scopes=scopes, now=now)
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)


class TokenBook:
    """The tokens of a data folder, as the API asks for them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Read the file when first asked."""
        self._folder = folder
        self._clock = clock
        self._rows: dict[str, TokenRow] = {}
        self._grants: dict[str, Grant] = {}
        self._stamp: tuple[int, int] | None = None
        self._looked_at: Instant | None = None

    def grant_of(self, token: bytes) -> Grant | None:
        """Give what a token is good for; None when it is unknown, revoked or expired."""
        now = self._clock.now()
        if self._looked_at is None or abs(now - self._looked_at) >= _LOOK_AGAIN:
            self._looked_at = now
            self._look_again()
        digest = _digest(token)
        if digest not in self._rows:  # perhaps it was made just now
            self._look_again()
        row = self._rows.get(digest)
        # The table is searched by digest, of which nobody can choose the first letters; the
        # comparison that decides takes the same time for every digest.
        if row is None or not compare_digest(row.sha256, digest):
            return None
        if row.expires_at is not None and row.expires_at <= now:
            return None
        return self._grants[digest]

    def _look_again(self) -> None:
        try:
            found = (self._folder / FILE_NAME).stat()
            stamp = (found.st_mtime_ns, found.st_ino)
        except FileNotFoundError:
            stamp = None
        if stamp != self._stamp:
            self._stamp = stamp
            self._rows = {row.sha256: row for row in list_tokens(self._folder)}
            self._grants = {
                row.sha256: Grant(actor_of(row.role, row.name), frozenset(row.scopes))
                for row in self._rows.values()
            }


def _digest(token: bytes) -> str:
    return sha256(token).hexdigest()


def _write(folder: Path, rows: list[TokenRow]) -> None:
    """Replace the file in one step, readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE_NAME}.new"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(rows), indent=2))
        file.flush()
        os.fsync(file.fileno())
    beside.rename(folder / FILE_NAME)
