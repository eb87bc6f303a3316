"""One writer for one log on one machine: a lock that the kernel gives back when we die."""

import fcntl
import os
import socket
from pathlib import Path
from typing import Self

from pasokh.adapters.storage.schema import FilePath, StorageRefused


class WriterLock:
    """An exclusive lock on `<log>.lock`; the file names its holder for whoever comes second."""

    def __init__(self, log_path: FilePath) -> None:
        """Take the lock, or raise StorageRefused with the holder's name."""
        self.path = Path(f"{os.fspath(log_path)}.lock")
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageRefused(
                f"{self.path} cannot be made: {error.strerror}; make its folder, or mend its rights"
            ) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._descriptor, 200).decode(errors="replace").strip()
            os.close(self._descriptor)
            raise StorageRefused(
                f"{os.fspath(log_path)} is being written by {holder or 'another process'}; "
                "a log has one writer: stop that process, or open the log read-only"
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(
            self._descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0
        )

    def release(self) -> None:
        """Give the lock back. The file stays: removing it would let two writers in."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
