"""A site's settings file, and its secret: what both wirings read from a centre's folder."""

import os
from pathlib import Path
from secrets import token_urlsafe
from tomllib import TOMLDecodeError
from tomllib import loads as toml
from typing import Any

import msgspec

_KEY_BYTES = 64


def settings_in(path: Path, kind: type[Any], refused: type[Exception]) -> Any:
    """Read a TOML file as `kind`, its defaults when there is none; `refused` says what is wrong."""
    try:
        return msgspec.convert(toml(path.read_text()), kind, dec_hook=_as_path)
    except FileNotFoundError:
        return kind()
    except (TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise refused(f"{path}: {error}") from error


def kept_secret(path: Path) -> str:
    """Give a secret that is made once and then kept, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(token_urlsafe(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text()


def _as_path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError
