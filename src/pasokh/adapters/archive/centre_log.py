"""A centre's own public log: made once with its key, opened by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pasokh.account.proofs.note import ED25519, PublicKey
from pasokh.adapters.archive.files import ArchiveRefused, DiskFiles, HeldLock
from pasokh.adapters.archive.signing import make_key, read_signing_key
from pasokh.adapters.archive.transparency import TransparencyLog, begin_log

_PRIVATE_MODE = 0o600


def make_log_key(path: Path, name: str) -> PublicKey:
    """Make the key of a new log and what it remembers beside it; the folder is the key's alone."""
    if path.exists():
        raise ArchiveRefused(f"{path} is there already; a key is never written over")
    begin_log(DiskFiles(path.parent, _PRIVATE_MODE), name)
    return make_key(path, name, ED25519).public


@contextmanager
def opened_log(public: Path, key: Path) -> Iterator[TransparencyLog]:
    """Open the log whose published folder and whose key these are; ArchiveRefused says why not."""
    lock = HeldLock(key)
    try:
        signing = read_signing_key(key, ED25519)
        yield TransparencyLog(DiskFiles(public), DiskFiles(key.parent, _PRIVATE_MODE), signing)
    finally:
        lock.release()
