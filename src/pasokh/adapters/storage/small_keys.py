"""Keys of a centre that open nothing and only hash: made once, in files of their own."""

import os
from pathlib import Path

from pasokh.control_room.survey_tokens import SURVEY_KEY

AML_KEY = "aml.key"
_BYTES = 32


def aml_key(data: Path) -> bytes:
    """Give the key that hashes identities of cards and telephones; make it the first time."""
    return _made_once(data / AML_KEY)


def survey_key(data: Path) -> bytes:
    """Give the key by which the links of the survey are known; make it the first time."""
    return _made_once(data / SURVEY_KEY)


def _made_once(path: Path) -> bytes:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    return path.read_bytes()
